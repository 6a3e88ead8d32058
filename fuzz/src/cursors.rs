//! Cursors and checkpoints, as they are handed out and as somebody makes them up.

use std::cell::OnceCell;

use base64_simd::URL_SAFE_NO_PAD;
use bytes::Bytes;
use futures_util::StreamExt;
use tablewright::request::{PageCursor, ScanCheckpoint};

use crate::row::{Canned, Row, with_handle};

const PAGE: &[u8] = br#"{"Items":[],"Count":0,"ScannedCount":0}"#;
const ENDED: &[u8] = br#"{"Items":[],"Count":0,"ScannedCount":0,"LastEvaluatedKey":{"id":{"N":"1"},"at":{"S":"a"}}}"#;

/// Text that somebody gives for a cursor or a checkpoint is one, or an error, and what is sent with it is JSON.
///
/// A checksum keeps changed bytes from ever being a cursor, so three forms get one: after `q` a head and a key are a
/// cursor of a query, after `s` of a scan, and after `c` each line is a segment of a checkpoint.
pub fn cursor_decode(data: &[u8]) {
    let text = match data.split_first() {
        Some((b'q', plain)) => made(&genuine()[0], plain),
        Some((b's', plain)) => made(&genuine()[1], plain),
        Some((b'c', lines)) => checkpoint(lines),
        _ => match core::str::from_utf8(data) {
            Ok(text) => text.to_owned(),
            Err(_) => return,
        },
    };
    with_handle(Canned::Done(Bytes::from_static(PAGE)), async |db| {
        let _ = PageCursor::from_text(&*text).segment();
        let _ = db.query(Row::query(1)).after(PageCursor::from_text(&*text)).page().await;
        let _ = db.scan::<Row>().after(PageCursor::from_text(&*text)).page().await;
        let _ = db.scan::<Row>().segment(0, 2).after(PageCursor::from_text(&*text)).page().await;
        let _ = db.scan::<Row>().segments(2).after(ScanCheckpoint::from_text(&*text)).await;
    });
}

/// A head and content as text, with the fingerprint of a genuine cursor and the right checksum.
fn made(genuine: &[u8], plain: &[u8]) -> String {
    let (head, content) = plain.split_first().unwrap_or((&1, &[]));
    let fingerprint = &genuine[1..5];
    let bytes = [&[*head], fingerprint, &crc32fast::hash(content).to_be_bytes(), content].concat();
    URL_SAFE_NO_PAD.encode_to_string(bytes)
}

fn checkpoint(lines: &[u8]) -> String {
    let mut states = Vec::new();
    for line in lines.split(|byte| *byte == b'\n') {
        match line {
            b"." | b"!" => states.extend_from_slice(line),
            cursor => {
                states.extend_from_slice(made(&genuine()[1], cursor).as_bytes());
                states.push(b',');
            }
        }
    }
    made(&genuine()[1], &[&[1], &*states].concat())
}

/// The bytes of a cursor of the query and of one of the scan.
fn genuine() -> [Vec<u8>; 2] {
    thread_local! {
        static GENUINE: OnceCell<[Vec<u8>; 2]> = const { OnceCell::new() };
    }
    let read = || {
        let bytes = |text: Vec<u8>| {
            let bytes = URL_SAFE_NO_PAD.decode_to_vec(&text).expect("a cursor is base64");
            let again = made(&bytes, &[&bytes[..1], &bytes[9..]].concat());
            assert_eq!(again.as_bytes(), text, "what is made up here is what a handle gives out");
            bytes
        };
        let [query, scan, _] = cursors();
        [bytes(query), bytes(scan)]
    };
    GENUINE.with(|genuine| genuine.get_or_init(read).clone())
}

/// A cursor of a query, one of a scan and a checkpoint, as they are.
#[must_use]
pub fn cursors() -> [Vec<u8>; 3] {
    let mut texts = [const { Vec::new() }; 3];
    with_handle(Canned::Done(Bytes::from_static(ENDED)), async |db| {
        let cursor = |page: Option<PageCursor>| page.expect("the page has an end").as_str().as_bytes().to_vec();
        texts[0] = cursor(db.query(Row::query(1)).max_pages(1).page().await.expect("there is a page").cursor);
        texts[1] = cursor(db.scan::<Row>().max_pages(1).page().await.expect("there is a page").cursor);
        let mut pages = db.scan::<Row>().segments(2).pages();
        pages.next().await.expect("there is a page").expect("the page is sound");
        texts[2] = pages.checkpoint().as_str().as_bytes().to_vec();
    });
    texts
}
