#[allow(dead_code, deprecated, non_snake_case, private_bounds, private_interfaces)]
const _: () = {
    use ::tablewright::__private as __rt;
    #[automatically_derived]
    impl __rt::NamedVariant for Color {
        const NAMES: &'static [&'static __rt::str] = &["red", "dark_red"];
        fn name(&self) -> &'static __rt::str {
            match self {
                Self::Red => "red",
                Self::DarkRed => "dark_red",
            }
        }
        fn named(__n: &__rt::str) -> __rt::Option<Self> {
            match __n {
                "red" => __rt::Some(Self::Red),
                "dark_red" => __rt::Some(Self::DarkRed),
                _ => __rt::None,
            }
        }
    }
    #[automatically_derived]
    impl __rt::ToAttribute for Color {
        type Kind = __rt::kind::S;
        type ListKind = __rt::kind::L;
        fn encode(&self, __o: &mut __rt::Encoder) {
            __o.string(__rt::NamedVariant::name(self));
        }
    }
    #[automatically_derived]
    impl<'de> __rt::FromAttribute<'de> for Color {
        fn decode(__i: &mut __rt::Cursor<'de>) -> __rt::DecodeResult<Self> {
            __i.variant()
        }
    }
    #[automatically_derived]
    impl __rt::KeySegment for Color {
        const FORM: __rt::SegmentForm = __rt::SegmentForm::Text;
        fn write_segment(&self, __o: &mut __rt::SegmentText) -> __rt::SegmentResult<()> {
            __o.variant(self)
        }
        fn parse_segment(__text: &__rt::str) -> __rt::SegmentResult<Self> {
            __rt::variant(__text)
        }
    }
};
