//! Names of Rust types and fields, from names that can be any text.

use std::collections::BTreeSet;

/// Words that cannot be the name of a field, even as `r#word`.
const NEVER: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// Words that can be the name of a field as `r#word`.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Types that the written file names, or that every file knows.
const KNOWN: [&str; 23] = [
    "BTreeMap",
    "BTreeSet",
    "Box",
    "Clone",
    "Debug",
    "Default",
    "DynamoAttribute",
    "DynamoEntity",
    "DynamoTable",
    "EpochSeconds",
    "Err",
    "Item",
    "None",
    "Nullable",
    "Number",
    "Ok",
    "Option",
    "PartialEq",
    "Some",
    "String",
    "Unknown",
    "Value",
    "Vec",
];

/// The words of a name, in small letters. A capital after a small letter starts a word.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() || (after_small && c.is_ascii_uppercase()) {
            words.push(String::new());
        }
        if c.is_ascii_alphanumeric() {
            words.last_mut().into_iter().for_each(|word| word.push(c.to_ascii_lowercase()));
        }
        after_small = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// `order_line`
pub(super) fn snake(name: &str) -> String {
    words(name).join("_")
}

/// `OrderLine`
pub(super) fn pascal(name: &str) -> String {
    let capital = |word: &String| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    words(name).iter().map(capital).collect()
}

/// The names of the types in a file.
#[derive(Debug)]
pub(super) struct TypeNames {
    taken: BTreeSet<String>,
}

impl TypeNames {
    pub(super) fn new() -> Self {
        Self { taken: KNOWN.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// A name made of that text, for a type about which the derive writes others: of its paths and queries, by index.
    pub(super) fn take(&mut self, text: &str, indexes: &[&str]) -> String {
        let mut base = pascal(text);
        if !base.starts_with(|first: char| first.is_ascii_alphabetic()) {
            base.insert_str(0, "Table");
        }
        if KNOWN.contains(&base.as_str()) || NEVER.contains(&base.as_str()) {
            base.push_str("Table");
        }
        let queries = indexes.iter().map(|index| format!("{}Query", pascal(index)));
        let suffixes: Vec<String> =
            queries.chain(["", "Paths", "Query", "ByEntity"].into_iter().map(str::to_owned)).collect();
        let all = |name: &str| suffixes.iter().map(|suffix| format!("{name}{suffix}")).collect::<Vec<_>>();
        let name = numbered(&base, |name| all(name).iter().all(|name| !self.taken.contains(name)));
        self.taken.extend(all(&name));
        name
    }
}

/// The names of the fields of one struct.
#[derive(Debug, Default)]
pub(super) struct FieldNames {
    taken: BTreeSet<String>,
}

impl FieldNames {
    /// Names that the derive gives to members beside the fields.
    pub(super) fn without(names: impl IntoIterator<Item = String>) -> Self {
        Self { taken: names.into_iter().collect() }
    }

    /// A name made of that text, as it is written: `r#type` for a keyword.
    pub(super) fn take(&mut self, text: &str) -> String {
        let mut base = snake(text);
        if !base.starts_with(|first: char| first.is_ascii_alphabetic()) {
            base = format!("attribute_{base}").trim_end_matches('_').to_owned();
        }
        if NEVER.contains(&base.as_str()) {
            base.push('_');
        }
        let name = numbered(&base, |name| !self.taken.contains(name));
        self.taken.insert(name.clone());
        if KEYWORDS.contains(&name.as_str()) { format!("r#{name}") } else { name }
    }
}

/// The name, or the first free one with a number after it.
fn numbered(base: &str, is_free: impl Fn(&str) -> bool) -> String {
    let separator = if base.starts_with(|first: char| first.is_ascii_uppercase()) { "" } else { "_" };
    let mut name = base.to_owned();
    let mut number = 2_u32;
    while !is_free(&name) {
        name = format!("{base}{separator}{number}");
        number += 1;
    }
    name
}

/// A field's name in a template or an index, where a keyword needs no mark.
pub(super) fn plain(field: &str) -> &str {
    field.strip_prefix("r#").unwrap_or(field)
}

#[cfg(test)]
mod tests {
    use super::{FieldNames, TypeNames, pascal, snake};

    #[test]
    fn names_have_words() {
        let both = |name| (snake(name), pascal(name));
        assert_eq!(both("prod-orders.v2"), ("prod_orders_v2".to_owned(), "ProdOrdersV2".to_owned()));
        assert_eq!(both("createdAt"), ("created_at".to_owned(), "CreatedAt".to_owned()));
        assert_eq!(both("GSI1PK"), ("gsi1_pk".to_owned(), "Gsi1Pk".to_owned()));
        assert_eq!(both("größe"), ("gr_e".to_owned(), "GrE".to_owned()));
    }

    #[test]
    fn fields_are_identifiers_each_once() {
        let mut names = FieldNames::default();
        let taken = ["type", "self", "createdAt", "created_at", "created-at", "2nd", "漢", "", "a b"];
        let fields = taken.map(|name| names.take(name));
        let expected = [
            "r#type",
            "self_",
            "created_at",
            "created_at_2",
            "created_at_3",
            "attribute_2nd",
            "attribute",
            "attribute_2",
            "a_b",
        ];
        assert_eq!(fields, expected);
    }

    #[test]
    fn types_leave_room_for_those_of_the_derive() {
        let mut names = TypeNames::new();
        assert_eq!(names.take("orders", &["by-day"]), "Orders");
        assert_eq!(names.take("orders-query", &[]), "OrdersQuery2");
        assert_eq!(names.take("Orders.by-day.query", &[]), "OrdersByDayQuery2");
        assert_eq!(names.take("item", &[]), "ItemTable");
        assert_eq!(names.take("2024.log", &[]), "Table2024Log");
    }
}
