//! A module beside the folder that it is written to.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::failure::Failure;
use crate::module::{Module, generated_from, is_generated, same_content};

const README: &str = "README.md";

/// What a folder holds of a module.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    /// Files that are there byte for byte.
    pub(crate) same: Vec<String>,
    /// Files whose header alone differs.
    pub(crate) other_header: Vec<String>,
    /// Files whose content differs.
    pub(crate) stale: Vec<Difference>,
    /// Files that are not there.
    pub(crate) missing: Vec<String>,
    /// Files that were generated once and are not any more.
    pub(crate) orphans: Vec<String>,
    /// Why files in the folder must not be touched.
    pub(crate) foreign: Vec<String>,
}

/// The first line in which a committed file differs from the generated one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) committed: Option<String>,
    pub(crate) generated: Option<String>,
}

/// Compares the module of a crate with a folder, which need not exist.
pub(crate) fn compare(module: &Module, folder: &Path, package: &str) -> Result<Comparison, Failure> {
    let mut comparison = Comparison::default();
    for (path, generated) in module.files() {
        let Some(committed) = read(&folder.join(path))? else {
            comparison.missing.push(path.to_owned());
            continue;
        };
        if !is_generated(&committed) && path == README {
            // A README of somebody's own says more than a generated one.
            comparison.same.push(path.to_owned());
        } else if !is_generated(&committed) {
            comparison.foreign.push(format!(
                "`{}` is in the way: it was not generated, so it is not overwritten; rename it, or choose another \
                 `--out`",
                folder.join(path).display(),
            ));
        } else if generated_from(&committed) != Some(package) {
            comparison.foreign.push(other_crate(&folder.join(path), &committed));
        } else if committed == generated {
            comparison.same.push(path.to_owned());
        } else if same_content(&committed, generated) {
            comparison.other_header.push(path.to_owned());
        } else {
            comparison.stale.push(difference(path, &committed, generated));
        }
    }
    find_orphans(module, folder, package, &mut comparison)?;
    Ok(comparison)
}

/// Writes what is missing or differs and removes orphans, if nothing foreign is in the way.
pub(crate) fn write(module: &Module, folder: &Path, comparison: &Comparison) -> Result<(), Failure> {
    for (path, text) in module.files() {
        if comparison.same.iter().any(|same| same == path) {
            continue;
        }
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| Failure::io("make folder", parent, &error))?;
        }
        fs::write(&path, text).map_err(|error| Failure::io("write", &path, &error))?;
    }
    for orphan in &comparison.orphans {
        let path = folder.join(orphan);
        fs::remove_file(&path).map_err(|error| Failure::io("remove", &path, &error))?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::io("read", path, &error)),
    }
}

fn other_crate(path: &Path, committed: &str) -> String {
    format!(
        "`{}` was generated from crate `{}`; give each crate a folder of its own, or delete the file if the crate was \
         renamed",
        path.display(),
        generated_from(committed).unwrap_or_default(),
    )
}

fn find_orphans(module: &Module, folder: &Path, package: &str, comparison: &mut Comparison) -> Result<(), Failure> {
    for prefix in ["", "tests/", "examples/complete/"] {
        for name in file_names(&folder.join(prefix))? {
            let path = format!("{prefix}{name}");
            if module.file(&path).is_some() || !(name.ends_with(".tf") || name.ends_with(".tftest.hcl")) {
                continue;
            }
            let Some(text) = read(&folder.join(&path))?.filter(|text| is_generated(text)) else { continue };
            if generated_from(&text) == Some(package) {
                comparison.orphans.push(path);
            } else {
                comparison.foreign.push(other_crate(&folder.join(&path), &text));
            }
        }
    }
    Ok(())
}

/// The names of the files in a folder, sorted; none if there is no folder.
fn file_names(folder: &Path) -> Result<BTreeSet<String>, Failure> {
    let failure = |error: &std::io::Error| Failure::io("read folder", folder, error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(failure(&error)),
    };
    let mut names = BTreeSet::new();
    for entry in entries {
        let entry = entry.map_err(|error| failure(&error))?;
        if entry.path().is_file() {
            names.extend(entry.file_name().into_string());
        }
    }
    Ok(names)
}

