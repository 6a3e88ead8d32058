//! The faults themselves: what they look like, that they are the same for the same seed, and what their trace says.

use std::time::{Duration, Instant};

use tablewright::testing::{Applied, Fault, Loss, Rates};

use super::check::violations;
use super::model::Op;
use super::world::{Level, World, engine};

#[tokio::test(start_paused = true)]
async fn the_cost_of_a_call() {
    for level in [Level::Wire] {
        let engine = engine().await;
        let begun = Instant::now();
        for key in 0..100 {
            let world = World::new(&engine, key, level).with_item().await;
            world.faults.seeded(key, Rates::new(0.3)).latency(Duration::from_millis(1)..Duration::from_millis(40));
            for n in 0..10 {
                world.call(Op::Add, &format!("canary-{n}"), 0).await;
            }
            world.settle().await;
            let wrong = violations(&world);
            assert!(wrong.is_empty(), "{wrong:?} {}", world.faults.trace());
        }
        println!("{level:?}: {:?}", begun.elapsed() / 1000);
    }
    let _ = (Fault::None, Loss::Reset, Applied::Never);
}
