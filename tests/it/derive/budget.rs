//! How much code the derives write: the compiler reads all of it again at every build of a user's crate.
//!
//! `-Zmacro-stats` of a nightly compiler measures it; without one there is nothing to measure.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

// The limits are what is measured, rounded up, so that an addition is noticed. An entity of 6 fields, a composite key and one
// index is to stay under 12 KB whatever its keys are made of, and a field under 1 KB.

/// Bytes of an entity of 6 fields with a composite key and one index.
const ENTITY: usize = 9_800;
/// Bytes of each further field.
const FIELD: usize = 750;
/// Bytes of each further index. They are its query type: how it is documented, begun, converted and filtered, and its
/// sort key's method.
const INDEX: usize = 1_360;
/// Bytes of an entity of 6 fields with a template for each key and one index.
const TEMPLATES: usize = 12_200;
/// Bytes of each further index whose keys are templates: the templates themselves, and the table's answers to what it is.
const TEMPLATE_INDEX: usize = 2_160;

/// Bytes of the shards of a table's key and of an index's: their segments, what they say in the documentation of the queries,
/// and the check of the shard when an item is read.
const SHARDS: usize = 500;

#[test]
fn the_expansion_is_small_and_linear() {
    let Some(subject) = Subject::new("expansion-budget") else { return };
    let entity = subject.bytes(6, 1);
    assert!(entity <= ENTITY, "an entity of 6 fields and one index takes {entity} bytes");
    let (twelve, eighteen) = (subject.bytes(12, 1), subject.bytes(18, 1));
    let (first, second) = ((twelve - entity) / 6, (eighteen - twelve) / 6);
    assert!(first <= FIELD && second <= FIELD, "a field takes {first} bytes, and {second} among more fields");
    assert!(second <= first + first / 10, "a field takes {second} bytes among more fields, and {first} among fewer");
    let two = subject.bytes(6, 2) - entity;
    let four = (subject.bytes(6, 4) - entity) / 3;
    assert!(two <= INDEX && four <= INDEX, "an index takes {two} bytes, and {four} among more indexes");
    report(&format!("expansion: {entity} bytes, {first} for a field, {two} for an index"));
}

#[test]
fn templates_stay_within_their_budget() {
    let Some(subject) = Subject::new("expansion-budget-of-templates") else { return };
    let bytes = |fields, indexes| subject.of("DynamoEntity", &entity(fields, indexes));
    let one = bytes(6, 1);
    assert!(one <= TEMPLATES, "an entity of 6 fields, templates and one index takes {one} bytes");
    let (twelve, eighteen) = (bytes(12, 1), bytes(18, 1));
    let (first, second) = ((twelve - one) / 6, (eighteen - twelve) / 6);
    assert!(first <= FIELD && second <= FIELD, "a field takes {first} bytes, and {second} among more fields");
    let two = bytes(6, 2) - one;
    assert!(two <= TEMPLATE_INDEX, "an index made of templates takes {two} bytes");
    report(&format!("expansion with templates: {one} bytes, {first} for a field, {two} for an index"));
}

#[test]
fn shards_are_a_number_in_the_schema() {
    let Some(subject) = Subject::new("expansion-budget-of-shards") else { return };
    let plain = entity(6, 1);
    let sharded = plain
        .replace("sort_key = \"AT#{sort}\"", "sort_key = \"AT#{sort}\", shard = 16")
        .replace("sort_key = \"AT#{field4}\"", "sort_key = \"AT#{field4}\", shard = 8");
    assert_eq!(sharded.len(), plain.len() + ", shard = 16, shard = 8".len());
    let shards = subject.of("DynamoEntity", &sharded) - subject.of("DynamoEntity", &plain);
    assert!(shards <= SHARDS, "the shards of a table and of an index take {shards} bytes");
    report(&format!("expansion of the shards of a table and of an index: {shards} bytes"));
}

/// A crate that derives one table and nothing else.
struct Subject {
    folder: PathBuf,
}

