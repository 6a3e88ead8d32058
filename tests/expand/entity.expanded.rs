#[doc = "The attributes of `Message`, for expressions."]
#[allow(dead_code, deprecated, missing_debug_implementations, non_snake_case, private_interfaces)]
pub struct MessagePaths<R> {
    #[doc = "Attribute `id`."]
    pub id: ::tablewright::__private::PrimaryPath<Message, u32>,
    #[doc = "Attribute `author`."]
    pub author: ::tablewright::__private::FeedingPath<Message, u64, 0, R>,
    #[doc = "Attribute `text`."]
    pub text: ::tablewright::__private::Path<Message, String>,
    #[doc = "Attribute `note`."]
    pub note: ::tablewright::__private::Path<Message, Option<String>>,
    #[doc = "The key of index `by-author`: `(author,)`."]
    pub by_author: ::tablewright::__private::IndexKeyPath<Message, (u64,)>,
}
#[doc = "A query of the items of `Message`."]
#[must_use = "it is for `db.query(…)`"]
#[allow(dead_code, missing_debug_implementations)]
pub struct MessageQuery<const PARTS: ::tablewright::__private::usize = 0>(
    ::tablewright::__private::Query<Message, MessageQuery>,
);
#[doc = "A query of index `by-author`."]
#[must_use = "it is for `db.query(…)`"]
#[allow(dead_code, missing_debug_implementations)]
pub struct MessageByAuthorQuery<const PARTS: ::tablewright::__private::usize = 0>(
    ::tablewright::__private::Query<Message, MessageByAuthorQuery>,
);
#[allow(dead_code, deprecated, non_snake_case, private_bounds, private_interfaces)]
const _: () = {
    use ::tablewright::__private as __rt;
    const __ATTRIBUTES: &[__rt::AttributeSchema] = &[
        <u32 as __rt::WriteField>::TYPE.attribute("id", "id"),
        <u64 as __rt::WriteField>::TYPE.attribute("author", "author"),
        <String as __rt::WriteField>::TYPE.attribute("text", "text"),
        <Option<String> as __rt::WriteField>::TYPE.attribute("note", "note"),
    ];
    const __T0: __rt::KeyTemplate = __rt::KeyTemplate::new(
        "MSG#{group}",
        &[__rt::Segment::Literal("MSG#"), <String as __rt::SegmentField>::PART.named("group")],
    );
    const _: () = __rt::check_template(&__T0);
    const __T1: __rt::KeyTemplate = __rt::KeyTemplate::new(
        "{created_at}#{id}",
        &[
            <u64 as __rt::SegmentField>::PART.named("created_at"),
            __rt::Segment::Literal("#"),
            <u32 as __rt::SegmentField>::PART.named("id"),
        ],
    );
    const _: () = __rt::check_template(&__T1);
    const __T2: __rt::KeyTemplate = __rt::KeyTemplate::new(
        "AUTHOR#{author}",
        &[__rt::Segment::Literal("AUTHOR#"), <u64 as __rt::SegmentField>::PART.named("author")],
    );
    const _: () = __rt::check_template(&__T2);
    const __T3: __rt::KeyTemplate = __rt::KeyTemplate::new(
        "{created_at}#{id}",
        &[
            <u64 as __rt::SegmentField>::PART.named("created_at"),
            __rt::Segment::Literal("#"),
            <u32 as __rt::SegmentField>::PART.named("id"),
        ],
    );
    const _: () = __rt::check_template(&__T3);
    const __PK: &__rt::str = __rt::partition_key_of::<Message>();
    const __SK: &__rt::str = __rt::sort_key_of::<Message>();
    const __ENTITY: __rt::EntitySchema = __rt::EntitySchema::new("Message", "A message.", __ATTRIBUTES)
        .with_keys(<Message as __rt::Entity>::KEYS)
        .with_tag("Message");
    const _: __rt::bool = __rt::sparse(__T2.optional() | __T3.optional(), false);
    #[automatically_derived]
    impl __rt::Entity for Message {
        const TABLE: &'static __rt::TableSchema = <Messages as __rt::Entity>::TABLE;
        const NAME: &'static __rt::str = "Message";
        const KEYS: &'static [__rt::EntityKey] =
            &[__T0.partition(), __T1.sort(), __T2.index_partition("by-author"), __T3.index_sort("by-author")];
        const KIND: __rt::EntityKind = __rt::one_of(<Messages as __rt::Entity>::KIND);
        type Items = Messages;
        type Paths<R> = MessagePaths<R>;
        fn paths<R>() -> Self::Paths<R> {
            MessagePaths {
                id: __rt::Path::attribute("id"),
                author: __rt::Path::attribute("author"),
                text: __rt::Path::attribute("text"),
                note: __rt::Path::attribute("note"),
                by_author: __rt::IndexKeyPath::new(&["author"]),
            }
        }
        fn encode_key(&self, __o: &mut __rt::Encoder) {
            __o.primary_key::<Self>(&[
                ("group", <String as __rt::SegmentField>::part(&self.group)),
                ("created_at", <u64 as __rt::SegmentField>::part(&self.created_at)),
                ("id", <u32 as __rt::SegmentField>::part(&self.id)),
            ]);
        }
    }
    #[automatically_derived]
    impl __rt::TableEntity for Message {
        type Table = Messages;
        const SCHEMA: __rt::EntitySchema = __ENTITY;
    }
    impl __rt::EntityOf<Messages> for Message {}
    const _: () = __rt::check_home::<Message>();
    const _: () = __rt::check_index::<Message>("by-author");
    impl __rt::BatchWritable for Message {}
    #[automatically_derived]
    impl __rt::ToItem for Message {
        fn encode_item(&self, __o: &mut __rt::Encoder) {
            __rt::Entity::encode_key(self, __o);
            <u32 as __rt::WriteField>::write(&self.id, "\"id\":", __o);
            <u64 as __rt::WriteField>::write(&self.author, "\"author\":", __o);
            <String as __rt::WriteField>::write(&self.text, "\"text\":", __o);
            <Option<String> as __rt::WriteField>::write(&self.note, "\"note\":", __o);
            __o.index_keys::<Self>(&[
                ("created_at", <u64 as __rt::SegmentField>::part(&self.created_at)),
                ("id", <u32 as __rt::SegmentField>::part(&self.id)),
                ("author", <u64 as __rt::SegmentField>::part(&self.author)),
            ]);
            __o.entity_tag::<Self>("Message");
        }
    }
    #[automatically_derived]
    impl<'de> __rt::FromItem<'de> for Message {
        fn decode_item(__i: &mut __rt::Cursor<'de>) -> __rt::DecodeResult<Self> {
            let mut __f = (__rt::None, __rt::None, __rt::None, __rt::None, __rt::None, __rt::None);
            __i.item(&mut |__n, __i| {
                let __f = &mut __f;
                match __n {
                    "id" => <u32 as __rt::ReadField>::read(&mut __f.2, __i),
                    "author" => <u64 as __rt::ReadField>::read(&mut __f.3, __i),
                    "text" => <String as __rt::ReadField>::read(&mut __f.4, __i),
                    "note" => <Option<String> as __rt::ReadField>::read(&mut __f.5, __i),
                    __PK => __i.template(&__T0, &mut [("group", <String as __rt::SegmentField>::slot(&mut __f.0))]),
                    __SK => __i.template(&__T1, &mut [("created_at", <u64 as __rt::SegmentField>::slot(&mut __f.1))]),
                    _ => __i.skip(),
                }
            })?;
            __rt::Ok(Self {
                group: __i.required(__f.0, "group")?,
                created_at: __i.required(__f.1, "created_at")?,
                id: <u32 as __rt::ReadField>::done(__f.2, "id", __i)?,
                author: <u64 as __rt::ReadField>::done(__f.3, "author", __i)?,
                text: <String as __rt::ReadField>::done(__f.4, "text", __i)?,
                note: <Option<String> as __rt::ReadField>::done(__f.5, "note", __i)?,
            })
        }
    }
    impl<const PARTS: __rt::usize> __rt::DerivedQuery for MessageQuery<{ PARTS }> {
        type Entity = Message;
        type Reads = __rt::Whole;
        type Index = MessageQuery;
        fn into_query(self) -> __rt::Query<Message, MessageQuery> {
            self.0
        }
    }
    impl __rt::ConsistentReads for MessageQuery {}
    impl<const PARTS: __rt::usize> __rt::DerivedQuery for MessageByAuthorQuery<{ PARTS }> {
        type Entity = Message;
        const NAME: __rt::IndexName = __rt::Some("by-author");
        type Reads = __rt::ReadsIf<{ __rt::is_whole::<Message>("by-author") }>;
        type Index = MessageByAuthorQuery;
        fn into_query(self) -> __rt::Query<Message, MessageByAuthorQuery> {
            self.0
        }
    }
    #[diagnostic::do_not_recommend]
    impl __rt::ConsistentReads for MessageByAuthorQuery where
        for<'__a> __rt::Fact<'__a, { __rt::is_local::<Message>("by-author") }>: __rt::Holds
    {
    }
    #[diagnostic::on_unimplemented(
        message = "`author` feeds the key of index `by-author`, which has to change with it",
        label = "not by itself",
        note = "write `.set(|item| item.by_author, (author,))`"
    )]
    pub trait __Alone0 {}
    impl<'__a> __rt::SetAlone<0> for Message where &'__a (): __Alone0 {}
    impl Message {
        #[doc = "The key of the item with this `MSG#{group}` and `{created_at}#{id}`."]
        pub fn key(
            group: impl __rt::SegmentOperand<String>,
            created_at: impl __rt::SegmentOperand<u64>,
            id: impl __rt::SegmentOperand<u32>,
        ) -> __rt::Key<Self> {
            __rt::Key::of_parts(&[
                ("group", &__rt::operand::<String>(&group)),
                ("created_at", &__rt::operand::<u64>(&created_at)),
                ("id", &__rt::operand::<u32>(&id)),
            ])
        }
        #[doc = "A query of the items with this `MSG#{group}`."]
        pub fn query(group: impl __rt::SegmentOperand<String>) -> MessageQuery {
            MessageQuery(__rt::Query::of_keys(&[("group", &__rt::operand::<String>(&group))]))
        }
        #[doc = "A query of index `by-author`."]
        pub fn query_by_author(author: impl __rt::SegmentOperand<u64>) -> MessageByAuthorQuery {
            MessageByAuthorQuery(__rt::Query::of_keys(&[("author", &__rt::operand::<u64>(&author))]))
        }
    }
    #[diagnostic::on_unimplemented(
        message = "`created_at` has its condition already",
        label = "asked for a second time",
        note = "the parts of the sort key come from the left, each once: `created_at`, `id`"
    )]
    pub trait __MessageQueryPart0 {}
    impl __MessageQueryPart0 for MessageQuery<0> {}
    #[diagnostic::on_unimplemented(
        message = "`id` comes right after `created_at` in the sort key `{{created_at}}#{{id}}`",
        label = "write `.created_at().eq(…).id()`",
        note = "the parts of the sort key come from the left, each once: `created_at`, `id`"
    )]
    pub trait __MessageQueryPart1 {}
    impl __MessageQueryPart1 for MessageQuery<1> {}
    impl<const PARTS: __rt::usize> MessageQuery<{ PARTS }> {
        #[doc = "A condition on the sort key `created_at`."]
        pub fn created_at(self) -> __rt::SortPart<Message, MessageQuery, u64, MessageQuery<1>>
        where
            Self: __MessageQueryPart0,
        {
            self.0.part_then("created_at", MessageQuery::<1>)
        }
        #[doc = "A condition on the sort key `id`."]
        pub fn id(self) -> __rt::SortPart<Message, MessageQuery, u32>
        where
            Self: __MessageQueryPart1,
        {
            self.0.part("id")
        }
    }
    #[diagnostic::on_unimplemented(
        message = "`created_at` has its condition already",
        label = "asked for a second time",
        note = "the parts of the sort key come from the left, each once: `created_at`, `id`"
    )]
    pub trait __MessageByAuthorQueryPart0 {}
    impl __MessageByAuthorQueryPart0 for MessageByAuthorQuery<0> {}
    #[diagnostic::on_unimplemented(
        message = "`id` comes right after `created_at` in the sort key `{{created_at}}#{{id}}`",
        label = "write `.created_at().eq(…).id()`",
        note = "the parts of the sort key come from the left, each once: `created_at`, `id`"
    )]
    pub trait __MessageByAuthorQueryPart1 {}
    impl __MessageByAuthorQueryPart1 for MessageByAuthorQuery<1> {}
    impl<const PARTS: __rt::usize> MessageByAuthorQuery<{ PARTS }> {
        #[doc = "A condition on the sort key `created_at`."]
        pub fn created_at(self) -> __rt::SortPart<Message, MessageByAuthorQuery, u64, MessageByAuthorQuery<1>>
        where
            Self: __MessageByAuthorQueryPart0,
        {
            self.0.part_then("created_at", MessageByAuthorQuery::<1>)
        }
        #[doc = "A condition on the sort key `id`."]
        pub fn id(self) -> __rt::SortPart<Message, MessageByAuthorQuery, u32>
        where
            Self: __MessageByAuthorQueryPart1,
        {
            self.0.part("id")
        }
    }
};
