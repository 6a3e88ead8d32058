//! The command: where tables and items come from.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::structs;
use crate::failure::Failure;
use crate::observed::{self, Endpoint};
use crate::output;

/// Which tables, and a sample of their items.
#[derive(Debug, Clone, Args)]
pub(crate) struct Asked {
    /// The tables: a file with what `aws dynamodb describe-table` printed, or `terraform show -json` of a state, `-` for the
    /// same on standard input, or the URL of a local DynamoDB.
    #[arg(long, value_name = "WHAT")]
    pub(crate) from: String,
    /// Items: a file with what `aws dynamodb scan` printed, with items of an export to S3, or with an item a line. Of several
    /// tables, say whose they are: TABLE=FILE.
    #[arg(long, value_name = "[TABLE=]FILE")]
    pub(crate) items: Vec<String>,
    /// What stands before the names of the tables there; others are left out.
    #[arg(long, value_name = "PREFIX", default_value = "", hide_default_value = true)]
    pub(crate) prefix: String,
    /// Of a local DynamoDB, only these tables.
    #[arg(long, value_name = "NAME")]
    pub(crate) table: Vec<String>,
    /// Of a local DynamoDB, how many items to read of each table.
    #[arg(long, value_name = "ITEMS", default_value_t = 200)]
    pub(crate) sample: usize,
}

/// Prints the structs.
pub(crate) fn run(asked: &Asked) -> Result<ExitCode, Failure> {
    output::result(format_args!("{}", file(asked)?.trim_end()));
    Ok(ExitCode::SUCCESS)
}

fn file(asked: &Asked) -> Result<String, Failure> {
    let (tables, mut items) = tables(asked)?;
    for written in &asked.items {
        items.push(sample(written, &tables, asked)?);
    }
    let borrowed: Vec<(&str, &str)> = items.iter().map(|(table, text)| (table.as_str(), text.as_str())).collect();
    structs(&tables, &borrowed, &asked.prefix).map_err(Failure::new)
}

/// The description of the tables, and the items that a server was asked for.
fn tables(asked: &Asked) -> Result<(String, Vec<(String, String)>), Failure> {
    let from = &asked.from;
    let wrong = |why: String| Failure::new(format!("cannot read the tables of `{from}`: {why}"));
    if let Some(endpoint) = Endpoint::of_url(from) {
        let live = super::live::ask(&endpoint, &asked.prefix, &asked.table, asked.sample).map_err(wrong)?;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (table, items) in &live.items {
            counts.insert(table, items.lines().count());
        }
        for (table, count) in counts {
            output::status(format_args!("read {count} items of {table}"));
        }
        return Ok((live.tables, live.items));
    }
    if from.starts_with("https://") {
        let why = "tables in AWS are read from what `aws dynamodb describe-table` and `scan` print";
        return Err(wrong(why.to_owned()));
    }
    let text = if from == "-" { io::read_to_string(io::stdin()) } else { fs::read_to_string(from) };
    Ok((text.map_err(|error| wrong(error.to_string()))?, Vec::new()))
}

/// The items of a file, and the full name of their table.
fn sample(written: &str, tables: &str, asked: &Asked) -> Result<(String, String), Failure> {
    let (named, path) = match written.split_once('=') {
        Some((table, path)) if !Path::new(written).is_file() => (Some(table), path),
        _ => (None, written),
    };
    let path = Path::new(path);
    let text = fs::read_to_string(path).map_err(|error| Failure::io("read", path, &error))?;
    let known = observed::read(tables).map_err(Failure::new)?.tables;
    let names: Vec<&str> =
        known.iter().map(|table| table.name.as_str()).filter(|name| name.starts_with(&asked.prefix)).collect();
    let table = match (named, names.as_slice()) {
        (Some(named), _) => {
            names.iter().find(|name| **name == named || name.strip_prefix(&asked.prefix) == Some(named))
        }
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    match table {
        Some(table) => Ok(((*table).to_owned(), text)),
        None => Err(Failure::new(format!(
            "`--items {written}` does not say of which table the items are; write `--items TABLE={}` with one of: {}",
            path.display(),
            names.join(", "),
        ))),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Asked, file};

    const TABLE: &str = r#"{"TableName": "NAME", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]}"#;

    #[test]
    fn items_are_of_the_table_that_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        fs::write(path("one.json"), TABLE.replace("NAME", "dev-a")).unwrap();
        fs::write(path("two.json"), ["dev-a", "dev-b"].map(|name| TABLE.replace("NAME", name)).concat()).unwrap();
        fs::write(path("items"), r#"{"id": {"S": "1"}, "seen": {"BOOL": true}}"#).unwrap();
        let asked = |from: &str, items: &str| Asked {
            from: path(from),
            items: vec![items.to_owned()],
            prefix: "dev-".to_owned(),
            table: vec![],
            sample: 1,
        };
        let text = |from: &str, items: &str| file(&asked(from, items)).map_err(|failure| failure.to_string());
        let has_it = |text: &str, name: &str| {
            let rest = text.split(&format!("pub struct {name} {{")).nth(1).unwrap();
            rest.split('}').next().unwrap().contains("pub seen: bool,")
        };
        let alone = text("one.json", &path("items")).unwrap();
        assert!(has_it(&alone, "A"), "{alone}");
        for named in ["b=", "dev-b="] {
            let both = text("two.json", &format!("{named}{}", path("items"))).unwrap();
            assert!(has_it(&both, "B") && !has_it(&both, "A"), "{both}");
        }
        let unsaid = text("two.json", &path("items")).unwrap_err();
        assert!(unsaid.contains("does not say of which table") && unsaid.ends_with("dev-a, dev-b"), "{unsaid}");
        assert!(text("two.json", &format!("c={}", path("items"))).is_err());
        assert!(text("none.json", &path("items")).unwrap_err().starts_with("cannot read the tables of"));
        let mut remote = asked("one.json", &path("items"));
        remote.from = "https://dynamodb.eu-west-1.amazonaws.com".to_owned();
        assert!(file(&remote).unwrap_err().to_string().contains("tables in AWS are read from what"));
    }
}
