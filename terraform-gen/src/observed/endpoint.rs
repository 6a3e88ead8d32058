//! A local DynamoDB, asked over plain HTTP. Tables in AWS are asked with `aws dynamodb describe-table`.

use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::Uri;

use super::{Observed, describe};

const TIMEOUT: Duration = Duration::from_secs(60);

/// A local server wants credentials to be there, and does not check them.
const CREDENTIALS: &str = "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, \
                           SignedHeaders=host, Signature=local";

/// A server without TLS, such as the one of `cargo tablewright serve`.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    /// Host and port.
    authority: String,
    agent: Agent,
}

impl Endpoint {
    /// The server of a URL like `http://127.0.0.1:8000`; nothing for any other text.
    pub(crate) fn of_url(url: &str) -> Option<Self> {
        let url: Uri = url.parse().ok()?;
        let authority = url.authority().filter(|_| url.scheme_str() == Some("http"))?;
        Some(Self { authority: authority.as_str().to_owned(), agent: agent() })
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
        let answer = self
            .agent
            .post(format!("http://{}/", self.authority))
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", format!("DynamoDB_20120810.{operation}"))
            .header("X-Amz-Date", "20260101T000000Z")
            .header("Authorization", CREDENTIALS)
            .send(request.to_string());
        let mut answer = answer.map_err(|error| failed(&error))?;
        let body = answer.body_mut().read_to_string().map_err(|error| failed(&error))?;
        let body = serde_json::from_str(&body).map_err(|_| failed(&"its answer is not one of DynamoDB"))?;
        Ok((answer.status().as_u16(), body))
    }
}

/// Asks without a proxy, which could not reach this machine, and reads the answers of those who refuse as well.
fn agent() -> Agent {
    let settings = Agent::config_builder().timeout_global(Some(TIMEOUT)).proxy(None).http_status_as_error(false);
    settings.max_redirects(0).build().into()
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::thread;

    use serde_json::{Value, json};

    use super::Endpoint;

    #[test]
    fn only_plain_http_is_an_endpoint() {
        assert_eq!(Endpoint::of_url("http://127.0.0.1:8000/").unwrap().authority, "127.0.0.1:8000");
        assert_eq!(Endpoint::of_url("http://dynamo").unwrap().authority, "dynamo");
        for other in
            ["https://dynamodb.eu-west-1.amazonaws.com", "plan.json", "-", "", "http://", "ftp://here", "/http:"]
        {
            assert!(Endpoint::of_url(other).is_none(), "{other}");
        }
    }

    /// What is made of an answer that a server gives.
    fn answered(answer: &'static str) -> Result<(u16, Value), String> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = Endpoint::of_url(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = Vec::new();
            while !asked.ends_with(b"{}") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                asked.extend(byte);
            }
            stream.write_all(answer.as_bytes()).unwrap();
            String::from_utf8(asked).unwrap().to_lowercase()
        });
        let called = endpoint.call("ListTables", &json!({}));
        let asked = server.join().unwrap();
        assert!(asked.contains("x-amz-target: dynamodb_20120810.listtables\r\n"), "{asked}");
        called
    }

    #[test]
    fn a_refusal_is_an_answer_and_damage_is_not() {
        let refused = answered("HTTP/1.1 400 Bad Request\r\nContent-Length: 13\r\n\r\n{\"__type\":\"\"}");
        assert_eq!(refused, Ok((400, json!({ "__type": "" }))));
        let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n";
        assert_eq!(answered(chunks), Ok((200, json!({ "a": 1 }))));
        for damaged in
            ["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", ""]
        {
            let failed = answered(damaged).unwrap_err();
            assert!(failed.contains("cannot be asked: "), "{damaged}: {failed}");
        }
    }
}
