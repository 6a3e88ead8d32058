//! "Did you mean": the nearest of the names that would be right.

/// The name with the fewest edits, if it is close enough to be what was meant.
pub(crate) fn nearest<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let most = (written.chars().count() / 3).max(1);
    names
        .into_iter()
        .map(|name| (edits(&written.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(edits, _)| *edits <= most)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, name)| name)
}

/// "did you mean `…`?" where a name is near, and all the names otherwise.
pub(crate) fn suggestion(written: &str, what: &str, names: &[&str]) -> String {
    match nearest(written, names.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None if names.is_empty() => format!("there is no {what}"),
        None => format!("{what}: {}", listed(names)),
    }
}

/// The names in backticks, separated by commas.
pub(crate) fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Insertions, deletions, replacements and swaps of neighbours between two words.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before_previous: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    let mut last = None;
    for (row, from) in a.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, to) in b.iter().enumerate() {
            let at = |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX - 1);
            let replaced = at(&previous, column) + usize::from(from != *to);
            let mut fewest = replaced.min(at(&previous, column + 1) + 1).min(at(&current, column) + 1);
            if column > 0 && last == Some(*to) && b.get(column - 1) == Some(&from) {
                fewest = fewest.min(at(&before_previous, column - 1) + 1);
            }
            current.push(fewest);
        }
        before_previous = previous;
        previous = current;
        last = Some(from);
    }
    previous.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{edits, nearest};

    #[test]
    fn a_typo_is_near_and_another_word_is_not() {
        assert_eq!(nearest("partion_key", ["partition_key", "sort_key"]), Some("partition_key"));
        assert_eq!(nearest("tabel", ["table", "tags"]), Some("table"));
        assert_eq!(nearest("new_images", ["new_image", "old_image"]), Some("new_image"));
        assert_eq!(nearest("colour", ["table", "tags"]), None);
    }

    #[test]
    fn neighbours_that_swapped_places_are_one_edit() {
        assert_eq!(edits("tabel", "table"), 1);
        assert_eq!(edits("", "abc"), 3);
        assert_eq!(edits("kitten", "sitting"), 3);
    }
}
