//! Reads attributes: documents, lists and maps, and what generated code calls for each field.

use std::borrow::Cow;

use super::cursor::Cursor;
use super::decode_error::{DecodeError, DecodeProblem};
use super::item::FromItem;
use crate::limit;
use crate::value::{Adapter, FromAttribute};

type Result<T> = core::result::Result<T, DecodeError>;

impl<'a> Cursor<'a> {
    /// Reads a list: calls `element` at each.
    ///
    /// # Errors
    /// If the value has another type, if it is nested too deeply, or if the response is malformed.
    #[doc(hidden)]
    pub fn list(&mut self, element: &mut dyn FnMut(&mut Self) -> Result<()>) -> Result<()> {
        if !self.literal(b"{\"L\":[") {
            self.open("L")?;
            self.expect(b'[', "expected `[`")?;
        }
        self.enter()?;
        let empty = self.elements(element)?;
        self.leave(empty)?;
        self.close()
    }

    /// The elements of an array; says whether there were none.
    pub(super) fn elements(&mut self, element: &mut dyn FnMut(&mut Self) -> Result<()>) -> Result<bool> {
        let mut first = true;
        let mut index = 0;
        while self.element(&mut first)? {
            element(self).map_err(|error| error.in_element(index))?;
            index += 1;
        }
        Ok(first)
    }

    /// Reads a map: calls `entry` at each value with its key.
    ///
    /// # Errors
    /// If the value has another type, if it is nested too deeply, or if the response is malformed.
    #[doc(hidden)]
    pub fn map(&mut self, entry: &mut dyn FnMut(Cow<'a, str>, &mut Self) -> Result<()>) -> Result<()> {
        self.open_map()?;
        self.entries(entry)?;
        self.close()
    }

    /// The members of the object that the cursor is before, each an attribute value.
    pub(crate) fn entries(&mut self, entry: &mut dyn FnMut(Cow<'a, str>, &mut Self) -> Result<()>) -> Result<()> {
        self.expect(b'{', "expected `{`")?;
        let mut first = true;
        while let Some(name) = self.member(&mut first)? {
            let step = name.clone();
            entry(name, self).map_err(|error| error.in_attribute(&step))?;
        }
        if self.depth > 0 { self.leave(first) } else { Ok(()) }
    }

    /// Reads a map as a document.
    ///
    /// # Errors
    /// If the value is not the document's, or if the response is malformed.
    #[doc(hidden)]
    pub fn document<T: FromItem<'a>>(&mut self) -> Result<T> {
        self.open_map()?;
        let start = self.place;
        let document = T::decode_item(self)?;
        // `{}` and perhaps white space is an empty document. Only the deepest level cares.
        self.leave(self.depth < limit::NESTING_LEVELS || !self.slice(start, self.place).contains(':'))?;
        self.close()?;
        Ok(document)
    }

    fn open_map(&mut self) -> Result<()> {
        if !self.literal(b"{\"M\":") {
            self.open("M")?;
        }
        self.enter()
    }

    /// Goes into a list or map. The stack is safe: at most 32 of them nest.
    fn enter(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > limit::NESTING_LEVELS { self.problem(DecodeProblem::TooDeep) } else { Ok(()) }
    }

    /// Goes out of a list or map. One at level 32 must be empty, because its values would be at level 33.
    fn leave(&mut self, empty: bool) -> Result<()> {
        self.depth -= 1;
        if !empty && self.depth + 1 >= limit::NESTING_LEVELS { self.problem(DecodeProblem::TooDeep) } else { Ok(()) }
    }

    /// The loop over an item's attributes, compiled once for all entities: `fill` takes the attribute of that name, whose
    /// value the cursor is at.
    ///
    /// # Errors
    /// Those of the attributes, or if the response is malformed.
    #[doc(hidden)]
    pub fn item(&mut self, fill: &mut dyn FnMut(&str, &mut Self) -> Result<()>) -> Result<()> {
        self.expect(b'{', "expected an item")?;
        let mut first = true;
        while let Some(name) = self.member(&mut first)? {
            fill(&name, self).map_err(|error| error.in_attribute(&name))?;
        }
        Ok(())
    }

    /// Reads an attribute into the place for it.
    ///
    /// # Errors
    /// If the value is not the field's, or if the item has the attribute twice.
    #[doc(hidden)]
    pub fn attribute<T: FromAttribute<'a>>(&mut self, slot: &mut Option<T>) -> Result<()> {
        if slot.is_some() {
            return self.twice();
        }
        *slot = Some(T::decode(self)?);
        Ok(())
    }

    /// DynamoDB never sends an attribute twice; which of the two would be right is not ours to guess.
    #[cold]
    #[inline(never)]
    pub(crate) fn twice<T>(&self) -> Result<T> {
        self.malformed("the same attribute twice")
    }

    /// Reads an attribute into the place for it, through an adapter.
    ///
    /// # Errors
    /// If the value is not the adapter's, or if the item has the attribute twice.
    #[doc(hidden)]
    pub fn adapted<A: Adapter<T>, T>(&mut self, slot: &mut Option<T>) -> Result<()> {
        if slot.is_some() {
            return self.twice();
        }
        let stored = A::Stored::decode(self)?;
        match A::load(stored) {
            Ok(value) => {
                *slot = Some(value);
                Ok(())
            }
            Err(reason) => self.problem(DecodeProblem::Refused(reason.into())),
        }
    }

    /// What was read into the place of an attribute that an item cannot lack.
    ///
    /// # Errors
    /// If the item lacks it.
    #[doc(hidden)]
    #[inline(always)]
    pub fn required<T>(&self, slot: Option<T>, name: &'static str) -> Result<T> {
        match slot {
            Some(value) => Ok(value),
            None => Err(self.missing(name)),
        }
    }

    #[cold]
    fn missing(&self, name: &'static str) -> DecodeError {
        DecodeError::new(DecodeProblem::Missing, self.place).in_attribute(name)
    }

    /// The text of a member of the map that the cursor is before, without moving: for the tag of an enum.
    ///
    /// # Errors
    /// If the map has no such member or if it is not text, or if the response is malformed.
    #[doc(hidden)]
    pub fn tag(&self, tag: &'static str) -> Result<Cow<'a, str>> {
        let mut ahead = self.clone();
        ahead.expect(b'{', "expected an item")?;
        let mut first = true;
        while let Some(name) = ahead.member(&mut first)? {
            if name == tag {
                return ahead.text().map_err(|error| error.in_attribute(tag));
            }
            ahead.skip()?;
        }
        Err(DecodeError::new(DecodeProblem::Missing, self.place).in_attribute(tag))
    }

    /// The error for text that names none of an enum's variants.
    #[doc(hidden)]
    #[cold]
    pub fn unknown_variant(&self, expected: &'static [&'static str]) -> DecodeError {
        DecodeError::new(DecodeProblem::UnknownVariant { expected }, self.place)
    }
}