fn difference(path: &str, committed: &str, generated: &str) -> Difference {
    // The header is two lines, and its versions are no difference.
    let (mut ours, mut theirs) = (generated.lines().skip(2), committed.lines().skip(2));
    let mut line = 3;
    loop {
        let (generated, committed) = (ours.next(), theirs.next());
        if generated != committed || generated.is_none() {
            return Difference {
                path: path.to_owned(),
                line,
                committed: committed.map(str::to_owned),
                generated: generated.map(str::to_owned),
            };
        }
        line += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tablewright::registry::Registry;
    use tablewright::schema::{KeySchema, KeyType, TableSchema};

    use super::{Comparison, Difference, compare, write};
    use crate::{Module, Options, generate};

    fn module(tables: &[&'static str], version: &str) -> Module {
        let tables = tables.iter().map(|name| TableSchema::new(name, KeySchema::new("pk", KeyType::S), None));
        generate(&Registry::new(tables).unwrap(), &Options::new("shop", version)).unwrap()
    }

    #[test]
    fn written_files_are_the_same_and_orphans_go() {
        let folder = tempfile::tempdir().unwrap();
        let before = module(&["orders", "sessions"], "1.0.0");
        let empty = compare(&before, folder.path(), "shop").unwrap();
        assert_eq!(empty.missing.len(), before.files().count());
        write(&before, folder.path(), &empty).unwrap();
        let own = folder.path().join("table_by_hand.tf");
        fs::write(&own, "# mine\n").unwrap();

        let after = module(&["orders"], "1.0.0");
        let comparison = compare(&after, folder.path(), "shop").unwrap();
        assert_eq!(comparison.orphans, ["table_sessions.tf"]);
        assert!(comparison.same.contains(&"table_orders.tf".to_owned()));
        write(&after, folder.path(), &comparison).unwrap();
        assert!(!folder.path().join("table_sessions.tf").exists());
        assert_eq!(fs::read_to_string(own).unwrap(), "# mine\n");
        let Comparison { same, other_header, stale, missing, orphans, foreign } =
            compare(&after, folder.path(), "shop").unwrap();
        assert_eq!(same.len(), after.files().count());
        assert!(other_header.is_empty() && stale.is_empty() && missing.is_empty());
        assert!(orphans.is_empty() && foreign.is_empty());
    }

    #[test]
    fn the_first_difference_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let module = module(&["orders"], "1.0.0");
        write(&module, folder.path(), &Comparison::default()).unwrap();
        let path = folder.path().join("versions.tf");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("1.5.7", "1.9.0")).unwrap();
        let stale = compare(&module, folder.path(), "shop").unwrap().stale;
        let expected = Difference {
            path: "versions.tf".to_owned(),
            line: 5,
            committed: Some("  required_version = \">= 1.9.0\"".to_owned()),
            generated: Some("  required_version = \">= 1.5.7\"".to_owned()),
        };
        assert_eq!(stale, [expected]);
        fs::write(&path, text.lines().take(4).map(|line| format!("{line}\n")).collect::<String>()).unwrap();
        let stale = compare(&module, folder.path(), "shop").unwrap().stale;
        assert_eq!(stale.iter().map(|found| (found.line, &found.committed)).collect::<Vec<_>>(), [(5, &None)]);
    }

    #[test]
    fn another_version_or_line_end_is_no_difference() {
        let folder = tempfile::tempdir().unwrap();
        let before = module(&["orders"], "1.0.0");
        write(&before, folder.path(), &Comparison::default()).unwrap();
        let path = folder.path().join("locals.tf");
        fs::write(&path, fs::read_to_string(&path).unwrap().replace('\n', "\r\n")).unwrap();
        let after = module(&["orders"], "1.1.0");
        let comparison = compare(&after, folder.path(), "shop").unwrap();
        assert_eq!(comparison.other_header.len(), after.files().count());
    }

    #[test]
    fn a_readme_of_ones_own_stays() {
        let folder = tempfile::tempdir().unwrap();
        let readme = folder.path().join("README.md");
        fs::write(&readme, "# Ours\n").unwrap();
        let module = module(&["orders"], "1.0.0");
        let comparison = compare(&module, folder.path(), "shop").unwrap();
        assert!(comparison.foreign.is_empty(), "{:?}", comparison.foreign);
        write(&module, folder.path(), &comparison).unwrap();
        assert_eq!(fs::read_to_string(readme).unwrap(), "# Ours\n");
    }

    #[test]
    fn what_another_made_is_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        let module = module(&["orders"], "1.0.0");
        write(&module, folder.path(), &Comparison::default()).unwrap();
        let other = compare(&module, folder.path(), "warehouse").unwrap();
        assert_eq!(other.foreign.len(), module.files().count());
        assert!(other.foreign.iter().all(|message| message.contains("from crate `shop`")), "{:?}", other.foreign);
        fs::write(folder.path().join("table_orders.tf"), "# by hand\n").unwrap();
        let mine = compare(&module, folder.path(), "shop").unwrap();
        assert!(matches!(mine.foreign.as_slice(), [one] if one.contains("was not generated")), "{:?}", mine.foreign);
    }
}
