#[doc = "Items of `Messages`, those of each entity by themselves and in the order that they were read."]
#[allow(dead_code, missing_debug_implementations, private_interfaces)]
pub struct MessagesByEntity {
    #[doc = "Those of `Group`."]
    pub group: ::tablewright::__private::Vec<MessageGroup>,
    #[doc = "Those of `Message`."]
    pub message: ::tablewright::__private::Vec<Message>,
    #[doc = "Those of no entity."]
    pub unknown: ::tablewright::__private::Vec<Item>,
}
#[allow(dead_code, deprecated, non_snake_case, private_bounds, private_interfaces)]
const _: () = {
    use ::tablewright::__private as __rt;
    const __MEMBERS: &[__rt::Member; 2] =
        &[<MessageGroup as __rt::EntityOf<Messages>>::MEMBER, <Message as __rt::EntityOf<Messages>>::MEMBER];
    const __ENTITIES: &[__rt::EntitySchema] = &__rt::schemas(__MEMBERS);
    const __INDEXES: &[__rt::IndexSchema] = &[__rt::global_index(
        "by-author",
        &[__rt::shared_key(
            "author_pk",
            __ENTITIES,
            __rt::KeyPlace::IndexPartition { index: "by-author", position: 0 },
        )],
        &[__rt::shared_key("author_sk", __ENTITIES, __rt::KeyPlace::IndexSort { index: "by-author", position: 0 })],
        __rt::IndexProjection::KeysOnly,
        __rt::shared_sparse("by-author", __ENTITIES),
    )];
    #[automatically_derived]
    impl __rt::Entity for Messages {
        const TABLE: &'static __rt::TableSchema = &__rt::TableSchema::new(
            "messages",
            __rt::shared_key("pk", __ENTITIES, __rt::KeyPlace::Partition),
            __rt::Some(__rt::shared_key("sk", __ENTITIES, __rt::KeyPlace::Sort)),
        )
        .with_indexes(__INDEXES)
        .with_settings(__rt::TableSettings::new().with_stream(__rt::StreamViewType::NewImage))
        .with_expiry(__rt::shared_ttl(__MEMBERS))
        .with_entities(__ENTITIES)
        .with_source(::tablewright::__source!());
        const NAME: &'static __rt::str = "Messages";
        const KIND: __rt::EntityKind = __rt::EntityKind::Table { takes_unknown: true };
        type Items = Self;
        type Paths<R> = __rt::PathsAreOfItsEntities;
        fn paths<R>() -> Self::Paths<R> {
            __rt::PathsAreOfItsEntities
        }
        fn encode_key(&self, __o: &mut __rt::Encoder) {
            match self {
                Self::Group(__item) => <MessageGroup as __rt::EntityOf<Messages>>::write_key(__item, __o),
                Self::Message(__item) => <Message as __rt::EntityOf<Messages>>::write_key(__item, __o),
                Self::Other(__item) => {
                    <Item as __rt::HoldsUnknown>::write_key(__item, <Self as __rt::Entity>::TABLE, __o)
                }
            }
        }
    }
    #[automatically_derived]
    impl<'__b> __rt::BatchWritable for Messages
    where
        MessageGroup: __rt::BatchMember<'__b>,
        Message: __rt::BatchMember<'__b>,
    {
    }
    #[automatically_derived]
    impl __rt::ToItem for Messages {
        fn encode_item(&self, __o: &mut __rt::Encoder) {
            match self {
                Self::Group(__item) => <MessageGroup as __rt::EntityOf<Messages>>::write_item(__item, __o),
                Self::Message(__item) => <Message as __rt::EntityOf<Messages>>::write_item(__item, __o),
                Self::Other(__item) => <Item as __rt::HoldsUnknown>::write_item(__item, __o),
            }
        }
    }
    #[automatically_derived]
    impl<'de> __rt::FromItem<'de> for Messages {
        fn decode_item(__i: &mut __rt::Cursor<'de>) -> __rt::DecodeResult<Self> {
            match __i.entity(<Self as __rt::Entity>::TABLE)? {
                __rt::Some(0) => __rt::Ok(Self::Group(<MessageGroup as __rt::EntityOf<Messages>>::read_item(__i)?)),
                __rt::Some(1) => __rt::Ok(Self::Message(<Message as __rt::EntityOf<Messages>>::read_item(__i)?)),
                _ => __rt::Ok(Self::Other(<Item as __rt::HoldsUnknown>::read_item(__i)?)),
            }
        }
    }
    impl __rt::Streamed for Messages {
        const TABLE: &'static __rt::TableSchema = <Self as __rt::Entity>::TABLE;
        type New = Self;
        type Old = __rt::NoImage;
    }
    #[automatically_derived]
    impl __rt::From<MessageGroup> for Messages {
        fn from(__item: MessageGroup) -> Self {
            Self::Group(__item)
        }
    }
    #[automatically_derived]
    impl __rt::From<Message> for Messages {
        fn from(__item: Message) -> Self {
            Self::Message(__item)
        }
    }
    const _: () = {
        __rt::check_member(<Messages as __rt::Entity>::TABLE, __MEMBERS, 0);
    };
    const _: () = {
        __rt::check_member(<Messages as __rt::Entity>::TABLE, __MEMBERS, 1);
    };
    const _: () = {
        __rt::index_is_used("by-author", __ENTITIES);
    };
    #[automatically_derived]
    impl __rt::Default for MessagesByEntity {
        fn default() -> Self {
            Self { group: __rt::Vec::new(), message: __rt::Vec::new(), unknown: __rt::Vec::new() }
        }
    }
    #[automatically_derived]
    impl __rt::Extend<Messages> for MessagesByEntity {
        fn extend<__T: __rt::IntoIterator<Item = Messages>>(&mut self, __items: __T) {
            for __item in __items {
                match __item {
                    Messages::Group(__item) => self.group.push(__item),
                    Messages::Message(__item) => self.message.push(__item),
                    Messages::Other(__item) => self.unknown.push(__item),
                }
            }
        }
    }
    #[automatically_derived]
    impl __rt::FromIterator<Messages> for MessagesByEntity {
        fn from_iter<__T: __rt::IntoIterator<Item = Messages>>(__items: __T) -> Self {
            let mut __grouped = <Self as __rt::Default>::default();
            __rt::Extend::extend(&mut __grouped, __items);
            __grouped
        }
    }
};
::tablewright::__register!(Messages);
