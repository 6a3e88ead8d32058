//! The rules, by the numbers that they have in this list.

use super::Proof::{Refused, Written};
use super::Rule;

/// The tests of the generator's checks: the words are those that it refuses a table with.
const CHECKS: &str = "terraform-gen/src/check/tests.rs";

pub(super) const RULES: [Rule; 24] = [
    Rule {
        text: "A table's name has 3 to 255 characters, all of them letters, digits, `_`, `-` and `.`, with its prefix.",
        proofs: &[
            Refused("table/empty-name", "the name of a table is empty"),
            Refused("table/short-name", "too short for the name of a table"),
            Refused("table/long-name", "the name of a table has 256 characters"),
            Refused("table/wrong-character-in-name", "the name of a table cannot contain"),
            Written(CHECKS, "2 characters; give it a name of 3 to 255"),
            Written("tests/terraform/simple/variables.tf", "length(var.name_prefix) <= 247"),
        ],
    },
    Rule {
        text: "So has an index's name, which is used once among global and local indexes.",
        proofs: &[
            Refused("index/short-name", "too short for the name of an index"),
            Refused("index/long-name", "the name of an index has 256 characters"),
            Refused("index/wrong-character-in-name", "the name of an index cannot contain"),
            Refused("index/name-twice", "used once among all indexes of a table"),
            Written(CHECKS, "two of its indexes are named `by_x`"),
        ],
    },
    Rule {
        text: "The name of a key attribute and of a projected one has 1 to 255 bytes.",
        proofs: &[
            Refused("key/long-attribute-name", "the name of a key attribute has 256 bytes"),
            Refused("index/long-key-name", "the name of a key attribute has 256 bytes"),
            Refused("index/long-included-name", "has 256 bytes, and at most 255 are allowed for keys and projected"),
            Refused("field/rename-to-nothing", "the name of an attribute is empty"),
        ],
    },
    Rule {
        text: "Two fields are not one attribute, and two tables not one resource of Terraform.",
        proofs: &[
            Refused("field/two-fields-one-attribute", "are both stored as attribute `t`"),
            Refused("field/two-fields-one-attribute-by-case", "are both stored as attribute `remKey`"),
            Refused("attribute/two-fields-one-attribute", "are both stored as attribute `city`"),
            Written(CHECKS, "fn names_that_become_one_name()"),
        ],
    },
    Rule {
        text: "A table has one partition key, at most one sort key, and these are two attributes.",
        proofs: &[
            Refused("key/no-partition-key", "has no partition key"),
            Refused("key/two-partition-keys", "a table has one partition key"),
            Refused("key/two-sort-keys", "a table has one sort key"),
            Refused("key/both-keys-on-one-field", "cannot be on one field"),
            Written(CHECKS, "`id` is its partition key and its sort key"),
        ],
    },
    Rule {
        text: "A key attribute is text, a number or binary, by its type and not by its type's name.",
        proofs: &[
            Refused("type/boolean-key", "`bool` cannot be a key attribute"),
            Refused("type/list-key", "`Vec<String>` cannot be a key attribute"),
            Refused("type/document-key", "`Address` cannot be a key attribute"),
            Refused("type/float-key", "`f64` cannot be a key attribute"),
            Refused("type/list-index-key", "`Vec<String>` cannot be a key attribute of an index"),
            Refused("type/float-index-key", "`Option<f64>` cannot be a key attribute of an index"),
        ],
    },
    Rule {
        text: "A key attribute of the table is in every item; one of an index may be missing, and the index says so.",
        proofs: &[
            Refused("key/optional", "a table's key is in every item"),
            Refused("type/optional-key-by-alias", "`Option<String>` cannot be a key attribute"),
            Refused("index/sparse-missing", "an item without it is not in the index"),
            Refused("index/sparse-without-option", "every item has the key of this index"),
            Refused("template/optional-part-of-primary-key", "`id` is an `Option`, and a table's key is in every item"),
        ],
    },
    Rule {
        text: "An attribute has one type in the table, in its indexes and in all entities of the table.",
        proofs: &[
            Refused("entity/types-of-key-disagree", "the sort key is of type N from field `hour`"),
            Refused(
                "entity/type-of-index-key",
                "of type S, and in table `shop` that is a key of index `by-day` of type N",
            ),
            Written(CHECKS, "attribute `sk` is a key of type S in one place and N in another"),
            Written(CHECKS, "but `Order` stores field `field` there as N"),
        ],
    },
    Rule {
        text: "Terraform's `attribute` blocks are the key attributes, each once.",
        proofs: &[
            Written("tests/it/terraform/mod.rs", "fn indexes_ttl_and_stream()"),
            Written(
                "tests/terraform/indexes/tests/offline.tftest.hcl",
                "Table orders must define its key attributes and no others.",
            ),
        ],
    },
    Rule {
        text: "A key value is not empty.",
        proofs: &[
            Written("tests/it/runtime/limits.rs", "fn keys_are_not_empty_and_not_too_long()"),
            Written("tests/it/index/multi.rs", "fn an_empty_value_of_any_attribute_is_refused_before_it_is_sent()"),
        ],
    },
    Rule {
        text: "A table has at most 5 local indexes, needs a sort key for them, and each has a sort key of its own.",
        proofs: &[
            Refused("index/six-local", "at most 5 local secondary indexes"),
            Refused("index/local-of-simple-table", "needs a table with a sort key"),
            Refused("index/local-with-partition-key", "has the partition key of the table"),
            Refused("index/local-without-sort-key", "needs a sort key of its own"),
            Refused("index/local-as-the-table", "would order the items as the table does"),
            Refused("index/local-by-partition-key", "is the table's partition key"),
        ],
    },
    Rule {
        text: "A table has at most 20 global indexes.",
        proofs: &[
            Refused("index/twenty-one-global", "at most 20 global secondary indexes"),
            Written(CHECKS, "21 global secondary indexes; AWS allows 20"),
        ],
    },
    Rule {
        text: "A global index has 1 to 4 partition-key and up to 4 sort-key attributes, each once; several need the newer provider.",
        proofs: &[
            Refused("multi/five-attributes", "at most 4 attributes"),
            Refused("multi/empty-list", "`partition_key` is an empty list"),
            Refused("multi/attribute-twice", "is in the index's partition key already"),
            Refused("index/global-with-one-field-twice", "is in the index's partition key already"),
            Refused("index/global-without-partition-key", "a global secondary index needs a partition key"),
            Refused("multi/local-with-several", "a local secondary index has one sort key"),
            Written(CHECKS, "`--provider aws6`"),
        ],
    },
    Rule {
        text: "A query fixes the partition key's attributes, then the sort key's from the left, and ends in a range.",
        proofs: &[
            Refused("multi/partition-part-missing", "this function takes 2 arguments but 1 argument was supplied"),
            Refused("multi/second-part-first", "`placed` comes right after `status` in the sort key"),
            Refused("multi/second-part-skipped", "`total` comes right after `placed` in the sort key"),
            Refused("multi/first-part-twice", "`status` has its condition already"),
            Refused("multi/part-after-range", "no method named `placed`"),
            Refused(
                "multi/filter-on-sort-part",
                "a key attribute of the queried table or index cannot be in its filter",
            ),
            Refused(
                "query/filter-on-key-of-index",
                "a key attribute of the queried table or index cannot be in its filter",
            ),
            Written("tests/it/index/multi.rs", "fn an_item_without_one_attribute_of_the_key_is_not_in_the_index()"),
        ],
    },
    Rule {
        text: "A global index has no consistent read.",
        proofs: &[
            Refused("query/consistent-read-of-global-index", "a global secondary index has no consistent read"),
            Refused("multi/consistent-read", "a global secondary index has no consistent read"),
            Refused("entity/consistent-read-of-global-index", "a global secondary index has no consistent read"),
        ],
    },
    Rule {
        text: "`include` names 1 to 20 attributes, each once and none of them a key; no other projection names any.",
        proofs: &[
            Refused("index/include-nothing", "`include` needs at least one field"),
            Refused("index/include-without-list", "`include` needs the fields to carry"),
            Refused("index/include-twenty-one", "an index includes at most 20 attributes"),
            Refused("index/include-twice", "`total` is included twice"),
            Refused("index/include-key", "`handle` is a key"),
            Refused("index/all-with-list", "`all` takes no list"),
        ],
    },
    Rule {
        text: "The indexes of a table include at most 100 attributes together.",
        proofs: &[
            Refused("index/include-one-hundred-and-one", "at most 100 attributes by name together"),
            Written(CHECKS, "include 102 attributes in all; AWS allows 100"),
        ],
    },
    Rule {
        text: "Items of an index are read as what the index carries.",
        proofs: &[
            Refused(
                "query/whole-item-of-narrow-index",
                "expected `Result<Vec<Sparkle>, Error>`, found `Result<Vec<Item>, Error>`",
            ),
            Refused("index/reads-not-carried", "index `by-tenant` does not carry attribute `total`"),
            Refused("index/reads-optional-not-carried", "index `by-tenant` does not carry attribute `note`"),
            Refused("index/reads-of-whole-index", "the index carries every attribute"),
            Refused("pattern/reads-not-carried", "index `by-status` does not carry attribute `total`"),
        ],
    },
    Rule {
        text: "A table has one time to live, a number of epoch seconds that is no key, and its entities agree on it.",
        proofs: &[
            Refused("field/two-times-to-live", "one time-to-live attribute"),
            Refused("type/time-to-live-as-text", "`String` cannot be a time-to-live attribute"),
            Refused("type/time-to-live-as-float", "cannot be a time-to-live attribute"),
            Refused("key/time-to-live", "`sort_key` and `ttl` cannot be on one field"),
            Refused("entity/expiry-named-twice", "a table has one time-to-live attribute"),
            Written(CHECKS, "time-to-live attribute `sk` is a key of type S"),
        ],
    },
    Rule {
        text: "A stream has one of four views, and who reads it gets no image that it does not carry; replicas need both images.",
        proofs: &[
            Refused("setting/unknown-stream", "`keys_only`, `new_image`, `old_image`, `new_and_old_images`"),
            Refused("setting/stream-in-quotes", "(without quotes)"),
            Refused("stream/image-not-carried", "on type `tablewright::stream::NoImage`"),
            Refused("stream/image-of-another-view", "NoImage"),
            Refused("role/no-stream", "and its table has none: write `stream = new_and_old_images`"),
            Written(
                "tests/terraform/simple/table_settings.tf",
                r#"length(var.replicas) > 0 ? "NEW_AND_OLD_IMAGES" : null"#,
            ),
        ],
    },
    Rule {
        text: "Provisioned capacity is at least 1 of each for the table and each global index; on-demand billing has bounds only.",
        proofs: &[
            Refused("setting/provisioned-without-units", "`provisioned` needs units a second"),
            Refused("setting/provisioned-without-write", "both read and write units are needed"),
            Refused("setting/provisioned-nothing", "provisioned capacity is at least 1 a second"),
            Refused("setting/provisioned-with-bounds", "`provisioned` has no `max_read`"),
            Refused("setting/on-demand-bound-of-nothing", "the bound of on-demand billing is at least 1 a second"),
            Refused("index/capacity-on-demand", "only under provisioned billing"),
            Refused("index/capacity-of-nothing", "provisioned capacity is at least 1 a second"),
            Refused("index/capacity-without-write", "an index has both read and write units"),
            Refused("index/local-with-capacity", "a local secondary index uses the table's capacity"),
        ],
    },
    Rule {
        text: "Recovery reaches back 1 to 35 days, a table has one of two classes, and warm throughput starts at 12000 and 4000.",
        proofs: &[
            Refused("setting/recovery-of-no-days", "reaches back 1 to 35 days, not 0"),
            Refused("setting/recovery-of-too-many-days", "reaches back 1 to 35 days, not 36"),
            Refused("setting/unknown-class", "one of `standard`, `standard_infrequent_access`"),
            Refused("setting/warm-throughput-too-low", "warm throughput is at least 12000 a second"),
            Written("terraform-gen/src/diff/tests.rs", "fn warm_throughput_never_becomes_less()"),
        ],
    },
    Rule {
        text: "Replicas need a stream, and capacity that follows the load.",
        proofs: &[
            Written(
                "tests/terraform/simple/table_settings.tf",
                "stream_enabled              = length(var.replicas) > 0",
            ),
            Written(
                "tests/terraform/provisioned/table_settings.tf",
                "is PROVISIONED, and replicas need PAY_PER_REQUEST.",
            ),
        ],
    },
    Rule {
        text: "The keys of two entities differ, and a query of one entity gives no item of another.",
        proofs: &[
            Refused(
                "entity/same-keys",
                "are the first segments where they could differ; put a different literal before each",
            ),
            Refused("entity/same-keys-with-tag", "can have the same primary key"),
            Refused("entity/text-swallows-literal", "can have the same primary key"),
            Written("tests/it/index/segments.rs", "fn a_part_takes_every_operator_and_no_other_entity_is_given()"),
            Written("tests/it/index/mixed.rs", "fn another_entitys_items_are_never_decoded_wherever_they_lie()"),
        ],
    },
];
