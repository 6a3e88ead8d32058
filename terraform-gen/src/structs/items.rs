//! Sampled items, as DynamoDB's JSON.

use serde_json::{Map, Value};

/// The attributes of an item.
pub(super) type Attributes = Map<String, Value>;

/// The names of the types, as DynamoDB writes them.
const TYPES: [&str; 10] = ["S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"];

/// The items of a text: what `aws dynamodb scan` or `query` prints, `get-item`, an export to S3, or an item a line.
///
/// # Errors
/// Which document is none of these.
pub(super) fn read(text: &str) -> Result<Vec<Attributes>, String> {
    let mut items = Vec::new();
    for (place, document) in serde_json::Deserializer::from_str(text).into_iter::<Value>().enumerate() {
        let document = document.map_err(|error| format!("it is no JSON: {error}"))?;
        let wrong = || format!("document {} in it is neither an item of DynamoDB nor a list of them", place + 1);
        match document {
            Value::Object(mut members) => match (members.remove("Items"), members.remove("Item")) {
                (Some(Value::Array(list)), _) => {
                    for item in list {
                        items.push(attributes(item).ok_or_else(wrong)?);
                    }
                }
                (None, Some(item)) if !is_value(&item) => items.push(attributes(item).ok_or_else(wrong)?),
                // An item can have an attribute of that name.
                (list, item) => {
                    members.extend(list.map(|value| ("Items".to_owned(), value)));
                    members.extend(item.map(|value| ("Item".to_owned(), value)));
                    items.push(attributes(Value::Object(members)).ok_or_else(wrong)?);
                }
            },
            _ => return Err(wrong()),
        }
    }
    Ok(items)
}

/// The item, if every attribute is a value.
fn attributes(item: Value) -> Option<Attributes> {
    match item {
        Value::Object(attributes) if !attributes.is_empty() && attributes.values().all(is_value) => Some(attributes),
        _ => None,
    }
}

fn is_value(value: &Value) -> bool {
    let Some((kind, inside)) = typed(value) else { return false };
    match (kind, inside) {
        ("S" | "B", Value::String(_)) | ("BOOL", Value::Bool(_)) | ("NULL", Value::Bool(true)) => true,
        ("N", Value::String(number)) => is_number(number),
        ("M", Value::Object(members)) => members.values().all(is_value),
        ("L", Value::Array(elements)) => elements.iter().all(is_value),
        ("SS" | "BS", Value::Array(elements)) => elements.iter().all(Value::is_string),
        ("NS", Value::Array(elements)) => elements.iter().all(|number| number.as_str().is_some_and(is_number)),
        _ => false,
    }
}

fn is_number(text: &str) -> bool {
    text.parse::<tablewright::Number>().is_ok()
}

/// The type and what is inside of a value like `{"S": "text"}`.
pub(super) fn typed(value: &Value) -> Option<(&'static str, &Value)> {
    let mut members = value.as_object()?.iter();
    let (name, inside) = members.next().filter(|_| members.len() == 0)?;
    TYPES.iter().find(|known| *known == name).map(|known| (*known, inside))
}

/// The text of a string, if the value is one.
pub(super) fn string(value: Option<&Value>) -> Option<&str> {
    match typed(value?)? {
        ("S", Value::String(text)) => Some(text),
        _ => None,
    }
}

/// The text of a number, if the value is one.
pub(super) fn number(value: Option<&Value>) -> Option<&str> {
    match typed(value?)? {
        ("N", Value::String(text)) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn items_come_in_four_ways() {
        let count = |text: &str| read(text).map(|items| items.len());
        assert_eq!(count(r#"{"Items":[{"a":{"S":"1"}},{"a":{"N":"1"}}],"Count":2}"#), Ok(2));
        assert_eq!(count("{\"Item\":{\"a\":{\"S\":\"1\"}}}\n{\"Item\":{\"a\":{\"S\":\"2\"}}}"), Ok(2));
        assert_eq!(count("{\"a\":{\"S\":\"1\"}}\n{\"a\":{\"M\":{\"b\":{\"L\":[{\"NULL\":true}]}}}}\n"), Ok(2));
        assert_eq!(count(""), Ok(0));
    }

    #[test]
    fn an_item_may_have_an_attribute_of_that_name() {
        let items = read(r#"{"Item":{"S":"a chair"},"Items":{"N":"1"}}"#).unwrap();
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].len(), 2);
    }

    #[test]
    fn what_is_no_item_is_refused() {
        assert!(read("{").unwrap_err().starts_with("it is no JSON"));
        for text in ["[]", "1", "{}", r#"{"a":"1"}"#, r#"{"a":{"N":"x"}}"#, r#"{"a":{"S":"1","N":"1"}}"#] {
            assert!(read(text).unwrap_err().starts_with("document 1 in it"), "{text}");
        }
        assert!(read("{\"a\":{\"S\":\"1\"}}\n{\"a\":{\"X\":\"1\"}}").unwrap_err().starts_with("document 2"));
    }
}
