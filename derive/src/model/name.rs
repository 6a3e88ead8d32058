//! The rules that AWS has for names.

use syn::LitStr;

use crate::errors::Errors;

/// Bytes of the name of a key attribute or of an attribute that an index carries.
const KEY_NAME_BYTES: usize = 255;
/// Bytes of the name of any other attribute.
const ATTRIBUTE_NAME_BYTES: usize = 65_535;

/// Checks the name of a table or of an index.
pub(super) fn check_resource(what: &str, name: &LitStr, errors: &mut Errors) -> bool {
    let text = name.value();
    let length = text.chars().count();
    let wrong = text.chars().find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')));
    let message = match (length, wrong) {
        (0, _) => format!("the name of {what} is empty; give it 3 to 255 characters"),
        (_, Some(character)) => {
            format!("the name of {what} cannot contain `{character}`; letters, digits, `_`, `-` and `.` are allowed")
        }
        (1 | 2, None) => {
            format!("\"{text}\" is too short for the name of {what}: it has {length} of at least 3 characters")
        }
        (256.., None) => format!("the name of {what} has {length} characters, and at most 255 are allowed"),
        _ => return true,
    };
    errors.at(name, message);
    false
}

/// Checks the name of an attribute.
pub(super) fn check_attribute(name: &str, place: impl quote::ToTokens, errors: &mut Errors) {
    if name.is_empty() {
        errors.at(place, "the name of an attribute is empty; write the name that the items have");
    } else if name.len() > ATTRIBUTE_NAME_BYTES {
        let bytes = name.len();
        errors.at(place, format!("the name of the attribute has {bytes} bytes, and at most 65535 are allowed"));
    }
}

/// Checks the name of an attribute that is a key or that an index carries.
pub(super) fn check_key(what: &str, name: &str, place: impl quote::ToTokens, errors: &mut Errors) {
    if name.len() > KEY_NAME_BYTES {
        let bytes = name.len();
        errors.at(
            place,
            format!(
                "the name of {what} has {bytes} bytes, and at most 255 are allowed for keys and projected attributes"
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{Errors, check_attribute};

    #[test]
    fn the_name_of_an_attribute_has_at_most_65535_bytes() {
        let refused = |bytes: usize| {
            let mut errors = Errors::default();
            check_attribute(&"a".repeat(bytes), quote::quote!(field), &mut errors);
            errors.into_tokens().to_string()
        };
        assert_eq!(refused(65_535), "");
        assert!(refused(65_536).contains("has 65536 bytes, and at most 65535 are allowed"));
    }
}
