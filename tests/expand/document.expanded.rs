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
        fn encode_item(&self, __o: &mut __rt::Encoder) {
            <Option<Cow<'a, str>> as __rt::WriteField>::write(&self.next_page, "\"nextPage\":", __o);
            <Vec<T> as __rt::WriteField>::write(&self.items, "\"items\":", __o);
            <Millidegrees as __rt::AdaptField<Celsius>>::write(&self.temperature, "\"temperature\":", __o);
        }
    }
    #[automatically_derived]
    impl<'de, T> __rt::FromItem<'de> for Page<'de, T>
    where
        Vec<T>: __rt::FromAttribute<'de>,
    {
        fn decode_item(__i: &mut __rt::Cursor<'de>) -> __rt::DecodeResult<Self> {
            let mut __f = (__rt::None, __rt::None, __rt::None);
            __i.item(&mut |__n, __i| {
                let __f = &mut __f;
                match __n {
                    "nextPage" => <Option<Cow<'de, str>> as __rt::ReadField>::read(&mut __f.0, __i),
                    "items" => <Vec<T> as __rt::ReadField>::read(&mut __f.1, __i),
                    "temperature" => <Millidegrees as __rt::AdaptField<Celsius>>::read(&mut __f.2, __i),
                    _ => __i.skip(),
                }
            })?;
            __rt::Ok(Self {
                next_page: <Option<Cow<'de, str>> as __rt::ReadField>::done(__f.0, "nextPage", __i)?,
                items: <Vec<T> as __rt::ReadField>::done(__f.1, "items", __i)?,
                temperature: <Millidegrees as __rt::AdaptField<Celsius>>::done(__f.2, "temperature", __i)?,
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
        fn encode(&self, __o: &mut __rt::Encoder) {
            __o.document(self)
        }
    }
    #[automatically_derived]
    impl<'de, T> __rt::FromAttribute<'de> for Page<'de, T>
    where
        Vec<T>: __rt::FromAttribute<'de>,
    {
        fn decode(__i: &mut __rt::Cursor<'de>) -> __rt::DecodeResult<Self> {
            __i.document()
        }
    }
    #[automatically_derived]
    impl<'a, T> __rt::Document for Page<'a, T> {
        const ATTRIBUTES: &'static [&'static __rt::str] = &["nextPage", "items", "temperature"];
        type Paths<E> = PagePaths<'a, T, E>;
        fn paths<E>(__base: &__rt::PathBase) -> Self::Paths<E> {
            PagePaths {
                next_page: __rt::Path::inside(__base, "nextPage"),
                items: __rt::Path::inside(__base, "items"),
                temperature: __rt::Path::inside(__base, "temperature"),
                __marker: __rt::PhantomData,
            }
        }
    }
};
