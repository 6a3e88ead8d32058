//! What an update makes of unique attributes.

use crate::codec::Cursor;
use crate::error::InvalidRequest;
use crate::expr::{Action, SetValue, Updates};
use crate::request::unique::attributes;
use crate::schema::EntitySchema;
use crate::value::FromAttribute;
use crate::{Result, Value};

/// What becomes of an attribute.
#[derive(Clone)]
pub(in crate::request) enum Setting {
    Value(Value),
    /// The value, unless the attribute is there.
    IfNotExists(Value),
    Remove,
}

/// What the actions make of the unique attributes and their scopes.
///
/// # Errors
/// If an action leaves the value of one unknown.
pub(super) fn settings(entity: &EntitySchema, updates: &Updates) -> Result<Vec<(&'static str, Setting)>> {
    let mut settings = Vec::new();
    for attribute in attributes(entity) {
        let changed = || InvalidRequest::UniqueChanged { entity: entity.name, attribute };
        if updates.raw.iter().any(|raw| raw.names(attribute)) {
            return Err(changed().into());
        }
        for (node, action) in updates.actions.iter().filter(|(node, _)| node.root() == attribute) {
            if node.is_nested() {
                return Err(changed().into());
            }
            let setting = match action {
                Action::Set(SetValue::Value(value)) => Setting::Value(read(value)?),
                Action::Set(SetValue::IfNotExists(value)) => Setting::IfNotExists(read(value)?),
                Action::Remove => Setting::Remove,
                _ => return Err(changed().into()),
            };
            settings.push((attribute, setting));
        }
    }
    Ok(settings)
}

fn read(value: &crate::expr::Value) -> Result<Value> {
    let json = value.as_ref().map_err(Clone::clone)?;
    Ok(Value::decode(&mut Cursor::over(json))?)
}
