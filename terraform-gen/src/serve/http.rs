//! As much of HTTP/1.1 as clients of DynamoDB speak.

use std::io::{self, BufRead, ErrorKind, Read as _, Write};
use std::net::IpAddr;

/// Lines before the body together have at most so many bytes.
const MAX_HEAD: u64 = 64 << 10;
/// More than the 16 MB of the largest request.
const MAX_BODY: usize = 32 << 20;

/// One request.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: String,
    /// `DynamoDB_20120810.GetItem`
    pub(super) target: String,
    pub(super) host: String,
    pub(super) body: Vec<u8>,
    /// True if the client sends more over this connection.
    pub(super) stays: bool,
}

/// Reads the next request of a connection; nothing where the client has ended it.
pub(super) fn read(stream: &mut (impl BufRead + Write)) -> io::Result<Option<Request>> {
    let mut request = Request { stays: true, ..Request::default() };
    let (mut length, mut waits) = (0_usize, false);
    let mut left = MAX_HEAD;
    let first = line(stream, &mut left)?;
    let Some(first) = first.filter(|line| !line.is_empty()) else { return Ok(None) };
    let mut words = first.split(' ');
    request.method = words.next().unwrap_or_default().to_owned();
    request.stays = words.next_back() == Some("HTTP/1.1");
    loop {
        let header = line(stream, &mut left)?.ok_or_else(|| bad("the request ends in its head"))?;
        if header.is_empty() {
            break;
        }
        let (name, value) = header.split_once(':').ok_or_else(|| bad("a header has no value"))?;
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().map_err(|_| bad("the content has no length"))?,
            "transfer-encoding" => return Err(bad("a body in chunks is not taken")),
            "connection" if value.eq_ignore_ascii_case("close") => request.stays = false,
            "expect" => waits = value.eq_ignore_ascii_case("100-continue"),
            "x-amz-target" => value.clone_into(&mut request.target),
            "host" => value.clone_into(&mut request.host),
            _ => {}
        }
    }
    if length > MAX_BODY {
        return Err(bad("the body is too long"));
    }
    if waits {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    request.body = vec![0; length];
    stream.read_exact(&mut request.body)?;
    Ok(Some(request))
}

/// A line without its end; nothing where the stream ends.
fn line(stream: &mut impl BufRead, left: &mut u64) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let read = stream.take(*left).read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    *left = left.saturating_sub(u64::try_from(read).unwrap_or(u64::MAX));
    if !line.ends_with(b"\n") {
        return Err(bad("the head of the request does not end"));
    }
    let text = String::from_utf8(line).map_err(|_| bad("a header is not text"))?;
    Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
}

fn bad(what: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}

/// Writes an answer in DynamoDB's JSON.
pub(super) fn write(stream: &mut impl Write, status: u16, id: u64, body: &[u8], stays: bool) -> io::Result<()> {
    let reason = if status == 200 { "OK" } else { "Refused" };
    let connection = if stays { "keep-alive" } else { "close" };
    let mut answer = format!(
        "HTTP/1.1 {status} {reason}\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: {}\r\n\
         Connection: {connection}\r\nx-amzn-RequestId: LOCAL{id:015}\r\nx-amz-crc32: {}\r\n\r\n",
        body.len(),
        crc32fast::hash(body),
    )
    .into_bytes();
    answer.extend_from_slice(body);
    stream.write_all(&answer)?;
    stream.flush()
}

/// True if a browser cannot have been led here by a name that somebody else gives: an address, or `localhost`.
pub(super) fn names_this_machine(host: &str) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    let name = name.map_or(host, |(name, _)| name);
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    address.is_empty() || address.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok()
}
