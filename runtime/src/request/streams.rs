//! `query` and `scan` as streams of items and of pages.

use futures_core::Stream;
use futures_util::stream::{self, TryStreamExt};

use super::page::Page;
use super::read_parts::ReadParts;
use super::reading::Reading;
use crate::codec::ItemOwned;
use crate::{Error, Result};

pub(super) fn pages<T: ItemOwned + Send + 'static>(
    parts: ReadParts,
) -> impl Stream<Item = Result<Page<T>>> + Send + Unpin + 'static {
    let start = async move { Reading::start(parts) };
    let pages = stream::once(start).try_filter(|reading| core::future::ready(!reading.is_done())).map_ok(|reading| {
        stream::try_unfold(reading, |mut reading| async move {
            if reading.is_done() {
                return Ok(None);
            }
            let page = reading.next::<T>(true).await?;
            Ok(Some((page, reading)))
        })
    });
    Box::pin(pages.try_flatten())
}

pub(super) fn items<T: ItemOwned + Send + 'static>(
    parts: ReadParts,
) -> impl Stream<Item = Result<T>> + Send + Unpin + 'static {
    let start = async move { Reading::start(parts) };
    let pages = stream::once(start).map_ok(|reading| {
        stream::try_unfold(reading, |mut reading| async move {
            if reading.is_done() {
                return Ok::<_, Error>(None);
            }
            let page = reading.next::<T>(false).await?;
            Ok(Some((stream::iter(page.items.into_iter().map(Ok::<T, Error>)), reading)))
        })
        .try_flatten()
    });
    Box::pin(pages.try_flatten())
}
