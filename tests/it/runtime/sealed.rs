//! Sealed cursors: what they hide, what they are bound to, and for how long.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use futures_util::TryStreamExt;
use proptest::prelude::*;
use tablewright::request::{PageCursor, ScanCheckpoint};
use tablewright::testing::Embedded;
use tablewright::{CursorError, CursorSeal, Dynamo, DynamoBuilder, Error, tables};

use super::model::{Order, order};

const KEY: [u8; 32] = [7; 32];
const OLD: [u8; 32] = [3; 32];

/// A handle on an engine of its own, with ten orders of ann and its time in seconds.
async fn sealed(seal: CursorSeal) -> (Dynamo, Arc<AtomicU64>) {
    let time = Arc::new(AtomicU64::new(1_000_000));
    let clock = Arc::clone(&time);
    let builder = Dynamo::builder()
        .clock(move || SystemTime::UNIX_EPOCH + Duration::from_secs(clock.load(Ordering::Relaxed)))
        .cursor_seal(seal);
    (with_orders(builder).await, time)
}

async fn with_orders(builder: DynamoBuilder) -> Dynamo {
    let db = builder.executor(Embedded::memory().unwrap());
    db.create_tables(tables![Order]).await.unwrap();
    for id in 0..10 {
        db.put(&order("ann", id)).await.unwrap();
    }
    db
}

async fn cursor_of(db: &Dynamo) -> PageCursor {
    db.query(Order::query("ann")).take(3).page().await.unwrap().cursor.expect("there is more")
}

async fn after(db: &Dynamo, cursor: &PageCursor) -> Result<Vec<u64>, CursorError> {
    ids(db.query(Order::query("ann")).after(cursor.clone()).take(2).await)
}

