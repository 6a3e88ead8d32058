//! Named access patterns: which parts of a key they give, and that they need no scan.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{LitStr, Type};

use super::given::Given;
use super::{Index, IndexKey, KeySide};
use crate::attr::{AccessAttrs, RangeOperator, Set};
use crate::errors::Errors;
use crate::nearest::suggestion;

/// A named query.
pub(crate) struct Access {
    /// The method's name.
    pub(crate) name: Ident,
    /// As it is written.
    written: LitStr,
    pub(crate) doc: String,
    /// Which index it reads, or `None` for the table.
    pub(crate) index: Option<usize>,
    /// The parts of the partition key, in order.
    pub(crate) partition: Vec<GivenPart>,
    /// The parts of the sort key that must equal a value, in order.
    pub(crate) sort: Vec<GivenPart>,
    pub(crate) range: Option<Range>,
    pub(crate) descending: bool,
    pub(crate) take: Option<usize>,
    pub(crate) reads: Option<Type>,
}

/// A part of a key, and where its value comes from: `None` if it is a parameter.
pub(crate) struct GivenPart {
    /// The field as it is written in the pattern.
    pub(crate) field: Ident,
    /// Its place among the parts of the pattern as they are written: that of its parameter.
    pub(crate) position: usize,
    pub(crate) key: IndexKey,
    pub(crate) value: Option<TokenStream>,
}

/// The condition on the part after those that are fixed.
pub(crate) struct Range {
    /// The field as it is written in the pattern.
    pub(crate) field: Ident,
    pub(crate) key: IndexKey,
    pub(crate) operator: RangeOperator,
    pub(crate) parameters: Vec<Ident>,
}

/// The keys that a pattern can use: of the table, or of an index.
pub(super) struct Target<'t> {
    /// What messages call it.
    pub(super) what: String,
    pub(super) index: Option<usize>,
    pub(super) partition: Vec<&'t IndexKey>,
    pub(super) sort: Vec<&'t IndexKey>,
}

/// What patterns need to know about their table.
pub(super) struct Keys<'t> {
    pub(super) entity: &'t Ident,
    pub(super) partition_key: &'t KeySide,
    pub(super) sort_key: &'t KeySide,
    pub(super) indexes: &'t [Index],
    /// True if an index is left out after a mistake.
    pub(super) broken: bool,
}

impl Keys<'_> {
    pub(super) fn patterns(&self, attrs: &[AccessAttrs], errors: &mut Errors) -> Vec<Access> {
        let patterns: Vec<Access> = attrs.iter().filter_map(|attrs| self.pattern(attrs, errors)).collect();
        for (place, second) in patterns.iter().enumerate() {
            if let Some(first) = patterns.iter().take(place).find(|first| first.name == second.name) {
                let message = format!("two access patterns are named `{}`; rename one", second.name);
                errors.conflict(&first.written, "the name is first used here", &second.written, message);
            }
        }
        patterns
    }

    fn pattern(&self, attrs: &AccessAttrs, errors: &mut Errors) -> Option<Access> {
        let name = self.name(attrs, errors);
        let target = self.target(attrs, errors);
        let take = take(attrs, errors);
        let (name, target) = (name?, target?);
        if attrs.broken {
            return None;
        }
        let given = Given::new(&name, attrs);
        if !given.check(&target, errors) {
            return None;
        }
        let partition = given.partition(&target, attrs, errors);
        let (sort, range) = given.sort(&target, attrs, errors);
        given.check_parameters(attrs, errors);
        Some(Access {
            doc: attrs.doc.as_ref().map(|doc| doc.value.value()).unwrap_or_default(),
            name,
            written: attrs.name.as_ref()?.value.clone(),
            index: target.index,
            partition: partition?,
            sort,
            range,
            descending: attrs.descending.as_ref().is_some_and(|descending| descending.value),
            take: take?,
            reads: attrs.reads.as_ref().map(|reads| reads.value.clone()),
        })
    }

    fn name(&self, attrs: &AccessAttrs, errors: &mut Errors) -> Option<Ident> {
        let Some(name) = &attrs.name else {
            if !attrs.broken {
                errors.at(&attrs.key, "an access pattern needs a name, which its method has: add `name = \"recent\"`");
            }
            return None;
        };
        let text = name.value.value();
        let Some(ident) = syn::parse_str::<Ident>(&text).ok() else {
            errors.at(
                &name.value,
                format!("`{text}` cannot be the name of a method; write it as one: `name = \"recent_orders\"`"),
            );
            return None;
        };
        let taken = |query: &Ident| *query == ident;
        if text == "key" || text == "query" || self.indexes.iter().any(|index| taken(&index.query_method)) {
            errors.at(
                &name.value,
                format!("`{}::{text}` is there already; give the pattern a name of its own", self.entity),
            );
            return None;
        }
        Some(Ident::new(&text, Span::call_site().located_at(name.value.span())))
    }

    fn target(&self, attrs: &AccessAttrs, errors: &mut Errors) -> Option<Target<'_>> {
        let Some(Set { value: written, .. }) = &attrs.index else {
            return Some(Target::new("the table".to_owned(), None, self.partition_key, self.sort_key));
        };
        let name = written.value();
        let Some(place) = self.indexes.iter().position(|index| index.name == name) else {
            if !self.broken {
                self.unknown_index(written, errors);
            }
            return None;
        };
        let index = self.indexes.get(place)?;
        Some(Target::new(format!("index `{name}`"), Some(place), &index.partition_key, &index.sort_key))
    }

    fn unknown_index(&self, written: &LitStr, errors: &mut Errors) {
        let names: Vec<&str> = self.indexes.iter().map(|index| index.name.as_str()).collect();
        let hint = match names.as_slice() {
            [] => "declare it with `gsi(…)` or `lsi(…)`, or leave out `index` to read the table".to_owned(),
            names => suggestion(&written.value(), "its indexes are", names),
        };
        errors.at(written, format!("`{}` has no index `{}`; {hint}", self.entity, written.value()));
    }
}

impl<'t> Target<'t> {
    /// What the partition key says is said: the sort key's template takes it from there.
    fn new(what: String, index: Option<usize>, partition: &'t KeySide, sort: &'t KeySide) -> Self {
        let (partition, sort) = (partition.parts(), sort.asked_after(partition));
        Self { what, index, partition, sort }
    }
}

/// The result budget: `None` after a mistake.
fn take(attrs: &AccessAttrs, errors: &mut Errors) -> Option<Option<usize>> {
    let Some(take) = &attrs.take else { return Some(None) };
    match take.value.base10_parse() {
        Ok(0) => errors.at(&take.value, "a pattern of no items reads nothing; write at least `take = 1`"),
        Ok(items) => return Some(Some(items)),
        Err(error) => errors.push(error),
    }
    None
}
