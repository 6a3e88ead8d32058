//! The line of a declaration. A schema knows where its table begins; what is in it is looked up in the file.

use std::path::Path;
use std::{env, fs};

use tablewright::schema::{Source, TableSchema};

/// Where that part of the table's schema is declared, or the table where the line is not found.
pub(super) fn of(table: &TableSchema, path: &[&str]) -> Source {
    let mut source = table.source;
    let line = fs::read_to_string(source.file).ok().and_then(|text| line(&text, source.line, &words(table, path)));
    source.line = line.unwrap_or(source.line);
    source.file = from_here(source.file);
    source
}

/// The path from the folder that the command runs in, if it is below that: the compiler saw an absolute one.
fn from_here(file: &'static str) -> &'static str {
    let here = env::current_dir().unwrap_or_default();
    let relative = Path::new(file).strip_prefix(here).ok().and_then(Path::to_str);
    relative.and_then(|relative| file.get(file.len() - relative.len()..)).unwrap_or(file)
}

/// Words that stand, one after another, before the declaration or in it.
fn words(table: &TableSchema, path: &[&str]) -> Vec<String> {
    let entity = |name: &str| format!("struct {name}");
    let field = |entity: &str, attribute: &str| {
        let found = table.entities.iter().find(|of| of.name == entity);
        let field = found.and_then(|of| of.attributes.iter().find(|of| of.name == attribute)).map(|of| of.field);
        format!("{}:", field.unwrap_or(attribute))
    };
    match path {
        ["global_indexes" | "local_indexes", name, ..] => vec![format!("\"{name}\"")],
        ["entities", name, "attributes", attribute] => vec![entity(name), field(name, attribute)],
        ["entities", name, ..] => vec![entity(name)],
        ["time_to_live", ..] => table.ttl.map(|ttl| field_of_any(table, ttl)).into_iter().collect(),
        ["recovery_days"] => vec!["point_in_time_recovery".to_owned()],
        ["class"] => vec!["table_class".to_owned()],
        [setting, ..] => vec![(*setting).to_owned()],
        [] => Vec::new(),
    }
}

fn field_of_any(table: &TableSchema, attribute: &str) -> String {
    let fields = table.entities.iter().flat_map(|entity| entity.attributes);
    format!("{}:", fields.clone().find(|of| of.name == attribute).map_or(attribute, |of| of.field))
}

/// The line of the last of the words: the first one after the table's begin, or anywhere for a struct, which may precede.
fn line(text: &str, begin: u32, words: &[String]) -> Option<u32> {
    let mut from = usize::try_from(begin).ok()?.checked_sub(1)?;
    let mut found = None;
    for word in words {
        if word.starts_with("struct ") {
            from = text.lines().position(|line| declares(line, word))?;
            found = Some(from);
            continue;
        }
        let end = text.lines().skip(from).position(|line| line.starts_with('}'))?;
        let place = text.lines().skip(from).take(end).position(|line| line.contains(word.as_str()))?;
        found = Some(from + place);
    }
    u32::try_from(found? + 1).ok()
}

/// True if the line declares the struct itself, and not one whose name begins alike.
fn declares(line: &str, declaration: &str) -> bool {
    line.split_once(declaration).is_some_and(|(_, rest)| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[cfg(test)]
mod tests {
    use super::line;

    const TEXT: &str = "use x;\n\nstruct OrderLine {\n    total: u8,\n}\n\n#[derive(DynamoTable)]\n#[dynamo(\n    gsi(name = \
                        \"by-status\"),\n)]\npub struct Order {\n    id: u64,\n    total: u64,\n}\n\nfn id() {}\n";

    #[test]
    fn declarations_are_found_after_the_table_begins() {
        let of = |words: &[&str]| line(TEXT, 7, &words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["\"by-status\""]), Some(9));
        assert_eq!(of(&["struct Order"]), Some(11));
        assert_eq!(of(&["struct Order", "total:"]), Some(13));
        assert_eq!(of(&["struct OrderLine", "total:"]), Some(4));
        assert_eq!(of(&["missing"]), None);
        assert_eq!(of(&[]), None);
    }
}
