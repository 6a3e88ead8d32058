//! Keys that seal cursors, so that who holds one can neither read nor change it.

use core::fmt;
use core::time::Duration;
use std::sync::Arc;
use std::time::SystemTime;

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::{digest, hmac};

use crate::Dynamo;
use crate::error::CursorError;

/// Keys that seal cursors: with them a cursor can be given to anybody.
///
/// A sealed [`PageCursor`](super::PageCursor) or [`ScanCheckpoint`](super::ScanCheckpoint) is encrypted and authenticated
/// (AES-256-GCM-SIV, with a random nonce for each). It is bound to its query, to the table's full name, to the index and to
/// the tenant that [`cursor_tenant`](super::Read::cursor_tenant) names, and it expires. A handle with a seal takes no cursor
/// that is not sealed.
///
/// The first key seals; the others open what they sealed. To change keys, put the new one first and drop the old one when
/// what it sealed has expired. A key is 32 random bytes from a safe place, the same in every process that takes the cursor.
///
/// ```
/// use tablewright::{CursorSeal, Dynamo};
///
/// # fn example(new: [u8; 32], old: [u8; 32]) {
/// let seal = CursorSeal::new(new).also_opens(old).lifetime(std::time::Duration::from_secs(3600));
/// let builder = Dynamo::builder().cursor_seal(seal);
/// # }
/// ```
#[derive(Clone)]
pub struct CursorSeal {
    first: Arc<SealKey>,
    others: Vec<Arc<SealKey>>,
    lifetime: Duration,
}

/// How long a cursor is good for if nothing is said.
const LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

type KeyId = [u8; 4];

struct SealKey {
    id: KeyId,
    /// None if the key cannot be used, which its fixed length excludes.
    aead: Option<RandomizedNonceKey>,
}

impl SealKey {
    fn new(key: [u8; 32]) -> Arc<Self> {
        // The id tells keys apart and nothing about the key.
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), b"tablewright cursor key");
        let id = tag.as_ref().first_chunk().copied().unwrap_or_default();
        Arc::new(Self { id, aead: RandomizedNonceKey::new(&AES_256_GCM_SIV, &key).ok() })
    }
}

impl CursorSeal {
    /// Seals and opens with this key, for a day.
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        Self { first: SealKey::new(key), others: Vec::new(), lifetime: LIFETIME }
    }

    /// Opens what this key has sealed as well: a key that was the first before.
    #[must_use]
    pub fn also_opens(mut self, key: [u8; 32]) -> Self {
        self.others.push(SealKey::new(key));
        self
    }

    /// How long a cursor is good for, by the handle's clock; a day if nothing is said.
    #[must_use]
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// What seals the cursors of one read.
    pub(super) fn bind(&self, db: &Dynamo, place: [Option<&str>; 3], query: &[&[u8]]) -> Binding {
        let mut bound = Vec::new();
        for part in place {
            bound.push(u8::from(part.is_some()));
            let part = part.unwrap_or_default();
            bound.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bound.extend_from_slice(part.as_bytes());
        }
        let mut context = digest::Context::new(&digest::SHA256);
        for part in query {
            context.update(part);
        }
        let digest = context.finish().as_ref().first_chunk().copied().unwrap_or_default();
        Binding { seal: self.clone(), place: bound.into(), query: digest, db: db.clone() }
    }
}

/// What seals the cursors of one read.
#[derive(Clone)]
pub(super) struct Binding {
    seal: CursorSeal,
    /// The table, the index and the tenant, each with its length.
    place: Box<[u8]>,
    /// What a cursor of the same query has.
    query: [u8; 16],
    db: Dynamo,
}

impl Binding {
    /// The head as it is, and after it the sealed content.
    pub(super) fn seal(&self, purpose: &str, head: &[u8], content: &[u8]) -> Result<Vec<u8>, CursorError> {
        let key = &self.seal.first;
        let aead = key.aead.as_ref().ok_or(CursorError::Unsealable)?;
        let expires = seconds(self.db.now()).saturating_add(self.seal.lifetime.as_secs());
        let mut sealed = [&expires.to_be_bytes()[..], &self.query, content].concat();
        let bound = self.bound(purpose, head, key.id);
        let nonce = aead.seal_in_place_append_tag(Aad::from(bound), &mut sealed);
        let nonce = nonce.map_err(|_| CursorError::Unsealable)?;
        Ok([head, &key.id, nonce.as_ref(), &sealed].concat())
    }

    /// The content of what comes after the head, if it was sealed for this read and has not expired.
    pub(super) fn open(&self, purpose: &str, head: &[u8], sealed: &[u8]) -> Result<Vec<u8>, CursorError> {
        let (id, sealed) = sealed.split_first_chunk::<4>().ok_or(CursorError::Damaged)?;
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(CursorError::Damaged)?;
        let mut keys = core::iter::once(&self.seal.first).chain(&self.seal.others);
        let aead = keys.find(|key| key.id == *id).and_then(|key| key.aead.as_ref()).ok_or(CursorError::UnknownKey)?;
        let mut content = sealed.to_vec();
        let bound = Aad::from(self.bound(purpose, head, *id));
        let opened = aead.open_in_place(Nonce::assume_unique_for_key(*nonce), bound, &mut content);
        let opened = opened.map_err(|_| CursorError::Forged)?;
        let (expires, opened) = opened.split_first_chunk().ok_or(CursorError::Damaged)?;
        let (query, content) = opened.split_first_chunk::<16>().ok_or(CursorError::Damaged)?;
        if seconds(self.db.now()) >= u64::from_be_bytes(*expires) {
            return Err(CursorError::Expired);
        }
        if *query != self.query {
            return Err(CursorError::OtherQuery);
        }
        Ok(content.to_vec())
    }

    /// What is not in the cursor, or in it for all to read, and is authenticated with it.
    fn bound(&self, purpose: &str, head: &[u8], id: KeyId) -> Vec<u8> {
        let lengths = [purpose.len() as u64, head.len() as u64].map(u64::to_be_bytes);
        [lengths.as_flattened(), purpose.as_bytes(), head, &id, &self.place].concat()
    }
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

impl fmt::Debug for CursorSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = 1 + self.others.len();
        f.debug_struct("CursorSeal").field("keys", &keys).field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}
