//! HCL of any text.

use crate::bytes::Bytes;
use crate::hcl::{Body, Expr, ident, json, quoted};

/// Whatever the text is, the file is one: strings end where they should, and nothing in them is evaluated.
pub fn hcl_writer(data: &[u8]) {
    let mut bytes = Bytes(data);
    let file = body(&mut bytes, 3).set("last", Expr::text(&bytes.text()));
    // The other syntax takes any text too.
    assert!(json([&file]).get("last").is_some());
    let text = file.render();
    assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{text}");
    assert!(text.lines().all(|line| !line.ends_with(' ') || line.trim_start().starts_with('#')), "{text}");
    if let Err(what) = scan(&text) {
        panic!("{what}: {text}");
    }
    assert!(scan(&quoted(&bytes.text())).is_ok());
}

const NAMES: [&str; 5] = ["a", "name", "hash_key", "for_each", "x-1"];

fn body(bytes: &mut Bytes<'_>, depth: usize) -> Body {
    let mut body = Body::new();
    for place in 0..8 {
        if bytes.is_empty() {
            break;
        }
        let name = format!("{}{place}", NAMES[bytes.below(NAMES.len())]);
        body = match bytes.below(8) {
            0 if depth > 0 => {
                let label = bytes.text();
                body.block(NAMES[bytes.below(NAMES.len())], &[&label], self::body(bytes, depth - 1))
            }
            1 => body.comment(&bytes.text()),
            _ => body.set(&name, expr(bytes, depth)),
        };
    }
    body
}

fn expr(bytes: &mut Bytes<'_>, depth: usize) -> Expr {
    let entries = |bytes: &mut Bytes<'_>| -> Vec<(String, Expr)> {
        (0..bytes.below(4)).map(|_| (ident(&bytes.text()), expr(bytes, depth - 1))).collect()
    };
    match bytes.below(9) {
        0 if depth > 0 => Expr::List((0..bytes.below(4)).map(|_| expr(bytes, depth - 1)).collect()),
        1 if depth > 0 => Expr::Lines((0..bytes.below(4)).map(|_| expr(bytes, depth - 1)).collect()),
        2 if depth > 0 => Expr::Object(entries(bytes)),
        3 if depth > 0 => Expr::Inline(entries(bytes)),
        4 if depth > 0 => expr(bytes, depth - 1).wrap("merge(var.tags, ", ")"),
        5 => Expr::bool(true),
        6 => Expr::number(7),
        _ => Expr::text(&bytes.text()),
    }
}

/// Reads what is a string and what is not, as HCL does, and whether brackets match.
fn scan(text: &str) -> Result<(), &'static str> {
    let mut open = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => string(&mut chars)?,
            '#' => while chars.next_if(|c| *c != '\n').is_some() {},
            '(' | '[' | '{' => open.push(c),
            ')' | ']' | '}' => {
                let begun = open.pop().ok_or("a bracket that nothing opened")?;
                if !matches!((begun, c), ('(', ')') | ('[', ']') | ('{', '}')) {
                    return Err("brackets that do not match");
                }
            }
            _ => {}
        }
    }
    if open.is_empty() { Ok(()) } else { Err("a bracket that nothing closes") }
}

fn string(chars: &mut core::iter::Peekable<core::str::Chars<'_>>) -> Result<(), &'static str> {
    while let Some(c) = chars.next() {
        match c {
            '"' => return Ok(()),
            '\\' => drop(chars.next()),
            // One marker after another is a literal one where a brace follows, and any number of them may come before.
            '$' | '%' if chars.peek() == Some(&c) => {
                let mut next = chars.clone();
                next.next();
                if next.peek() == Some(&'{') {
                    chars.nth(1);
                }
            }
            '$' | '%' if chars.peek() == Some(&'{') => return Err("a template in text"),
            c if c.is_control() => return Err("a control character in a string"),
            _ => {}
        }
    }
    Err("a string that does not end")
}
