//! What components of keys have in common, and what they and their values may be called.

use super::values::{is_canonical, is_digits};
use crate::structs::names::words;

/// True if the values are not all the same.
pub(super) fn do_differ(values: &[&str]) -> bool {
    values.array_windows().any(|[one, next]| one != next)
}

/// The label of a component of an index's key: the same in all items, and no number.
pub(super) fn label(values: &[&str], is_first: bool) -> Option<String> {
    let first = values.first()?;
    let is_same = values.iter().all(|value| value == first);
    let is_word = first.chars().any(|c| c.is_ascii_alphabetic()) && !is_digits(first) && !is_canonical(first);
    let is_shouted = !first.chars().any(|c| c.is_ascii_lowercase());
    (is_same && is_word && (is_first || is_shouted)).then(|| (*first).to_owned())
}

/// The components of all texts, by their place; nothing where their number differs.
pub(super) fn components<'t>(texts: &[&'t str], count: usize, separator: char) -> Option<Vec<Vec<&'t str>>> {
    let mut columns: Vec<Vec<&str>> = vec![Vec::new(); count];
    for text in texts {
        let mut parts: Vec<&str> = if count == 1 { vec![text] } else { text.split(separator).collect() };
        if parts.len() != count {
            return None;
        }
        columns.iter_mut().zip(parts.drain(..)).for_each(|(column, part)| column.push(part));
    }
    Some(columns)
}

/// What a label may call the value after it: its words without numbers.
pub(super) fn hint(label: &str) -> String {
    let words = words(label).into_iter().filter(|word| !is_digits(word));
    words.collect::<Vec<_>>().join("_")
}

/// True if a label and an attribute's name have a word in common: `USER` and `userId`.
pub(super) fn akin(label: &str, name: &str) -> bool {
    let stem = |word: &String| word.trim_end_matches('s').to_owned();
    let of_label: Vec<String> = words(label).iter().map(stem).collect();
    words(name).iter().map(stem).any(|word| of_label.contains(&word))
}
