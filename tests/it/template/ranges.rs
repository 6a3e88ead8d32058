//! Ranges of keys select exactly the values that the condition means.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tablewright::__private::{KeyPart, KeyRange, KeyTemplate, PartOperator, Segment, WriteSegment, segment};
use tablewright::limit;

use super::generate::{Kind, Part, Parts, Shape, cases, shape_with_lists};

fn selects(range: &KeyRange, key: &str) -> bool {
    let key = key.as_bytes();
    match range {
        KeyRange::All => true,
        KeyRange::Equal(text) => key == text.as_bytes(),
        KeyRange::BeginsWith(text) => key.starts_with(text.as_bytes()),
        KeyRange::Between(low, high) => low.as_bytes() <= key && key <= high.as_bytes(),
        KeyRange::AtLeast(text) => key >= text.as_bytes(),
        KeyRange::AtMost(text) => key <= text.as_bytes(),
        KeyRange::Above(text) => key > text.as_bytes(),
        KeyRange::Below(text) => key < text.as_bytes(),
    }
}

/// DynamoDB refuses bounds that are empty, too long, or the wrong way round.
fn is_legal(range: &KeyRange) -> bool {
    let sized = |text: &str| (1..=limit::SORT_KEY_BYTES).contains(&text.len());
    match range {
        KeyRange::All => true,
        KeyRange::Between(low, high) => sized(low) && sized(high) && low.as_bytes() <= high.as_bytes(),
        KeyRange::Equal(text)
        | KeyRange::BeginsWith(text)
        | KeyRange::AtLeast(text)
        | KeyRange::AtMost(text)
        | KeyRange::Above(text)
        | KeyRange::Below(text) => sized(text),
    }
}

const OPERATORS: [PartOperator; 7] = [
    PartOperator::Eq,
    PartOperator::Lt,
    PartOperator::Le,
    PartOperator::Gt,
    PartOperator::Ge,
    PartOperator::Between,
    PartOperator::BeginsWith,
];

fn text_of(part: &Part) -> Option<&str> {
    match part {
        Part::Text(text) => Some(text),
        Part::Newtype(name) => Some(&name.0),
        _ => None,
    }
}

fn meets(part: &Part, operator: PartOperator, low: &Part, high: &Part) -> bool {
    match operator {
        PartOperator::Eq => part == low,
        PartOperator::Lt => part < low,
        PartOperator::Le => part <= low,
        PartOperator::Gt => part > low,
        PartOperator::Ge => part >= low,
        PartOperator::Between => low <= part && part <= high,
        PartOperator::BeginsWith => text_of(part).zip(text_of(low)).is_some_and(|(text, low)| text.starts_with(low)),
    }
}

fn chosen(shape: &Shape, lists: &[Parts], is: impl Fn(&Parts) -> bool) -> BTreeSet<String> {
    lists.iter().filter(|parts| is(parts)).map(|parts| shape.key(parts)).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_range_selects_the_values_in_it(
        (shape, lists) in shape_with_lists(10),
        place in any::<prop::sample::Index>(),
        operator in prop::sample::select(&OPERATORS[..]),
    ) {
        let place = place.index(shape.kinds.len());
        let is_text = matches!(shape.kinds[place], Kind::Text | Kind::Newtype);
        let operator = if is_text || operator != PartOperator::BeginsWith { operator } else { PartOperator::Between };
        let (base, low, high) = (&lists[0], &lists[1][place], &lists[2][place]);
        let (fixed, field) = (&base[..place], shape.field(place));
        let operands: &[&dyn WriteSegment] = if operator == PartOperator::Between { &[low, high] } else { &[low] };
        let range = shape
            .template
            .range_by(&shape.values(fixed), KeyPart::Sort, field, operator, operands)
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert!(is_legal(&range) || low > high);
        let expected = chosen(&shape, &lists, |parts| {
            parts[..place] == *fixed && meets(&parts[place], operator, low, high)
        });
        let keys = lists.iter().map(|parts| shape.key(parts));
        let found: BTreeSet<_> = keys.filter(|key| selects(&range, key)).collect();
        prop_assert_eq!(found, expected, "{:?} {:?} of {:?}", operator, operands_of(operator, low, high), fixed);
    }

    /// The first parts select the keys that begin with them and no other, whatever the other values look like.
    #[test]
    fn a_prefix_selects_its_own_items((shape, lists) in shape_with_lists(6), fixed in 0..=4_usize) {
        let fixed = &lists[0][..fixed.min(shape.kinds.len())];
        let values = shape.values(fixed);
        let range = shape.template.range_of(&values, KeyPart::Sort).unwrap();
        prop_assert!(is_legal(&range));
        let expected = chosen(&shape, &lists, |parts| parts.starts_with(fixed));
        let keys: Vec<_> = lists.iter().map(|parts| shape.key(parts)).collect();
        let found: BTreeSet<_> = keys.iter().filter(|key| selects(&range, key)).cloned().collect();
        prop_assert_eq!(&found, &expected);
        let Some(last) = fixed.len().checked_sub(1).map(|last| shape.field(last)) else { return Ok(()) };
        let collection = shape.template.collection_of(&values, KeyPart::Sort, last).unwrap();
        prop_assert!(is_legal(&collection));
        let all: BTreeSet<_> = keys.into_iter().filter(|key| selects(&collection, key)).collect();
        prop_assert_eq!(all, expected);
    }
}

