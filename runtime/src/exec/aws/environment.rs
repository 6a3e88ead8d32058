//! The client that the environment describes.

use aws_config::BehaviorVersion;
use aws_sdk_dynamodb::Client;

/// A client with credentials, region and endpoint from where every AWS program takes them.
///
/// The behaviour version is pinned, so that a new release of the SDK changes no default under a running program.
pub(crate) async fn client_from_env() -> Client {
    Client::new(&aws_config::defaults(BehaviorVersion::v2026_01_12()).load().await)
}
