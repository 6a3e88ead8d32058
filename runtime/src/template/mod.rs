//! Key templates: how the text of a key is made of fields, and read back.
//!
//! A key template is text with fields in braces, such as `"MSG#{group}"` or `"{created_at}#{message_id}"`. It stands where
//! a key is declared, for the table and for each index; an item's key attribute is the template with the values of its
//! fields. What is outside of the braces is a *literal*, what is inside is a *part*, and both are *segments*. A brace
//! itself is written twice: `{{` and `}}`.
//!
//! From a template follow the arguments of `key(…)` and `query(…)`, the conditions of queries, the check that two entities
//! never have one key, and the values of fields that are stored nowhere else (`key_only`).
//!
//! ```
//! use tablewright::prelude::*;
//!
//! /// An order of a customer.
//! #[derive(DynamoTable)]
//! #[dynamo(table = "orders", partition_key = "CUSTOMER#{customer}", sort_key = "{placed_at}#{id}")]
//! struct Order {
//!     #[dynamo(key_only)]
//!     customer: u32,
//!     placed_at: EpochSeconds,
//!     #[dynamo(key_only)]
//!     id: String,
//! }
//!
//! let order = Order { customer: 7, placed_at: EpochSeconds(1_700_000_000), id: "a#1".into() };
//! assert!(order.primary_key() == Order::key(7_u32, EpochSeconds(1_700_000_000), "a#1"));
//! let json = Dynamo::preview_item(&order)?;
//! assert!(json.contains(r#""pk":{"S":"CUSTOMER#0000000007"}"#), "{json}");
//! assert!(json.contains(r#""sk":{"S":"00000000001700000000#a$c1"}"#), "{json}");
//! # Ok::<(), tablewright::Error>(())
//! ```
//!
//! # What a key promises
//!
//! | promise | meaning |
//! |---|---|
//! | unambiguous | two different lists of parts never make one key, whatever characters they have |
//! | prefix-safe | what begins with some parts has these parts: `user 1` never finds the items of `user 10` |
//! | ordered | keys are ordered as their parts are, the first part first |
//! | readable | a key turns back into its parts, or into a [`KeyMismatch`] that says template and segment |
//! | within the limits | at most 2048 bytes in a partition key and 1024 in a sort key, and no part is empty: anything else is an error before a request is sent, and it names the field |
//!
//! The order is that of bytes in UTF-8, as DynamoDB has it: `Z` is before `a`, and `é` after both. Letters that look alike
//! and have different characters (`é` in one or in two) are different keys.
//!
//! # The text of each type
//!
//! | type | text | example |
//! |---|---|---|
//! | `u8`, `u16`, `u32`, `u64`, `u128` | all digits of the type: 3, 5, 10, 20, 39 | `42_u16` is `00042` |
//! | `i8` … `i128` | moved up by half of the range, then the same | `-1_i16` is `32767`, `0_i16` is `32768` |
//! | `usize`, `isize` | as `u64`, `i64` | |
//! | `bool` | `0` or `1` | |
//! | `String`, `Box<str>`, `Arc<str>`, `Cow<str>`, `&str`, `char` | itself, with escapes | `a#b` is `a$cb` |
//! | `uuid::Uuid` | 36 characters, in lower case | `085ef82f-…` |
//! | `jiff::Timestamp`, `time::OffsetDateTime`, `chrono::DateTime<Utc>` | in UTC, with 9 digits of the second, years 0000 to 9999 | `2026-11-20T09:30:00.500000000Z` |
//! | `jiff::civil::Date`, `time::Date`, `chrono::NaiveDate` | years 0000 to 9999 | `2026-11-20` |
//! | [`EpochSeconds`](crate::EpochSeconds) | as `u64` | |
//! | a newtype that derives `DynamoAttribute` | as its field | |
//! | an enum without data that derives `DynamoAttribute` | its stored name | `open` |
//! | the same with `#[dynamo(ordered)]` | its discriminant, or its place from 0, in 3 digits; in 5, 10 or 20 where a discriminant has more | `002` |
//!
//! Floats, decimals, [`Number`](crate::Number) and bytes have no text whose order is theirs, so they are no parts. Another
//! type becomes one through [`KeySegment`].
//!
//! # Separators and escapes
//!
//! `#` separates. A part of variable length, which is text, must be followed by `#` or end the template; parts of fixed
//! width can be followed by anything. In text, every character up to `$` (the control characters, the space, and
//! `! " # $`) becomes `$` and the character 0x40 higher: `#` is `$c`, and a space is `` $` ``. So no text has a separator,
//! and shorter text stays before longer text that begins with it. Literals are written as they are.
//!
//! ```
//! use tablewright::schema::{KeyTemplate, Segment};
//! use tablewright::__private::{KeyPart, segment};
//!
//! // What the derive makes of `sort_key = "{year}#{city}"`.
//! const VISIT: KeyTemplate = KeyTemplate::new(
//!     "{year}#{city}",
//!     &[segment::<u16>("year"), Segment::Literal("#"), segment::<String>("city")],
//! );
//! let city = String::from("St. Gallen");
//! let key = VISIT.render(&[("year", &2026_u16), ("city", &city)], KeyPart::Sort)?.expect("both have values");
//! assert_eq!(&*key, "02026#St.$`Gallen");
//! assert_eq!(VISIT.parse(&key).expect("a key of the template").get("city"), Some("St. Gallen"));
//! assert_eq!(
//!     VISIT.parse("2026#Bern").unwrap_err().to_string(),
//!     "the key is not of the template `{year}#{city}`: no `year` is where it should be"
//! );
//! # Ok::<(), tablewright::codec::EncodeError>(())
//! ```
//!
//! # Keys of other programs
//!
//! A template marked `raw`, as in `partition_key(template = "GRP#{user}", raw)`, writes what other programs wrote, so that
//! their items are read and written as they are. Text has no escapes, integers are their digits and booleans `true` and
//! `false`. A placeholder can have a format: `{id:05}` for zeros up to 5 digits, `{name:lower}` and `{name:upper}` for the
//! case. A part of variable length ends at the literal after it; a value that has that literal is an error, so that
//! different lists of parts still never make one key (but for the case that `:lower` and `:upper` take away). Parts that
//! are not the last one have no ranges unless their width is fixed, and the order is that of the text: `10` is before `9`.
//!
//! For a form that no type here has, implement [`KeySegment`] for a newtype. Python's `datetime.isoformat()`, for example:
//!
//! ```
//! # #[cfg(feature = "jiff")]
//! # {
//! use tablewright::template::{KeySegment, SegmentError, SegmentForm, SegmentText};
//!
//! /// A moment as Python writes it: `2023-03-29T14:57:01.964857+00:00`.
//! #[derive(Debug, Clone, Copy, PartialEq)]
//! struct IsoMoment(jiff::Timestamp);
//!
//! impl KeySegment for IsoMoment {
//!     const FORM: SegmentForm = SegmentForm::Text;
//!
//!     fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
//!         out.push_str(&self.0.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string());
//!         Ok(())
//!     }
//!
//!     fn parse_segment(text: &str) -> Result<Self, SegmentError> {
//!         text.parse().map(Self).map_err(|_| SegmentError::expected("a moment of Python"))
//!     }
//! }
//!
//! let moment = IsoMoment::parse_segment("2023-03-29T14:57:01.964857+00:00")?;
//! let mut text = SegmentText::default();
//! moment.write_segment(&mut text)?;
//! assert_eq!(text.as_str(), "2023-03-29T14:57:01.964857+00:00");
//! # }
//! # Ok::<(), tablewright::template::SegmentError>(())
//! ```
//!
//! A field that is stored in the key alone is read only from text that its value is written as: another spelling of the
//! value is the key of another item, and an error here.
//!
//! # Shards
//!
//! A partition key with `shard = 16` beside its template ends in one more part, the shard: `#` and two hexadecimal digits,
//! `DAY#2026-11-29#07`. [`shard`] calculates it, for the table's key from the text of the sort key, and for the key of an index
//! from the item's primary key: for each of its attributes the letter of its type, its length in bytes, a colon and its text
//! (numbers as [`Number`](crate::Number) writes them, binary in base64 without `=`), as `S17:DAY#2026-11-29#07N3:150`. So a key is known without a
//! read. What it is for is told by [`DynamoTable`](crate::DynamoTable).
//!
//! # Stability
//!
//! The text of a key is stored data. The forms above do not change in any release: what is a key stays one, and a type
//! that gets another form gets it under another name. A change of a template, of the type of a part, or of a width is
//! another key: items under the old one are not found under the new one and have to be moved.

