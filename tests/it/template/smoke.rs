use tablewright::__private::{Identity, KeyPart, KeyRange, KeyTemplate, PartOperator, Segment, operand, segment};

const SORT: KeyTemplate = KeyTemplate::new(
    "ORDER#{year}#{name}",
    &[Segment::Literal("ORDER#"), segment::<u16>("year"), Segment::Literal("#"), segment::<Option<String>>("name")],
);

#[test]
fn smoke() {
    let name = "a#b";
    let text = SORT.render(&[("year", &7_u16), ("name", &operand::<String>(&name))], KeyPart::Sort).unwrap().unwrap();
    assert_eq!(&*text, "ORDER#00007#a$cb");
    assert_eq!(SORT.parse(&text).unwrap().get("name"), Some("a#b"));
    let range = SORT.range_by(&[], KeyPart::Sort, "year", PartOperator::Gt, &[&7_u16]).unwrap();
    assert!(range == KeyRange::Between("ORDER#00007$".into(), "ORDER$".into()));
    assert_eq!(Identity::Unknown, Identity::Unknown);
}
