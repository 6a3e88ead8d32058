//! A program of a few lines that links the package's library and asks it for its tables.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use cargo_metadata::Message;
use toml::{Table, Value};

use super::Selection;
use super::discover::Found;
use super::host::target_to_name;
use crate::failure::Failure;

/// The name under which the program knows the package's library: no other crate has it.
const LIBRARY: &str = "tablewright_tables_of_the_package";

/// Writes and builds the program, with these features of this crate; its path.
///
/// A program with other features is another one, so that neither is built again for the other.
pub(super) fn build(found: &Found, selection: &Selection, features: &[&str]) -> Result<PathBuf, Failure> {
    let name = core::iter::once(&*found.name).chain(features.iter().copied()).collect::<Vec<_>>().join("-with-");
    let folder = found.target.join("tablewright").join(&name);
    let sources = folder.join("src");
    fs::create_dir_all(&sources).map_err(|error| Failure::io("make folder", &sources, &error))?;
    write_if_new(&folder.join("Cargo.toml"), &manifest(found, &name, features)?)?;
    write_if_new(&sources.join("main.rs"), &program(found))?;
    copy_lock(&found.workspace, &folder)?;
    let program = compile(found, &folder, selection)?;
    check_one_runtime(found, &folder)?;
    Ok(program)
}

/// Runs the program, which does the rest of the work.
///
/// Where a process can become another one it does, so that whoever ends this command ends the program.
pub(super) fn run(program: &Path, command: &str, arguments: Vec<OsString>) -> Result<ExitCode, Failure> {
    let mut run = Command::new(program);
    run.arg(command).args(arguments);
    finish(program, run)
}

#[cfg(unix)]
fn finish(program: &Path, mut run: Command) -> Result<ExitCode, Failure> {
    use std::os::unix::process::CommandExt as _;

    Err(Failure::io("run", program, &run.exec()))
}

