//! Which items have keys of one shape: as many components, and the same labels among them.
//!
//! A component is what stands between separators, and a label is one that tells types of items apart, like `USER` in
//! `USER#7`. What is a label is a guess, which the runtime's own reading and writing of keys confirms later.

use std::collections::{BTreeMap, BTreeSet};

use crate::structs::described::{Key, KeyKind, Table};
use crate::structs::items::{Attributes, string};
use crate::structs::tag::is_candidate;

/// As many labels as may differ at one place before they are taken for values.
const LABELS: usize = 4;
/// The same for the first component, which has a better reason to be one.
const FIRST_LABELS: usize = 20;
/// As many shapes as a table may have.
const SHAPES: usize = 24;

const SEPARATORS: [char; 4] = ['#', '|', '/', ':'];

/// The components of one key, each with its label if it is one.
pub(super) type Side = Vec<Option<String>>;

/// The keys of an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shape {
    pub(super) partition: Side,
    /// Nothing where the table has no sort key, or one that is no text.
    pub(super) sort: Option<Side>,
}

/// What separates components.
#[derive(Debug, Clone, Copy)]
pub(super) struct Separators {
    pub(super) partition: char,
    pub(super) sort: char,
}

/// The places of the items of each shape, if the keys tell anything.
///
/// # Errors
/// Why they tell nothing.
pub(super) fn shapes(
    table: &Table,
    items: &[Attributes],
) -> Result<(Separators, BTreeMap<Shape, Vec<usize>>), Option<String>> {
    if table.partition_key.of != KeyKind::Text {
        return Err(None);
    }
    let sort_key = table.sort_key.as_ref().filter(|key| key.of == KeyKind::Text);
    let texts = |key: &Key| items.iter().map(|item| string(item.get(&key.name))).collect::<Option<Vec<_>>>();
    let without_key = || Some("some items lack a key attribute of the table".to_owned());
    let partitions = texts(&table.partition_key).ok_or_else(without_key)?;
    let sorts = sort_key.map(|key| texts(key).ok_or_else(without_key)).transpose()?;
    let separators =
        Separators { partition: separator(&partitions), sort: separator(sorts.as_deref().unwrap_or_default()) };
    let mut shapes: Vec<Shape> = items
        .iter()
        .enumerate()
        .map(|(place, item)| Shape {
            partition: side(partitions.get(place).copied().unwrap_or_default(), separators.partition, item, table),
            sort: sorts
                .as_ref()
                .and_then(|sorts| sorts.get(place))
                .map(|text| side(text, separators.sort, item, table)),
        })
        .collect();
    demote(&mut shapes);
    collapse(&mut shapes);
    let mut groups: BTreeMap<Shape, Vec<usize>> = BTreeMap::new();
    for (place, shape) in shapes.into_iter().enumerate() {
        groups.entry(shape).or_default().push(place);
    }
    let labelled = groups.keys().any(|shape| shape.sides().flatten().any(Option::is_some));
    if !labelled {
        return Err(None);
    }
    if groups.len() > SHAPES {
        return Err(Some(format!("the keys of the sample have {} different shapes", groups.len())));
    }
    Ok((separators, groups))
}

impl Shape {
    fn sides(&self) -> impl Iterator<Item = &Side> {
        core::iter::once(&self.partition).chain(&self.sort)
    }

    fn side_mut(&mut self, sort: bool) -> Option<&mut Side> {
        if sort { self.sort.as_mut() } else { Some(&mut self.partition) }
    }

    fn side(&self, sort: bool) -> Option<&Side> {
        if sort { self.sort.as_ref() } else { Some(&self.partition) }
    }
}

