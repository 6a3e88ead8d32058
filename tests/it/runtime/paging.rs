//! Queries and scans on every backend: keys, order, pages, cursors and budgets.

use futures_util::TryStreamExt;
use tablewright::request::PageCursor;
use tablewright::{Dynamo, Error, tables};

use super::backends::for_each_backend;
use super::model::{Order, OrderKeys, order};

/// Thirty orders of ann, two of bob.
async fn with_orders(db: &Dynamo) {
    db.create_tables(tables![Order]).await.expect("the table is made");
    for id in 0..30 {
        db.put(&order("ann", id)).await.unwrap();
    }
    for id in 0..2 {
        let mut item = order("bob", id);
        item.status = None;
        db.put(&item).await.unwrap();
    }
}

fn ids(orders: &[Order]) -> Vec<u64> {
    orders.iter().map(|order| order.id).collect()
}

#[tokio::test]
async fn a_query_reads_one_partition_in_order() {
    for_each_backend(async |db: Dynamo| {
        with_orders(&db).await;
        assert_eq!(ids(&db.query(Order::query("ann")).consistent().await.unwrap()), (0..30).collect::<Vec<_>>());
        assert_eq!(ids(&db.query(Order::query("ann")).descending().take(3).await.unwrap()), [29, 28, 27]);
        assert_eq!(ids(&db.query(Order::query("ann").id().between(4, 6)).await.unwrap()), [4, 5, 6]);
        assert_eq!(ids(&db.query(Order::query("ann").id().lt(2)).await.unwrap()), [0, 1]);
        assert_eq!(ids(&db.query(Order::query("ann").id().ge(28)).await.unwrap()), [28, 29]);
        assert_eq!(ids(&db.query(Order::query("ann").id().eq(9)).await.unwrap()), [9]);
        assert_eq!(ids(&db.query(Order::query("nobody")).await.unwrap()), [0; 0]);
        let filtered = db.query(Order::query("ann")).filter(|o| o.paid.eq(true).and(o.total.lt(40)));
        assert_eq!(ids(&filtered.await.unwrap()), [0, 2, 4, 6]);
    })
    .await;
}

#[tokio::test]
async fn indexes_have_their_own_order_and_items() {
    for_each_backend(async |db: Dynamo| {
        with_orders(&db).await;
        let open = db.query(Order::query_by_status("open").total().le(10)).await.unwrap();
        assert_eq!(ids(&open), [0, 1, 2], "bob's orders have no status, so the index does not hold them");
        let recent = db.query(Order::query_recent("ann").placed().lt(973)).consistent().await.unwrap();
        assert_eq!(ids(&recent), [29, 28]);
        let keys = db.query(Order::query_by_total("bob")).read_as::<OrderKeys>().await.unwrap();
        assert_eq!(keys.iter().map(|keys| keys.total).collect::<Vec<_>>(), [0, 5]);
    })
    .await;
}