mod bounds;
mod check;
mod codec;
mod derived;
mod error;
mod escape;
mod identify;
mod integer;
mod item;
mod operand;
mod parse;
mod primary;
mod range;
mod render;
mod segment;
mod shard;
mod text;
mod write;

pub use crate::schema::{KeyTemplate, RawFormat, Segment, SegmentClass, SegmentForm, SegmentSchema, TemplateMode};
#[doc(hidden)]
pub use check::{check_collection, check_entities, check_entity, check_indexes, check_table, check_template, disjoint};
pub(crate) use codec::SegmentCodec;
#[doc(hidden)]
pub use derived::{NamedVariant, SegmentNewtype, ordered_form, ordinal, variant};
pub use error::SegmentError;
pub(crate) use escape::{SEPARATOR, escape_from};
#[doc(hidden)]
pub use identify::Identity;
#[doc(hidden)]
pub use item::{operand, raw_segment, segment};
pub use operand::SegmentOperand;
pub use parse::{KeyMismatch, ParsedKey};
#[doc(hidden)]
pub use primary::PrimaryParts;
#[doc(hidden)]
pub use range::{KeyRange, PartOperator};
#[doc(hidden)]
pub use render::SegmentValues;
pub use segment::{KeySegment, SegmentText, TextSegment};
pub use shard::{MOST_SHARDS, shard};
pub(crate) use shard::{digits, table_shards};
#[doc(hidden)]
pub use write::{FieldPart, SegmentField, SegmentSlot, WriteSegment};
