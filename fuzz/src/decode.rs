//! What comes from DynamoDB, or from whoever holds a cursor.

use bytes::Bytes;
use tablewright::codec::decode_item_response;
use tablewright::request::{PageCursor, ScanCheckpoint};
use tablewright::{Item, Number};

use crate::row::{Canned, Row, encoded, with_handle, written_again};

/// Whatever is read of one attribute is written and read again.
pub fn attribute_decode(data: &[u8]) {
    let mut body = b"{\"Item\":{\"a\":".to_vec();
    body.extend_from_slice(data);
    body.extend_from_slice(b"}}");
    if let Ok((Some(item), _)) = decode_item_response::<Item>(&body, "Item") {
        written_again(&item);
    }
    let mut body = b"{\"Item\":{\"id\":{\"N\":\"1\"},\"at\":{\"S\":\"a\"},\"amount\":{\"N\":\"1\"},\"any\":".to_vec();
    body.extend_from_slice(data);
    body.extend_from_slice(b"}}");
    if let Ok((Some(row), _)) = decode_item_response::<Row>(&body, "Item") {
        // An empty set, for one, is read and is refused when it is to be stored.
        let Some(json) = encoded(&row) else { return };
        let mut body = b"{\"Item\":".to_vec();
        body.extend_from_slice(&json);
        body.push(b'}');
        let (again, _) = decode_item_response::<Row>(&body, "Item").expect("what is written is read");
        assert_eq!(again.as_ref(), Some(&row));
    }
}

/// A number that is read is written as the same number.
pub fn number_parse(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let Ok(number) = text.parse::<Number>() else { return };
    let written = number.to_string();
    assert!(written.len() <= 200, "{text} is written as {written}");
    let again: Number = written.parse().expect("what is written is read");
    assert_eq!(again, number, "{text}");
    assert_eq!(again.to_string(), written);
    let _ = number.to_f64();
}

/// Text that somebody gives for a cursor or a checkpoint is one, or an error.
pub fn cursor_decode(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let nothing = Bytes::from_static(br#"{"Items":[],"Count":0,"ScannedCount":0}"#);
    with_handle(Canned::Done(nothing), async |db| {
        let _ = PageCursor::from_text(text).segment();
        let query = db.query(Row::query(1)).after(PageCursor::from_text(text));
        let _ = query.page().await;
        let scan = db.scan::<Row>().after(PageCursor::from_text(text));
        let _ = scan.page().await;
        let _ = db.scan::<Row>().segments(2).after(ScanCheckpoint::from_text(text)).await;
    });
}

/// Cursors as they are, to begin with.
#[must_use]
pub fn cursors() -> Vec<Vec<u8>> {
    let mut cursors = Vec::new();
    let page = br#"{"Items":[],"Count":0,"ScannedCount":0,"LastEvaluatedKey":{"id":{"N":"1"},"at":{"S":"a"}}}"#;
    with_handle(Canned::Done(Bytes::from_static(page)), async |db| {
        let queried = db.query(Row::query(1)).max_pages(1).page().await;
        let scanned = db.scan::<Row>().max_pages(1).page().await;
        for page in [queried, scanned].into_iter().flatten() {
            cursors.extend(page.cursor.map(|cursor| cursor.as_str().as_bytes().to_vec()));
        }
    });
    cursors
}
