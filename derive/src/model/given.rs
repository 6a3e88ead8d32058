//! The values that an access pattern gives to the parts of a key.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;

use super::IndexKey;
use super::access::{GivenPart, Range, Target};
use crate::attr::{AccessAttrs, Set};
use crate::errors::Errors;
use crate::nearest::{listed, suggestion};

/// The values that a pattern gives to parts.
pub(super) struct Given<'a> {
    name: String,
    parts: Vec<(&'a Ident, &'static str, Option<&'a TokenStream>)>,
}

impl<'a> Given<'a> {
    pub(super) fn new(name: &Ident, attrs: &'a AccessAttrs) -> Self {
        let words = |list: &'a Option<Set<Vec<Ident>>>, side| {
            list.iter().flat_map(|set| &set.value).map(move |word| (word, side, None))
        };
        let fixed = attrs.fixed.iter().flat_map(|set| &set.value).map(|(word, value)| (word, "fixed", Some(value)));
        let parts = words(&attrs.partition, "partition").chain(words(&attrs.sort, "sort")).chain(fixed).collect();
        Self { name: name.unraw().to_string(), parts }
    }

    /// The key with its value, if it has one.
    fn find(&self, key: &IndexKey) -> Option<GivenPart> {
        let position = self.parts.iter().position(|(word, ..)| **word == key.ident)?;
        let (word, _, value) = self.parts.get(position)?;
        Some(GivenPart { field: (*word).clone(), position, key: key.clone(), value: value.cloned() })
    }

    /// Checks that each part is one of the key, in the list that it belongs to, and given once; says
    /// whether that is so.
    pub(super) fn check(&self, target: &Target<'_>, errors: &mut Errors) -> bool {
        let mut right = true;
        for (place, (word, list, _)) in self.parts.iter().enumerate() {
            if let Some((first, ..)) = self.parts.iter().take(place).find(|(other, ..)| other == word) {
                errors.conflict(
                    first,
                    format!("`{word}` has a value here"),
                    word,
                    format!("`{word}` has two values; remove one"),
                );
                right = false;
                continue;
            }
            let is_in = |keys: &[&IndexKey]| keys.iter().any(|key| key.ident == **word);
            let (partition, sort) = (is_in(&target.partition), is_in(&target.sort));
            let what = &target.what;
            let message = match *list {
                "partition" if partition => continue,
                "sort" if sort => continue,
                "fixed" if partition || sort => continue,
                "partition" if sort => {
                    format!("`{word}` is part of the sort key of {what}: write it in `sort({word})`")
                }
                "sort" if partition => {
                    format!("`{word}` is part of the partition key of {what}: write it in `partition({word})`")
                }
                list => {
                    let names: Vec<String> = match list {
                        "partition" => names(&target.partition),
                        "sort" => names(&target.sort),
                        _ => names(&target.partition).into_iter().chain(names(&target.sort)).collect(),
                    };
                    let names: Vec<&str> = names.iter().map(String::as_str).collect();
                    let key = if list == "fixed" { "key".to_owned() } else { format!("{list} key") };
                    let hint = suggestion(&word.unraw().to_string(), "its parts are", &names);
                    format!("`{word}` is no part of the {key} of {what}; {hint}")
                }
            };
            errors.at(word, message);
            right = false;
        }
        right
    }

    /// Every part of the partition key: without one of them it would be a scan.
    pub(super) fn partition(
        &self,
        target: &Target<'_>,
        attrs: &AccessAttrs,
        errors: &mut Errors,
    ) -> Option<Vec<GivenPart>> {
        let given: Vec<GivenPart> = target.partition.iter().filter_map(|key| self.find(key)).collect();
        if given.len() == target.partition.len() {
            return Some(given);
        }
        let all = names(&target.partition);
        let is_missing = |name: &&str| !given.iter().any(|part| part.key.ident.unraw() == name);
        let missing: Vec<&str> = all.iter().map(String::as_str).filter(is_missing).collect();
        let message = format!(
            "access pattern `{}` gives no value for {}, so it would have to scan {}: give the whole partition key, as \
             parameters with `partition({})` or as values with `fixed(…)`, or declare an index whose partition key the \
             pattern knows",
            self.name,
            listed(&missing),
            target.what,
            all.join(", "),
        );
        errors.at_span(attrs.span(), message);
        None
    }

    /// The parts of the sort key from the left without a gap, and the range of the next one.
    pub(super) fn sort(
        &self,
        target: &Target<'_>,
        attrs: &AccessAttrs,
        errors: &mut Errors,
    ) -> (Vec<GivenPart>, Option<Range>) {
        let sort: Vec<GivenPart> = target.sort.iter().map_while(|key| self.find(key)).collect();
        let after = target.sort.get(sort.len()..).unwrap_or_default();
        for (word, list, _) in &self.parts {
            if *list != "partition" && after.iter().any(|key| key.ident == **word) {
                errors.at(word, gap(target, after, word));
            }
        }
        let range = attrs.range.as_ref().and_then(|range| {
            let (field, operator) = (&range.value.field, range.value.operator);
            match after.first().filter(|key| key.ident == *field) {
                Some(key) => Some(Range {
                    field: field.clone(),
                    key: (*key).clone(),
                    operator,
                    parameters: range.value.parameters.clone(),
                }),
                None => {
                    errors.at(field, no_range(target, after, field));
                    None
                }
            }
        });
        (sort, range)
    }

    /// Checks that no two parameters have one name.
    pub(super) fn check_parameters(&self, attrs: &AccessAttrs, errors: &mut Errors) {
        let parts = self.parts.iter().filter(|(.., value)| value.is_none()).map(|(word, ..)| *word);
        let range: Vec<&Ident> = attrs.range.iter().flat_map(|range| &range.value.parameters).collect();
        let all: Vec<&Ident> = parts.chain(range.iter().copied()).collect();
        for (place, second) in all.iter().enumerate().skip(all.len() - range.len()) {
            if let Some(first) = all.iter().take(place).find(|first| first == &second) {
                let message =
                    format!("two parameters are named `{second}`; rename this one: it is the pattern's own name");
                errors.conflict(first, "the other parameter is here", second, message);
            }
        }
    }
}

fn names(keys: &[&IndexKey]) -> Vec<String> {
    keys.iter().map(|key| key.ident.unraw().to_string()).collect()
}

/// Why a part cannot have a value or a range before those that have none.
fn gap(target: &Target<'_>, after: &[&IndexKey], later: &Ident) -> String {
    let missing = names(after).into_iter().next().unwrap_or_default();
    format!(
        "`{missing}` comes before `{later}` in the sort key of {} and has no value: add `sort({missing})`",
        target.what
    )
}

/// Why a field has no range, which is not the next part of the sort key.
fn no_range(target: &Target<'_>, after: &[&IndexKey], field: &Ident) -> String {
    let is_in = |keys: &[&IndexKey]| keys.iter().any(|key| key.ident == *field);
    let what = &target.what;
    if is_in(after) {
        gap(target, after, field)
    } else if is_in(&target.sort) {
        format!("`{field}` has a value already, so there is no range of it; remove one of the two")
    } else if is_in(&target.partition) {
        format!("`{field}` is part of the partition key of {what}, which has one value: write `partition({field})`")
    } else {
        let names = names(&target.sort);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let hint = suggestion(&field.unraw().to_string(), "its parts are", &names);
        format!("`{field}` is no part of the sort key of {what}; {hint}")
    }
}
