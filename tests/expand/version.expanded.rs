#[doc = "The attributes of `Account`, for expressions."]
#[allow(dead_code, deprecated, missing_debug_implementations, non_snake_case, private_interfaces)]
pub struct AccountPaths<R> {
    #[doc = "Attribute `id`."]
    pub id: ::tablewright::__private::KeyPath<Account, String, 0, R>,
    #[doc = "Attribute `owner`."]
    pub owner: ::tablewright::__private::Path<
        Account,
        String,
        ::tablewright::__private::WriteOnce<::tablewright::__private::Plain>,
    >,
    #[doc = "Attribute `visits`."]
    pub visits: ::tablewright::__private::Path<
        Account,
        u64,
        ::tablewright::__private::Counter<::tablewright::__private::Plain>,
    >,
    #[doc = "Attribute `version`."]
    pub version: ::tablewright::__private::Path<Account, u64, ::tablewright::__private::VersionNumber>,
}
#[doc = "A query of table `account`."]
#[must_use = "it is for `db.query(…)`"]
#[allow(dead_code, missing_debug_implementations)]
pub struct AccountQuery(::tablewright::__private::Query<Account, Self>);
#[allow(dead_code, deprecated, non_snake_case, private_bounds, private_interfaces)]
const _: () = {
    use ::tablewright::__private as __rt;
    const __VERSION: &__rt::VersionSchema = &__rt::VersionSchema::new("version", "version_writes", 8);
    const _: () = __rt::counts_microseconds(<u64 as __rt::VersionField>::GREATEST);
    const __ATTRIBUTES: &[__rt::AttributeSchema] = &[
        <String as __rt::WriteField>::TYPE.attribute("id", "id"),
        <String as __rt::WriteField>::TYPE.attribute("owner", "owner"),
        <u64 as __rt::WriteField>::TYPE.attribute("visits", "visits"),
        <u64 as __rt::WriteField>::TYPE.attribute("version", "version"),
    ];
    const __ENTITY: __rt::EntitySchema =
        __rt::EntitySchema::new("Account", "An account.", __ATTRIBUTES).with_version(__VERSION).with_guards(&[
            __rt::GuardSchema::new("owner", __rt::Guard::WriteOnce),
            __rt::GuardSchema::new("visits", __rt::Guard::Counter),
        ]);
    #[automatically_derived]
    impl __rt::Entity for Account {
        const TABLE: &'static __rt::TableSchema = &__rt::TableSchema::new(
            "account",
            __rt::KeySchema::new("id", <String as __rt::KeyAttribute>::TYPE),
            __rt::None,
        )
        .with_entities(&[__ENTITY])
        .with_source(::tablewright::__source!());
        const NAME: &'static __rt::str = "Account";
        type Items = Self;
        type Paths<R> = AccountPaths<R>;
        fn paths<R>() -> Self::Paths<R> {
            AccountPaths {
                id: __rt::Path::attribute("id"),
                owner: __rt::Path::attribute("owner"),
                visits: __rt::Path::attribute("visits"),
                version: __rt::Path::attribute("version"),
            }
        }
        fn encode_key(&self, __o: &mut __rt::Encoder) {
            let __id = <String as __rt::IdField<__rt::UuidV7>>::given(&self.id, __o);
            <String as __rt::WriteField>::write_partition_key(&__id, "\"id\":", __o);
        }
    }
    impl __rt::Versioned for Account {}
    #[automatically_derived]
    impl __rt::ToItem for Account {
        fn encode_item(&self, __o: &mut __rt::Encoder) {
            __rt::Entity::encode_key(self, __o);
            <String as __rt::WriteField>::write(&self.owner, "\"owner\":", __o);
            __o.guard("owner");
            <u64 as __rt::WriteField>::write(&self.visits, "\"visits\":", __o);
            __o.guard("visits");
            <u64 as __rt::VersionField>::write(&self.version, __VERSION, __o);
        }
    }
    #[automatically_derived]
    impl<'de> __rt::FromItem<'de> for Account {
        fn decode_item(__i: &mut __rt::Cursor<'de>) -> __rt::DecodeResult<Self> {
            let mut __f = (__rt::None, __rt::None, __rt::None, __rt::None);
            __i.item(&mut |__n, __i| {
                let __f = &mut __f;
                match __n {
                    "id" => <String as __rt::ReadField>::read(&mut __f.0, __i),
                    "owner" => <String as __rt::ReadField>::read(&mut __f.1, __i),
                    "visits" => <u64 as __rt::ReadField>::read(&mut __f.2, __i),
                    "version" => <u64 as __rt::ReadField>::read(&mut __f.3, __i),
                    _ => __i.skip(),
                }
            })?;
            __rt::Ok(Self {
                id: __i.required(__f.0, "id")?,
                owner: <String as __rt::ReadField>::done(__f.1, "owner", __i)?,
                visits: <u64 as __rt::ReadField>::done(__f.2, "visits", __i)?,
                version: __rt::default(__f.3, __rt::Default::default),
            })
        }
    }
    impl __rt::DerivedQuery for AccountQuery {
        type Entity = Account;
        type Reads = __rt::Whole;
        type Index = Self;
        fn into_query(self) -> __rt::Query<Account, Self> {
            self.0
        }
    }
    impl __rt::ConsistentReads for AccountQuery {}
    impl Account {
        #[doc = "The key of the item with this `id`."]
        pub fn key(id: impl __rt::Operand<String>) -> __rt::Key<Self> {
            __rt::Key::partition::<String>(&id)
        }
        #[doc = "A query of the items with this `id`."]
        pub fn query(id: impl __rt::Operand<String>) -> AccountQuery {
            AccountQuery(__rt::Query::partition::<String>("id", &id))
        }
    }
    const _: () = __rt::counter::<u64>();
};
::tablewright::__register!(Account);
