#[doc = "The attributes of `Event`, for expressions."]
#[allow(dead_code, deprecated, missing_debug_implementations, non_snake_case, private_interfaces)]
pub struct EventPaths<R> {
    #[doc = "Attribute `kind`."]
    pub kind: ::tablewright::__private::FeedingPath<Event, String, 0, R>,
    #[doc = "Attribute `rank`."]
    pub rank: ::tablewright::__private::KeyPath<Event, u32, 0, R>,
    #[doc = "The key of index `by-kind`: `(kind,)`."]
    pub by_kind: ::tablewright::__private::IndexKeyPath<Event, (String,)>,
}
#[doc = "A query of table `events`."]
#[must_use = "it is for `db.query(…)`"]
#[allow(dead_code, missing_debug_implementations)]
pub struct EventQuery(::tablewright::__private::Query<Event, Self>);
#[doc = "A query of index `by-kind`."]
#[must_use = "it is for `db.query(…)`"]
#[allow(dead_code, missing_debug_implementations)]
pub struct EventByKindQuery(::tablewright::__private::Query<Event, Self>);
#[allow(dead_code, deprecated, non_snake_case, private_bounds, private_interfaces)]
const _: () = {
    use ::tablewright::__private as __rt;
    const __ATTRIBUTES: &[__rt::AttributeSchema] = &[
        <String as __rt::WriteField>::TYPE.attribute("kind", "kind"),
        <u32 as __rt::WriteField>::TYPE.attribute("rank", "rank"),
    ];
    const __K0: __rt::IndexKey = <u32 as __rt::IndexKeyAttribute>::KEY.named("rank");
    const __T0: __rt::KeyTemplate = __rt::KeyTemplate::new(
        "DAY#{day}",
        &[
            __rt::Segment::Literal("DAY#"),
            <String as __rt::SegmentField>::PART.named("day"),
            __rt::Segment::Literal("#"),
            __rt::Segment::Shard(16),
        ],
    );
    const _: () = __rt::check_template(&__T0);
    const __T1: __rt::KeyTemplate = __rt::KeyTemplate::new("{at}", &[<u64 as __rt::SegmentField>::PART.named("at")]);
    const _: () = __rt::check_template(&__T1);
    const __T2: __rt::KeyTemplate = __rt::KeyTemplate::new(
        "KIND#{kind}",
        &[
            __rt::Segment::Literal("KIND#"),
            <String as __rt::SegmentField>::PART.named("kind"),
            __rt::Segment::Literal("#"),
            __rt::Segment::Shard(4),
        ],
    );
    const _: () = __rt::check_template(&__T2);
    const __ENTITY: __rt::EntitySchema = __rt::EntitySchema::new("Event", "What happened on a day.", __ATTRIBUTES)
        .with_keys(<Event as __rt::Entity>::KEYS);
    const __INDEXES: &[__rt::IndexSchema] = &[__rt::global_index(
        "by-kind",
        &[__rt::text_key("by_kind_pk")],
        &[__K0.0],
        __rt::IndexProjection::All,
        __rt::sparse(__T2.optional() | __K0.1, false),
    )];
    #[automatically_derived]
    impl __rt::Entity for Event {
        const TABLE: &'static __rt::TableSchema =
            &__rt::TableSchema::new("events", __rt::text_key("pk"), __rt::Some(__rt::text_key("sk")))
                .with_indexes(__INDEXES)
                .with_entities(&[__ENTITY])
                .with_source(::tablewright::__source!());
        const NAME: &'static __rt::str = "Event";
        const KEYS: &'static [__rt::EntityKey] = &[
            __T0.partition(),
            __T1.sort(),
            __T2.index_partition("by-kind"),
            __rt::field_key("rank", __K0).index_sort("by-kind", 0),
        ];
        type Items = Self;
        type Paths<R> = EventPaths<R>;
        fn paths<R>() -> Self::Paths<R> {
            EventPaths {
                kind: __rt::Path::attribute("kind"),
                rank: __rt::Path::attribute("rank"),
                by_kind: __rt::IndexKeyPath::new(&["kind"]),
            }
        }
        fn encode_key(&self, __o: &mut __rt::Encoder) {
            __o.primary_key::<Self>(&[
                ("day", <String as __rt::SegmentField>::part(&self.day)),
                ("at", <u64 as __rt::SegmentField>::part(&self.at)),
            ]);
        }
    }
    impl __rt::BatchWritable for Event {}
    #[automatically_derived]
    impl __rt::ToItem for Event {
        fn encode_item(&self, __o: &mut __rt::Encoder) {
            __o.keep_primary(self);
            <String as __rt::WriteField>::write(&self.kind, "\"kind\":", __o);
            <u32 as __rt::WriteField>::write_sort_key(&self.rank, "\"rank\":", __o);
            __o.index_keys::<Self>(&[("kind", <String as __rt::SegmentField>::part(&self.kind))]);
        }
    }
    #[automatically_derived]
    impl<'de> __rt::FromItem<'de> for Event {
        fn decode_item(__i: &mut __rt::Cursor<'de>) -> __rt::DecodeResult<Self> {
            __i.in_its_shard(<Self as __rt::Entity>::TABLE, <Self as __rt::Entity>::KEYS)?;
            let mut __f = (__rt::None, __rt::None, __rt::None, __rt::None);
            __i.item(&mut |__n, __i| {
                let __f = &mut __f;
                match __n {
                    "kind" => <String as __rt::ReadField>::read(&mut __f.2, __i),
                    "rank" => <u32 as __rt::ReadField>::read(&mut __f.3, __i),
                    "pk" => __i.template(&__T0, &mut [("day", <String as __rt::SegmentField>::slot(&mut __f.0))]),
                    "sk" => __i.template(&__T1, &mut [("at", <u64 as __rt::SegmentField>::slot(&mut __f.1))]),
                    _ => __i.skip(),
                }
            })?;
            __rt::Ok(Self {
                day: __i.required(__f.0, "day")?,
                at: __i.required(__f.1, "at")?,
                kind: <String as __rt::ReadField>::done(__f.2, "kind", __i)?,
                rank: <u32 as __rt::ReadField>::done(__f.3, "rank", __i)?,
            })
        }
    }
    impl __rt::DerivedQuery for EventQuery {
        type Entity = Event;
        type Reads = __rt::Whole;
        type Index = Self;
        fn into_query(self) -> __rt::Query<Event, Self> {
            self.0
        }
    }
    impl __rt::ConsistentReads for EventQuery {}
    impl __rt::FilterOnKey<0> for EventQuery {}
    impl __rt::DerivedQuery for EventByKindQuery {
        type Entity = Event;
        const NAME: __rt::IndexName = __rt::Some("by-kind");
        type Reads = __rt::Whole;
        type Index = Self;
        fn into_query(self) -> __rt::Query<Event, Self> {
            self.0
        }
    }
    impl __rt::IndexOnlyKey<0> for Event {
        const PART: __rt::KeyPart = __rt::KeyPart::Sort;
    }
    #[diagnostic::on_unimplemented(
        message = "`kind` feeds the key of index `by-kind`, which has to change with it",
        label = "not by itself",
        note = "write `.set(|item| item.by_kind, (kind,))`"
    )]
    pub trait __Alone0 {}
    impl<'__a> __rt::SetAlone<0> for Event where &'__a (): __Alone0 {}
    impl Event {
        #[doc = "The key of the item with this `DAY#{day}` and `{at}`."]
        pub fn key(day: impl __rt::SegmentOperand<String>, at: impl __rt::SegmentOperand<u64>) -> __rt::Key<Self> {
            __rt::Key::of_parts(&[("day", &__rt::operand::<String>(&day)), ("at", &__rt::operand::<u64>(&at))])
        }
        #[doc = "A query of the items with this `DAY#{day}`. It asks each of 16 shards, and gives their items in the order of the sort key."]
        pub fn query(day: impl __rt::SegmentOperand<String>) -> EventQuery {
            EventQuery(__rt::Query::of_keys(&[("day", &__rt::operand::<String>(&day))]))
        }
        #[doc = "A query of index `by-kind`. It asks each of 4 shards, and gives their items in the order of the sort key."]
        pub fn query_by_kind(kind: impl __rt::SegmentOperand<String>) -> EventByKindQuery {
            EventByKindQuery(__rt::Query::text_partition(
                "by_kind_pk",
                &__T2,
                &[("kind", &__rt::operand::<String>(&kind))],
            ))
        }
    }
    impl EventQuery {
        #[doc = "A condition on the sort key `at`."]
        pub fn at(self) -> __rt::SortPart<Event, Self, u64> {
            self.0.part("at")
        }
    }
    impl EventByKindQuery {
        #[doc = "A condition on the sort key `rank`."]
        pub fn rank(self) -> __rt::SortKey<Event, Self, u32> {
            self.0.sort_key("rank")
        }
    }
};
::tablewright::__register!(Event);
