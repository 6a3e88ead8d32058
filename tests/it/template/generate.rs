//! Random templates, and random values of their parts.

use proptest::prelude::*;
use proptest::sample::select;
use tablewright::__private::{
    KeyPart, KeyTemplate, Segment, SegmentError, SegmentSlot, SegmentText, WriteSegment, segment,
};
use tablewright::DynamoAttribute;
use tablewright::template::TemplateMode;
use uuid::Uuid;

/// Cases of each property in each run.
pub(super) fn cases() -> ProptestConfig {
    ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() }
}

#[derive(DynamoAttribute, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[dynamo(ordered)]
pub(super) enum Rank {
    Zulu,
    Alpha = 7,
    Mike = 70,
    Bravo,
}

#[derive(DynamoAttribute, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name(pub(super) String);

macro_rules! parts {
    ($($kind:ident($ty:ty) = $strategy:expr;)*) => {
        /// A value of a part.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Part {
            $($kind($ty),)*
        }

        /// The type of a part.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Kind {
            $($kind,)*
        }

        pub(super) const KINDS: &[Kind] = &[$(Kind::$kind,)*];

        impl Kind {
            pub(super) fn segment(self, field: &'static str) -> Segment {
                match self {
                    $(Self::$kind => segment::<$ty>(field),)*
                }
            }

            pub(super) fn value(self) -> BoxedStrategy<Part> {
                match self {
                    $(Self::$kind => ($strategy).prop_map(Part::$kind).boxed(),)*
                }
            }

            /// Reads a part's plain text.
            pub(super) fn read(self, text: &str) -> Result<Part, SegmentError> {
                match self {
                    $(Self::$kind => {
                        let mut slot: Option<$ty> = None;
                        slot.read(TemplateMode::Encoded, text)?;
                        Ok(Part::$kind(slot.expect("it was filled")))
                    })*
                }
            }
        }

        impl WriteSegment for Part {
            fn write(&self, mode: TemplateMode, out: &mut SegmentText) -> Result<bool, SegmentError> {
                match self {
                    $(Self::$kind(value) => value.write(mode, out),)*
                }
            }
        }
    };
}

parts! {
    Text(String) = text();
    Newtype(Name) = text().prop_map(Name);
    Char(char) = select(ALPHABET);
    U8(u8) = any::<u8>();
    U16(u16) = prop_oneof![any::<u16>(), 0..12_u16];
    U32(u32) = any::<u32>();
    U64(u64) = prop_oneof![any::<u64>(), 0..120_u64];
    Usize(usize) = any::<usize>();
    U128(u128) = any::<u128>();
    I8(i8) = any::<i8>();
    I16(i16) = any::<i16>();
    I32(i32) = any::<i32>();
    I64(i64) = prop_oneof![any::<i64>(), -12..12_i64];
    Isize(isize) = any::<isize>();
    I128(i128) = any::<i128>();
    Bool(bool) = any::<bool>();
    Rank(Rank) = select(&[Rank::Zulu, Rank::Alpha, Rank::Mike, Rank::Bravo][..]);
    Uuid(Uuid) = any::<[u8; 16]>().prop_map(Uuid::from_bytes);
    Moment(jiff::Timestamp) = moment();
    Seconds(tablewright::EpochSeconds) = any::<u64>().prop_map(tablewright::EpochSeconds);
}

/// Separators, escapes and what escapes become, the ends of UTF-8's lengths, and some letters.
const ALPHABET: &[char] = &[
    '\0',
    ' ',
    '!',
    '"',
    '#',
    '$',
    '%',
    '&',
    '-',
    '0',
    '9',
    '@',
    'A',
    'a',
    'b',
    'c',
    'd',
    'e',
    '~',
    '\u{7f}',
    '\u{80}',
    'é',
    '\u{7ff}',
    '\u{800}',
    '\u{d7ff}',
    '\u{e000}',
    '\u{ffff}',
    '\u{10000}',
    '😀',
    '\u{10ffff}',
];