#[cfg(not(unix))]
fn finish(program: &Path, mut run: Command) -> Result<ExitCode, Failure> {
    let status = run.status().map_err(|error| Failure::io("run", program, &error))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

fn program(found: &Found) -> String {
    format!(
        "use {LIBRARY} as _;\n\nfn main() -> std::process::ExitCode {{\n    \
         tablewright_terraform::__private::main({:?}, {:?}, Some({:?}))\n}}\n",
        found.name, found.version, found.command,
    )
}

fn manifest(found: &Found, name: &str, features: &[&str]) -> Result<String, Failure> {
    let text = |text: &str| Value::String(text.to_owned());
    let mut package = Table::new();
    package.insert("name".to_owned(), text(&format!("tablewright-of-{name}")));
    package.insert("version".to_owned(), text("0.0.0"));
    package.insert("edition".to_owned(), text("2024"));
    package.insert("publish".to_owned(), Value::Boolean(false));

    let mut library = Table::new();
    library.insert("package".to_owned(), text(&found.name));
    library.insert("path".to_owned(), text(&found.folder.to_string_lossy()));
    library.insert("default-features".to_owned(), Value::Boolean(found.default_features));
    let of_library = found.features.iter().map(|feature| text(feature)).collect();
    library.insert("features".to_owned(), Value::Array(of_library));
    let mut generator = found.generator.clone();
    generator.insert("default-features".to_owned(), Value::Boolean(false));
    if !features.is_empty() {
        generator.insert("features".to_owned(), Value::Array(features.iter().copied().map(text).collect()));
    }
    let mut dependencies = Table::new();
    dependencies.insert(LIBRARY.to_owned(), Value::Table(library));
    dependencies.insert(env!("CARGO_PKG_NAME").to_owned(), Value::Table(generator));

    let mut manifest = Table::new();
    manifest.insert("package".to_owned(), Value::Table(package));
    manifest.insert("dependencies".to_owned(), Value::Table(dependencies));
    manifest.insert("workspace".to_owned(), Value::Table(Table::new()));
    manifest.extend(inherited(&found.workspace)?);
    Ok(manifest.to_string())
}

/// What the root manifest of a workspace says for all its packages: the program is in no workspace, so it repeats it.
/// With another profile, every dependency would be built again.
fn inherited(workspace: &Path) -> Result<Table, Failure> {
    let path = workspace.join("Cargo.toml");
    let text = fs::read_to_string(&path).map_err(|error| Failure::io("read", &path, &error))?;
    let root: Table =
        text.parse().map_err(|error| Failure::new(format!("cannot read `{}`: {error}", path.display())))?;
    let mut inherited: Table =
        root.into_iter().filter(|(key, _)| matches!(key.as_str(), "patch" | "profile")).collect();
    let patches = inherited.get_mut("patch").and_then(Value::as_table_mut).into_iter().flatten();
    let entries = patches.filter_map(|(_, registry)| registry.as_table_mut()).flatten();
    for path in entries.filter_map(|(_, patch)| patch.get_mut("path")) {
        if let Some(relative) = path.as_str() {
            *path = Value::String(workspace.join(relative).to_string_lossy().into_owned());
        }
    }
    Ok(inherited)
}

/// Starts from the versions that the workspace has locked, and keeps what Cargo added for the program since.
fn copy_lock(workspace: &Path, folder: &Path) -> Result<(), Failure> {
    let theirs = workspace.join("Cargo.lock");
    let copied_from = folder.join("Cargo.lock.of-workspace");
    let Ok(lock) = fs::read_to_string(&theirs) else { return Ok(()) };
    let lock_exists = folder.join("Cargo.lock").is_file();
    if lock_exists && fs::read_to_string(&copied_from).is_ok_and(|before| before == lock) {
        return Ok(());
    }
    for path in [folder.join("Cargo.lock"), copied_from] {
        fs::write(&path, &lock).map_err(|error| Failure::io("write", &path, &error))?;
    }
    Ok(())
}

/// Writes a file unless it says the same already, so that Cargo does not build it again.
pub(super) fn write_if_new(path: &Path, text: &str) -> Result<(), Failure> {
    if fs::read_to_string(path).is_ok_and(|before| before == text) {
        return Ok(());
    }
    fs::write(path, text).map_err(|error| Failure::io("write", path, &error))
}

fn compile(found: &Found, folder: &Path, selection: &Selection) -> Result<PathBuf, Failure> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(&cargo);
    command
        .args(["build", "--message-format=json-render-diagnostics", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&found.target)
        .stdout(Stdio::piped());
    if selection.offline {
        command.arg("--offline");
    }
    if let Some(target) = target_to_name() {
        command.args(["--target", &target]);
    }
    let failure = |error: &std::io::Error| Failure::io("run", Path::new(&cargo), error);
    let mut child = command.spawn().map_err(|error| failure(&error))?;
    let mut program = None;
    if let Some(output) = child.stdout.take() {
        for message in Message::parse_stream(BufReader::new(output)) {
            if let Ok(Message::CompilerArtifact(artifact)) = message {
                program = artifact.executable.or(program);
            }
        }
    }
    let status = child.wait().map_err(|error| failure(&error))?;
    let program = program.filter(|_| status.success());
    program.map(cargo_metadata::camino::Utf8PathBuf::into_std_path_buf).ok_or_else(|| {
        Failure::new(format!(
            "package `{}` could not be built together with `tablewright-terraform`; the messages above say why",
            found.name
        ))
    })
}

/// Two copies of the runtime would mean an empty registry, with a message that leads nowhere.
fn check_one_runtime(found: &Found, folder: &Path) -> Result<(), Failure> {
    let path = folder.join("Cargo.lock");
    let text = fs::read_to_string(&path).map_err(|error| Failure::io("read", &path, &error))?;
    let lock: Table = text.parse().unwrap_or_default();
    let packages = lock.get("package").and_then(Value::as_array).into_iter().flatten();
    let copies = packages.filter(|package| package.get("name").and_then(Value::as_str) == Some("tablewright")).count();
    if copies <= 1 {
        return Ok(());
    }
    Err(Failure::new(format!(
        "package `{}` and this `cargo tablewright` would use two different copies of `tablewright`; take both from \
         the same registry, repository or folder",
        found.name,
    )))
}

#[cfg(test)]
mod tests {
    use super::inherited;

    #[test]
    fn patches_are_found_from_the_program() {
        let workspace = tempfile::tempdir().unwrap();
        let manifest = "[workspace]\nmembers = []\n[profile.dev]\ndebug = 1\n[patch.crates-io]\n\
                        a = { path = \"vendor/a\" }\nb = { git = \"https://example.org/b\" }\n";
        std::fs::write(workspace.path().join("Cargo.toml"), manifest).unwrap();
        let inherited = inherited(workspace.path()).unwrap();
        assert_eq!(inherited.keys().collect::<Vec<_>>(), ["patch", "profile"]);
        let patch = &inherited["patch"]["crates-io"];
        assert_eq!(patch["a"]["path"].as_str(), workspace.path().join("vendor/a").to_str());
        assert_eq!(patch["b"]["git"].as_str(), Some("https://example.org/b"));
    }
}
