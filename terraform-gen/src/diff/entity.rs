//! Which change of an entity does what: of its attributes, its keys and its tag.

use super::Class;
use super::rules::Side;
use super::verdict::Verdict;

/// What a change of an entity does; the path is that inside of it.
pub(super) fn classify(rest: &[&str], before: Side<'_>, after: Side<'_>) -> Verdict {
    match rest {
        [] if before.is_none() => (Class::Safe, "A new entity. Programs of an earlier version do not know its items."),
        [] => (
            Class::OrphansData,
            "Stored items of the entity are unknown to the code, and queries that meet them fail. Delete them first, or keep \
             the entity.",
        ),
        ["attributes", _] => attribute(before, after),
        ["keys", _] if stored(before).is_some() && stored(before) == stored(after) => {
            (Class::Safe, "The same keys by other names of fields.")
        }
        ["keys", place] if is_of_more_shards(before, after) => more_shards(place),
        ["keys", "partition" | "sort", ..] => (
            Class::OrphansData,
            "Stored items are under keys that the code does not make any more. Keep the old shape among the `upgrades`, or \
             move every item to its new key before the change.",
        ),
        ["keys", ..] => (
            Class::OrphansData,
            "Stored items keep their former key in the index, or none, until each is written again. Write every item after the \
             change, or add an index with the new key, move the queries to it, and remove this one later.",
        ),
        ["tag"] => (
            Class::OrphansData,
            "Stored items have the former tag, and are not read as this entity any more. Keep the tag, or write every item \
             again.",
        ),
        _ => (Class::Safe, "Stored items are not touched."),
    }
}

/// What more shards of a key do.
fn more_shards(place: &str) -> Verdict {
    if place == "partition" {
        return (
            Class::OrphansData,
            "Most stored items would be in another shard, so that they are not found by their keys, and queries that meet them \
             fail. Write the items to a template that begins with another literal, and move the programs there.",
        );
    }
    (
        Class::TwoStep,
        "Stored items are found in the shards that they are in, and go to their new one when they are written again. Programs \
         with fewer shards do not find what is in the others: stop them before anything is written with the new number, or \
         accept that their lists are short until they are replaced.",
    )
}

/// True if a key differs in its number of shards alone, and has more of them than before; not if it had none.
fn is_of_more_shards(before: Side<'_>, after: Side<'_>) -> bool {
    let shards = |side| {
        let (stem, shards) = stored(side)?.as_str()?.strip_suffix('}')?.rsplit_once("{shard of ")?;
        Some((stem, shards.parse::<u16>().ok()?))
    };
    matches!((shards(before), shards(after)), (Some((was, fewer)), Some((is, more))) if was == is && fewer < more)
}

/// What is stored of a key, whatever the fields are named.
fn stored(key: Side<'_>) -> Side<'_> {
    key?.get("stored")
}

/// `S` and `S?` are of one type.
fn type_of(value: Side<'_>) -> Option<(&str, bool)> {
    let text = value?.as_str()?;
    Some(text.strip_suffix('?').map_or((text, false), |of| (of, true)))
}

fn attribute(before: Side<'_>, after: Side<'_>) -> Verdict {
    match (type_of(before), type_of(after)) {
        (None, Some((_, true))) => (Class::Safe, "Items may lack the attribute, so stored ones are read as before."),
        (None, _) => (
            Class::TwoStep,
            "Stored items lack the attribute, and reading them fails. Let it be optional or give it a default, write it into \
             every item, then require it.",
        ),
        (_, None) => (Class::Safe, "Stored items keep the attribute, and reading them ignores it."),
        (Some((old, was_optional)), Some((new, optional))) if old == new => {
            if was_optional && !optional {
                (
                    Class::TwoStep,
                    "Stored items may lack the attribute, and reading those fails. Write it into every item first.",
                )
            } else {
                (Class::Safe, "Stored items are read as before.")
            }
        }
        (Some((_, _)), Some(("*", _))) => (Class::Safe, "The value decides what is read."),
        _ => (
            Class::OrphansData,
            "Stored items hold the attribute in its former type, and reading them fails. Take another attribute, or write every \
             item again.",
        ),
    }
}
