//! Raw templates: keys as other programs wrote them.

use proptest::prelude::*;
use proptest::sample::select;
use tablewright::__private::{
    KeyPart, KeyRange, KeyTemplate, PartOperator, RawFormat, Segment, SegmentSlot, WriteSegment, raw_segment,
};
use tablewright::template::{KeySegment, SegmentError, SegmentForm, SegmentText, TemplateMode};
use uuid::Uuid;

use super::generate::{cases, text};

/// Python's `datetime.isoformat()` of a moment in UTC: six digits of the second, and an offset.
#[derive(Debug, Clone, Copy, PartialEq)]
struct IsoMoment(jiff::Timestamp);

impl KeySegment for IsoMoment {
    const FORM: SegmentForm = SegmentForm::Text;

    fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        let utc = jiff::tz::Offset::UTC.to_datetime(self.0);
        out.push_str(&utc.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string());
        Ok(())
    }

    fn parse_segment(text: &str) -> Result<Self, SegmentError> {
        text.parse().map(Self).map_err(|_| SegmentError::expected("a moment such as 2023-03-29T14:57:01.964857+00:00"))
    }
}

const GROUP: KeyTemplate =
    KeyTemplate::raw("GRP#{user}", &[Segment::Literal("GRP#"), raw_segment::<Uuid>("user", RawFormat::Plain)]);
const AT: KeyTemplate = KeyTemplate::raw("{at}", &[raw_segment::<IsoMoment>("at", RawFormat::Plain)]);

