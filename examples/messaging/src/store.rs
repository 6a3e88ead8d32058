//! Which DynamoDB a command works on, and what it must be told before it destroys something there.

use core::fmt;
use std::net::IpAddr;
use std::path::PathBuf;

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use tablewright::Dynamo;

/// Which DynamoDB a command works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Store {
    /// The engine in this process, kept in a file.
    File(PathBuf),
    /// A server on this machine.
    Loopback(String),
    /// The DynamoDB that the environment names.
    Production,
}

/// Why a command does not begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(String);

impl Store {
    /// The store that the flags name. Without `--prod` it is this machine's, whatever the environment says.
    ///
    /// # Errors
    /// If the endpoint is another machine's, or if two stores are named.
    pub fn new(prod: bool, endpoint: Option<&str>, file: Option<PathBuf>) -> Result<Self, Refused> {
        match (prod, endpoint, file) {
            (true, None, None) => Ok(Self::Production),
            (true, ..) => {
                Err(Refused("`--prod` is the DynamoDB of the environment; leave out `--endpoint` and `--db`".into()))
            }
            (false, Some(_), Some(_)) => Err(Refused("`--endpoint` and `--db` are two stores; leave one out".into())),
            (false, Some(endpoint), None) if is_loopback(endpoint) => Ok(Self::Loopback(endpoint.to_owned())),
            (false, Some(endpoint), None) => Err(Refused(format!(
                "{endpoint} is not on this machine; without `--prod` the endpoint is a loopback address such as \
                 http://127.0.0.1:8000"
            ))),
            (false, None, file) => Ok(Self::File(file.unwrap_or_else(|| "messaging.db".into()))),
        }
    }

    /// Lets a command destroy or cost something: always here, in production only with `--yes`.
    ///
    /// # Errors
    /// In production without `--yes`.
    pub fn allow(&self, what: &str, yes: bool) -> Result<(), Refused> {
        match self {
            Self::Production if !yes => Err(Refused(format!("`{what} --prod` needs `--yes` as well"))),
            _ => Ok(()),
        }
    }
}

/// The server at a loopback address, with credentials that nobody checks.
#[must_use]
pub fn loopback(endpoint: &str) -> Dynamo {
    let (region, keys) = (Region::from_static("us-east-1"), Credentials::new("local", "local", None, None, "loopback"));
    let tables = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(region.clone())
        .credentials_provider(keys.clone())
        .endpoint_url(endpoint);
    let streams = aws_sdk_dynamodbstreams::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(region)
        .credentials_provider(keys)
        .endpoint_url(endpoint);
    Dynamo::builder()
        .streams_client(aws_sdk_dynamodbstreams::Client::from_conf(streams.build()))
        .client(aws_sdk_dynamodb::Client::from_conf(tables.build()))
}

/// True for `http://127.0.0.1:8000`, `http://[::1]:8000` and `http://localhost:8000`.
///
/// The host is compared whole: `localhost.example.com` and `http://127.0.0.1@example.com` are other machines.
fn is_loopback(endpoint: &str) -> bool {
    let Some(rest) = endpoint.strip_prefix("http://").or_else(|| endpoint.strip_prefix("https://")) else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return false;
    }
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next(),
        None => authority.split(':').next(),
    };
    host.is_some_and(|host| host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback()))
}

impl fmt::Display for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "the embedded engine in {}", path.display()),
            Self::Loopback(endpoint) => f.write_str(endpoint),
            Self::Production => f.write_str("PRODUCTION: the DynamoDB of the environment"),
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_prod_it_is_this_machine() {
        for endpoint in ["http://127.0.0.1:8000", "http://localhost:8000/", "https://[::1]:8000", "http://127.8.9.10"] {
            assert_eq!(Store::new(false, Some(endpoint), None), Ok(Store::Loopback(endpoint.into())));
        }
        for endpoint in [
            "http://dynamodb.us-east-1.amazonaws.com",
            "http://localhost.example.com",
            "http://127.0.0.1@example.com",
            "http://10.0.0.1:8000",
            "127.0.0.1:8000",
            "http://",
        ] {
            assert!(Store::new(false, Some(endpoint), None).is_err(), "{endpoint}");
        }
        assert_eq!(Store::new(false, None, None), Ok(Store::File("messaging.db".into())));
    }

    #[test]
    fn production_is_asked_for_and_then_nothing_else_is() {
        assert_eq!(Store::new(true, None, None), Ok(Store::Production));
        assert!(Store::new(true, Some("http://127.0.0.1:8000"), None).is_err());
        assert!(Store::new(true, None, Some("messaging.db".into())).is_err());
    }

    #[test]
    fn production_is_not_destroyed_by_accident() {
        assert!(Store::Production.allow("drop", false).is_err());
        assert!(Store::Production.allow("drop", true).is_ok());
        assert!(Store::File("messaging.db".into()).allow("drop", false).is_ok());
    }
}
