//! What a sequence is made of.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::store::{Entry, Place};

#[derive(Debug, Clone)]
pub(super) enum Op {
    Write(Write),
    Read(Read),
}

#[derive(Debug, Clone)]
pub(super) enum Write {
    Create(Entry),
    CreateOrStored(Entry),
    Put(Entry),
    PutReturningOld(Entry),
    /// Puts if the stored score is this one.
    PutIf(Entry, u64),
    SetScore(Place, u64),
    /// Sets the text and gives the old item.
    SetText(Place, String),
    Add(Place, u64),
    RemoveColor(Place),
    /// Makes the item if it is not there.
    Upsert(Place, u64, String),
    Delete(Place),
    DeleteReturningOld(Place),
    /// Deletes if the stored score is less than this one.
    DeleteIf(Place, u64),
    Batch(Vec<Step>),
    BatchStream(Vec<Step>),
    Transaction(Vec<Action>),
    Rekey(Place, Place),
}

/// An item that is put, or a place that is deleted.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Put(Entry),
    Delete(Place),
}

#[derive(Debug, Clone)]
pub(super) enum Action {
    Create(Entry),
    Put(Entry),
    Add(Place, u64),
    Delete(Place),
    CheckExists(Place),
    CheckAbsent(Place),
    CheckScore(Place, u64),
}

#[derive(Debug, Clone)]
pub(super) enum Read {
    Get(Place, bool),
    Query(Query, How),
    /// Items of a color in the order of their scores.
    Index(String, Range<u64>, bool),
    Scan {
        page_size: Option<u32>,
        at_least: Option<u64>,
        segments: Option<u32>,
    },
    Batch(Vec<Place>),
    Transaction(Vec<Place>),
}

#[derive(Debug, Clone)]
pub(super) struct Query {
    pub(super) group: u64,
    pub(super) range: Range<i64>,
    pub(super) descending: bool,
    pub(super) at_least: Option<u64>,
    pub(super) take: Option<usize>,
    pub(super) page_size: Option<u32>,
}

#[derive(Debug, Clone)]
pub(super) enum Range<T> {
    All,
    Eq(T),
    Lt(T),
    Le(T),
    Gt(T),
    Ge(T),
    Between(T, T),
}

/// How a query is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum How {
    Await,
    Stream,
    Pages,
    /// Page by page, with the cursor of each in the next request.
    Cursors,
    Count,
    First,
}

impl<T: PartialOrd> Range<T> {
    pub(super) fn holds(&self, value: &T) -> bool {
        match self {
            Self::All => true,
            Self::Eq(other) => value == other,
            Self::Lt(end) => value < end,
            Self::Le(end) => value <= end,
            Self::Gt(start) => value > start,
            Self::Ge(start) => value >= start,
            Self::Between(low, high) => low <= value && value <= high,
        }
    }
}

impl Action {
    pub(super) fn place(&self) -> Place {
        match self {
            Self::Create(entry) | Self::Put(entry) => entry.place(),
            Self::Add(place, _)
            | Self::Delete(place)
            | Self::CheckExists(place)
            | Self::CheckAbsent(place)
            | Self::CheckScore(place, _) => *place,
        }
    }
}

/// Few keys, so that operations meet.
fn place() -> impl Strategy<Value = Place> + Clone {
    (0..3_u64, -4..5_i64)
}

fn color() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["red", "green"]).prop_map(str::to_owned)
}

fn score() -> std::ops::Range<u64> {
    0..6
}

fn text() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "a", "\"quoted\" \\ and \u{1f980}", "line\nbreak"]).prop_map(str::to_owned)
}

fn entry() -> impl Strategy<Value = Entry> {
    let parts = (place(), option::of(color()), score(), text());
    parts.prop_map(|((group, at), color, score, text)| Entry { group, at, color, score, text })
}

fn range<T: Copy + PartialOrd + std::fmt::Debug + 'static>(
    value: impl Strategy<Value = T> + Clone + 'static,
) -> impl Strategy<Value = Range<T>> {
    (0..7_u8, value.clone(), value).prop_map(|(kind, one, other)| match kind {
        0 => Range::All,
        1 => Range::Eq(one),
        2 => Range::Lt(one),
        3 => Range::Le(one),
        4 => Range::Gt(one),
        5 => Range::Ge(one),
        _ => Range::Between(if one < other { one } else { other }, if one < other { other } else { one }),
    })
}

fn write() -> impl Strategy<Value = Write> {
    let step = || prop_oneof![2 => entry().prop_map(Step::Put), 1 => place().prop_map(Step::Delete)];
    let action = prop_oneof![
        entry().prop_map(Action::Create),
        entry().prop_map(Action::Put),
        (place(), score()).prop_map(|(place, by)| Action::Add(place, by)),
        place().prop_map(Action::Delete),
        place().prop_map(Action::CheckExists),
        place().prop_map(Action::CheckAbsent),
        (place(), score()).prop_map(|(place, score)| Action::CheckScore(place, score)),
    ];
    prop_oneof![
        1 => entry().prop_map(Write::Create),
        1 => entry().prop_map(Write::CreateOrStored),
        4 => entry().prop_map(Write::Put),
        1 => entry().prop_map(Write::PutReturningOld),
        1 => (entry(), score()).prop_map(|(entry, score)| Write::PutIf(entry, score)),
        1 => (place(), score()).prop_map(|(place, score)| Write::SetScore(place, score)),
        1 => (place(), text()).prop_map(|(place, text)| Write::SetText(place, text)),
        1 => (place(), score()).prop_map(|(place, by)| Write::Add(place, by)),
        1 => place().prop_map(Write::RemoveColor),
        1 => (place(), score(), text()).prop_map(|(place, by, text)| Write::Upsert(place, by, text)),
        1 => place().prop_map(Write::Delete),
        1 => place().prop_map(Write::DeleteReturningOld),
        1 => (place(), score()).prop_map(|(place, score)| Write::DeleteIf(place, score)),
        1 => vec(step(), 1..30).prop_map(Write::Batch),
        1 => vec(step(), 1..60).prop_map(Write::BatchStream),
        3 => vec(action, 1..6).prop_map(Write::Transaction),
        2 => (place(), place()).prop_map(|(from, to)| Write::Rekey(from, to)),
    ]
}

fn read() -> impl Strategy<Value = Read> {
    let how = prop::sample::select(vec![How::Await, How::Stream, How::Pages, How::Cursors, How::Count, How::First]);
    let query =
        (0..3_u64, range(-5..6_i64), any::<bool>(), option::of(score()), option::of(1..6_usize), option::of(1..4_u32))
            .prop_map(|(group, range, descending, at_least, take, page_size)| Query {
                group,
                range,
                descending,
                at_least,
                take,
                page_size,
            });
    prop_oneof![
        1 => (place(), any::<bool>()).prop_map(|(place, consistent)| Read::Get(place, consistent)),
        4 => (query, how).prop_map(|(query, how)| Read::Query(query, how)),
        2 => (color(), range(score()), any::<bool>()).prop_map(|(color, range, descending)| Read::Index(color, range, descending)),
        1 => (option::of(1..5_u32), option::of(score()), option::of(1..4_u32))
            .prop_map(|(page_size, at_least, segments)| Read::Scan { page_size, at_least, segments }),
        1 => vec(place(), 1..12).prop_map(Read::Batch),
        1 => vec(place(), 1..6).prop_map(Read::Transaction),
    ]
}

pub(super) fn operation() -> impl Strategy<Value = Op> {
    prop_oneof![3 => write().prop_map(Op::Write), 2 => read().prop_map(Op::Read)]
}
