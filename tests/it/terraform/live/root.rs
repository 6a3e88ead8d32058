//! A root that calls a module, and what Terraform says about it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use tablewright::registry::Registry;
use tablewright::schema::TableSchema;
use tablewright_terraform::{Options, Snapshot, generate};
use tempfile::TempDir;

use super::super::real::{PROVIDER, changes, ok, terraform, write_module};

/// What the code and the root say.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    pub(super) tables: Vec<TableSchema>,
    /// What was applied before.
    pub(super) agreed: Snapshot,
    /// Arguments of the call of the module.
    pub(super) variables: &'static str,
    /// What else the root has.
    pub(super) blocks: String,
}

impl Declared {
    pub(super) fn registry(&self) -> Registry {
        Registry::new(self.tables.iter().copied()).unwrap()
    }

    /// A table, to be declared in another way.
    pub(super) fn table(&mut self, name: &str) -> &mut TableSchema {
        self.tables.iter_mut().find(|table| table.name == name).unwrap()
    }
}

/// A root that calls a module, on a server.
pub(super) struct Root {
    folder: TempDir,
    provider: String,
    prefix: String,
}

impl Root {
    /// A root that calls a module of its own, of which nothing is there yet.
    pub(super) fn new(mirror: &Path, endpoint: &str, prefix: &str) -> Self {
        let root = Self::empty(endpoint, prefix);
        fs::create_dir(root.folder.path().join("module")).unwrap();
        root.call("", "");
        root.init(mirror);
        root
    }

    /// A root that calls these modules, which are somewhere else.
    pub(super) fn of_modules(mirror: &Path, endpoint: &str, modules: &[PathBuf]) -> Self {
        let root = Self::empty(endpoint, "");
        let calls = modules
            .iter()
            .enumerate()
            .map(|(place, module)| format!("module \"tables_{place}\" {{\n  source = \"{}\"\n}}\n", module.display()));
        root.write(&calls.collect::<String>());
        root.init(mirror);
        root
    }

    fn empty(endpoint: &str, prefix: &str) -> Self {
        let provider = PROVIDER.trim_end().strip_suffix('}').unwrap();
        let provider = format!("{provider}\n  endpoints {{\n    dynamodb = \"{endpoint}\"\n  }}\n}}\n");
        Self { folder: tempfile::tempdir().unwrap(), provider, prefix: prefix.to_owned() }
    }

    fn init(&self, mirror: &Path) {
        let plugins = format!("-plugin-dir={}", mirror.display());
        ok(&self.terraform(&["init", "-input=false", &plugins]));
    }

    fn call(&self, variables: &str, blocks: &str) {
        let prefix = &self.prefix;
        let call =
            format!("module \"tables\" {{\n  source = \"./module\"\n  name_prefix = \"{prefix}\"\n{variables}\n}}");
        self.write(&format!("{call}\n\n{blocks}"));
    }

    fn write(&self, blocks: &str) {
        fs::write(self.folder.path().join("main.tf"), format!("{}\n{blocks}", self.provider)).unwrap();
    }

    /// Writes the module of these tables in place of the one before, and a root that calls it.
    pub(super) fn declare(&self, declared: &Declared) {
        let module = self.folder.path().join("module");
        fs::remove_dir_all(&module).unwrap();
        let options = Options::new("shop-model", "0.3.1").with_snapshot(declared.agreed.clone());
        write_module(&module, &generate(&declared.registry(), &options).unwrap());
        self.call(declared.variables, &declared.blocks);
    }

    /// The root after somebody has taken the call of the module out of it.
    pub(super) fn declare_nothing(&self) {
        self.write("");
    }

    pub(super) fn terraform(&self, arguments: &[&str]) -> Output {
        terraform(self.folder.path(), arguments)
    }

    /// Applies what is declared, or a plan of it; what Terraform says at the end, or what it says where it fails.
    pub(super) fn apply(&self, plan: Option<&str>) -> Result<String, String> {
        let last = plan.unwrap_or("-auto-approve");
        let applied = self.terraform(&["apply", "-no-color", "-input=false", last]);
        let said = String::from_utf8_lossy(&applied.stdout);
        if !applied.status.success() {
            return Err(format!("{said}\n{}", String::from_utf8_lossy(&applied.stderr)));
        }
        let outcome = said.lines().find_map(|line| line.strip_prefix("Apply complete! Resources: "));
        Ok(outcome.unwrap_or_default().trim_end_matches('.').to_owned())
    }

    /// A second plan, which must not want to change anything.
    pub(super) fn assert_settled(&self, step: &str) {
        let plan = self.terraform(&["plan", "-no-color", "-input=false", "-detailed-exitcode"]);
        let said = String::from_utf8_lossy(&plan.stdout);
        let failed = String::from_utf8_lossy(&plan.stderr);
        assert_eq!(plan.status.code(), Some(0), "{step}: a second plan: {said}{failed}");
    }

    /// The resources of a plan.
    pub(super) fn plan(&self) -> Vec<Value> {
        ok(&self.terraform(&["plan", "-no-color", "-input=false", "-out=plan"]));
        changes(self.folder.path())
    }

    /// What Terraform says when it is to destroy everything, and refuses.
    pub(super) fn refused_destroy(&self) -> String {
        let refused = self.terraform(&["destroy", "-no-color", "-input=false", "-auto-approve"]);
        assert!(!refused.status.success(), "{}", String::from_utf8_lossy(&refused.stdout));
        String::from_utf8(refused.stderr).unwrap()
    }
}
