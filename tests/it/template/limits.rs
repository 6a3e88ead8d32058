//! No key is longer than DynamoDB takes, and what would be is an error that names the field.

use proptest::prelude::*;
use tablewright::__private::{KeyPart, KeyTemplate, PartOperator, Segment, segment};
use tablewright::codec::EncodeProblem;
use tablewright::limit;

use super::generate::{cases, text};

const TEMPLATE: KeyTemplate = KeyTemplate::new(
    "A#{name}#{number}#{more}",
    &[
        Segment::Literal("A#"),
        segment::<String>("name"),
        Segment::Literal("#"),
        segment::<u64>("number"),
        Segment::Literal("#"),
        segment::<String>("more"),
    ],
);

fn long() -> impl Strategy<Value = String> {
    (text(), prop_oneof![1..20_usize, 100..800_usize]).prop_map(|(text, times)| text.repeat(times))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn sizes_never_exceed_the_limit(name in long(), more in long(), is_sort in any::<bool>()) {
        let (key, limit) = match is_sort {
            true => (KeyPart::Sort, limit::SORT_KEY_BYTES),
            false => (KeyPart::Partition, limit::PARTITION_KEY_BYTES),
        };
        let escaped = |text: &str| text.chars().map(|c| if c <= '$' { 2 } else { c.len_utf8() }).sum::<usize>();
        let length = "A###".len() - 1 + 1 + escaped(&name) + 20 + escaped(&more);
        match TEMPLATE.render(&[("name", &name), ("number", &7_u64), ("more", &more)], key) {
            Ok(text) => {
                prop_assert_eq!(text.unwrap().len(), length);
                prop_assert!(length <= limit);
            }
            Err(error) => {
                prop_assert_eq!(
                    error.problem(),
                    &EncodeProblem::KeyTemplateTooLong { template: TEMPLATE.text, bytes: length, limit }
                );
                prop_assert!(length > limit);
                let field = if escaped(&name) > escaped(&more) { "name" } else { "more" };
                prop_assert_eq!(error.path().to_string(), field);
            }
        }
        // A bound of a range is a key value as well.
        if let Ok(range) = TEMPLATE.range_by(&[], key, "name", PartOperator::Le, &[&name]) {
            let tablewright::__private::KeyRange::Between(low, high) = range else { panic!("a range with two ends") };
            prop_assert!(low.len() <= limit && high.len() <= limit);
        } else {
            prop_assert!(escaped(&name) + 3 > limit);
        }
    }
}

#[test]
fn the_error_names_the_longest_field() {
    let name = "x".repeat(2000);
    let error = TEMPLATE.render(&[("name", &name), ("number", &7_u64), ("more", &name)], KeyPart::Sort).unwrap_err();
    assert_eq!(
        error.to_string(),
        "field `more` makes the key `A#{name}#{number}#{more}` 4024 bytes long, and DynamoDB takes 1024"
    );
}
