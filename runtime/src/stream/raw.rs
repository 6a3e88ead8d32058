//! Records as their source has them, before anything of them is typed.

use std::borrow::Cow;
use std::time::SystemTime;

use super::error::{RecordError, RecordProblem};
use super::record::{Change, UserIdentity};
use super::sequence::SequenceNumber;
use super::streamed::{Image, Streamed, name_of};
use super::time;
use crate::Item;
use crate::codec::{Cursor, DecodeError, FromItem};
use crate::entity::is_reservation;
use crate::schema::TableSchema;

/// An item of a record: its JSON, or why its source could not give it.
pub(super) type RawItem<'a> = Option<Result<Cow<'a, str>, DecodeError>>;

/// One record as its source has it: whatever is missing in it or of another form is `None`.
#[doc(hidden)]
#[derive(Default)]
pub struct RawRecord<'a> {
    pub(super) event_id: Option<Cow<'a, str>>,
    pub(super) event_name: Option<Cow<'a, str>>,
    pub(super) region: Option<Cow<'a, str>>,
    pub(super) stream_arn: Option<Cow<'a, str>>,
    pub(super) identity: Option<(Cow<'a, str>, Cow<'a, str>)>,
    pub(super) sequence_number: Option<Cow<'a, str>>,
    pub(super) created_at: Option<SystemTime>,
    pub(super) size_bytes: Option<u64>,
    pub(super) view: Option<Cow<'a, str>>,
    pub(super) keys: RawItem<'a>,
    pub(super) new: RawItem<'a>,
    pub(super) old: RawItem<'a>,
}

/// What every record has, whatever its images.
pub(super) struct Envelope {
    pub(super) table: &'static str,
    pub(super) event_id: Box<str>,
    pub(super) sequence_number: SequenceNumber,
    pub(super) keys: Item,
    pub(super) created_at: Option<SystemTime>,
    pub(super) user_identity: Option<UserIdentity>,
    pub(super) region: Option<Box<str>>,
    pub(super) stream_arn: Option<Box<str>>,
    pub(super) size_bytes: Option<u64>,
}

/// The images of a record, and what happened between them.
pub(super) struct Images<'a> {
    table: &'static TableSchema,
    event_name: Option<Cow<'a, str>>,
    view: Option<Cow<'a, str>>,
    new: RawItem<'a>,
    old: RawItem<'a>,
}

/// An item that its source holds as values, as JSON.
#[cfg(any(feature = "lambda", feature = "streams"))]
pub(super) fn of_values(item: Result<Item, crate::codec::EncodeError>) -> RawItem<'static> {
    let json = item.and_then(|item| {
        let mut out = crate::codec::Encoder::new();
        out.item(&item);
        out.finish()
    });
    Some(match json {
        Ok(json) => Ok(Cow::Owned(crate::key::into_text(json).into_string())),
        Err(error) => Err(DecodeError::refused(error.to_string())),
    })
}

impl<'a> RawRecord<'a> {
    /// Reads a record from its JSON, which was checked to be JSON.
    pub(super) fn of_json(json: &'a str) -> Self {
        let mut record = Self::default();
        let _no_object = members(&mut Cursor::over(json), &mut |name, cursor| record.take(name, cursor));
        record
    }

    fn take(&mut self, name: &str, cursor: &mut Cursor<'a>) -> Result<(), DecodeError> {
        match name {
            "eventID" => self.event_id = text(cursor)?,
            "eventName" => self.event_name = text(cursor)?,
            "awsRegion" => self.region = text(cursor)?,
            "eventSourceARN" => self.stream_arn = text(cursor)?,
            "userIdentity" => self.identity = identity(cursor)?,
            "dynamodb" => members(cursor, &mut |name, cursor| self.take_change(name, cursor))?,
            _ => cursor.skip()?,
        }
        Ok(())
    }

    fn take_change(&mut self, name: &str, cursor: &mut Cursor<'a>) -> Result<(), DecodeError> {
        match name {
            "SequenceNumber" => self.sequence_number = text(cursor)?,
            "ApproximateCreationDateTime" => self.created_at = time::read(value(cursor)?),
            "SizeBytes" => self.size_bytes = value(cursor)?.parse().ok(),
            "StreamViewType" => self.view = text(cursor)?,
            "Keys" => self.keys = object(cursor)?,
            "NewImage" => self.new = object(cursor)?,
            "OldImage" => self.old = object(cursor)?,
            _ => cursor.skip()?,
        }
        Ok(())
    }

    /// True for a record of an item that only reserves the value of a unique attribute.
    pub(super) fn is_reservation(&self, table: &TableSchema) -> bool {
        let Some(Ok(keys)) = &self.keys else { return false };
        table.has_unique() && is_reservation(Cursor::over(keys), table) == Ok(true)
    }