impl Subject {
    /// The crate's folder, or `None` if there is no nightly compiler.
    fn new(name: &str) -> Option<Self> {
        let nightly = Command::new("rustup").args(["run", "nightly", "rustc", "--version"]).output();
        if !nightly.is_ok_and(|output| output.status.success()) {
            report("skipped: there is no nightly compiler for `-Zmacro-stats`");
            return None;
        }
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package is in a workspace");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(folder.join("src")).expect("the target folder is writable");
        let runtime = workspace.join("runtime");
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\ntablewright = {{ path = {runtime:?}, default-features = false }}\n"
        );
        std::fs::write(folder.join("Cargo.toml"), manifest).expect("the target folder is writable");
        std::fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the workspace is locked");
        Some(Self { folder })
    }

    /// The bytes that the derive writes for so many fields and indexes.
    fn bytes(&self, fields: usize, indexes: usize) -> usize {
        self.of("DynamoTable", &source(fields, indexes))
    }

    /// The bytes that a derive writes in this source.
    fn of(&self, derive: &str, source: &str) -> usize {
        std::fs::write(self.folder.join("src/lib.rs"), source).expect("the target folder is writable");
        let output = Command::new("rustup")
            .args(["run", "nightly", "cargo", "rustc", "--offline", "--lib", "--", "-Zmacro-stats"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .output()
            .expect("rustup runs");
        assert!(output.status.success(), "the subject does not compile:\n{}", String::from_utf8_lossy(&output.stderr));
        let stats = String::from_utf8_lossy(&output.stderr).into_owned();
        let line = stats.lines().find(|line| line.contains(&format!("#[derive({derive})]")));
        let bytes = line.and_then(|line| line.split_whitespace().rev().nth(1)).map(|bytes| bytes.replace('_', ""));
        bytes.and_then(|bytes| bytes.parse().ok()).unwrap_or_else(|| panic!("no statistics in:\n{stats}"))
    }
}

/// A table whose names have the length that names have.
fn source(fields: usize, indexes: usize) -> String {
    let mut attributes = String::from("table = \"subject\"");
    for index in 0..indexes {
        let _ = write!(attributes, ", gsi(name = \"index{index}\", partition_key = \"field3\", sort_key = \"field4\")");
    }
    let mut members = String::new();
    for field in 2..fields {
        let ty = ["String", "u64", "Option<String>"][field % 3];
        let _ = writeln!(members, "    pub field{field}: {ty},");
    }
    format!(
        "use tablewright::DynamoTable;\n\n#[derive(DynamoTable)]\n#[dynamo({attributes})]\npub struct Subject {{\n    \
         #[dynamo(partition_key)]\n    pub partition: String,\n    #[dynamo(sort_key)]\n    pub sort: u64,\n{members}}}\n"
    )
}

/// An entity of a table of several, with a template for each key.
fn entity(fields: usize, indexes: usize) -> String {
    let (mut declared, mut keys) = (String::new(), String::new());
    for index in 0..indexes {
        let _ =
            write!(declared, ", gsi(name = \"index{index}\", partition_key = \"i{index}p\", sort_key = \"i{index}s\")");
        let _ = write!(
            keys,
            ", index(name = \"index{index}\", partition_key = \"FIELD#{{field3}}\", sort_key = \"AT#{{field4}}\")"
        );
    }
    let mut members = String::new();
    for field in 2..fields {
        let ty = ["String", "u64", "Option<String>"][field % 3];
        let _ = writeln!(members, "    pub field{field}: {ty},");
    }
    format!(
        "use tablewright::{{DynamoEntity, DynamoTable}};\n\n#[derive(DynamoTable)]\n#[dynamo(table = \"subject\", partition_key \
         = \"pk\", sort_key = \"sk\"{declared})]\npub enum Subjects {{\n    Subject(Subject),\n}}\n\n#[derive(DynamoEntity)]\n\
         #[dynamo(table = Subjects, partition_key = \"PART#{{partition}}\", sort_key = \"AT#{{sort}}\"{keys})]\npub \
         struct Subject {{\n    #[dynamo(key_only)]\n    pub partition: String,\n    #[dynamo(key_only)]\n    pub sort: \
         u64,\n{members}}}\n"
    )
}

#[expect(clippy::print_stderr, reason = "what was measured or skipped is of interest where it passes too")]
fn report(line: &str) {
    eprintln!("{line}");
}