fn key(template: &KeyTemplate, values: &[(&'static str, &dyn WriteSegment)]) -> Result<String, String> {
    match template.render(values, KeyPart::Sort) {
        Ok(key) => Ok(key.expect("no part is optional").into()),
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn the_keys_of_another_program() {
    let user: Uuid = "085ef82f-0000-4000-8000-000000000001".parse().unwrap();
    assert_eq!(key(&GROUP, &[("user", &user)]).unwrap(), "GRP#085ef82f-0000-4000-8000-000000000001");
    let text = "2023-03-29T14:57:01.964857+00:00";
    let at = IsoMoment(text.parse().unwrap());
    assert_eq!(key(&AT, &[("at", &at)]).unwrap(), text);
    let mut slot = None::<IsoMoment>;
    slot.read(TemplateMode::Raw, AT.parse(text).unwrap().get("at").unwrap()).unwrap();
    assert_eq!(slot, Some(at));
    // Other spellings of the moment are the keys of other items.
    for other in
        ["2023-03-29T14:57:01.964857Z", "2023-03-29T16:57:01.964857+02:00", "2023-03-29T14:57:01.9648570+00:00"]
    {
        assert!(None::<IsoMoment>.read(TemplateMode::Raw, other).is_err(), "{other}");
    }
    let year = String::from("2023");
    let range = AT.range_by(&[], KeyPart::Sort, "at", PartOperator::BeginsWith, &[&year]);
    assert!(range.unwrap() == KeyRange::BeginsWith("2023".into()));
}

#[test]
fn values_are_written_as_other_programs_write_them() {
    let raw = |segment: Segment| {
        KeyTemplate::raw("x-{v}.", vec![Segment::Literal("x-"), segment, Segment::Literal(".")].leak())
    };
    let plain = RawFormat::Plain;
    assert_eq!(key(&raw(raw_segment::<u64>("v", plain)), &[("v", &7_u64)]).unwrap(), "x-7.");
    assert_eq!(key(&raw(raw_segment::<i64>("v", plain)), &[("v", &-7_i64)]).unwrap(), "x--7.");
    assert_eq!(key(&raw(raw_segment::<bool>("v", plain)), &[("v", &true)]).unwrap(), "x-true.");
    let zeros = raw(raw_segment::<u64>("v", RawFormat::Zeros(5)));
    assert_eq!(key(&zeros, &[("v", &42_u64)]).unwrap(), "x-00042.");
    assert_eq!(zeros.parse("x-00042.").unwrap().get("v"), Some("42"));
    assert_eq!(zeros.parse("x-00000.").unwrap().get("v"), Some("0"));
    assert_eq!(
        key(&zeros, &[("v", &100_000_u64)]).unwrap_err(),
        "field `v` cannot be a part of the key `x-{v}.`: it is no number from 0 with at most 5 digits"
    );
    let name = String::from("Ünd");
    assert_eq!(key(&raw(raw_segment::<String>("v", RawFormat::Lower)), &[("v", &name)]).unwrap(), "x-ünd.");
    assert_eq!(key(&raw(raw_segment::<String>("v", RawFormat::Upper)), &[("v", &name)]).unwrap(), "x-ÜND.");
    assert!(raw(raw_segment::<String>("v", RawFormat::Upper)).parse("x-ünd.").is_err());
    assert_eq!(
        key(&raw(raw_segment::<String>("v", plain)), &[("v", &String::from("a.b"))]).unwrap_err(),
        "field `v` cannot be a part of the key `x-{v}.`: it has the text \".\" that comes after it in this raw template"
    );
}

const FIELDS: [&str; 3] = ["a", "b", "c"];

/// Texts, closed by literals of one or several characters.
fn template() -> impl Strategy<Value = KeyTemplate> {
    let literals = || select(&["#", "##", "-", "$", "a", "#a#", "é"][..]);
    (proptest::collection::vec(literals(), 3), any::<bool>(), any::<bool>()).prop_map(|(literals, first, last)| {
        let mut segments = Vec::new();
        if first {
            segments.push(Segment::Literal("A#"));
        }
        for (field, literal) in FIELDS.into_iter().zip(literals) {
            segments.push(raw_segment::<String>(field, RawFormat::Plain));
            segments.push(Segment::Literal(literal));
        }
        if !last {
            segments.pop();
        }
        KeyTemplate::raw("random", segments.leak())
    })
}

proptest! {
    #![proptest_config(cases())]

    /// A key that is written is read back as what it was written of: no two lists of parts give one key.
    #[test]
    fn rendering_fails_or_parses_back(template in template(), parts in [text(), text(), text()]) {
        let values: Vec<_> = FIELDS.into_iter().zip(parts.iter().map(|part| part as &dyn WriteSegment)).collect();
        let Ok(key) = key(&template, &values) else { return Ok(()) };
        let parsed = template.parse(&key).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let read: Vec<_> = parsed.iter().map(|(_, text)| text).collect();
        prop_assert_eq!(read, parts.iter().map(String::as_str).collect::<Vec<_>>(), "{}", key);
    }

    /// Conditions on the last part are those of plain text.
    #[test]
    fn the_last_part_has_every_operator(parts in [text(), text(), text()]) {
        let template = KeyTemplate::raw("A-{a}", const {
            &[Segment::Literal("A-"), raw_segment::<String>("a", RawFormat::Plain)]
        });
        let [value, key, _] = &parts;
        let range = |operator| template.range_by(&[], KeyPart::Sort, "a", operator, &[value]).unwrap();
        let key_text = format!("A-{key}");
        for (operator, expected) in [
            (PartOperator::Lt, key < value),
            (PartOperator::Le, key <= value),
            (PartOperator::Gt, key > value),
            (PartOperator::Ge, key >= value),
        ] {
            let KeyRange::Between(low, high) = range(operator) else { panic!("a range with both ends") };
            prop_assert_eq!(*low <= *key_text && *key_text <= *high, expected, "{:?}", operator);
        }
    }
}

#[test]
fn a_raw_text_before_the_last_part_has_no_order() {
    let template = KeyTemplate::raw(
        "{a}-{b}",
        const {
            &[
                raw_segment::<String>("a", RawFormat::Plain),
                Segment::Literal("-"),
                raw_segment::<String>("b", RawFormat::Plain),
            ]
        },
    );
    let value = String::from("x");
    let range = |operator| template.range_by(&[], KeyPart::Sort, "a", operator, &[&value]);
    assert!(range(PartOperator::Eq).unwrap() == KeyRange::BeginsWith("x-".into()));
    let Err(error) = range(PartOperator::Ge) else { panic!("there is no such range") };
    assert!(error.to_string().contains("a raw template has a range of its last part only"));
}
