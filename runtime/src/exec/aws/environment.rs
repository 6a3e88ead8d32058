//! The clients that the environment describes.

use aws_config::BehaviorVersion;
use aws_sdk_dynamodb::Client;

use super::Streams;

/// Clients with credentials, region and endpoint from where every AWS program takes them.
///
/// The behaviour version is pinned, so that a new release of the SDK changes no default under a running program.
pub(crate) async fn clients_from_env() -> (Client, Streams) {
    let config = aws_config::defaults(BehaviorVersion::v2026_01_12()).load().await;
    (Client::new(&config), streams(&config))
}

#[cfg(not(feature = "streams"))]
fn streams(_: &aws_config::SdkConfig) -> Streams {
    Streams::default()
}

#[cfg(feature = "streams")]
fn streams(config: &aws_config::SdkConfig) -> Streams {
    use aws_sdk_dynamodbstreams::{Client, config::Builder};
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let ignored =
        variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let own = variable("AWS_ENDPOINT_URL_DYNAMODB_STREAMS");
    let mut client = Builder::from(config);
    // A local server answers both services at one endpoint. Without this, a program with local tables would read the
    // streams of the account.
    let of_tables = variable("AWS_ENDPOINT_URL_DYNAMODB").filter(|_| config.endpoint_url().is_none());
    if let (false, None, Some(url)) = (ignored, own, of_tables) {
        client = client.endpoint_url(url);
    }
    Streams::of(Client::from_conf(client.build()))
}
