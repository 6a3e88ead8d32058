//! The command line: its output, and what it refuses.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn run(directory: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_messaging"));
    command.args(arguments).current_dir(directory).env_clear().output().unwrap()
}

/// What a command that succeeds prints.
fn says(directory: &Path, arguments: &[&str]) -> String {
    let output = run(directory, arguments);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {error}");
    assert_eq!(error, "");
    steady(&String::from_utf8(output.stdout).unwrap())
}

/// What a command that is refused says.
fn refuses(directory: &Path, arguments: &[&str]) -> String {
    let output = run(directory, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

/// The text with `#` in the place of each digit of times and ids, which change from run to run.
fn steady(text: &str) -> String {
    let words = text.split_inclusive([' ', '\n']).map(|word| {
        let (dashes, colons) = (word.matches('-').count(), word.matches(':').count());
        let digits = word.starts_with(|c: char| c.is_ascii_hexdigit());
        let [date, time, id] = [dashes == 2, colons > 0 && dashes == 0, dashes == 4].map(|is| is && digits);
        match word {
            _ if id => word.replace(|c: char| c.is_ascii_hexdigit(), "#"),
            // A moment to the fraction of a second has as many digits as it needs.
            _ if date && colons > 0 => "#-#-#T#:#:#Z; ".to_owned(),
            _ if date || time => word.replace(|c: char| c.is_ascii_digit(), "#"),
            _ => word.to_owned(),
        }
    });
    words.collect()
}

fn seeded() -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    let script = "Person 1: Hello?\nPerson 2: Yes.\n\nPerson 1: Good.\n";
    std::fs::write(directory.path().join("talk.txt"), script).unwrap();
    directory
}

#[test]
fn the_commands_one_after_the_other() {
    for model in ["stable", "original"] {
        let directory = seeded();
        let mut transcript = String::new();
        let commands: [&[&str]; 10] = [
            &["setup", "--file", "talk.txt"],
            &["list-tables"],
            &["describe-table"],
            &["get-conversation", "--take", "2"],
            &["list-conversations", "bayko"],
            &["send", "First episode done."],
            &["follow", "--once"],
            &["follow", "--once"],
            &["list-conversations"],
            &["drop"],
        ];
        for command in commands {
            transcript += &format!("$ messaging {}\n", command.join(" "));
            transcript += &says(directory.path(), &[&["--model", model], command].concat());
            transcript += "\n";
        }
        golden(model, &transcript);
    }
}

fn golden(name: &str, transcript: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, transcript).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    assert_eq!(transcript, expected, "UPDATE_GOLDEN=1 writes {}", path.display());
}

#[test]
fn a_schema_is_loaded_twice() {
    let directory = seeded();
    for _ in 0..2 {
        let text = says(directory.path(), &["schema-load"]);
        assert_eq!(text, "table messaging is there, with the schema of the code\n");
    }
}

#[test]
fn seeding_needs_no_setup_twice_and_shows_every_item() {
    let directory = seeded();
    says(directory.path(), &["schema-load"]);
    says(directory.path(), &["seed", "--file", "talk.txt"]);
    let scan = says(directory.path(), &["scan"]);
    assert_eq!(scan.lines().filter(|line| line.starts_with("Message ")).count(), 3, "{scan}");
    assert!(scan.contains("\n7 items; "), "{scan}");
}

#[test]
fn a_bad_line_is_named_and_nothing_is_written() {
    let directory = seeded();
    std::fs::write(directory.path().join("bad.txt"), "Person 1: a\n\nPerson 3: b\n").unwrap();
    let error = "error: bad.txt: line 3: a line begins with `Person 1:` or `Person 2:`; nothing was written\n";
    assert_eq!(refuses(directory.path(), &["setup", "--file", "bad.txt"]), error);
    assert!(!directory.path().join("messaging.db").exists());

    says(directory.path(), &["setup", "--file", "talk.txt"]);
    let before = says(directory.path(), &["scan"]);
    for command in ["seed", "setup"] {
        assert_eq!(refuses(directory.path(), &[command, "--file", "bad.txt"]), error);
    }
    assert_eq!(says(directory.path(), &["scan"]), before);
    assert!(refuses(directory.path(), &["seed", "--file", "none.txt"]).starts_with("error: none.txt: "));
}

#[test]
fn production_is_not_touched_without_yes() {
    let directory = seeded();
    let commands: [&[&str]; 6] = [
        &["drop"],
        &["scan"],
        &["seed", "--file", "talk.txt"],
        &["setup", "--file", "talk.txt"],
        &["setup"],
        &["follow", "--once"],
    ];
    for command in commands {
        let error = refuses(directory.path(), &[command, &["--prod"]].concat());
        assert_eq!(error, format!("error: `{} --prod` needs `--yes` as well\n", command[0]));
    }
    // A word that has `prod` in it asks for nothing.
    for word in ["nonprod", "preprod", "prod"] {
        assert!(refuses(directory.path(), &[word, "drop"]).starts_with("error: unrecognized subcommand"));
    }
}

#[test]
fn what_is_missing_is_said_with_what_to_do() {
    let directory = seeded();
    let fails = |arguments: &[&str]| {
        let output = run(directory.path(), arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    for command in ["scan", "describe-table", "get-conversation", "list-conversations"] {
        let error = fails(&[command]);
        assert_eq!(
            error,
            "error: there is no table `messaging`; `messaging schema-load` makes it, `setup` fills it too\n"
        );
    }
    assert_eq!(says(directory.path(), &["drop"]), "there is no table messaging\n");
    says(directory.path(), &["setup"]);
    let nowhere = "00000000-0000-4000-8000-000000000000";
    let error = fails(&["send", "hello", "--group", nowhere]);
    assert_eq!(error, format!("error: andrewbrown is no member of conversation {nowhere}; nothing was written\n"));
}

#[test]
fn after_setup_the_lists_show_nothing_of_before() {
    for model in ["stable", "original"] {
        let directory = seeded();
        let says = |arguments: &[&str]| says(directory.path(), &[&["--model", model], arguments].concat());
        for said in ["before", "after"] {
            says(&["setup", "--file", "talk.txt"]);
            assert!(says(&["list-conversations"]).contains("Good."), "{model}");
            says(&["send", said]);
            says(&["follow", "--once"]);
            assert!(says(&["list-conversations"]).contains(said));
        }
    }
}

#[test]
fn another_machine_is_refused() {
    let directory = seeded();
    for endpoint in ["http://10.0.0.1:8000", "https://dynamodb.us-east-1.amazonaws.com", "http://localhost.example.com"]
    {
        let error = refuses(directory.path(), &["list-tables", "--endpoint", endpoint]);
        assert!(error.contains(endpoint) && error.contains("is not on this machine"), "{error}");
    }
    let error = refuses(directory.path(), &["list-tables", "--prod", "--db", "x.db"]);
    assert!(error.contains("leave out `--endpoint` and `--db`"), "{error}");
    assert!(refuses(directory.path(), &["list-conversations", "nobody"]).contains("there is no user `nobody`"));
}