fn ids(read: tablewright::Result<Vec<Order>>) -> Result<Vec<u64>, CursorError> {
    match read {
        Ok(orders) => Ok(orders.iter().map(|order| order.id).collect()),
        Err(Error::Cursor(error)) => Err(error),
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_sealed_cursor_goes_on_and_hides_its_key() {
    let (db, _) = sealed(CursorSeal::new(KEY)).await;
    let cursor = cursor_of(&db).await;
    assert_eq!(after(&db, &cursor).await, Ok(vec![3, 4]));
    let bytes = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(cursor.as_str()).unwrap();
    assert!(!bytes.windows(3).any(|window| window == b"ann"), "the key can be read");
    assert_ne!(cursor, cursor_of(&db).await, "each cursor has a nonce of its own");
    assert!(!format!("{:?}", CursorSeal::new(KEY)).contains('7'));
}

#[tokio::test]
async fn a_sealed_cursor_is_of_one_query() {
    let (db, _) = sealed(CursorSeal::new(KEY)).await;
    let cursor = cursor_of(&db).await;
    let others = [
        ids(db.query(Order::query("bob")).after(cursor.clone()).await),
        ids(db.query(Order::query("ann")).descending().after(cursor.clone()).await),
        ids(db.query(Order::query("ann")).filter(|o| o.paid.eq(true)).after(cursor.clone()).await),
        ids(db.scan::<Order>().after(cursor.clone()).await),
    ];
    assert_eq!(others, [const { Err(CursorError::OtherQuery) }; 4]);
    // Another index and another table of the same query are other places.
    let index = db.query(Order::query_recent("ann")).after(cursor.clone()).await;
    assert_eq!(ids(index), Err(CursorError::Forged));
    let other = with_orders(Dynamo::builder().table_prefix("other-").cursor_seal(CursorSeal::new(KEY))).await;
    assert_eq!(after(&other, &cursor).await, Err(CursorError::Forged));
}

#[tokio::test]
async fn a_sealed_cursor_is_of_one_tenant() {
    let (db, _) = sealed(CursorSeal::new(KEY)).await;
    let of = |tenant: Option<&str>| {
        let read = db.query(Order::query("ann")).take(2);
        match tenant {
            Some(tenant) => read.cursor_tenant(tenant),
            None => read,
        }
    };
    let tenants = [None, Some(""), Some("a"), Some("b")];
    for own in tenants {
        let cursor = of(own).page().await.unwrap().cursor;
        for other in tenants {
            let read = ids(of(other).after(cursor.clone()).await);
            let expected = if own == other { Ok(vec![2, 3]) } else { Err(CursorError::Forged) };
            assert_eq!(read, expected, "{own:?} {other:?}");
        }
    }
    let plain = with_orders(Dynamo::builder()).await;
    let error = plain.query(Order::query("ann")).cursor_tenant("a").await.unwrap_err();
    assert!(error.to_string().contains("`cursor_tenant` without a seal"), "{error}");
}

#[tokio::test]
async fn a_sealed_cursor_expires() {
    let (db, time) = sealed(CursorSeal::new(KEY).lifetime(Duration::from_secs(60))).await;
    let cursor = cursor_of(&db).await;
    time.fetch_add(59, Ordering::Relaxed);
    assert_eq!(after(&db, &cursor).await, Ok(vec![3, 4]));
    time.fetch_add(1, Ordering::Relaxed);
    assert_eq!(after(&db, &cursor).await, Err(CursorError::Expired));
}

#[tokio::test]
async fn keys_are_changed_one_after_the_other() {
    let (old, _) = sealed(CursorSeal::new(OLD)).await;
    let (both, _) = sealed(CursorSeal::new(KEY).also_opens(OLD)).await;
    let (new, _) = sealed(CursorSeal::new(KEY)).await;
    let (of_old, of_both) = (cursor_of(&old).await, cursor_of(&both).await);
    assert_eq!(after(&both, &of_old).await, Ok(vec![3, 4]));
    assert_eq!(after(&new, &of_both).await, Ok(vec![3, 4]), "the first key seals");
    assert_eq!(after(&new, &of_old).await, Err(CursorError::UnknownKey));
    assert_eq!(after(&old, &of_both).await, Err(CursorError::UnknownKey));
}

#[tokio::test]
async fn sealed_and_readable_cursors_are_not_mixed() {
    let plain = with_orders(Dynamo::builder()).await;
    let (db, _) = sealed(CursorSeal::new(KEY)).await;
    let (readable, hidden) = (cursor_of(&plain).await, cursor_of(&db).await);
    assert_eq!(after(&db, &readable).await, Err(CursorError::NotSealed));
    assert_eq!(after(&plain, &hidden).await, Err(CursorError::Sealed));
    // A read may have a seal of its own.
    let seal = CursorSeal::new(OLD);
    let own = || plain.query(Order::query("ann")).take(3).cursor_seal(&seal);
    let page = own().page().await.unwrap();
    assert_eq!(ids(own().after(page.cursor).await), Ok(vec![3, 4, 5]));
}

#[tokio::test]
async fn a_scan_in_segments_goes_on_from_a_sealed_checkpoint() {
    let (db, time) = sealed(CursorSeal::new(KEY)).await;
    let plain = with_orders(Dynamo::builder()).await;
    let scan = |db: &Dynamo| db.scan::<Order>().page_size(2).segments(2).concurrency(1);
    let mut pages = scan(&db).pages();
    let first = pages.try_next().await.unwrap().unwrap();
    let text = pages.checkpoint().as_str().to_owned();
    let rest: Vec<Order> = scan(&db).after(ScanCheckpoint::from_text(text.as_str())).await.unwrap();
    assert_eq!(first.page.items.len() + rest.len(), 10);
    if let Some(cursor) = first.page.cursor {
        assert_eq!(cursor.segment(), Some((first.segment, 2)));
        let other = db.scan::<Order>().page_size(2).segment(1 - first.segment, 2).after(cursor).await;
        assert_eq!(ids(other), Err(CursorError::OtherSegment { segment: first.segment, total: 2 }));
    }
    let refused = async |db: &Dynamo, text: &str| ids(scan(db).after(ScanCheckpoint::from_text(text)).await);
    assert_eq!(refused(&plain, &text).await, Err(CursorError::Sealed));
    let readable = scan(&plain).pages().checkpoint();
    assert_eq!(refused(&db, readable.as_str()).await, Err(CursorError::NotSealed));
    assert_eq!(refused(&db, cursor_of(&db).await.as_str()).await, Err(CursorError::Damaged));
    time.fetch_add(24 * 60 * 60, Ordering::Relaxed);
    assert_eq!(refused(&db, &text).await, Err(CursorError::Expired));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is changed of a sealed cursor, and wherever it is cut, it is refused before anything is sent.
    #[test]
    fn a_changed_cursor_is_refused(place in any::<prop::sample::Index>(), bit in 0..8_u32, cut in any::<bool>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (db, _) = sealed(CursorSeal::new(KEY).also_opens(OLD)).await;
            let mut bytes = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(cursor_of(&db).await.as_str()).unwrap();
            let place = place.index(bytes.len());
            if cut {
                bytes.truncate(place);
            } else {
                bytes[place] ^= 1 << bit;
            }
            let text = base64_simd::URL_SAFE_NO_PAD.encode_to_string(&bytes);
            assert!(after(&db, &PageCursor::from_text(text)).await.is_err());
        });
    }
}
