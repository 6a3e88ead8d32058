//! A schedule that fails says how to see it again, and it is the same then.

use std::process::Command;
use std::time::Duration;

use tablewright::testing::{Class, Rates, seeds};

use super::op::Op;
use super::policies::{Policy, run};
use super::world::{Level, World, engine, paused};

/// Fails in some schedules, as a program does that takes every error for a write that was not applied.
#[test]
#[ignore = "it is run by the next test"]
fn planted() {
    for seed in seeds(200) {
        paused(async {
            let world = World::new(&engine().await, 1, Level::Waist).with_item().await;
            let rates = Rates::new(0.01).weight(Class::Connection, 5);
            world.faults.seeded(seed, rates).latency(Duration::from_millis(1)..Duration::from_millis(40));
            run(&world, Policy::OneOf(&[Op::Add]), seed).await;
            world.settle().await;
            let failed = world.calls().iter().filter(|call| format!("{:?}", call.told) != "Done").count();
            let written = world.witness.seen().len();
            assert_eq!(written, world.calls().len() - failed, "a failed write was applied");
        });
    }
}

fn output(seed: Option<&str>) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "faults::replay::planted", "--ignored", "--nocapture"]);
    command.env_remove("TABLEWRIGHT_SEED").env_remove("TABLEWRIGHT_SCHEDULES");
    command.envs(seed.map(|seed| ("TABLEWRIGHT_SEED", seed)));
    let output = command.output().unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

/// The lines from the seed to the end of the trace.
fn trace(output: &str) -> &str {
    let start = output.find("the faults of the test that failed: seed ").expect("the seed is printed");
    let length = output[start..].find("replay it with").expect("how to replay it is printed");
    &output[start..start + length]
}

#[test]
fn a_failure_prints_its_seed_and_trace_and_is_replayed() {
    let first = output(None);
    let seed = first.split("replay it with TABLEWRIGHT_SEED=").nth(1).unwrap().split_whitespace().next().unwrap();
    assert_ne!(seed, "0", "the first schedules are fine, or it would be no proof");
    let again = output(Some(seed));
    assert_eq!(trace(&first), trace(&again));
    assert!(trace(&first).contains("UpdateItem counters: "), "{first}");
}
