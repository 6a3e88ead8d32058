::core::compile_error! { "`stream` cannot be `new_images`; did you mean `new_image`? it is one of `keys_only`, `new_image`, `old_image`, `new_and_old_images`" }
#[doc(hidden)]
#[allow(dead_code, deprecated, missing_debug_implementations, non_snake_case, private_interfaces)]
struct SparklePaths<R> {
    #[doc(hidden)]
    server: ::tablewright::__private::Path<Sparkle, u64>,
    #[doc(hidden)]
    handle: ::tablewright::__private::Path<Sparkle, String>,
    __marker: ::tablewright::__private::PhantomData<(fn() -> R,)>,
}
#[doc(hidden)]
#[allow(dead_code, missing_debug_implementations)]
struct SparkleQuery(::tablewright::__private::Query<Sparkle, SparkleQuery>);
#[allow(dead_code, deprecated, non_snake_case, private_bounds, private_interfaces)]
const _: () = {
    use ::tablewright::__private as __rt;
    impl __rt::ToItem for Sparkle {
        fn encode_item(&self, _: &mut __rt::Encoder) {}
    }
    impl<'__de> __rt::FromItem<'__de> for Sparkle {
        fn decode_item(_: &mut __rt::Cursor<'__de>) -> __rt::DecodeResult<Self> {
            loop {}
        }
    }
    impl __rt::Entity for Sparkle {
        const TABLE: &'static __rt::TableSchema =
            &__rt::TableSchema::new("", __rt::KeySchema::new("", __rt::KeyType::S), __rt::None);
        const NAME: &'static __rt::str = "";
        type Items = Self;
        type Paths<R> = SparklePaths<R>;
        fn paths<R>() -> Self::Paths<R> {
            loop {}
        }
        fn encode_key(&self, _: &mut __rt::Encoder) {}
    }
    impl __rt::BatchWritable for Sparkle {}
    impl __rt::Versioned for Sparkle {}
    impl Sparkle {
        #[doc(hidden)]
        fn key(_: impl __rt::Sized, _: impl __rt::Sized) -> __rt::Key<Self> {
            loop {}
        }
        #[doc(hidden)]
        fn query(_: impl __rt::Sized) -> SparkleQuery {
            loop {}
        }
    }
    impl __rt::DerivedQuery for SparkleQuery {
        type Entity = Sparkle;
        type Reads = __rt::Whole;
        type Index = Self;
        fn into_query(self) -> __rt::Query<Self::Entity, Self> {
            self.0
        }
    }
    impl __rt::ConsistentReads for SparkleQuery {}
    impl SparkleQuery {
        #[doc(hidden)]
        fn handle(self) -> __rt::SortKey<Sparkle, Self, String> {
            loop {}
        }
    }
    const _: () = {
        let _ = <u64 as __rt::KeyAttribute>::TYPE;
        let _ = <String as __rt::KeyAttribute>::TYPE;
    };
};
