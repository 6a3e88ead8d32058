//! Items that are put before the first request.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tablewright::registry::Registry;
use tablewright::testing::Embedded;

use crate::failure::Failure;

/// Puts the items of every `TABLE.jsonl` in the folder; how many.
pub(super) fn put(engine: &Embedded, registry: &Registry, folder: &Path, prefix: &str) -> Result<usize, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::io("read folder", folder, &error))?;
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    let mut count = 0;
    for path in files {
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(table) = registry.tables().iter().find(|table| table.name == name) else {
            return Err(Failure::new(format!("`{}` is named after no table of the code", path.display())));
        };
        let text = fs::read_to_string(&path).map_err(|error| Failure::io("read", &path, &error))?;
        for (place, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let wrong = |why: &str| Failure::new(format!("`{}`, line {}: {why}", path.display(), place + 1));
            let item: Value = serde_json::from_str(line).map_err(|error| wrong(&error.to_string()))?;
            let request = json!({ "TableName": format!("{prefix}{}", table.stored_name()), "Item": item });
            let (status, answer) = engine.call("PutItem", request.to_string().as_bytes());
            if status != 200 {
                let answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
                let message = ["message", "Message"].into_iter().find_map(|name| answer.get(name)?.as_str());
                return Err(wrong(message.unwrap_or("the item is refused")));
            }
            count += 1;
        }
    }
    Ok(count)
}
