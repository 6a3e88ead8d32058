//! Options that stand in the package's `Cargo.toml`, below `[package.metadata.tablewright]`.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use clap::ValueEnum as _;
use toml::{Table, Value};

use super::discover::Found;
use crate::agree::{Agreement, Comparison, FILE, Lock};
use crate::command::{Export, Import, ModuleOptions, Target};
use crate::extras::Extras;
use crate::failure::Failure;
use crate::options::Provider;
use crate::serve::Serving;

/// What the command line asks for, and what the manifest asks for where the command line says nothing.
pub(super) fn target(found: &Found, given: &Target) -> Result<Target, Failure> {
    let path = &found.manifest;
    let text = fs::read_to_string(path).map_err(|error| Failure::io("read", path, &error))?;
    let written = read(&text, &found.folder).map_err(|reasons| {
        let place = format!("`{}`, [package.metadata.tablewright]", path.display());
        Failure::new(reasons.iter().map(|reason| format!("{place}: {reason}")).collect::<Vec<_>>().join("\n"))
    })?;
    Ok(given.or(written))
}

/// The keys of the section; a path is relative to the folder of the manifest.
fn read(manifest: &str, folder: &Path) -> Result<Target, Vec<String>> {
    let manifest: Table = manifest.parse().map_err(|error| vec![format!("{error}")])?;
    let section = manifest.get("package").and_then(|package| package.get("metadata")?.get("tablewright"));
    let mut target = Target::default();
    let mut wrong = Vec::new();
    let Some(section) = section else { return Ok(target) };
    let Some(section) = section.as_table() else { return Err(vec!["it must be a table of options".to_owned()]) };
    for (key, value) in section {
        if let Err(expected) = set(&mut target, key, value, folder) {
            wrong.push(expected);
        }
    }
    if wrong.is_empty() { Ok(target) } else { Err(wrong) }
}

const KEYS: &str = "`out`, `provider`, `lambda`, `vpc-endpoint`, `autoscaling`, `contributor-insights`, \
                    `resource-policy`, `kinesis`";

fn set(target: &mut Target, key: &str, value: &Value, folder: &Path) -> Result<(), String> {
    let extras = &mut target.module.extras;
    match key {
        "out" => target.out = Some(folder.join(text(key, value)?)),
        "provider" => {
            let name = text(key, value)?;
            let provider = Provider::from_str(name, false);
            target.module.provider =
                Some(provider.map_err(|_| format!("`provider` is `aws5` or `aws6`, not `{name}`"))?);
        }
        "lambda" => extras.lambda = names(key, value)?,
        "vpc-endpoint" => extras.vpc_endpoint = flag(key, value)?,
        "autoscaling" => extras.autoscaling = names(key, value)?,
        "contributor-insights" => extras.contributor_insights = flag(key, value)?,
        "resource-policy" => extras.resource_policy = names(key, value)?,
        "kinesis" => extras.kinesis = names(key, value)?,
        other => return Err(format!("there is no option `{other}`; the options are {KEYS}")),
    }
    Ok(())
}

fn text<'a>(key: &str, value: &'a Value) -> Result<&'a str, String> {
    value.as_str().ok_or_else(|| format!("`{key}` is a text in quotes"))
}

fn flag(key: &str, value: &Value) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| format!("`{key}` is `true` or `false`"))
}

fn names(key: &str, value: &Value) -> Result<Vec<String>, String> {
    let expected = || format!("`{key}` is a list of names in quotes: `{key} = [\"…\"]`");
    let list = value.as_array().ok_or_else(expected)?;
    list.iter().map(|name| name.as_str().map(str::to_owned).ok_or_else(expected)).collect()
}

impl Lock {
    /// The file beside the package's manifest, unless another one is named.
    fn arguments(&self, found: &Found) -> [OsString; 2] {
        ["--snapshot".into(), self.snapshot.clone().unwrap_or_else(|| found.folder.join(FILE)).into()]
    }
}

impl Comparison {
    pub(super) fn arguments(&self, found: &Found) -> Vec<OsString> {
        let mut arguments = self.lock.arguments(found).to_vec();
        if let Some(against) = &self.against {
            arguments.extend(["--against".into(), against.into(), "--prefix".into(), (&self.prefix).into()]);
        }
        arguments
    }
}

impl Import {
    pub(super) fn arguments(&self) -> Vec<OsString> {
        vec!["--module".into(), (&self.module).into(), "--prefix".into(), (&self.prefix).into()]
    }
}

impl Export {
    /// What is asked for, and what the manifest asks for, as arguments of the command.
    pub(super) fn arguments(&self, found: &Found) -> Result<Vec<OsString>, Failure> {
        let given = Target { out: None, module: self.module.clone() };
        let format = self.format.to_possible_value();
        let mut arguments: Vec<OsString> =
            format.iter().flat_map(|format| ["--format".into(), format.get_name().into()]).collect();
        arguments.extend(target(found, &given)?.module.arguments(found));
        Ok(arguments)
    }
}

