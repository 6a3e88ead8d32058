//! Names that the derive makes: attributes by `rename_all`, and the generated types and methods.

use proc_macro2::{Ident, Span};
use quote::format_ident;
use syn::ext::IdentExt;

/// A way to write several words as one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl Case {
    /// The cases under the names that `serde` gives them.
    pub(crate) const NAMES: [(&'static str, Self); 8] = [
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
        ("PascalCase", Self::Pascal),
        ("camelCase", Self::Camel),
        ("snake_case", Self::Snake),
        ("SCREAMING_SNAKE_CASE", Self::ScreamingSnake),
        ("kebab-case", Self::Kebab),
        ("SCREAMING-KEBAB-CASE", Self::ScreamingKebab),
    ];

    /// The name of a field, which is in snake case, in this case. The result is the one that `serde` has.
    pub(crate) fn field(self, name: &str) -> String {
        match self {
            Self::Lower | Self::Snake => name.to_owned(),
            Self::Upper | Self::ScreamingSnake => name.to_uppercase(),
            Self::Pascal => name.split('_').map(capital).collect(),
            Self::Camel => small(&Self::Pascal.field(name)),
            Self::Kebab => name.replace('_', "-"),
            Self::ScreamingKebab => name.to_uppercase().replace('_', "-"),
        }
    }

    /// The name of a variant, which is in pascal case, in this case. The result is the one that `serde` has.
    pub(crate) fn variant(self, name: &str) -> String {
        match self {
            Self::Pascal => name.to_owned(),
            Self::Lower => name.to_lowercase(),
            Self::Upper => name.to_uppercase(),
            Self::Camel => small(name),
            Self::Snake => snake(name),
            Self::ScreamingSnake => snake(name).to_uppercase(),
            Self::Kebab => snake(name).replace('_', "-"),
            Self::ScreamingKebab => snake(name).to_uppercase().replace('_', "-"),
        }
    }
}

/// Each capital but the first becomes a small letter after an underscore.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (place, character) in name.char_indices() {
        if place > 0 && character.is_uppercase() {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
    }
    snake
}

/// The words of an index's name, in small letters. A capital after a small letter or digit starts a word.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut after_small = false;
    for character in name.chars() {
        let separator = !character.is_alphanumeric();
        if (separator || (after_small && character.is_uppercase())) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if !separator {
            word.extend(character.to_lowercase());
        }
        after_small = !separator && !character.is_uppercase();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn capital(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}

fn small(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().into_iter().flat_map(char::to_lowercase).chain(characters).collect()
}

/// `SparklePaths`.
pub(crate) fn paths_type(entity: &Ident) -> Ident {
    format_ident!("{}Paths", entity.unraw(), span = Span::call_site())
}

/// `SparkleQuery`.
pub(crate) fn query_type(entity: &Ident) -> Ident {
    format_ident!("{}Query", entity.unraw(), span = Span::call_site())
}

/// `SparkleByTotalQuery` for the index `by-total`.
pub(crate) fn index_query_type(entity: &Ident, index: &str) -> Ident {
    format_ident!(
        "{}{}Query",
        entity.unraw(),
        words(index).iter().map(|word| capital(word)).collect::<String>(),
        span = Span::call_site()
    )
}

/// `query_by_total` for the index `by-total`.
pub(crate) fn index_query_method(index: &str) -> Ident {
    format_ident!("query_{}", words(index).join("_"), span = Span::call_site())
}

/// `by_total_pk` or `by_total_sk`: the attribute that a table with one entity makes for a template of the index `by-total`.
pub(crate) fn index_attribute(index: &str, part: super::KeyPart) -> String {
    let suffix = match part {
        super::KeyPart::Partition => "pk",
        super::KeyPart::Sort => "sk",
    };
    format!("{}_{suffix}", words(index).join("_"))
}

/// `by_total` for the index `by-total`, and `by_total_sort_key` for one side of its key.
pub(crate) fn index_member(index: &str, side: Option<&str>) -> Ident {
    let mut member = words(index).join("_");
    if member.starts_with(|first: char| first.is_ascii_digit()) {
        member.insert_str(0, "index_");
    }
    if let Some(side) = side {
        member.push('_');
        member.push_str(side);
    }
    syn::parse_str(&member).unwrap_or_else(|_| Ident::new_raw(&member, Span::call_site()))
}

#[cfg(test)]
mod tests {
    use super::{Case, index_query_method, index_query_type};

    #[test]
    fn cases_are_those_of_serde() {
        let fields = Case::NAMES.map(|(_, case)| case.field("rem_key"));
        assert_eq!(fields, ["rem_key", "REM_KEY", "RemKey", "remKey", "rem_key", "REM_KEY", "rem-key", "REM-KEY"]);
        let variants = Case::NAMES.map(|(_, case)| case.variant("RemKey"));
        assert_eq!(variants, ["remkey", "REMKEY", "RemKey", "remKey", "rem_key", "REM_KEY", "rem-key", "REM-KEY"]);
    }

    #[test]
    fn index_names_become_types_and_methods() {
        let entity = quote::format_ident!("Sparkle");
        let names = |index| (index_query_type(&entity, index).to_string(), index_query_method(index).to_string());
        assert_eq!(names("by-total"), ("SparkleByTotalQuery".to_owned(), "query_by_total".to_owned()));
        assert_eq!(names("gsi1"), ("SparkleGsi1Query".to_owned(), "query_gsi1".to_owned()));
        assert_eq!(names("GSI1.byTeam"), ("SparkleGsi1ByTeamQuery".to_owned(), "query_gsi1_by_team".to_owned()));
    }
}
