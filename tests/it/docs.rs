//! The pages of `docs` say what the code says.

/// What stands between ```` ```language ```` and ```` ``` ````, one after another.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let open = format!("```{language}\n");
    page.split(&open).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// The blocks of Rust are the program that is compiled and run as an example of the runtime.
#[test]
fn the_program_of_the_single_table_page_is_the_one_that_runs() {
    let page = include_str!("../../docs/single-table.md");
    let blocks = blocks(page, "rust");
    let (main, library) = blocks.split_last().unwrap();
    assert_eq!(library.join("\n"), include_str!("../../docs/single-table/lib.rs"));
    assert_eq!(*main, include_str!("../../docs/single-table/main.rs"));
}

/// The messages that it quotes are those that the compiler gives.
#[test]
fn the_messages_of_the_single_table_page_are_the_compilers() {
    let page = include_str!("../../docs/single-table.md");
    let quoted = [
        ("are the first segments where they could differ", include_str!("../ui/entity/same-keys.stderr")),
        ("expected a value for a key part of type", include_str!("../ui/template/key-parts-swapped.stderr")),
        ("together, and cannot be changed one by one", include_str!("../ui/stale/one-field-of-two.stderr")),
        (
            "a global secondary index has no consistent read",
            include_str!("../ui/segment/consistent-read-of-index.stderr"),
        ),
        ("comes right after `", include_str!("../ui/segment/second-part-first.stderr")),
    ];
    for (message, compiler) in quoted {
        let said = message.trim_start_matches("are the ");
        assert!(page.contains(said) && compiler.contains(message), "{message}");
    }
    let hcl = blocks(page, "hcl");
    let generated = include_str!("../../examples/messaging/terraform/lambda.tf");
    assert!(hcl.first().is_some_and(|block| generated.contains(block)), "{hcl:?}");
}