#[tokio::test]
async fn pages_join_without_loss_or_repetition() {
    for_each_backend(async |db: Dynamo| {
        with_orders(&db).await;
        // A page size of 7 leaves pages that the filter empties: they are not the end.
        let few = || db.query(Order::query("ann")).filter(|o| o.total.ge(100)).page_size(7);
        assert_eq!(ids(&few().await.unwrap()), (20..30).collect::<Vec<_>>());
        let streamed: Vec<Order> = few().stream().try_collect().await.unwrap();
        assert_eq!(ids(&streamed), (20..30).collect::<Vec<_>>());
        let pages: Vec<_> = few().pages().try_collect().await.unwrap();
        assert!(pages.len() >= 5 && pages[0].items.is_empty(), "{pages:?}");
        assert_eq!(few().count().await.unwrap(), 10);
        assert_eq!(few().first().await.unwrap().unwrap().id, 20);
        assert_eq!(ids(&few().take(4).await.unwrap()), [20, 21, 22, 23]);

        let mut seen = Vec::new();
        let mut cursor = None;
        loop {
            let page = few().take(3).max_pages(2).after(cursor).page().await.unwrap();
            assert!(page.items.len() <= 3);
            seen.extend(ids(&page.items));
            // The cursor goes through text, as through a URL.
            cursor = page.cursor.map(|cursor| PageCursor::from_text(cursor.as_str()));
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, (20..30).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn a_cursor_belongs_to_its_query() {
    for_each_backend(async |db: Dynamo| {
        with_orders(&db).await;
        let page = db.query(Order::query("ann")).take(5).page().await.unwrap();
        let cursor = page.cursor.expect("there is more");
        let more = db.query(Order::query("ann")).after(cursor.clone()).take(2).await.unwrap();
        assert_eq!(ids(&more), [5, 6]);
        let others = [
            db.query(Order::query("bob")).after(cursor.clone()).await,
            db.query(Order::query("ann")).descending().after(cursor.clone()).await,
            db.query(Order::query("ann")).filter(|o| o.paid.eq(true)).after(cursor.clone()).await,
            db.scan::<Order>().after(cursor.clone()).await,
        ];
        for other in others {
            assert!(matches!(other, Err(Error::Cursor(tablewright::CursorError::OtherQuery))), "{other:?}");
        }
        let mut text = cursor.as_str().to_owned();
        text.replace_range(20..21, if &text[20..21] == "A" { "B" } else { "A" });
        for damaged in [text.as_str(), "", "not a cursor!", &cursor.as_str()[..30]] {
            let read = db.query(Order::query("ann")).after(PageCursor::from_text(damaged)).await;
            assert!(matches!(read, Err(Error::Cursor(_))), "{damaged}: {read:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_cursor_holds_a_key_and_nothing_else() {
    for_each_backend(async |db: Dynamo| {
        with_orders(&db).await;
        let query = || db.query(Order::query("ann"));
        let cursor = query().take(1).page().await.unwrap().cursor.unwrap();
        let bytes = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(cursor.as_str()).unwrap();
        let key = std::str::from_utf8(&bytes[9..]).unwrap();
        for forged in [
            format!("{key},\"ConsistentRead\":true"),
            format!("{key}}}"),
            "{}".into(),
            "[]".into(),
            key.replace('S', "L"),
        ] {
            let mut sealed = bytes[..5].to_vec();
            sealed.extend(crc32fast::hash(forged.as_bytes()).to_be_bytes());
            sealed.extend(forged.as_bytes());
            let text = base64_simd::URL_SAFE_NO_PAD.encode_to_string(sealed);
            let read = query().after(PageCursor::from_text(text)).await;
            assert!(matches!(read, Err(Error::Cursor(tablewright::CursorError::Damaged))), "{forged}: {read:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_count_needs_no_projection_and_a_page_has_items() {
    for_each_backend(async |db: Dynamo| {
        with_orders(&db).await;
        assert_eq!(db.query(Order::query("ann")).read_as::<OrderKeys>().count().await.unwrap(), 30);
        assert_eq!(db.query(Order::query("ann")).take(usize::MAX).await.unwrap().len(), 30);
        assert!(matches!(db.query(Order::query("ann")).take(0).page().await, Err(Error::Invalid(_))));
        assert!(matches!(db.query(Order::query("ann")).take(0).page_bytes().await, Err(Error::Invalid(_))));
        let overlapping = db.scan::<Order>().project(|o| o.address).and_project(|o| o.address.at(|a| a.city)).await;
        assert!(matches!(overlapping, Err(Error::Invalid(_))), "{overlapping:?}");
    })
    .await;
}

#[tokio::test]
async fn one_means_one() {
    for_each_backend(async |db: Dynamo| {
        with_orders(&db).await;
        assert_eq!(db.query(Order::query("ann").id().eq(3)).one().await.unwrap().unwrap().id, 3);
        assert!(db.query(Order::query("ann").id().eq(99)).one().await.unwrap().is_none());
        let several = db.query(Order::query("ann")).one().await.unwrap_err();
        assert!(matches!(several, Error::NotUnique { entity: "Order" }));
        assert!(db.query(Order::query("ann")).take(0).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_scan_reads_everything_once() {
    for_each_backend(async |db: Dynamo| {
        with_orders(&db).await;
        let mut all: Vec<(String, u64)> =
            db.scan::<Order>().page_size(5).await.unwrap().into_iter().map(|o| (o.customer, o.id)).collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 32);
        let mut parts = 0;
        for segment in 0..4 {
            parts += db.scan::<Order>().segment(segment, 4).consistent().await.unwrap().len();
        }
        assert_eq!(parts, 32);
        let bobs = db.scan::<Order>().filter(|o| o.customer.eq("bob")).await.unwrap();
        assert_eq!(bobs.len(), 2);
        let cities = db.scan::<Order>().project(|o| o.address.at(|a| a.city)).and_project(|o| o.lines.index(0)).take(1);
        let cities = cities.await.unwrap();
        assert_eq!(cities[0].len(), 2);
    })
    .await;
}
