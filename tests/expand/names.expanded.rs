#[allow(dead_code, deprecated, non_snake_case, private_bounds, private_interfaces)]
const _: () = {
    use ::tablewright::__private as __rt;
    #[automatically_derived]
    impl __rt::ToAttribute for Color {
        type Kind = __rt::kind::S;
        type ListKind = __rt::kind::L;
        fn encode(&self, out: &mut __rt::Encoder) {
            out.string(match self {
                Self::Red => "red",
                Self::DarkRed => "dark_red",
            });
        }
    }
    #[automatically_derived]
    impl<'de> __rt::FromAttribute<'de> for Color {
        fn decode(cursor: &mut __rt::Cursor<'de>) -> __rt::DecodeResult<Self> {
            match &*__rt::text(cursor)? {
                "red" => __rt::Ok(Self::Red),
                "dark_red" => __rt::Ok(Self::DarkRed),
                _ => __rt::Err(cursor.unknown_variant(&["red", "dark_red"])),
            }
        }
    }
};
