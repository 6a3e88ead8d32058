//! Runs calls with long or deep expressions on a thread with room for them.

use std::thread;

/// Connectives and parentheses in a body from which on its call gets a thread of its own.
///
/// The engine's parser and evaluator call themselves for each. In a debug build some 200 use up the 2 MB that a thread
/// has by default, which would end the process, and an expression of DynamoDB may have 300.
const MANY: usize = 16;

/// Room for the deepest expression that fits into the 4 KB that the engine takes, several times over.
const DEEP_STACK: usize = 256 << 20;

/// Runs a call on this thread, or on one with a deep stack. An error says that the thread did not start or panicked.
pub(super) fn run<T: Send>(body: &[u8], call: impl FnOnce() -> T + Send) -> Result<T, &'static str> {
    if !may_be_deep(body) {
        return Ok(call());
    }
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(DEEP_STACK).spawn_scoped(scope, call);
        let thread = thread.map_err(|_| "no thread could be started for a deep expression")?;
        thread.join().map_err(|_| "the embedded engine panicked")
    })
}

/// True if a body has an expression or a statement, and many signs of depth, which may also be in its values.
///
/// Anything can hide in an escape.
fn may_be_deep(body: &[u8]) -> bool {
    let Ok(text) = core::str::from_utf8(body) else { return false };
    if !["Expression\"", "Statement\"", "\\u"].iter().any(|sign| text.contains(sign)) {
        return false;
    }
    let parentheses = text.bytes().filter(|byte| matches!(byte, b'(' | b'[' | b'<' | b'\\'));
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let connectives = words.filter(|word| ["and", "or", "not"].iter().any(|other| word.eq_ignore_ascii_case(other)));
    parentheses.take(MANY + 1).count() + connectives.take(MANY + 1).count() > MANY
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thread_of(body: &str) -> thread::ThreadId {
        run(body.as_bytes(), || thread::current().id()).unwrap()
    }

    #[test]
    fn only_many_connectives_leave_the_thread() {
        let here = thread::current().id();
        assert_eq!(thread_of(r#"{"ConditionExpression":"a = :a AND b = :b"}"#), here);
        assert_eq!(thread_of(&format!(r#"{{"Item":{{"text":{{"S":"{}"}}}}}}"#, "this and that, ".repeat(99))), here);
        let long = format!(r#"{{"ConditionExpression":"a = :a{}"}}"#, " oR a = :a".repeat(MANY + 1));
        assert_ne!(thread_of(&long), here);
        let escaped = format!(r#"{{"Condition\u0045xpression":"{}"}}"#, r"\u0028".repeat(MANY));
        assert_ne!(thread_of(&escaped), here);
        let deep = format!(r#"{{"Statements":[{{"Statement":"{}"}}]}}"#, "(".repeat(MANY + 1));
        assert_ne!(thread_of(&deep), here);
    }

    #[test]
    fn a_panic_stays_on_the_thread() {
        let deep = format!(r#"{{"FilterExpression":"{}"}}"#, "(".repeat(MANY + 1));
        assert!(run(deep.as_bytes(), || -> () { panic!("scripted") }).is_err());
    }
}
