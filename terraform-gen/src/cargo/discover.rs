//! The package with the tables, as Cargo knows it.

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};

use cargo_metadata::{CargoOpt, DependencyKind, Metadata, MetadataCommand, Package, PackageId, TargetKind};

use super::Selection;
use super::host::host;
use super::source::{self, Dependency};
use crate::failure::Failure;

const RUNTIME: &str = "tablewright";

/// Everything that a program with the package's tables in it needs.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) name: String,
    pub(super) version: String,
    /// The folder of the package.
    pub(super) folder: PathBuf,
    /// The manifest of the package.
    pub(super) manifest: PathBuf,
    pub(super) workspace: PathBuf,
    pub(super) target: PathBuf,
    /// The features to build the package with.
    pub(super) features: Vec<String>,
    pub(super) default_features: bool,
    /// This crate, from where the package's `tablewright` is.
    pub(super) generator: Dependency,
    pub(super) command: String,
}

pub(super) fn discover(selection: &Selection) -> Result<Found, Failure> {
    let members = members(selection)?;
    let package = choose(&members, selection)?;
    check_library(package)?;
    let graph = graph(package, selection)?;
    let runtime = runtime(&graph, package, &members)?;
    check_version(runtime, package)?;
    let features = features(package, selection)?;
    Ok(Found {
        name: package.name.to_string(),
        version: package.version.to_string(),
        folder: parent(package.manifest_path.as_std_path()),
        manifest: package.manifest_path.clone().into_std_path_buf(),
        workspace: members.workspace_root.clone().into_std_path_buf(),
        target: members.target_directory.clone().into_std_path_buf(),
        features,
        default_features: !selection.no_default_features,
        generator: source::generator(runtime, &graph)?,
        command: selection.command(&package.name),
    })
}

fn parent(path: &Path) -> PathBuf {
    path.parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Cargo's account of the packages of a workspace, with nothing resolved.
fn members(selection: &Selection) -> Result<Metadata, Failure> {
    let mut command = MetadataCommand::new();
    command.no_deps().other_options(network(selection));
    if let Some(path) = &selection.manifest_path {
        command.manifest_path(path);
    }
    command.exec().map_err(|error| unreadable(&error))
}

/// Cargo's account of everything that the package is built from.
fn graph(package: &Package, selection: &Selection) -> Result<Metadata, Failure> {
    let mut options = network(selection);
    // Without a platform, Cargo would download what only other platforms need.
    if let Some(host) = host() {
        options.extend(["--filter-platform".to_owned(), host]);
    }
    let mut command = MetadataCommand::new();
    command.manifest_path(&package.manifest_path).other_options(options);
    if selection.all_features {
        command.features(CargoOpt::AllFeatures);
    }
    if selection.no_default_features {
        command.features(CargoOpt::NoDefaultFeatures);
    }
    let features = features(package, selection)?;
    if !features.is_empty() && !selection.all_features {
        command.features(CargoOpt::SomeFeatures(features));
    }
    command.exec().map_err(|error| unreadable(&error))
}

fn network(selection: &Selection) -> Vec<String> {
    let flags = [(selection.offline, "--offline"), (selection.locked, "--locked")];
    flags.into_iter().filter(|(set, _)| *set).map(|(_, flag)| flag.to_owned()).collect()
}

fn unreadable(error: &cargo_metadata::Error) -> Failure {
    let text = match error {
        cargo_metadata::Error::CargoMetadata { stderr } => stderr.trim().trim_start_matches("error: ").to_owned(),
        other => other.to_string(),
    };
    Failure::new(format!("cargo cannot read the package: {text}"))
}

fn choose<'a>(members: &'a Metadata, selection: &Selection) -> Result<&'a Package, Failure> {
    let packages = members.workspace_packages();
    if let Some(name) = &selection.package {
        let package = packages.into_iter().find(|package| package.name.as_str() == name);
        return package.ok_or_else(|| {
            Failure::new(format!("package `{name}` is not in this workspace; {}", suggestion(members)))
        });
    }
    let manifest = match &selection.manifest_path {
        Some(path) => Some(path.clone()),
        None => env::current_dir().ok().and_then(|folder| {
            folder.ancestors().map(|folder| folder.join("Cargo.toml")).find(|manifest| manifest.is_file())
        }),
    };
    let manifest = manifest.and_then(|path| path.canonicalize().ok());
    packages
        .into_iter()
        .find(|package| package.manifest_path.as_std_path().canonicalize().ok() == manifest)
        .ok_or_else(|| Failure::new(format!("there is no package in this folder; {}", suggestion(members))))
}

