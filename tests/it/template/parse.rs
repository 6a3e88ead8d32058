//! Keys read back.

use proptest::prelude::*;
use tablewright::__private::{Cursor, KeyPart, KeyTemplate, Segment, SegmentSlot, WriteSegment, segment};
use tablewright::template::TemplateMode;

use super::generate::{Kind, Part, cases, shape_with_lists, text};

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn parsing_inverts_rendering((shape, lists) in shape_with_lists(1)) {
        let key = shape.key(&lists[0]);
        let parsed = shape.template.parse(&key).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let read: Result<Vec<_>, _> = parsed.iter().zip(&shape.kinds).map(|((_, text), kind)| kind.read(text)).collect();
        prop_assert_eq!(read.as_ref(), Ok(&lists[0]), "{}", key);
    }

    /// Text that is no key is refused, and text that is read is the key of what was read.
    #[test]
    fn what_is_read_is_written_so(
        (shape, lists) in shape_with_lists(1),
        at in any::<prop::sample::Index>(),
        change in prop_oneof![Just(String::new()), text()],
        removed in 0..3_usize,
    ) {
        let mut key: Vec<char> = shape.key(&lists[0]).chars().collect();
        let at = at.index(key.len());
        key.splice(at..(at + removed).min(key.len()), change.chars());
        let key = String::from_iter(key);
        let Ok(parsed) = shape.template.parse(&key) else { return Ok(()) };
        let read: Result<Vec<_>, _> = parsed.iter().zip(&shape.kinds).map(|((_, text), kind)| kind.read(text)).collect();
        if let Ok(parts) = read {
            prop_assert_eq!(shape.key(&parts), key);
        }
    }
}

const TEMPLATE: KeyTemplate = KeyTemplate::new(
    "ORDER#{year}#{name}",
    &[Segment::Literal("ORDER#"), segment::<u16>("year"), Segment::Literal("#"), segment::<String>("name")],
);

#[test]
fn a_key_that_is_of_no_template_says_where() {
    for (key, message) in [
        ("ODER#00001#a", "the key is not of the template `ORDER#{year}#{name}`: \"ORDER#\" is not where it should be"),
        ("ORDER#1#a", "the key is not of the template `ORDER#{year}#{name}`: no `year` is where it should be"),
        ("ORDER#00001#", "the key is not of the template `ORDER#{year}#{name}`: no `name` is where it should be"),
        ("ORDER#00001#a$", "the key is not of the template `ORDER#{year}#{name}`: no `name` is where it should be"),
        ("ORDER#00001#a#", "the key is not of the template `ORDER#{year}#{name}`: more text follows"),
        ("ORDER#é001#a", "the key is not of the template `ORDER#{year}#{name}`: no `year` is where it should be"),
        ("", "the key is not of the template `ORDER#{year}#{name}`: \"ORDER#\" is not where it should be"),
    ] {
        assert_eq!(TEMPLATE.parse(key).unwrap_err().to_string(), message, "{key}");
    }
}

fn read(json: &str, slots: &mut [(&'static str, &mut dyn SegmentSlot)]) -> Result<(), String> {
    let mut cursor = Cursor::new(json.as_bytes()).unwrap();
    cursor.template(&TEMPLATE, slots).map_err(|error| error.to_string())
}

#[test]
fn fields_come_back_from_the_key() {
    let (mut year, mut name) = (None::<u16>, None::<String>);
    read(r#"{"S":"ORDER#02026#a$cb"}"#, &mut [("year", &mut year), ("name", &mut name)]).unwrap();
    assert_eq!((year, name.as_deref()), (Some(2026), Some("a#b")));
    read(r#"{"S":"ORDER#02026#a$cb"}"#, &mut [("year", &mut year)]).unwrap();
    let refused = "the key is not of the template `ORDER#{year}#{name}`: no `year` is where it should be";
    assert_eq!(
        read(r#"{"S":"ORDER#02027#a"}"#, &mut [("year", &mut year)]),
        Err(format!("a value cannot be read: {refused} (the text is not how the value is written)"))
    );
    let message = read(r#"{"S":"ORDER#99999#a"}"#, &mut [("year", &mut None::<u16>)]).unwrap_err();
    assert!(message.ends_with("(the text is not the digits of an `u16`)"), "{message}");
    assert!(read(r#"{"N":"1"}"#, &mut []).unwrap_err().contains("expected type S, found type N"));
}

#[test]
fn a_missing_or_empty_part_is_an_error_that_names_it() {
    let render = |values: &[(&'static str, &dyn WriteSegment)]| {
        TEMPLATE.render(values, KeyPart::Sort).map_err(|error| error.to_string())
    };
    let refused = "field `name` cannot be a part of the key `ORDER#{year}#{name}`: ";
    assert_eq!(render(&[("year", &1_u16)]), Err(format!("{refused}it is missing")));
    assert_eq!(render(&[("year", &1_u16), ("name", &String::new())]), Err(format!("{refused}it is empty")));
    let optional = KeyTemplate::new("{name}", const { &[segment::<Option<String>>("name")] });
    assert!(optional.optional());
    assert_eq!(optional.render(&[("name", &None::<String>)], KeyPart::Sort), Ok(None));
    assert_eq!(optional.render(&[("name", &Some(String::from("a")))], KeyPart::Sort), Ok(Some("a".into())));
}

#[test]
fn values_are_not_in_messages() {
    let mut slot = None::<tablewright::EpochSeconds>;
    let error = slot.read(TemplateMode::Encoded, "secret").unwrap_err();
    assert!(!error.to_string().contains("secret"));
    let parsed = TEMPLATE.parse("ORDER#00001#secret").unwrap();
    assert!(!format!("{parsed:?}").contains("secret"));
    assert_eq!(Kind::Bool.read("1"), Ok(Part::Bool(true)));
}
