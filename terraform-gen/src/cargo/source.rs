//! Where this crate is to be taken from, so that it uses the very `tablewright` that the package uses.

use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::{Metadata, Package};
use toml::{Table, Value};

use crate::failure::Failure;

/// The right side of a line in `[dependencies]`.
pub(super) type Dependency = Table;

const GENERATOR: &str = env!("CARGO_PKG_NAME");

/// This crate, from the same path, registry or repository as the runtime.
pub(super) fn generator(runtime: &Package, graph: &Metadata) -> Result<Dependency, Failure> {
    let version = format!("={}", env!("CARGO_PKG_VERSION"));
    let Some(source) = &runtime.source else {
        let folder = beside(runtime, graph)?;
        return Ok(table([("path", folder.to_string_lossy().into_owned())]));
    };
    if source.is_crates_io() {
        return Ok(table([("version", version)]));
    }
    if let Some(source) = source.repr.strip_prefix("git+") {
        return Ok(git(source));
    }
    let index = source.repr.strip_prefix("registry+").unwrap_or(&source.repr);
    Ok(table([("version", version), ("registry-index", index.to_owned())]))
}

fn table<const N: usize>(entries: [(&str, String); N]) -> Table {
    entries.into_iter().map(|(key, value)| (key.to_owned(), Value::String(value))).collect()
}

/// The folder of this crate, for a runtime that is used from a folder.
fn beside(runtime: &Package, graph: &Metadata) -> Result<PathBuf, Failure> {
    let known = graph.packages.iter().find(|package| package.name.as_str() == GENERATOR && package.source.is_none());
    let known = known.and_then(|package| package.manifest_path.parent().map(|folder| folder.as_std_path().to_owned()));
    let runtime = runtime.manifest_path.parent().map(|folder| folder.as_std_path().to_owned()).unwrap_or_default();
    let neighbour = runtime.parent().map(|parent| parent.join("terraform-gen"));
    let built_from = Some(PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    [known, neighbour, built_from].into_iter().flatten().find(|folder| is_generator(folder)).ok_or_else(|| {
        Failure::new(format!(
            "`tablewright` is used from `{}`, and `{GENERATOR}` is not beside it; use both from one checkout",
            runtime.display(),
        ))
    })
}

fn is_generator(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok().and_then(|text| text.parse::<Table>().ok());
    let name = manifest.as_ref().and_then(|manifest| manifest.get("package")?.get("name")?.as_str());
    name == Some(GENERATOR)
}

/// The same repository and the same branch, tag or revision: another one would be another package to Cargo.
fn git(source: &str) -> Table {
    let source = source.split('#').next().unwrap_or(source);
    let (url, query) = source.split_once('?').unwrap_or((source, ""));
    let mut dependency = table([("git", url.to_owned())]);
    for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        if matches!(key, "branch" | "tag" | "rev") {
            // Cargo encodes a slash in a branch's name.
            dependency.insert(key.to_owned(), Value::String(value.replace("%2F", "/").replace("%2f", "/")));
        }
    }
    dependency
}

#[cfg(test)]
mod tests {
    use super::git;

    #[test]
    fn a_repository_is_named_as_cargo_names_it() {
        let dependency = |source: &str| git(source).to_string().lines().map(str::to_owned).collect::<Vec<_>>();
        let url = "git = \"https://example.org/tablewright\"";
        assert_eq!(dependency("https://example.org/tablewright#0123abc"), [url]);
        assert_eq!(dependency("https://example.org/tablewright?branch=a%2Fb#0123abc"), ["branch = \"a/b\"", url]);
        assert_eq!(dependency("https://example.org/tablewright?rev=0123#0123abc"), [url, "rev = \"0123\""]);
    }
}