/// Which packages could have been meant.
fn suggestion(members: &Metadata) -> String {
    let uses = |package: &&Package| package.dependencies.iter().any(|dependency| dependency.name == RUNTIME);
    let mut names: Vec<String> =
        members.workspace_packages().into_iter().filter(uses).map(|package| format!("`-p {}`", package.name)).collect();
    names.sort_unstable();
    if names.is_empty() {
        format!("none of the workspace's packages depends on `{RUNTIME}`")
    } else {
        format!("choose one that depends on `{RUNTIME}`: {}", names.join(", "))
    }
}

fn check_library(package: &Package) -> Result<(), Failure> {
    let linkable = |kind: &TargetKind| matches!(kind, TargetKind::Lib | TargetKind::RLib);
    if package.targets.iter().any(|target| target.kind.iter().any(linkable)) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "package `{}` has no library that another program can link, so its tables cannot be found; move them to \
         `src/lib.rs`, or make a program of the package the command by calling `tablewright_terraform::main!()` in it",
        package.name,
    )))
}

/// The one `tablewright` that the package is built with, directly or through others.
fn runtime<'a>(graph: &'a Metadata, package: &Package, members: &Metadata) -> Result<&'a Package, Failure> {
    let reachable = reachable(graph, &package.id);
    let mut found: Vec<&Package> = graph
        .packages
        .iter()
        .filter(|candidate| candidate.name.as_str() == RUNTIME && reachable.contains(&candidate.id))
        .collect();
    found.sort_by(|a, b| a.id.cmp(&b.id));
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Failure::new(format!(
            "package `{}` does not depend on `{RUNTIME}`; {}",
            package.name,
            suggestion(members)
        ))),
        several => {
            let versions: Vec<String> = several.iter().map(|package| package.version.to_string()).collect();
            Err(Failure::new(format!(
                "package `{}` is built with {} different `{RUNTIME}` ({}), and tables of one are not seen by the \
                 other; let all its dependencies use one",
                package.name,
                several.len(),
                versions.join(", "),
            )))
        }
    }
}

fn reachable<'a>(graph: &'a Metadata, root: &'a PackageId) -> BTreeSet<&'a PackageId> {
    let nodes = graph.resolve.as_ref().map(|resolve| resolve.nodes.as_slice()).unwrap_or_default();
    let mut seen = BTreeSet::from([root]);
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        let dependencies = nodes.iter().filter(|node| node.id == *id).flat_map(|node| &node.deps);
        for dependency in dependencies {
            let linked = dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal);
            if linked && seen.insert(&dependency.pkg) {
                open.push(&dependency.pkg);
            }
        }
    }
    seen
}

fn check_version(runtime: &Package, package: &Package) -> Result<(), Failure> {
    let ours = env!("CARGO_PKG_VERSION");
    let theirs = runtime.version.to_string();
    if theirs == ours {
        return Ok(());
    }
    Err(Failure::new(format!(
        "package `{}` uses `{RUNTIME}` {theirs}, and this is `cargo tablewright` {ours}; install the same version with \
         `cargo install tablewright-terraform --version {theirs}`, or let the package use {ours}",
        package.name,
    )))
}

fn features(package: &Package, selection: &Selection) -> Result<Vec<String>, Failure> {
    if selection.all_features {
        return Ok(package.features.keys().cloned().collect());
    }
    let features = selection.features(&package.name);
    let unknown = features.iter().filter(|feature| !package.features.contains_key(*feature));
    let known: Vec<String> = package.features.keys().map(|feature| format!("`{feature}`")).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Failure::unless_empty(
        unknown
            .map(|feature| format!("package `{}` has no feature `{feature}`; its features: {known}", package.name))
            .collect(),
    )?;
    Ok(features)
}
