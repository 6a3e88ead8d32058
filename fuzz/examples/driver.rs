//! The targets without coverage, for a stable compiler: mutations of the corpus, so many of each.
//!
//! `cargo run --release --example driver -- 10000000` runs all targets, and `… -- 10000000 key_parse` one of them. It is an
//! example because `cargo fuzz build` builds all binaries with coverage, which only its own targets are linked for.

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use tablewright_fuzz::{TARGETS, Target, cursors, keys};

/// What the formats are made of.
const TOKENS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\\u0000",
    "\\ud83e\\udd80",
    "\n",
    "null",
    "true",
    "-",
    "0",
    "9",
    ".",
    "e",
    "E+125",
    "e-130",
    "1e999",
    "{\"S\":\"",
    "{\"N\":\"",
    "{\"B\":\"",
    "{\"L\":[",
    "{\"M\":{",
    "{\"SS\":[",
    "{\"BOOL\":true}",
    "\"Item\":",
    "\"Items\":[",
    "\"Count\":",
    "\"LastEvaluatedKey\":",
    "\"Responses\":",
    "\"UnprocessedKeys\":",
    "\"Attributes\":",
    "CUST#",
    "ORDER#",
    "PROFILE",
    "#",
    "$",
    "${",
    "%{",
    "$$",
    "{id}",
    "{{",
    "}}",
    "{a:05}",
    "\u{85}",
    "\u{2028}",
    "\u{1f980}",
];

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % end.max(1)
    }
}

/// Changes some input a few times.
fn mutate(input: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    for _ in 0..=random.below(4) {
        let at = random.below(input.len() + 1);
        let end = (at + random.below(8)).min(input.len());
        match random.below(8) {
            0 if at < input.len() => input[at] ^= 1 << random.below(8),
            1 if at < input.len() => input[at] = random.below(256) as u8,
            2 => drop(input.drain(at..end)),
            3 => {
                let piece = input[at..end].to_vec();
                let to = random.below(input.len() + 1);
                input.splice(to..to, piece);
            }
            4 => {
                let from = random.below(other.len() + 1);
                input.truncate(at);
                input.extend_from_slice(&other[from..]);
            }
            5 => input.insert(at, random.below(256) as u8),
            _ => {
                let token = TOKENS[random.below(TOKENS.len())];
                input.splice(at..at, token.bytes());
            }
        }
    }
    input.truncate(4096);
}

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    let mut files: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path()).collect();
    files.sort();
    let mut inputs: Vec<Vec<u8>> = files.iter().filter_map(|file| fs::read(file).ok()).collect();
    match name {
        "cursor_decode" => inputs.extend(cursors()),
        "key_parse" => inputs.extend(keys()),
        _ => {}
    }
    inputs
}

/// Runs a target; false if it found something.
fn run((name, target): Target, executions: u64) -> bool {
    let mut inputs = corpus(name);
    inputs.push(Vec::new());
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let begun = Instant::now();
    for execution in 0..executions {
        let mut input = inputs[random.below(inputs.len())].clone();
        // The corpus itself goes first.
        if let Some(first) = usize::try_from(execution).ok().and_then(|place| inputs.get(place)) {
            input.clone_from(first);
        } else {
            let other = random.below(inputs.len());
            mutate(&mut input, &inputs[other], &mut random);
            // A walk from what was tried goes further than single steps.
            if random.below(64) == 0 && inputs.len() < 4096 {
                inputs.push(input.clone());
            }
        }
        if catch_unwind(|| target(&input)).is_err() {
            println!("| {name} | {execution} | found: {:?} |", String::from_utf8_lossy(&input));
            return false;
        }
    }
    println!("| {name} | {executions} | 0 | {} s |", begun.elapsed().as_secs());
    true
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let executions = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let only = arguments.next();
    let chosen = TARGETS.into_iter().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name));
    let fine = chosen.map(|target| run(target, executions)).fold(true, |all, fine| all && fine);
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
