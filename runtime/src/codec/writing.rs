//! What a handle adds to an item while it is written: the time, ids, and the version.

use core::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use super::encode_error::EncodeProblem;
use super::encoder::Encoder;
use crate::schema::VersionSchema;
use crate::value::ToAttribute;

/// Where ids come from.
pub(crate) type IdSource = Arc<dyn Fn() -> u128 + Send + Sync>;

/// The write of an item: what the handle gives, and what the item's fields said about it.
pub(crate) struct Writing {
    pub(crate) now: SystemTime,
    /// True if the item is new, so that its creation time is now as well.
    pub(crate) creating: bool,
    ids: IdSource,
    /// The bits of the id that is made for the item.
    id: Option<u128>,
    /// The item's version.
    pub(crate) counted: Option<Counted>,
    /// The attributes that are not to be changed.
    pub(crate) guarded: Vec<&'static str>,
}

/// A version that a write counts up.
#[derive(Debug, Clone, Copy)]
pub struct Counted {
    pub(crate) schema: &'static VersionSchema,
    /// The version that the writer holds; 0 for an item without one.
    pub(crate) held: u64,
    /// The version that the write makes.
    pub(crate) new: u64,
    /// The id of the write.
    pub(crate) id: u128,
}

impl Writing {
    pub(crate) const fn new(now: SystemTime, creating: bool, ids: IdSource) -> Self {
        Self { now, creating, ids, id: None, counted: None, guarded: Vec::new() }
    }

    /// The bits of the id that is made for the item.
    pub(crate) fn id(&mut self) -> u128 {
        *self.id.get_or_insert_with(|| (self.ids)())
    }
}

impl Counted {
    /// The write, for one that holds that version; `None` after the last version.
    pub(crate) fn new(schema: &'static VersionSchema, held: u64, now: SystemTime, id: u128) -> Option<Self> {
        schema.after(held, now).map(|new| Self { schema, held, new, id })
    }

    /// Writes the version.
    pub(crate) fn write_version(&self, out: &mut Encoder) {
        self.new.encode(out);
    }

    /// Writes the id of the write.
    pub(crate) fn write_id(&self, out: &mut Encoder) {
        out.binary(&self.id.to_be_bytes());
    }

    /// Writes a ring that begins with this write.
    pub(crate) fn write_ring(&self, out: &mut Encoder) {
        out.raw("{\"M\":{");
        out.named(SINCE, |out| self.new.encode(out));
        out.named(&self.schema.place(self.new), |out| self.write_id(out));
        out.raw("}}");
    }
}

/// The member of the ring that says from which version on it is whole.
pub(crate) const SINCE: &str = "since";

impl Encoder {
    /// Writes a version: the next one where an item is written, the item's own where it is not, and none if it has none.
    pub(crate) fn version(&mut self, held: Option<u64>, greatest: u64, schema: &'static VersionSchema) {
        let Some(held) = held else {
            self.fail_version(schema, "a version is not negative");
            return;
        };
        let Some(writing) = &mut self.writing else {
            if held > 0 {
                self.named(schema.attribute, |out| held.encode(out));
            }
            return;
        };
        let held = if writing.creating { 0 } else { held };
        let id = (writing.ids)();
        match Counted::new(schema, held, writing.now, id).filter(|counted| counted.new <= greatest) {
            Some(counted) => {
                writing.counted = Some(counted);
                self.named(schema.attribute, |out| counted.write_version(out));
                self.named(schema.writes, |out| counted.write_ring(out));
            }
            None => self.fail_version(schema, "there is no version after this one"),
        }
    }

    #[cold]
    fn fail_version(&mut self, schema: &VersionSchema, reason: &'static str) {
        let healthy = self.error.is_none();
        self.fail(EncodeProblem::Refused(reason.into()));
        self.locate(healthy, |error| error.in_attribute(schema.attribute));
    }

    /// Notes an attribute that a write of the whole item does not change.
    #[doc(hidden)]
    pub fn guard(&mut self, attribute: &'static str) {
        if let Some(writing) = &mut self.writing {
            writing.guarded.push(attribute);
        }
    }

    /// The bits of the id that is made for the item, if it is new; an item that is not has to have its own.
    pub(crate) fn made_id(&mut self) -> Option<(SystemTime, u128)> {
        let writing = self.writing.as_mut()?;
        if writing.creating {
            return Some((writing.now, writing.id()));
        }
        self.fail(EncodeProblem::Refused("the id is not given, and only `create` makes one".into()));
        None
    }
}

impl fmt::Debug for Writing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writing").field("creating", &self.creating).finish_non_exhaustive()
    }
}