/// What separates the components of most of these keys.
pub(super) fn separator(texts: &[&str]) -> char {
    let labelled = |separator: char| {
        let first = |text: &&&str| text.split_once(separator).is_some_and(|(first, _)| is_word(first));
        texts.iter().filter(first).count() * 2 >= texts.len().max(1)
    };
    let is_used = |separator: &char| match separator {
        '#' => texts.iter().any(|text| text.contains('#')),
        other => labelled(*other),
    };
    SEPARATORS.into_iter().find(is_used).unwrap_or('#')
}

fn side(text: &str, separator: char, item: &Attributes, table: &Table) -> Side {
    let components: Vec<&str> = text.split(separator).collect();
    components
        .iter()
        .enumerate()
        .map(|(place, component)| {
            let looks = if place == 0 && components.len() > 1 { is_word(component) } else { is_shouted(component) };
            (looks && !is_value(component, item, table)).then(|| (*component).to_owned())
        })
        .collect()
}

/// True if an attribute of the item holds the same text, so that it is a value that the key repeats.
fn is_value(text: &str, item: &Attributes, table: &Table) -> bool {
    item.iter().any(|(name, value)| {
        let own = table.is_key(name) || table.index_key(name).is_some() || is_candidate(name);
        !own && string(Some(value)) == Some(text)
    })
}

/// A name, as the first component of a key may be: `USER`, `user`, `$app`, `tasks_1`.
fn is_word(text: &str) -> bool {
    let mut characters = text.chars();
    let starts = characters.next().is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, '$' | '_' | '@'));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    starts
        && characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '$' | '_' | '-' | '.' | '@'))
        && text.len() <= 40
        && digits <= 2
}

/// A word in capitals, as a label anywhere else is: `PROFILE`.
fn is_shouted(text: &str) -> bool {
    let letters = text.chars().filter(char::is_ascii_uppercase).count();
    letters >= 2 && text.chars().all(|c| c.is_ascii_uppercase() || matches!(c, '_' | '-'))
}

/// Takes labels for values where there are too many of them at one place.
fn demote(shapes: &mut [Shape]) {
    for sort in [false, true] {
        let longest = shapes.iter().filter_map(|shape| shape.side(sort)).map(Vec::len).max().unwrap_or_default();
        for place in 0..longest {
            let mut found: BTreeMap<Shape, BTreeSet<String>> = BTreeMap::new();
            for shape in shapes.iter() {
                if let Some((others, Some(label))) = without(shape, sort, place) {
                    found.entry(others).or_default().insert(label);
                }
            }
            for shape in shapes.iter_mut() {
                let Some((others, Some(_))) = without(shape, sort, place) else { continue };
                let several = shape.side(sort).is_some_and(|side| side.len() > 1);
                let most = if place == 0 && several { FIRST_LABELS } else { LABELS };
                if found.get(&others).is_some_and(|labels| labels.len() > most) {
                    *shape = others;
                }
            }
        }
    }
}

/// The shape without the label at that place, and the label.
fn without(shape: &Shape, sort: bool, place: usize) -> Option<(Shape, Option<String>)> {
    let mut others = shape.clone();
    let label = others.side_mut(sort)?.get_mut(place)?.take();
    Some((others, label))
}

/// Takes a key without labels for one value where the number of its components varies: it is text of users.
fn collapse(shapes: &mut [Shape]) {
    for sort in [false, true] {
        let mut lengths: BTreeMap<Side, BTreeSet<usize>> = BTreeMap::new();
        let plain = |shape: &Shape| shape.side(sort).filter(|side| side.iter().all(Option::is_none)).map(Vec::len);
        let other = |shape: &Shape| shape.side(!sort).cloned().unwrap_or_default();
        for shape in shapes.iter() {
            lengths.entry(other(shape)).or_default().extend(plain(shape));
        }
        for shape in shapes.iter_mut() {
            let varies = plain(shape).is_some() && lengths.get(&other(shape)).is_some_and(|lengths| lengths.len() > 1);
            if varies {
                shape.side_mut(sort).into_iter().for_each(|side| *side = vec![None]);
            }
        }
    }
}
