//! An index with a key of the greatest number of attributes.

use tablewright::prelude::*;

use crate::runtime::backends::for_each_backend;

/// A multi-attribute key of the greatest size.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "wide",
    gsi(name = "wide", partition_key = ["a", "b", "c", "d"], sort_key = ["e", "f", "g", "h"])
)]
struct Wide {
    #[dynamo(partition_key)]
    id: u32,
    a: String,
    b: u8,
    c: String,
    d: u8,
    e: u8,
    f: String,
    g: u8,
    h: String,
}

#[tokio::test]
async fn four_and_four_attributes_make_a_key() {
    for_each_backend(async |db| {
        db.create_tables(tablewright::tables![Wide]).await.unwrap();
        let mut all = Vec::new();
        for id in 0..16_u32 {
            let bit = |place: u32| u8::try_from((id >> place) & 1).unwrap();
            let (f, h) = (format!("f{}", bit(1)), format!("h{}", bit(3)));
            let item = Wide { id, a: "a".into(), b: 1, c: "c".into(), d: 2, e: bit(0), f, g: bit(2), h };
            db.create(&item).await.unwrap();
            all.push(item);
        }
        db.create(&Wide { id: 99, d: 3, ..all[0].clone() }).await.unwrap();
        all.sort_by(|x, y| (x.e, &x.f, x.g, &x.h).cmp(&(y.e, &y.f, y.g, &y.h)));
        let query = || Wide::query_wide("a", 1_u8, "c", 2_u8);
        assert_eq!(db.query(query()).await.unwrap(), all);
        let (mut paged, mut cursor) = (Vec::new(), None);
        loop {
            let page = db.query(query()).page_size(1).after(cursor).page().await.unwrap();
            paged.extend(page.items);
            cursor = page.cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(paged, all);
        let last = db.query(query().e().eq(1_u8).f().eq("f0").g().eq(1_u8).h().begins_with("h")).await.unwrap();
        assert_eq!(last.iter().map(|item| item.id).collect::<Vec<_>>(), [0b0101, 0b1101]);
        let one = db.query(query().e().eq(1_u8).f().eq("f1").g().between(0_u8, 0_u8)).await.unwrap();
        assert_eq!(one.iter().map(|item| item.id).collect::<Vec<_>>(), [0b0011, 0b1011]);
    })
    .await;
}