/// The collection of an order is the order and what is under it, whatever entity that is, and no order that begins alike.
#[test]
fn a_collection_has_the_items_of_other_entities_with_the_same_parts() {
    let name = String::from("b#");
    let values: [(&str, &dyn WriteSegment); 2] = [("year", &7_u16), ("name", &name)];
    let collection = ORDER.collection_of(&values, KeyPart::Sort, "name").unwrap();
    for inside in ["ORDER#00007#b$c", "ORDER#00007#b$c#", "ORDER#00007#b$c#LINE#1"] {
        assert!(selects(&collection, inside), "{inside}");
    }
    for outside in ["ORDER#00007#b", "ORDER#00007#b$cc", "ORDER#00007#b$d", "ORDER#00007#b$c$c", "ORDER#00008#b$c"] {
        assert!(!selects(&collection, outside), "{outside}");
    }
    let year = ORDER.collection_of(&values, KeyPart::Sort, "year").unwrap();
    assert!(
        selects(&year, "ORDER#00007") && selects(&year, "ORDER#00007#b$c#LINE#1") && !selects(&year, "ORDER#00008")
    );
}

fn operands_of<'p>(operator: PartOperator, low: &'p Part, high: &'p Part) -> Vec<&'p Part> {
    if operator == PartOperator::Between { vec![low, high] } else { vec![low] }
}

const ORDER: KeyTemplate = KeyTemplate::new(
    "ORDER#{year}#{name}",
    &[Segment::Literal("ORDER#"), segment::<u16>("year"), Segment::Literal("#"), segment::<String>("name")],
);

fn by(field: &'static str, operator: PartOperator, value: &dyn WriteSegment) -> KeyRange {
    ORDER.range_by(&[("year", &7_u16)], KeyPart::Sort, field, operator, &[value]).unwrap()
}

fn between(low: &str, high: &str) -> KeyRange {
    KeyRange::Between(low.into(), high.into())
}

#[test]
fn the_bounds_as_they_are_sent() {
    use PartOperator::{Eq, Ge, Gt, Le, Lt};
    assert!(by("year", Eq, &8_u16) == KeyRange::BeginsWith("ORDER#00008#".into()));
    assert!(by("year", Ge, &8_u16) == between("ORDER#00008", "ORDER$"));
    assert!(by("year", Gt, &8_u16) == between("ORDER#00008$", "ORDER$"));
    assert!(by("year", Le, &8_u16) == between("ORDER#", "ORDER#00008$"));
    assert!(by("year", Lt, &8_u16) == between("ORDER#", "ORDER#00008"));
    let name = String::from("b");
    assert!(by("name", Eq, &name) == KeyRange::Equal("ORDER#00007#b".into()));
    assert!(by("name", Gt, &name) == between("ORDER#00007#b\0", "ORDER#00007$"));
    assert!(by("name", Le, &name) == between("ORDER#00007#", "ORDER#00007#b"));
    assert!(ORDER.range_of(&[], KeyPart::Sort).unwrap() == KeyRange::BeginsWith("ORDER#".into()));
    let KeyRange::Between(low, high) = by("name", Lt, &name) else { panic!("a range with both ends") };
    assert_eq!((&*low, high.len()), ("ORDER#00007#", limit::SORT_KEY_BYTES));
}

/// The greatest and the longest keys below a text, and the least above it.
#[test]
fn nothing_is_left_out_at_the_ends() {
    use PartOperator::{Gt, Lt};
    for (value, below) in [("b", 'a'), ("é", 'è'), ("\u{e000}", '\u{d7ff}'), ("\u{80}", '\u{7f}'), ("a%", '$')] {
        let mut text = format!("ORDER#00007#{value}");
        text.pop();
        text.push(below);
        for filler in ['\u{10ffff}', '\u{ffff}', '\u{7ff}', '\u{7f}', 'a'] {
            let mut key = text.clone();
            while key.len() + '\u{10ffff}'.len_utf8() <= limit::SORT_KEY_BYTES {
                key.push('\u{10ffff}');
            }
            while key.len() + filler.len_utf8() <= limit::SORT_KEY_BYTES {
                key.push(filler);
            }
            assert!(selects(&by("name", Lt, &value.to_owned()), &key), "{value} {filler}");
        }
        assert!(!selects(&by("name", Lt, &value.to_owned()), &format!("ORDER#00007#{value}")));
    }
    let longest = "b".repeat(limit::SORT_KEY_BYTES - "ORDER#00007#".len());
    let range = by("name", Gt, &longest);
    assert!(is_legal(&range));
    assert!(!selects(&range, &format!("ORDER#00007#{longest}")));
    assert!(selects(&range, "ORDER#00007#c"));
}
