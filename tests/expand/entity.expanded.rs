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
        &[__rt::Segment::Literal("MSG#"), __rt::encoded_part(<String as __rt::SegmentField>::PART, "group")],
    );
    const _: () = {
        __rt::check_template(&__T0);
    };
    const __T1: __rt::KeyTemplate = __rt::KeyTemplate::new(
        "{created_at}#{id}",
        &[
            __rt::encoded_part(<u64 as __rt::SegmentField>::PART, "created_at"),
            __rt::Segment::Literal("#"),
            __rt::encoded_part(<u32 as __rt::SegmentField>::PART, "id"),
        ],
    );
    const _: () = {
        __rt::check_template(&__T1);
    };
    const __T2: __rt::KeyTemplate = __rt::KeyTemplate::new(
        "AUTHOR#{author}",
        &[__rt::Segment::Literal("AUTHOR#"), __rt::encoded_part(<u64 as __rt::SegmentField>::PART, "author")],
    );
    const _: () = {
        __rt::check_template(&__T2);
    };
    const __T3: __rt::KeyTemplate = __rt::KeyTemplate::new(
        "{created_at}#{id}",
        &[
            __rt::encoded_part(<u64 as __rt::SegmentField>::PART, "created_at"),
            __rt::Segment::Literal("#"),
            __rt::encoded_part(<u32 as __rt::SegmentField>::PART, "id"),
        ],
    );
    const _: () = {
        __rt::check_template(&__T3);
    };
    const __PK: &__rt::str = __rt::partition_key_name(<Messages as __rt::Entity>::TABLE);
    const __SK: &__rt::str = __rt::sort_key_name(<Messages as __rt::Entity>::TABLE);
    const __KEYS: &[__rt::EntityKey] = &[
        __T0.source().partition(),
        __T1.source().sort(),
        __T2.source().index_partition("by-author", 0),
        __T3.source().index_sort("by-author", 0),
    ];
    const __ENTITY: __rt::EntitySchema =
        __rt::EntitySchema::new("Message", "A message.", __ATTRIBUTES).with_keys(__KEYS).with_tag("Message");
    const _: __rt::bool = __rt::sparse(__T2.optional() | __T3.optional(), false);
    #[automatically_derived]
    impl __rt::Entity for Message {
        const TABLE: &'static __rt::TableSchema = <Messages as __rt::Entity>::TABLE;
        const NAME: &'static __rt::str = "Message";
        const KIND: __rt::EntityKind = __rt::one_of(<Messages as __rt::Entity>::KIND);
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
        fn encode_key(&self, out: &mut __rt::Encoder) {
            out.primary_key(
                <Self as __rt::Entity>::TABLE,
                __KEYS,
                &[
                    ("group", <String as __rt::SegmentField>::part(&self.group)),
                    ("created_at", <u64 as __rt::SegmentField>::part(&self.created_at)),
                    ("id", <u32 as __rt::SegmentField>::part(&self.id)),
                ],
            );
        }
    }
    #[automatically_derived]
    impl __rt::TableEntity for Message {
        type Table = Messages;
        const SCHEMA: __rt::EntitySchema = __ENTITY;
    }
    #[automatically_derived]
    impl __rt::EntityOf<Messages> for Message {}
    const _: () = __rt::entity_is_in(<Messages as __rt::Entity>::TABLE, "Message");
    const _: () = {
        __rt::index_is_known(<Messages as __rt::Entity>::TABLE, "Message", "by-author");
    };
    #[automatically_derived]
    impl __rt::BatchWritable for Message {}
    #[automatically_derived]
    impl __rt::ToItem for Message {
        fn encode_item(&self, out: &mut __rt::Encoder) {
            __rt::Entity::encode_key(self, out);
            <u32 as __rt::WriteField>::write(&self.id, "\"id\":", out);
            <u64 as __rt::WriteField>::write(&self.author, "\"author\":", out);
            <String as __rt::WriteField>::write(&self.text, "\"text\":", out);
            <Option<String> as __rt::WriteField>::write(&self.note, "\"note\":", out);
            out.index_keys(
                <Self as __rt::Entity>::TABLE,
                __KEYS,
                &[
                    ("created_at", <u64 as __rt::SegmentField>::part(&self.created_at)),
                    ("id", <u32 as __rt::SegmentField>::part(&self.id)),
                    ("author", <u64 as __rt::SegmentField>::part(&self.author)),
                ],
            );
            out.tag(<Self as __rt::Entity>::TABLE, "Message");
        }
    }
    #[automatically_derived]
    impl<'de> __rt::FromItem<'de> for Message {
        fn decode_item(cursor: &mut __rt::Cursor<'de>) -> __rt::DecodeResult<Self> {
            struct Partial {
                f0: __rt::Option<String>,
                f1: __rt::Option<u64>,
                f2: __rt::Option<u32>,
                f3: __rt::Option<u64>,
                f4: __rt::Option<String>,
                f5: __rt::Option<Option<String>>,
            }
            impl<'de> __rt::Fill<'de> for Partial {
                fn attribute(&mut self, name: &__rt::str, cursor: &mut __rt::Cursor<'de>) -> __rt::DecodeResult<()> {
                    match name {
                        "id" => <u32 as __rt::ReadField>::read(&mut self.f2, cursor),
                        "author" => <u64 as __rt::ReadField>::read(&mut self.f3, cursor),
                        "text" => <String as __rt::ReadField>::read(&mut self.f4, cursor),
                        "note" => <Option<String> as __rt::ReadField>::read(&mut self.f5, cursor),
                        __PK => {
                            cursor.template(&__T0, &mut [("group", <String as __rt::SegmentField>::slot(&mut self.f0))])
                        }
                        __SK => cursor
                            .template(&__T1, &mut [("created_at", <u64 as __rt::SegmentField>::slot(&mut self.f1))]),
                        _ => cursor.skip(),
                    }
                }
            }
            let mut partial = Partial {
                f0: __rt::None,
                f1: __rt::None,
                f2: __rt::None,
                f3: __rt::None,
                f4: __rt::None,
                f5: __rt::None,
            };
            cursor.item(&mut partial)?;
            <u32 as __rt::ReadField>::absent(&mut partial.f2);
            <u64 as __rt::ReadField>::absent(&mut partial.f3);
            <String as __rt::ReadField>::absent(&mut partial.f4);
            <Option<String> as __rt::ReadField>::absent(&mut partial.f5);
            match partial {
                Partial {
                    f0: __rt::Some(f0),
                    f1: __rt::Some(f1),
                    f2: __rt::Some(f2),
                    f3: __rt::Some(f3),
                    f4: __rt::Some(f4),
                    f5: __rt::Some(f5),
                } => __rt::Ok(Self { group: f0, created_at: f1, id: f2, author: f3, text: f4, note: f5 }),
                partial => {
                    let missing = [
                        ("group", partial.f0.is_none()),
                        ("created_at", partial.f1.is_none()),
                        ("id", partial.f2.is_none()),
                        ("author", partial.f3.is_none()),
                        ("text", partial.f4.is_none()),
                        ("note", partial.f5.is_none()),
                    ];
                    __rt::Err(cursor.missing(&missing))
                }
            }
        }
    }
    impl<const PARTS: __rt::usize> __rt::DerivedQuery for MessageQuery<PARTS> {
        type Entity = Message;
        type Reads = __rt::Whole;
        type Index = MessageQuery;
        fn into_query(self) -> __rt::Query<Self::Entity, MessageQuery> {
            self.0
        }
    }
    impl __rt::ConsistentReads for MessageQuery {}
    impl<const PARTS: __rt::usize> __rt::DerivedQuery for MessageByAuthorQuery<PARTS> {
        type Entity = Message;
        const NAME: __rt::IndexName = __rt::Some("by-author");
        type Reads = < __rt :: Fact < 'static , { __rt :: is_whole (< Messages as __rt :: Entity > :: TABLE , "by-author") } > as __rt :: ReadsAs > :: Target ;
        type Index = MessageByAuthorQuery;
        fn into_query(self) -> __rt::Query<Self::Entity, MessageByAuthorQuery> {
            self.0
        }
    }
    #[diagnostic::do_not_recommend]
    impl __rt::ConsistentReads for MessageByAuthorQuery where
        for<'__a> __rt::Fact<'__a, { __rt::is_local(<Messages as __rt::Entity>::TABLE, "by-author") }>: __rt::Holds
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
            __rt::Key::of_parts(
                __KEYS,
                &[
                    ("group", &__rt::operand::<String>(&group)),
                    ("created_at", &__rt::operand::<u64>(&created_at)),
                    ("id", &__rt::operand::<u32>(&id)),
                ],
            )
        }
        #[doc = "A query of the items with this `MSG#{group}`."]
        pub fn query(group: impl __rt::SegmentOperand<String>) -> MessageQuery {
            MessageQuery(__rt::Query::of_keys(__KEYS, &[("group", &__rt::operand::<String>(&group))]))
        }
        #[doc = "A query of index `by-author`."]
        pub fn query_by_author(author: impl __rt::SegmentOperand<u64>) -> MessageByAuthorQuery {
            MessageByAuthorQuery(__rt::Query::of_keys(__KEYS, &[("author", &__rt::operand::<u64>(&author))]))
        }
    }
    #[diagnostic::on_unimplemented(
        message = "`created_at` has its condition already",
        label = "asked for a second time",
        note = "the parts of the sort key come from the left, each once: `created_at`, `id`"
    )]
    pub trait __MessageQueryPart0 {}
    impl __MessageQueryPart0 for MessageQuery<0> {}
    impl<const PARTS: __rt::usize> MessageQuery<PARTS> {
        #[doc = "A condition on the sort key `created_at`."]
        pub fn created_at(self) -> __rt::SortPart<Message, MessageQuery, u64, MessageQuery<1>>
        where
            Self: __MessageQueryPart0,
        {
            __rt::Query::part_then::<u64, _>(self.0, "created_at", MessageQuery::<1>)
        }
    }
    #[diagnostic::on_unimplemented(
        message = "`id` comes right after `created_at` in the sort key `{{created_at}}#{{id}}`",
        label = "write `.created_at().eq(…).id()`",
        note = "the parts of the sort key come from the left, each once: `created_at`, `id`"
    )]
    pub trait __MessageQueryPart1 {}
    impl __MessageQueryPart1 for MessageQuery<1> {}
    impl<const PARTS: __rt::usize> MessageQuery<PARTS> {
        #[doc = "A condition on the sort key `id`."]
        pub fn id(self) -> __rt::SortPart<Message, MessageQuery, u32>
        where
            Self: __MessageQueryPart1,
        {
            __rt::Query::part::<u32>(self.0, "id")
        }
    }
    #[diagnostic::on_unimplemented(
        message = "`created_at` has its condition already",
        label = "asked for a second time",
        note = "the parts of the sort key come from the left, each once: `created_at`, `id`"
    )]
    pub trait __MessageByAuthorQueryPart0 {}
    impl __MessageByAuthorQueryPart0 for MessageByAuthorQuery<0> {}
    impl<const PARTS: __rt::usize> MessageByAuthorQuery<PARTS> {
        #[doc = "A condition on the sort key `created_at`."]
        pub fn created_at(self) -> __rt::SortPart<Message, MessageByAuthorQuery, u64, MessageByAuthorQuery<1>>
        where
            Self: __MessageByAuthorQueryPart0,
        {
            __rt::Query::part_then::<u64, _>(self.0, "created_at", MessageByAuthorQuery::<1>)
        }
    }
    #[diagnostic::on_unimplemented(
        message = "`id` comes right after `created_at` in the sort key `{{created_at}}#{{id}}`",
        label = "write `.created_at().eq(…).id()`",
        note = "the parts of the sort key come from the left, each once: `created_at`, `id`"
    )]
    pub trait __MessageByAuthorQueryPart1 {}
    impl __MessageByAuthorQueryPart1 for MessageByAuthorQuery<1> {}
    impl<const PARTS: __rt::usize> MessageByAuthorQuery<PARTS> {
        #[doc = "A condition on the sort key `id`."]
        pub fn id(self) -> __rt::SortPart<Message, MessageByAuthorQuery, u32>
        where
            Self: __MessageByAuthorQueryPart1,
        {
            __rt::Query::part::<u32>(self.0, "id")
        }
    }
};
