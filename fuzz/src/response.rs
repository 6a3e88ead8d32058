//! Answers of every shape to every call that reads one.

use bytes::Bytes;
use tablewright::codec::{decode_item_response, decode_page, error_shape};
use tablewright::stream::Batch;
use tablewright::{Dynamo, Error, Item, Result};

use crate::row::{Canned, Row, with_handle, written_again};

/// The first byte says which call gets the rest for its answer, and whether as one or as an error. Whatever is read from
/// it is written and read again.
pub fn response_decode(data: &[u8]) {
    let Some((first, body)) = data.split_first() else { return };
    let answer = Bytes::copy_from_slice(body);
    if *first == b'!' {
        return refused(&answer);
    }
    match first % 16 {
        0 => items(body),
        1 => drop(Batch::<Row>::from_event(body).map(|batch| format!("{:?}", batch.records()))),
        call => with_handle(Canned::Done(answer), async |db| drop(made(db, call).await)),
    }
}

/// Items without an entity, which have no rules of their own.
fn items(body: &[u8]) {
    if let Ok((Some(item), _)) = decode_item_response::<Item>(body, "Item") {
        written_again(&item);
    }
    if let Ok((items, _)) = decode_page::<Item>(body) {
        items.iter().for_each(written_again);
    }
}

/// Makes the call of a number.
async fn made(db: &Dynamo, call: u8) -> Result<()> {
    let key = || Row::key(1, "a");
    match call {
        2 => drop(db.get(key()).await?),
        3 => drop(db.query(Row::query(1)).page().await?),
        4 => drop(db.query(Row::query(1)).max_pages(2).await?),
        5 => drop(db.query(Row::query(1)).max_pages(2).count().await?),
        6 => drop(db.scan::<Row>().page().await?),
        7 => drop(db.batch_get([key(), Row::key(1, "b")]).await?.complete()?),
        8 => drop(db.transact_get((key(), Row::key(1, "b"))).await?),
        9 => drop(db.delete(key()).returning_old().await?),
        10 => drop(db.update(key()).increment(|row| row.amount, 1).returning_new().await?),
        11 => drop(db.batch_write().delete(key()).delete(Row::key(1, "b")).await?.into_leftovers()),
        12 => db.transact_write((db.delete(key()), db.check_exists(Row::key(1, "b")))).await?,
        13 => db.verify_tables(tablewright::tables![Row]).await?,
        14 => drop(db.delete(key()).condition(|row| row.amount.gt(0)).returning_old().await?),
        _ => drop(db.scan::<Row>().max_pages(2).count().await?),
    }
    Ok(())
}

/// The same bytes as an error's body: to a write with a condition, and to a transaction.
fn refused(body: &Bytes) {
    let _ = error_shape(body);
    with_handle(Canned::Refused(body.clone()), async |db| {
        let key = || Row::key(1, "a");
        for write in [
            db.delete(key()).condition(|row| row.amount.gt(0)).into_future().await,
            db.transact_write((db.delete(key()), db.check_exists(Row::key(1, "b")))).into_future().await,
        ] {
            read(&write.expect_err("every answer is an error"));
        }
    });
}

/// What a caller can ask of an error.
fn read(error: &Error) {
    let _ = (error.to_string(), error.is_definitely_not_applied());
    if let Some(failed) = error.condition_failed() {
        let _ = failed.stored::<Row>();
        if let Ok(Some(item)) = failed.stored::<Item>() {
            written_again(&item);
        }
    }
    for reason in error.cancelled().map(|cancelled| cancelled.reasons()).unwrap_or_default() {
        let _ = (reason.stored_as::<Row>(), reason.code(), reason.message());
    }
    if let Error::Throttled(refusal) = error {
        let _ = refusal.throttling_reasons();
    }
}
