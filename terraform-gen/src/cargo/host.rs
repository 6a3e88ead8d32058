//! The platform that the program is built for: it runs here, whatever the package is built for otherwise.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use toml::Table;

/// The platform of this machine, as the compiler calls it.
pub(super) fn host() -> Option<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned)
}

/// The platform to name to Cargo: this machine's where Cargo would take another one, nothing otherwise.
///
/// Naming it without need would build every dependency once more, because Cargo keeps what is built for a named
/// platform in another folder.
pub(super) fn target_to_name() -> Option<String> {
    let configured = match env::var("CARGO_BUILD_TARGET") {
        Ok(target) if !target.is_empty() => Some(target),
        _ => config_files().find_map(|path| build_target(&fs::read_to_string(path).ok()?)),
    };
    let host = host()?;
    configured.filter(|target| *target != host).map(|_| host)
}

/// Cargo's configuration files, the strongest first.
fn config_files() -> impl Iterator<Item = PathBuf> {
    let here = env::current_dir().unwrap_or_default();
    let folders: Vec<PathBuf> = here.ancestors().map(|folder| folder.join(".cargo")).collect();
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    folders.into_iter().chain(home).flat_map(|folder| ["config", "config.toml"].map(|name| folder.join(name)))
}

/// The `build.target` of a configuration file.
fn build_target(config: &str) -> Option<String> {
    let config: Table = config.parse().ok()?;
    let target = config.get("build")?.get("target")?;
    let first = target.as_array().and_then(|targets| targets.first()).unwrap_or(target);
    Path::new(first.as_str()?).file_stem()?.to_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::build_target;

    #[test]
    fn the_configured_platform_is_read() {
        let musl = Some("aarch64-unknown-linux-musl".to_owned());
        assert_eq!(build_target("[build]\ntarget = \"aarch64-unknown-linux-musl\""), musl);
        assert_eq!(build_target("build.target = [\"aarch64-unknown-linux-musl\", \"other\"]"), musl);
        assert_eq!(build_target("[build]\njobs = 2"), None);
    }
}
