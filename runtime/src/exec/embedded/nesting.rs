//! Refuses expressions that are nested so deeply that the engine's parser would run out of stack.

use serde_json::Value;

/// Parentheses, brackets, braces and `NOT`s that an expression may have open at once.
///
/// The engine's parser calls itself for each; a thread's 2 MB are enough for some thousand in a release build and for
/// some hundred in a debug build. No expression of 300 operators that was not made to break it comes near.
const LEVELS: usize = 150;

/// The message of the refusal, if the body has an expression or a statement that is nested too deeply.
pub(super) fn check(operation: &str, body: &[u8]) -> Result<(), String> {
    // Most bodies have fewer openings in all their text than one expression may have levels.
    let statements = operation.ends_with("Statement") || operation == "ExecuteTransaction";
    let openings = |byte: &&u8| matches!(byte, b'(') || (statements && matches!(byte, b'[' | b'{' | b'<'));
    let nots = |body: &[u8]| body.windows(3).filter(|word| word.eq_ignore_ascii_case(b"not")).count();
    if body.iter().filter(openings).count() + nots(body) <= LEVELS {
        return Ok(());
    }
    match serde_json::from_slice::<Value>(body) {
        Ok(request) => check_members("", &request),
        // The engine has its own words for a body that is not JSON.
        Err(_) => Ok(()),
    }
}

fn check_members(name: &str, value: &Value) -> Result<(), String> {
    match value {
        Value::String(text) if name.ends_with("Expression") || name.ends_with("Statement") => check_text(name, text),
        Value::Array(elements) => elements.iter().try_for_each(|element| check_members(name, element)),
        Value::Object(members) => members.iter().try_for_each(|(name, member)| check_members(name, member)),
        _ => Ok(()),
    }
}

fn check_text(name: &str, text: &str) -> Result<(), String> {
    let mut open = 0_usize;
    let mut deepest = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' | b'<' => open += 1,
            b')' | b']' | b'}' | b'>' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    let nots = text.as_bytes().windows(3).filter(|word| word.eq_ignore_ascii_case(b"not")).count();
    if deepest + nots > LEVELS {
        return Err(format!("Invalid {name}: the expression is nested more than {LEVELS} levels deep"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(text: &str) -> Vec<u8> {
        serde_json::to_vec(&serde_json::json!({ "TableName": "notes", "ConditionExpression": text })).unwrap()
    }

    #[test]
    fn ordinary_expressions_pass() {
        let flat = format!("a = :a{}", " AND (a = :a)".repeat(290));
        assert_eq!(check("PutItem", &condition(&flat)), Ok(()));
    }

    #[test]
    fn parentheses_and_nots_beyond_the_bound_are_refused() {
        let deep = format!("{}a = :a{}", "(".repeat(LEVELS + 1), ")".repeat(LEVELS + 1));
        assert!(check("PutItem", &condition(&deep)).is_err());
        assert!(check("PutItem", &condition(&"NOT ".repeat(LEVELS + 1))).is_err());
    }

    #[test]
    fn values_may_have_as_many_parentheses_as_they_like() {
        let body = serde_json::json!({ "Item": { "text": { "S": "(".repeat(5000) } } });
        assert_eq!(check("PutItem", &serde_json::to_vec(&body).unwrap()), Ok(()));
    }

    #[test]
    fn members_of_a_transaction_are_looked_at() {
        let deep = "(".repeat(LEVELS + 1);
        let body = serde_json::json!({ "TransactItems": [{ "Put": { "ConditionExpression": deep } }] });
        assert!(check("TransactWriteItems", &serde_json::to_vec(&body).unwrap()).is_err());
    }
}
