//! Generated modules, applied by real Terraform to a DynamoDB that answers.

mod examples;
mod life;
mod names;
mod root;
mod schema;

use tablewright::testing::Embedded;
use tablewright_terraform::Server;

use super::real::{left_out, mirror};
use crate::runtime::backends::{ENDPOINT, unique_prefix};
use life::{Life, MINISTACK};

#[tokio::test(flavor = "multi_thread")]
async fn a_module_lives_on_the_served_engine() {
    let Some(mirror) = mirror() else {
        return left_out("modules that are applied are");
    };
    let server = Server::start(Embedded::memory().unwrap(), "127.0.0.1:0".parse().unwrap(), None).unwrap();
    Life::begin(&mirror, ("embedded", &server.url()), "live-").live().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_module_lives_on_a_server_of_another_make() {
    let Some(mirror) = mirror() else {
        return left_out("modules that are applied are");
    };
    let Ok(endpoint) = std::env::var(ENDPOINT) else {
        return println!("skipped: {ENDPOINT} is not set, so no module is applied to a server of another make");
    };
    Life::begin(&mirror, ("other make", &endpoint), &unique_prefix()).with_gaps(MINISTACK).live().await;
}
