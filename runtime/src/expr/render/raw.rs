//! A user's text, with placeholders of its own.

use super::Writer;
use crate::error::InvalidRequest;
use crate::expr::raw::RawExpression;
use crate::{Error, Result, limit};

impl Writer<'_> {
    pub(super) fn raw(&mut self, raw: &RawExpression) -> Result<()> {
        for (placeholder, name) in &raw.names {
            self.placeholder('#', placeholder)?;
            self.shared.names.push((placeholder.clone(), name.clone()));
        }
        for (placeholder, value) in &raw.values {
            self.placeholder(':', placeholder)?;
            let json = value.as_deref().map_err(|error| Error::Encode(error.clone()))?;
            self.shared.values.push((placeholder.clone(), json.into()));
        }
        self.push(&raw.text);
        Ok(())
    }

    /// Checks a user's placeholder: its form, its length, and that it is nobody else's.
    pub(super) fn placeholder(&self, mark: char, placeholder: &str) -> Result<()> {
        let well_formed = placeholder.strip_prefix(mark).is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        });
        let taken =
            self.shared.names.iter().map(|(known, _)| known).chain(self.shared.values.iter().map(|(known, _)| known));
        let ours = is_made(placeholder);
        if well_formed
            && !ours
            && placeholder.len() <= limit::PLACEHOLDER_BYTES
            && !taken.into_iter().any(|known| known == placeholder)
        {
            return Ok(());
        }
        Err(InvalidRequest::Placeholder { placeholder: placeholder.into() }.into())
    }
}

/// True for placeholders of the form that the writer makes.
fn is_made(placeholder: &str) -> bool {
    ["#n", ":v"].iter().any(|prefix| {
        placeholder
            .strip_prefix(prefix)
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    })
}
