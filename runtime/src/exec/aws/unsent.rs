//! What to do about a request that was not sent.

use core::fmt;

use aws_smithy_runtime_api::box_error::BoxError;

/// A reason why nothing was sent, with the way out before the SDK's words.
#[derive(Debug)]
struct Unsent {
    advice: &'static str,
    source: BoxError,
}

/// Puts the way out before the SDK's words, where they are known.
pub(super) fn explain(source: BoxError) -> BoxError {
    match advice(&chain(&*source)) {
        Some(advice) => Box::new(Unsent { advice, source }),
        None => source,
    }
}

fn advice(words: &str) -> Option<&'static str> {
    let said = |part| words.contains(part);
    if said("region must be set") || said("missing region") {
        Some("no region is set: set `AWS_REGION`, or `region` in the profile that `AWS_PROFILE` names")
    } else if said("credential") || said("no auth scheme") || said("identity") {
        Some(
            "no credentials were found: set `AWS_PROFILE`, or `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, or run \
             where a role gives them; for a local server any two values will do",
        )
    } else if said("connection refused") {
        Some("nothing listens at the endpoint: start the server, or correct `AWS_ENDPOINT_URL_DYNAMODB`")
    } else if said("dns error") || said("failed to lookup address") {
        Some("the endpoint's name does not resolve: check the region and `AWS_ENDPOINT_URL_DYNAMODB`")
    } else {
        None
    }
}

/// What an error and its causes say, in lower case.
fn chain(error: &(dyn core::error::Error + 'static)) -> String {
    let mut words = String::new();
    let mut cause = Some(error);
    while let Some(error) = cause {
        words.push_str(&error.to_string().to_lowercase());
        words.push('\n');
        cause = error.source();
    }
    words
}

impl fmt::Display for Unsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.advice)
    }
}

impl core::error::Error for Unsent {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&*self.source)
    }
}
