//! What the commands print: columns that line up.

use std::io::{self, Write};

use jiff::Timestamp;

/// Lines whose columns begin below each other.
#[derive(Default)]
pub(crate) struct Columns {
    heads: Vec<&'static str>,
    lines: Vec<Vec<String>>,
}

impl Columns {
    pub(crate) fn new(heads: &[&'static str]) -> Self {
        Self { heads: heads.to_vec(), lines: Vec::new() }
    }

    pub(crate) fn line(&mut self, cells: impl IntoIterator<Item = String>) {
        self.lines.push(cells.into_iter().collect());
    }

    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let heads: Vec<String> = self.heads.iter().map(|head| (*head).to_owned()).collect();
        let widths: Vec<usize> = (0..heads.len())
            .map(|place| self.lines.iter().chain([&heads]).filter_map(|line| line.get(place)).map(|c| width(c)).max())
            .map(Option::unwrap_or_default)
            .collect();
        for line in [&heads].into_iter().chain(&self.lines) {
            let mut text = String::new();
            for (cell, columns) in line.iter().zip(&widths) {
                text.push_str(cell);
                text.extend(core::iter::repeat_n(' ', 2 + columns - width(cell)));
            }
            writeln!(out, "{}", text.trim_end())?;
        }
        Ok(())
    }
}

fn width(cell: &str) -> usize {
    cell.chars().count()
}

/// The beginning of a text, with `…` where it goes on.
pub(crate) fn short(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        None => text.to_owned(),
        Some(_) => text.chars().take(characters - 1).chain(['…']).collect(),
    }
}

/// A moment to the minute, in UTC.
pub(crate) fn minute(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%d %H:%M").to_string()
}

/// `1 item`, `2 items`.
pub(crate) fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// `1 write unit`, `0.5 read units`.
pub(crate) fn units(number: f64, what: &str) -> String {
    if number == 1.0 { format!("1 {what} unit") } else { format!("{number} {what} units") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_characters() {
        let mut columns = Columns::new(&["who", "what"]);
        columns.line(["Zoë".to_owned(), "a".to_owned()]);
        columns.line(["Andrew".to_owned(), short("a long message", 7)]);
        let mut out = Vec::new();
        columns.write(&mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "who     what\nZoë     a\nAndrew  a long…\n");
    }
}