    /// Sorts what is there, and refuses a record that lacks what each has.
    pub(super) fn open(self, table: &'static TableSchema) -> Result<(Envelope, Images<'a>), RecordError> {
        let mut error = RecordError {
            table: table.name,
            event_id: self.event_id.map(Cow::into_owned).unwrap_or_default().into(),
            sequence_number: self.sequence_number.as_deref().map(Into::into),
            keys: None,
            problem: RecordProblem::Missing { member: "Keys" },
        };
        let keys = match self.keys {
            None => return Err(error),
            Some(keys) => keys.and_then(|keys| Item::decode_item(&mut Cursor::over(&keys))),
        };
        let keys = match keys {
            Ok(keys) => keys,
            Err(problem) => {
                error.problem = RecordProblem::Image { image: "Keys", error: problem.of_entity(name_of(table)) };
                return Err(error);
            }
        };
        let number = error.sequence_number.as_deref();
        let Some(sequence_number) = number.and_then(SequenceNumber::parse) else {
            error.problem = match number {
                None => RecordProblem::Missing { member: "SequenceNumber" },
                Some(_) => RecordProblem::SequenceNumber,
            };
            error.keys = Some(keys);
            return Err(error);
        };
        let envelope = Envelope {
            table: table.name,
            event_id: error.event_id,
            sequence_number,
            keys,
            created_at: self.created_at,
            user_identity: self.identity.map(|(identity_type, principal_id)| UserIdentity {
                identity_type: identity_type.into(),
                principal_id: principal_id.into(),
            }),
            region: self.region.map(Into::into),
            stream_arn: self.stream_arn.map(Into::into),
            size_bytes: self.size_bytes,
        };
        let images = Images { table, event_name: self.event_name, view: self.view, new: self.new, old: self.old };
        Ok((envelope, images))
    }
}

impl Envelope {
    pub(super) fn error(&self, problem: RecordProblem) -> RecordError {
        RecordError {
            table: self.table,
            event_id: self.event_id.clone(),
            sequence_number: Some(self.sequence_number.as_str().into()),
            keys: Some(self.keys.clone()),
            problem,
        }
    }
}

impl Images<'_> {
    /// Reads the images that this kind of change has and that the stream of `T` carries.
    pub(super) fn change<T: Streamed>(&self) -> Result<Change<T>, RecordProblem> {
        match self.event_name.as_deref() {
            Some("INSERT") => Ok(Change::Insert { new: self.image("NewImage", &self.new)? }),
            Some("MODIFY") => {
                Ok(Change::Modify { old: self.image("OldImage", &self.old)?, new: self.image("NewImage", &self.new)? })
            }
            Some("REMOVE") => Ok(Change::Remove { old: self.image("OldImage", &self.old)? }),
            Some(name) => Err(RecordProblem::UnknownEvent { name: name.into() }),
            None => Err(RecordProblem::Missing { member: "eventName" }),
        }
    }

    fn image<I: Image>(&self, image: &'static str, raw: &RawItem<'_>) -> Result<I, RecordProblem> {
        let json = raw.as_ref().map(|raw| raw.as_ref().map_err(Clone::clone));
        let json = json.transpose().map_err(|error| self.damaged(image, error))?;
        match I::read(json.map(|json| &**json)) {
            Some(read) => read.map_err(|error| self.damaged(image, error)),
            None => Err(RecordProblem::NoImage { image, carried: self.view.as_deref().map(Into::into) }),
        }
    }

    #[cold]
    fn damaged(&self, image: &'static str, error: DecodeError) -> RecordProblem {
        RecordProblem::Image { image, error: error.of_entity(name_of(self.table)) }
    }
}

/// Calls `take` at each member's value of the object that the cursor is before. A value of another kind has none.
fn members<'a>(
    cursor: &mut Cursor<'a>,
    take: &mut dyn FnMut(&str, &mut Cursor<'a>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    if cursor.peek() != b'{' {
        return cursor.skip();
    }
    cursor.expect(b'{', "expected `{`")?;
    let mut first = true;
    while let Some(name) = cursor.member(&mut first)? {
        take(&name, cursor)?;
    }
    Ok(())
}

/// The text of a JSON value of any kind.
fn value<'a>(cursor: &mut Cursor<'a>) -> Result<&'a str, DecodeError> {
    let start = cursor.offset();
    cursor.skip()?;
    Ok(cursor.slice(start, cursor.offset()))
}

/// A string; nothing for a value of another kind.
fn text<'a>(cursor: &mut Cursor<'a>) -> Result<Option<Cow<'a, str>>, DecodeError> {
    if cursor.peek() == b'"' { cursor.string().map(Some) } else { cursor.skip().map(|()| None) }
}

/// The JSON of an object; nothing for a value of another kind.
fn object<'a>(cursor: &mut Cursor<'a>) -> Result<RawItem<'a>, DecodeError> {
    let json = value(cursor)?;
    Ok(json.starts_with('{').then_some(Ok(Cow::Borrowed(json))))
}

fn identity<'a>(cursor: &mut Cursor<'a>) -> Result<Option<(Cow<'a, str>, Cow<'a, str>)>, DecodeError> {
    let (mut identity_type, mut principal_id) = (None, None);
    members(cursor, &mut |name, cursor| {
        match name {
            // Lambda writes the names in lower case, the API's JSON in either.
            "type" | "Type" => identity_type = text(cursor)?,
            "principalId" | "PrincipalId" => principal_id = text(cursor)?,
            _ => cursor.skip()?,
        }
        Ok(())
    })?;
    let there = identity_type.is_some() || principal_id.is_some();
    Ok(there.then(|| (identity_type.unwrap_or_default(), principal_id.unwrap_or_default())))
}
