//! Forty-one changes of a table: what real Terraform plans for each, and which class `diff` gives it.
//!
//! The guards of the modules are taken out for those that are planned, so that Terraform shows what it would do without them.

mod table;

use std::fs;
use std::path::Path;

use serde_json::Value;
use tablewright::registry::Registry;
use tablewright::schema::TableSchema;
use tablewright_terraform::{Change, Class, Module, Options, Snapshot, diff, diff_with, generate};

use super::real;
use table::Edit::{Code, File, NoBlock};
use table::{BASE, MUTATIONS, REFUSED};

/// The table of that mutation before it.
fn before(place: usize) -> TableSchema {
    let mut table = BASE;
    table.name = format!("table-{place:02}").leak();
    table
}

fn after(place: usize) -> TableSchema {
    let mut table = before(place);
    if let (_, Code(edit), ..) = &MUTATIONS[place] {
        edit(&mut table);
    }
    table
}

fn registry(table: fn(usize) -> TableSchema) -> Registry {
    Registry::new((0..MUTATIONS.len()).map(table)).unwrap()
}

fn worst<'c>(changes: impl Iterator<Item = &'c Change>) -> Option<Class> {
    changes.map(|change| change.class).max()
}

#[test]
fn every_change_of_the_code_has_its_class() {
    let mut wrong = Vec::new();
    for (place, (name, edit, _, class)) in MUTATIONS.iter().enumerate() {
        let Code(_) = edit else { continue };
        let agreed = Snapshot::of(&Registry::new([before(place)]).unwrap());
        let changes = diff(&agreed, &Registry::new([after(place)]).unwrap());
        if worst(changes.iter()) != *class {
            wrong.push(format!("{name} is not {class:?}: {changes:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The module with what keeps Terraform from destroying and from not noticing taken out, and changed by hand.
fn unguarded(folder: &Path, module: &Module) {
    real::write_module(folder, module);
    let _ = fs::remove_file(folder.join("removed.tf"));
    for (path, text) in module.files().filter(|(path, _)| path.starts_with("table_")) {
        let mut text = text.replace("prevent_destroy = true", "prevent_destroy = false");
        while let Some(start) = text.find("\n    postcondition {") {
            let end = start + text[start..].find("\n    }\n").unwrap() + "\n    }".len();
            text.replace_range(start..end, "");
        }
        let edit = MUTATIONS.iter().enumerate().find(|(place, _)| path == format!("table_table-{place:02}.tf"));
        match edit {
            Some((_, (name, File(from, to), ..))) => {
                assert!(text.contains(from), "{name}: {text}");
                text = text.replacen(from, to, 1);
            }
            Some((_, (_, NoBlock(block), ..))) => {
                let start = text.find(&format!("\n  {block} {{")).unwrap();
                let end = start + text[start..].find("\n  }\n").unwrap() + "\n  }".len();
                text.replace_range(start..end, "");
            }
            _ => {}
        }
        fs::write(folder.join(path), text).unwrap();
    }
}

#[test]
fn every_class_fits_what_terraform_plans() {
    let Some(mirror) = real::mirror() else {
        return real::left_out("plans of the changes are");
    };
    let options = Options::new("shop-model", "0.3.1");
    let existing = generate(&registry(before), &options).unwrap();
    let folder = real::module_folder(&mirror, &existing);
    let folder = folder.path();
    real::ok(&real::plan(folder));
    real::write_state(folder, &real::changes(folder), |_| {});

    let declared = registry(after);
    let agreed = options.with_snapshot(Snapshot::of(&registry(before)));
    for (path, _) in existing.files().filter(|(path, _)| path.starts_with("table_")) {
        fs::remove_file(folder.join(path)).unwrap();
    }
    unguarded(folder, &generate(&declared, &agreed).unwrap());
    real::ok(&real::plan(folder));
    let shown = real::terraform(folder, &["show", "-json", "plan"]).stdout;
    let planned: Value = serde_json::from_slice(&shown).unwrap();
    let changes = diff_with(std::str::from_utf8(&shown).unwrap(), &declared, "").unwrap();
    let mut wrong = Vec::new();
    for (place, (name, _, actions, class)) in MUTATIONS.iter().enumerate() {
        let (table, former) = (after(place), before(place));
        let resources = planned["resource_changes"].as_array().unwrap();
        let resource = resources.iter().find(|of| {
            let before = of["change"]["before"]["name"].as_str();
            before == Some(former.name) && of["type"] == "aws_dynamodb_table"
        });
        let found: Vec<&str> =
            resource.unwrap()["change"]["actions"].as_array().unwrap().iter().map(|of| of.as_str().unwrap()).collect();
        if found != *actions {
            wrong.push(format!("Terraform does not plan {actions:?} but {found:?} for {name}"));
        }
        let found: Vec<&Change> = changes.iter().filter(|of| [table.name, former.name].contains(&&*of.table)).collect();
        // A rename that is declared is none to Terraform, which sees one table.
        let expected = if *name == "renamed and declared" { None } else { *class };
        if worst(found.iter().copied()) != expected {
            wrong.push(format!("{name} is not {expected:?}: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn guards_and_the_provider_refuse_the_rest() {
    let Some(mirror) = real::mirror() else {
        return real::left_out("plans that are refused are");
    };
    let module =
        |table: TableSchema| generate(&Registry::new([table]).unwrap(), &Options::new("shop-model", "0.3.1")).unwrap();
    let folder = real::module_folder(&mirror, &module(BASE));
    let folder = folder.path();
    real::ok(&real::plan(folder));
    real::write_state(folder, &real::changes(folder), |_| {});
    for (name, edit, what) in REFUSED {
        let mut table = BASE;
        if let Code(edit) = edit {
            edit(&mut table);
        }
        real::write_module(folder, &module(table));
        if let File(from, to) = edit {
            let path = folder.join("table_base.tf");
            fs::write(&path, fs::read_to_string(&path).unwrap().replacen(from, to, 1)).unwrap();
        }
        let output = real::plan(folder);
        let said = String::from_utf8_lossy(&output.stderr).replace("\n│ ", " ").replace('\n', " ");
        assert!(!output.status.success() && said.contains(what), "{name}: {said}");
    }
}

#[test]
fn what_is_changed_by_hand_the_generator_does_not_write() {
    for table in (0..MUTATIONS.len()).flat_map(|place| [before(place), after(place)]) {
        let registry = Registry::new([table]).unwrap();
        let module = generate(&registry, &Options::new("shop-model", "0.3.1")).unwrap();
        let (_, text) = module.files().find(|(path, _)| path.starts_with("table_")).unwrap();
        for block in ["ttl", "point_in_time_recovery", "server_side_encryption"] {
            assert_eq!(text.matches(&format!("\n  {block} {{\n")).count(), 1, "{block} of {}: {text}", table.name);
        }
        let variables = ["\"${var.name_prefix}", "kms_key_arn = var.kms_key_arn", "for_each = var.replicas"];
        assert!(variables.iter().all(|variable| text.contains(variable)), "{text}");
        assert!(!text.contains("import_table"), "{text}");
        let names = text.split("\n  attribute {\n    name = \"").skip(1).map(|rest| rest.split('"').next().unwrap());
        let keys: Vec<&str> = table.key_attributes().iter().map(|key| key.name).collect();
        assert_eq!(names.collect::<Vec<_>>(), keys, "{text}");
    }
}