impl Serving {
    pub(super) fn arguments(&self) -> Vec<OsString> {
        let mut arguments: Vec<OsString> =
            vec!["--port".into(), self.port.to_string().into(), "--address".into(), self.address.to_string().into()];
        for (name, path) in [("--file", &self.file), ("--seed", &self.seed)] {
            arguments.extend(path.iter().flat_map(|path| [name.into(), path.into()]));
        }
        arguments.extend(["--prefix".into(), (&self.prefix).into()]);
        arguments.extend(self.log.then(|| "--log".into()));
        arguments
    }
}

impl Agreement {
    pub(super) fn arguments(&self, found: &Found) -> Vec<OsString> {
        let mut arguments = self.lock.arguments(found).to_vec();
        for class in &self.allow {
            arguments.extend(["--allow".into(), class.option().into()]);
        }
        for table in &self.forget {
            arguments.extend(["--forget".into(), table.into()]);
        }
        arguments
    }
}

impl Target {
    /// What is asked for, as arguments of the command.
    pub(super) fn arguments(&self, found: &Found) -> Result<Vec<OsString>, Failure> {
        let mut arguments = vec!["--out".into(), self.folder().into()];
        arguments.extend(self.module.arguments(found));
        Ok(arguments)
    }

    /// This target, with what it does not say taken from the other one.
    fn or(&self, other: Self) -> Self {
        Self { out: self.out.clone().or(other.out), module: self.module.or(other.module) }
    }
}

impl ModuleOptions {
    fn arguments(&self, found: &Found) -> Vec<OsString> {
        let mut arguments: Vec<OsString> = Vec::new();
        if let Some(provider) = self.provider {
            arguments.extend(["--provider".into(), provider.to_string().into()]);
        }
        arguments.extend(self.extras.arguments().into_iter().map(OsString::from));
        arguments.extend(self.lock.arguments(found));
        arguments
    }

    fn or(&self, other: Self) -> Self {
        let list = |own: &Vec<String>, other: Vec<String>| if own.is_empty() { other } else { own.clone() };
        let Extras { lambda, vpc_endpoint, autoscaling, contributor_insights, resource_policy, kinesis } = other.extras;
        let own = &self.extras;
        Self {
            provider: self.provider.or(other.provider),
            lock: self.lock.clone(),
            extras: Extras {
                lambda: list(&own.lambda, lambda),
                vpc_endpoint: own.vpc_endpoint || vpc_endpoint,
                autoscaling: list(&own.autoscaling, autoscaling),
                contributor_insights: own.contributor_insights || contributor_insights,
                resource_policy: list(&own.resource_policy, resource_policy),
                kinesis: list(&own.kinesis, kinesis),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::read;
    use crate::command::Target;
    use crate::options::Provider;

    const MANIFEST: &str = "[package]\nname = \"shop\"\n[package.metadata.tablewright]\nout = \"infra\"\n\
                            provider = \"aws6\"\nlambda = [\"Mover\"]\nvpc-endpoint = true\n";

    #[test]
    fn the_command_line_wins_over_the_manifest() {
        let written = read(MANIFEST, Path::new("/shop")).unwrap();
        assert_eq!(written.out, Some(PathBuf::from("/shop/infra")));
        assert_eq!(written.module.provider, Some(Provider::Aws6));
        assert!(written.module.extras.vpc_endpoint);
        let mut given = Target::default();
        given.module.provider = Some(Provider::Aws5);
        let both = given.or(read(MANIFEST, Path::new("/shop")).unwrap());
        let both = both.module;
        assert_eq!((both.provider, both.extras.lambda), (Some(Provider::Aws5), vec!["Mover".to_owned()]));
        given.module.extras.lambda = vec!["Other".to_owned()];
        assert_eq!(given.or(written).module.extras.lambda, ["Other"]);
        assert_eq!(read("[package]\nname = \"shop\"", Path::new("/")).unwrap().out, None);
    }

    #[test]
    fn mistakes_in_the_manifest_are_named_together() {
        let wrong = |text: &str| read(&format!("[package.metadata.tablewright]\n{text}"), Path::new("/")).unwrap_err();
        let all = wrong("lambdas = []\nout = 1\nprovider = \"aws7\"\nvpc-endpoint = \"yes\"\nkinesis = [1]");
        assert_eq!(all.len(), 5);
        for expected in
            ["no option `lambdas`; the options are `out`", "`out` is a text", "not `aws7`", "`vpc-endpoint` is `true`"]
        {
            assert!(all.iter().any(|message| message.contains(expected)), "{expected}: {all:?}");
        }
    }
}