pub(super) fn text() -> impl Strategy<Value = String> {
    let few = proptest::collection::vec(select(&['#', '$', 'c', 'a'][..]), 1..4);
    let many = proptest::collection::vec(select(ALPHABET), 1..4);
    prop_oneof![few, many].prop_map(String::from_iter)
}

/// A moment of the years 0000 to 9999.
pub(super) fn moment() -> impl Strategy<Value = jiff::Timestamp> {
    (-62_167_219_200..253_402_300_800_i64, prop_oneof![Just(0), 0..1_000_000_000_i32])
        .prop_map(|(second, nanosecond)| jiff::Timestamp::new(second, nanosecond).expect("a moment"))
}

const FIELDS: [&str; 4] = ["first", "second", "third", "fourth"];

/// A template of which keys can be read back.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub(super) template: KeyTemplate,
    pub(super) kinds: Vec<Kind>,
}

/// A list of values, one for each part.
pub(super) type Parts = Vec<Part>;

impl Shape {
    /// Fields and values of the first parts of a list.
    pub(super) fn values<'p>(&self, parts: &'p [Part]) -> Vec<(&'static str, &'p dyn WriteSegment)> {
        FIELDS.into_iter().zip(parts.iter().map(|part| part as &dyn WriteSegment)).collect()
    }

    pub(super) fn key(&self, parts: &[Part]) -> String {
        let key = self.template.render(&self.values(parts), KeyPart::Sort);
        key.expect("a key").expect("no part is optional").into()
    }

    pub(super) fn field(&self, place: usize) -> &'static str {
        FIELDS[place]
    }

    /// Values of all parts.
    pub(super) fn parts(&self) -> BoxedStrategy<Parts> {
        self.kinds.iter().map(|kind| kind.value()).collect::<Vec<_>>().boxed()
    }
}

/// Text is closed by the separator or the end; other parts by anything.
fn shape() -> impl Strategy<Value = Shape> {
    let literal = select(&["", "", "ORDER#", "A", "#", "é", "$", "x y#"][..]);
    let part = (select(KINDS), any::<prop::sample::Index>());
    (literal, proptest::collection::vec(part, 1..=4), any::<bool>()).prop_map(|(literal, parts, closed)| {
        let mut segments = vec![literal];
        let mut kinds = Vec::new();
        let last = parts.len() - 1;
        for (place, (kind, closer)) in parts.into_iter().enumerate() {
            let fixed: &[&str] = &["#", "#", "", "-", "#B#", "$", "\u{10ffff}"];
            let text: &[&str] = &["#", "#", "#B#", "#x", "##"];
            let is_text = matches!(kind, Kind::Text | Kind::Newtype | Kind::Char);
            let closers = if is_text { text } else { fixed };
            kinds.push(kind);
            segments.push(if place == last && !closed { "" } else { *closer.get(closers) });
        }
        let mut template = vec![Segment::Literal(segments[0])];
        for ((kind, field), literal) in kinds.iter().zip(FIELDS).zip(&segments[1..]) {
            template.push(kind.segment(field));
            template.push(Segment::Literal(literal));
        }
        template.retain(|segment| *segment != Segment::Literal(""));
        Shape { template: KeyTemplate::new("random", template.leak()), kinds }
    })
}

/// A template, and so many lists of values.
pub(super) fn shape_with_lists(lists: usize) -> impl Strategy<Value = (Shape, Vec<Parts>)> {
    shape().prop_flat_map(move |shape| {
        let lists = proptest::collection::vec(shape.parts(), lists);
        // Lists with a common beginning meet more often.
        let mixed = (lists, any::<[prop::sample::Index; 2]>()).prop_map(|(mut lists, [list, common])| {
            let (from, common) = (list.get(&lists).clone(), common.index(4));
            for list in lists.iter_mut().step_by(2) {
                list.iter_mut().zip(&from).take(common).for_each(|(part, other)| *part = other.clone());
            }
            lists
        });
        (Just(shape), mixed)
    })
}
