//! Why the SDK has no answer, in words that a user may see.

use core::fmt;

use aws_smithy_runtime_api::box_error::BoxError;

/// What the SDK said, without the request that it may have printed with it, after what to do about it.
///
/// It takes the place of the SDK's own error, whose `Debug` may hold the values of an item.
struct Cause {
    advice: Option<&'static str>,
    said: String,
}

/// The cause of a failure after sending.
pub(super) fn of_loss(error: &BoxError) -> BoxError {
    Box::new(Cause { advice: None, said: words(&**error) })
}

/// The cause of a failure before sending, with the way out where it is known.
pub(super) fn of_unsent(error: &BoxError) -> BoxError {
    let said = words(&**error);
    Box::new(Cause { advice: advice(&said.to_lowercase()), said })
}

fn advice(said: &str) -> Option<&'static str> {
    /// What the SDK says, any part of it, and what to do then. The first that fits counts.
    const ADVICE: [(&[&str], &str); 8] = [
        (
            &["missing region", "region must be set"],
            "no region is set: set `AWS_REGION`, or `region` in the profile that `AWS_PROFILE` names",
        ),
        (
            &["cargo feature"],
            "the profile needs a feature that is off: for `sso` enable the feature `sso` of `tablewright`, for others add \
             `aws-config` with the feature that is named here to your `Cargo.toml`",
        ),
        (
            &["no credentials found", "no auth scheme", "no identity", "no providers"],
            "no credentials were found: set `AWS_PROFILE`, or `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, or run \
             where a role gives them; for a local server any two values will do",
        ),
        (
            &["credential", "identity"],
            "the credentials could not be loaded: check `AWS_PROFILE`, sign in again, or set `AWS_ACCESS_KEY_ID` and \
             `AWS_SECRET_ACCESS_KEY`",
        ),
        (
            &["connection refused"],
            "nothing listens at the endpoint: start the server, or correct `AWS_ENDPOINT_URL_DYNAMODB`",
        ),
        (
            &["dns error", "failed to lookup address"],
            "the endpoint's name does not resolve: check the region and `AWS_ENDPOINT_URL_DYNAMODB`",
        ),
        (&["must contain scheme"], "the endpoint is not a URL: begin it with `http://` or `https://`"),
        (&["tls handshake", "certificate"], "the endpoint does not speak TLS, or its certificate is not trusted"),
    ];
    ADVICE.iter().find(|(signs, _)| signs.iter().any(|sign| said.contains(sign))).map(|(_, advice)| *advice)
}

/// What an error and its causes say, on one line.
fn words(error: &(dyn core::error::Error + 'static)) -> String {
    let mut words = String::new();
    let mut cause = Some(error);
    while let Some(error) = cause {
        if !words.is_empty() {
            words.push_str(": ");
        }
        push_without_request(&mut words, &error.to_string());
        cause = error.source();
    }
    words
}

/// Adds a text up to where it prints a request, whose body holds the values of an item.
fn push_without_request(words: &mut String, text: &str) {
    let end = ["Request {", "SdkBody", "Response {"].iter().filter_map(|sign| text.find(sign)).min();
    let mut separator = "";
    for word in text.get(..end.unwrap_or(text.len())).unwrap_or_default().split_whitespace() {
        words.push_str(separator);
        words.push_str(word);
        separator = " ";
    }
    if end.is_some() {
        words.push('…');
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.advice {
            Some(advice) => write!(f, "{advice} ({})", self.said),
            None => f.write_str(&self.said),
        }
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for Cause {}
