#[doc = "The attributes of `Page`, for expressions."]
#[allow(dead_code, deprecated, missing_debug_implementations, non_snake_case, private_interfaces)]
pub struct PagePaths<'a, T, E> {
    #[doc = "Attribute `nextPage`."]
    pub next_page: ::tablewright::__private::Path<E, Option<Cow<'a, str>>>,
    #[doc = "Attribute `items`."]
    pub items: ::tablewright::__private::Path<E, Vec<T>>,
    #[doc = "Attribute `temperature`."]
    pub temperature:
        ::tablewright::__private::Path<E, <Millidegrees as ::tablewright::__private::AdaptField<Celsius>>::Stored>,
    #[doc(hidden)]
    __marker: ::tablewright::__private::PhantomData<(fn() -> E, (&'a (), *const T))>,
}
#[allow(dead_code, deprecated, non_snake_case, private_bounds, private_interfaces)]
const _: () = {
    use ::tablewright::__private as __rt;
    #[automatically_derived]
    impl<'a, T> __rt::ToItem for Page<'a, T>
    where
        Vec<T>: __rt::ToAttribute,
    {
        fn encode_item(&self, out: &mut __rt::Encoder) {
            <Option<Cow<'a, str>> as __rt::WriteField>::write(&self.next_page, "\"nextPage\":", out);
            <Vec<T> as __rt::WriteField>::write(&self.items, "\"items\":", out);
            <Millidegrees as __rt::AdaptField<Celsius>>::write(&self.temperature, "\"temperature\":", out);
        }
    }
    #[automatically_derived]
    impl<'de, T> __rt::FromItem<'de> for Page<'de, T>
    where
        Vec<T>: __rt::FromAttribute<'de>,
    {
        fn decode_item(cursor: &mut __rt::Cursor<'de>) -> __rt::DecodeResult<Self> {
            let mut f = (__rt::None, __rt::None, __rt::None);
            cursor.item(&mut |name, cursor| {
                let f = &mut f;
                match name {
                    "nextPage" => <Option<Cow<'de, str>> as __rt::ReadField>::read(&mut f.0, cursor),
                    "items" => <Vec<T> as __rt::ReadField>::read(&mut f.1, cursor),
                    "temperature" => <Millidegrees as __rt::AdaptField<Celsius>>::read(&mut f.2, cursor),
                    _ => cursor.skip(),
                }
            })?;
            __rt::Ok(Self {
                next_page: <Option<Cow<'de, str>> as __rt::ReadField>::done(f.0, "nextPage", cursor)?,
                items: <Vec<T> as __rt::ReadField>::done(f.1, "items", cursor)?,
                temperature: <Millidegrees as __rt::AdaptField<Celsius>>::done(f.2, "temperature", cursor)?,
            })
        }
    }
    #[automatically_derived]
    impl<'a, T> __rt::ToAttribute for Page<'a, T>
    where
        Vec<T>: __rt::ToAttribute,
    {
        type Kind = __rt::kind::M;
        type ListKind = __rt::kind::L;
        fn encode(&self, out: &mut __rt::Encoder) {
            out.document(self)
        }
    }
    #[automatically_derived]
    impl<'de, T> __rt::FromAttribute<'de> for Page<'de, T>
    where
        Vec<T>: __rt::FromAttribute<'de>,
    {
        fn decode(cursor: &mut __rt::Cursor<'de>) -> __rt::DecodeResult<Self> {
            cursor.document()
        }
    }
    #[automatically_derived]
    impl<'a, T> __rt::Document for Page<'a, T> {
        const ATTRIBUTES: &'static [&'static __rt::str] = &["nextPage", "items", "temperature"];
        type Paths<E> = PagePaths<'a, T, E>;
        fn paths<E>(base: &__rt::PathBase) -> Self::Paths<E> {
            PagePaths {
                next_page: __rt::Path::inside(base, "nextPage"),
                items: __rt::Path::inside(base, "items"),
                temperature: __rt::Path::inside(base, "temperature"),
                __marker: __rt::PhantomData,
            }
        }
    }
};
