#[doc = "The attributes of `Sparkle`, for expressions."]
#[allow(dead_code, deprecated, missing_debug_implementations, non_snake_case, private_interfaces)]
pub struct SparklePaths<R> {
    #[doc = "Attribute `server`."]
    pub server: ::tablewright::__private::KeyPath<Sparkle, u64, 0, R>,
    #[doc = "Attribute `handle`."]
    pub handle: ::tablewright::__private::KeyPath<Sparkle, String, 1, R>,
    #[doc = "Attribute `team`."]
    pub team: ::tablewright::__private::KeyPath<Sparkle, Option<String>, 2, R>,
    #[doc = "Attribute `total`."]
    pub total: ::tablewright::__private::KeyPath<Sparkle, u64, 3, R>,
    #[doc = "Attribute `updated_at`."]
    pub updated_at: ::tablewright::__private::Path<Sparkle, EpochSeconds>,
    #[doc = "Attribute `address`."]
    pub address: ::tablewright::__private::Path<Sparkle, Address>,
}
#[doc = "A query of table `sparkle`."]
#[must_use = "it is for `db.query(…)`"]
#[allow(dead_code, missing_debug_implementations)]
pub struct SparkleQuery(::tablewright::__private::Query<Sparkle, Self>);
#[doc = "A query of index `by-team`."]
#[must_use = "it is for `db.query(…)`"]
#[allow(dead_code, missing_debug_implementations)]
pub struct SparkleByTeamQuery(::tablewright::__private::Query<Sparkle, Self>);
#[allow(dead_code, deprecated, non_snake_case, private_bounds, private_interfaces)]
const _: () = {
    use ::tablewright::__private as __rt;
    const __ATTRIBUTES: &[__rt::AttributeSchema] = &[
        <u64 as __rt::WriteField>::TYPE.attribute("server", "server"),
        <String as __rt::WriteField>::TYPE.attribute("handle", "handle"),
        <Option<String> as __rt::WriteField>::TYPE.attribute("team", "team"),
        <u64 as __rt::WriteField>::TYPE.attribute("total", "total"),
        <EpochSeconds as __rt::WriteField>::TYPE.attribute("updated_at", "updated_at"),
        <Address as __rt::WriteField>::TYPE.attribute("address", "address"),
    ];
    const __K2: __rt::IndexKey = <Option<String> as __rt::IndexKeyAttribute>::KEY.named("team");
    const __K3: __rt::IndexKey = <u64 as __rt::IndexKeyAttribute>::KEY.named("total");
    const __ENTITY: __rt::EntitySchema = __rt::EntitySchema::new("Sparkle", "Stars that people gave.", __ATTRIBUTES);
    const __INDEXES: &[__rt::IndexSchema] = &[__rt::global_index(
        "by-team",
        &[__K2.0],
        &[__K3.0],
        __rt::IndexProjection::KeysOnly,
        __rt::sparse(__K2.1 | __K3.1, true),
    )];
    #[automatically_derived]
    impl __rt::Entity for Sparkle {
        const TABLE: &'static __rt::TableSchema = &__rt::TableSchema::new(
            "sparkle",
            __rt::KeySchema::new("server", <u64 as __rt::KeyAttribute>::TYPE),
            __rt::Some(__rt::KeySchema::new("handle", <String as __rt::KeyAttribute>::TYPE)),
        )
        .with_indexes(__INDEXES)
        .with_settings(__rt::TableSettings::new().with_stream(__rt::StreamViewType::NewImage))
        .with_entities(&[__ENTITY])
        .with_source(::tablewright::__source!());
        const NAME: &'static __rt::str = "Sparkle";
        type Items = Self;
        type Paths<R> = SparklePaths<R>;
        fn paths<R>() -> Self::Paths<R> {
            SparklePaths {
                server: __rt::Path::attribute("server"),
                handle: __rt::Path::attribute("handle"),
                team: __rt::Path::attribute("team"),
                total: __rt::Path::attribute("total"),
                updated_at: __rt::Path::attribute("updated_at"),
                address: __rt::Path::attribute("address"),
            }
        }
        fn encode_key(&self, __o: &mut __rt::Encoder) {
            <u64 as __rt::WriteField>::write_partition_key(&self.server, "\"server\":", __o);
            <String as __rt::WriteField>::write_sort_key(&self.handle, "\"handle\":", __o);
        }
        fn stamps() -> &'static [__rt::StampSchema] {
            const {
                &[__rt::StampSchema {
                    attribute: "updated_at",
                    stamp: __rt::Stamp::Updated,
                    encode: <EpochSeconds as __rt::StampField>::stamp,
                }]
            }
        }
    }
    impl __rt::BatchWritable for Sparkle {}
    #[automatically_derived]
    impl __rt::ToItem for Sparkle {
        fn encode_item(&self, __o: &mut __rt::Encoder) {
            __rt::Entity::encode_key(self, __o);
            <Option<String> as __rt::WriteField>::write_partition_key(&self.team, "\"team\":", __o);
            <u64 as __rt::WriteField>::write_sort_key(&self.total, "\"total\":", __o);
            <EpochSeconds as __rt::StampField>::write(&self.updated_at, "\"updated_at\":", __rt::Stamp::Updated, __o);
            <Address as __rt::WriteField>::write(&self.address, "\"address\":", __o);
        }
    }
    #[automatically_derived]
    impl<'de> __rt::FromItem<'de> for Sparkle {
        fn decode_item(__i: &mut __rt::Cursor<'de>) -> __rt::DecodeResult<Self> {
            let mut __f = (__rt::None, __rt::None, __rt::None, __rt::None, __rt::None, __rt::None);
            __i.item(&mut |__n, __i| {
                let __f = &mut __f;
                match __n {
                    "server" => <u64 as __rt::ReadField>::read(&mut __f.0, __i),
                    "handle" => <String as __rt::ReadField>::read(&mut __f.1, __i),
                    "team" => <Option<String> as __rt::ReadField>::read(&mut __f.2, __i),
                    "total" => <u64 as __rt::ReadField>::read(&mut __f.3, __i),
                    "updated_at" => <EpochSeconds as __rt::ReadField>::read(&mut __f.4, __i),
                    "address" => <Address as __rt::ReadField>::read(&mut __f.5, __i),
                    _ => __i.skip(),
                }
            })?;
            __rt::Ok(Self {
                server: __i.required(__f.0, "server")?,
                handle: __i.required(__f.1, "handle")?,
                team: <Option<String> as __rt::ReadField>::done(__f.2, "team", __i)?,
                total: <u64 as __rt::ReadField>::done(__f.3, "total", __i)?,
                updated_at: <EpochSeconds as __rt::ReadField>::done(__f.4, "updated_at", __i)?,
                address: __rt::default(__f.5, __rt::Default::default),
                cache: __rt::Default::default(),
            })
        }
    }
    impl __rt::Streamed for Sparkle {
        const TABLE: &'static __rt::TableSchema = <Self as __rt::Entity>::TABLE;
        type New = Self;
        type Old = __rt::NoImage;
    }
    impl __rt::DerivedQuery for SparkleQuery {
        type Entity = Sparkle;
        type Reads = __rt::Whole;
        type Index = Self;
        fn into_query(self) -> __rt::Query<Sparkle, Self> {
            self.0
        }
    }
    impl __rt::ConsistentReads for SparkleQuery {}
    impl __rt::FilterOnKey<2> for SparkleQuery {}
    impl __rt::FilterOnKey<3> for SparkleQuery {}
    impl __rt::DerivedQuery for SparkleByTeamQuery {
        type Entity = Sparkle;
        const NAME: __rt::IndexName = __rt::Some("by-team");
        type Reads = __rt::Untyped;
        type Index = Self;
        fn into_query(self) -> __rt::Query<Sparkle, Self> {
            self.0
        }
    }
    impl __rt::FilterOnKey<0> for SparkleByTeamQuery {}
    impl __rt::FilterOnKey<1> for SparkleByTeamQuery {}
    impl __rt::IndexOnlyKey<2> for Sparkle {}
    impl __rt::IndexOnlyKey<3> for Sparkle {
        const PART: __rt::KeyPart = __rt::KeyPart::Sort;
    }
    impl Sparkle {
        #[doc = "The key of the item with this `server` and `handle`."]
        pub fn key(server: impl __rt::Operand<u64>, handle: impl __rt::Operand<String>) -> __rt::Key<Self> {
            __rt::Key::partition_and_sort::<u64, String>(&server, &handle)
        }
        #[doc = "A query of the items with this `server`."]
        pub fn query(server: impl __rt::Operand<u64>) -> SparkleQuery {
            SparkleQuery(__rt::Query::partition::<u64>("server", &server))
        }
        #[doc = "A query of index `by-team`."]
        pub fn query_by_team(team: impl __rt::Operand<String>) -> SparkleByTeamQuery {
            SparkleByTeamQuery(__rt::Query::partition::<String>("team", &team))
        }
    }
    impl SparkleQuery {
        #[doc = "A condition on the sort key `handle`."]
        pub fn handle(self) -> __rt::SortKey<Sparkle, Self, String> {
            self.0.sort_key("handle")
        }
    }
    impl SparkleByTeamQuery {
        #[doc = "A condition on the sort key `total`."]
        pub fn total(self) -> __rt::SortKey<Sparkle, Self, u64> {
            self.0.sort_key("total")
        }
    }
};
::tablewright::__register!(Sparkle);
