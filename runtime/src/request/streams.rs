//! `query` and `scan` as streams of items and of pages.

use futures_core::Stream;
use futures_util::stream::{self, TryStreamExt};

use super::page::Page;
use super::pages::Progress;
use super::read_parts::ReadParts;
use crate::codec::ItemOwned;
use crate::{Error, Result};

pub(super) fn pages<T: ItemOwned + Send + 'static>(
    parts: ReadParts,
) -> impl Stream<Item = Result<Page<T>>> + Send + Unpin + 'static {
    let start = async move { Progress::start(parts) };
    let pages = stream::once(start).try_filter(|progress| core::future::ready(!progress.done)).map_ok(|progress| {
        stream::try_unfold(progress, |mut progress| async move {
            if progress.done {
                return Ok(None);
            }
            let page = progress.next::<T>(true).await?;
            Ok(Some((page, progress)))
        })
    });
    Box::pin(pages.try_flatten())
}

pub(super) fn items<T: ItemOwned + Send + 'static>(
    parts: ReadParts,
) -> impl Stream<Item = Result<T>> + Send + Unpin + 'static {
    let start = async move { Progress::start(parts) };
    let pages = stream::once(start).map_ok(|progress| {
        stream::try_unfold(progress, |mut progress| async move {
            if progress.done {
                return Ok::<_, Error>(None);
            }
            let page = progress.next::<T>(false).await?;
            Ok(Some((stream::iter(page.items.into_iter().map(Ok::<T, Error>)), progress)))
        })
        .try_flatten()
    });
    Box::pin(pages.try_flatten())
}
