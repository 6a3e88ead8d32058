//! A local DynamoDB, asked over plain HTTP. Tables in AWS are asked with `aws dynamodb describe-table`.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Observed, describe};

/// A server without TLS, such as the one of `cargo tablewright serve`.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    /// Host and port.
    authority: String,
}

impl Endpoint {
    /// The server of a URL like `http://127.0.0.1:8000`; nothing for any other text.
    pub(crate) fn of_url(url: &str) -> Option<Self> {
        let authority = url.strip_prefix("http://")?.trim_end_matches('/');
        let authority = if authority.contains(':') { authority.to_owned() } else { format!("{authority}:80") };
        Some(Self { authority })
    }

    /// The tables of these full names, as far as there are any.
    pub(crate) fn tables(&self, names: &[String]) -> Result<Observed, String> {
        let mut documents = Vec::new();
        for name in names {
            let (status, table) = self.call("DescribeTable", &json!({ "TableName": name }))?;
            if status != 200 {
                let kind = table.get("__type").and_then(Value::as_str).unwrap_or_default();
                if kind.ends_with("ResourceNotFoundException") {
                    continue;
                }
                return Err(format!("`{}` answers DescribeTable with status {status} {kind}", self.authority));
            }
            documents.push(table);
            for operation in ["DescribeTimeToLive", "DescribeContinuousBackups"] {
                let (status, answer) = self.call(operation, &json!({ "TableName": name }))?;
                // Some servers know tables and not their backups.
                documents.extend((status == 200).then_some(answer));
            }
        }
        if documents.is_empty() {
            return Ok(Observed { is_complete: true, ..Observed::default() });
        }
        describe::tables(&documents).map(|observed| Observed { is_complete: true, ..observed })
    }

    /// One call: the status, and the answer.
    pub(crate) fn call(&self, operation: &str, request: &Value) -> Result<(u16, Value), String> {
        let failed = |error: &dyn core::fmt::Display| format!("`{}` cannot be asked: {error}", self.authority);
        let mut stream = TcpStream::connect(&self.authority).map_err(|error| failed(&error))?;
        stream.set_read_timeout(Some(Duration::from_secs(60))).map_err(|error| failed(&error))?;
        let body = request.to_string();
        // A local server wants credentials to be there, and does not check them.
        let head = format!(
            "POST / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/x-amz-json-1.0\r\n\
             X-Amz-Target: DynamoDB_20120810.{operation}\r\nAuthorization: AWS4-HMAC-SHA256 \
             Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local\r\n\
             X-Amz-Date: 20260101T000000Z\r\nContent-Length: {}\r\n\r\n{body}",
            self.authority,
            body.len(),
        );
        stream.write_all(head.as_bytes()).map_err(|error| failed(&error))?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).map_err(|error| failed(&error))?;
        parse(&answer).ok_or_else(|| failed(&"its answer is not one of DynamoDB"))
    }
}

/// The status and the JSON of an answer that ends with its connection.
fn parse(answer: &[u8]) -> Option<(u16, Value)> {
    let text = core::str::from_utf8(answer).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let chunked = head.lines().any(|line| line.eq_ignore_ascii_case("transfer-encoding: chunked"));
    let body = if chunked { unchunked(body)? } else { body.to_owned() };
    Some((status, serde_json::from_str(&body).ok()?))
}

fn unchunked(mut rest: &str) -> Option<String> {
    let mut body = String::new();
    loop {
        let (size, after) = rest.split_once("\r\n")?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.push_str(after.get(..size)?);
        rest = after.get(size..)?.strip_prefix("\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use super::{Endpoint, parse};

    #[test]
    fn only_plain_http_is_an_endpoint() {
        assert_eq!(Endpoint::of_url("http://127.0.0.1:8000/").unwrap().authority, "127.0.0.1:8000");
        assert_eq!(Endpoint::of_url("http://dynamo").unwrap().authority, "dynamo:80");
        assert!(Endpoint::of_url("https://dynamodb.eu-west-1.amazonaws.com").is_none());
        assert!(Endpoint::of_url("plan.json").is_none());
    }

    #[test]
    fn answers_are_read_whole_or_in_chunks() {
        let answer = |text: &str| parse(text.as_bytes()).map(|(status, body)| (status, body.to_string()));
        let expected = Some((200, "{\"a\":1}".to_owned()));
        assert_eq!(answer("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}"), expected);
        assert_eq!(
            answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n"),
            expected
        );
        assert_eq!(answer("HTTP/1.1 200 OK\r\n\r\nhello"), None);
        assert_eq!(answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{}"), None);
    }
}
