//! Whether two templates can make the same key.

use super::walk::{Unit, Walk};
use crate::schema::{KeySource, TemplateMode};
use crate::template::escape::SEPARATOR;

/// True if no key of the one can be a key of the other, for certain.
#[must_use]
pub const fn disjoint(a: &KeySource, b: &KeySource) -> bool {
    match (a, b) {
        (KeySource::Template(x), KeySource::Template(y)) => match (x.mode, y.mode) {
            (TemplateMode::Encoded, TemplateMode::Encoded) => encoded(Walk::new(a, false), Walk::new(b, false)),
            _ => whole(Walk::new(a, false), Walk::new(b, false)) || whole(Walk::new(a, true), Walk::new(b, true)),
        },
        _ => false,
    }
}

/// What two units at the same place of two keys say.
enum Verdict {
    /// No two such keys are the same.
    Disjoint,
    /// They can be the same up to here.
    Go,
    /// One is text of any length, so that the places after it cannot be compared.
    Text,
    /// Both end here.
    End,
}

const fn compare(a: Unit, b: Unit) -> Verdict {
    match (a, b) {
        (Unit::End, Unit::End) => Verdict::End,
        (Unit::End, _) | (_, Unit::End) => Verdict::Disjoint,
        (Unit::Text, _) | (_, Unit::Text) => Verdict::Text,
        (Unit::Byte(x), Unit::Byte(y)) if x == y => Verdict::Go,
        (Unit::Byte(x), Unit::Class(class)) | (Unit::Class(class), Unit::Byte(x)) if class.has(x) => Verdict::Go,
        (Unit::Class(x), Unit::Class(y)) if x.bits() & y.bits() != 0 => Verdict::Go,
        _ => Verdict::Disjoint,
    }
}

/// Compares up to the first text of any length.
const fn whole(mut a: Walk, mut b: Walk) -> bool {
    loop {
        match compare(a.next(), b.next()) {
            Verdict::Go => {}
            Verdict::Disjoint => return true,
            Verdict::Text | Verdict::End => return false,
        }
    }
}

/// Compares component by component: no part of an encoded key has the separator, so equal keys have equal components.
const fn encoded(mut a: Walk, mut b: Walk) -> bool {
    loop {
        let (x, y) = (a.next(), b.next());
        let last = match (component_end(x), component_end(y)) {
            (None, None) => match compare(x, y) {
                Verdict::Go => false,
                Verdict::Disjoint => return true,
                Verdict::Text | Verdict::End => {
                    let ((x_could, x_last), (y_could, y_last)) = (a.rest_of_component(x), b.rest_of_component(y));
                    let x_fits = x_could || !matches!(y, Unit::Text);
                    let y_fits = y_could || !matches!(x, Unit::Text);
                    if !x_fits || !y_fits || x_last != y_last {
                        return true;
                    }
                    x_last
                }
            },
            (Some(x_last), Some(y_last)) if x_last == y_last => x_last,
            // One component or one key is longer than the other.
            _ => return true,
        };
        if last {
            return false;
        }
    }
}

/// Whether the unit ends a component, and if so whether it ends the key.
const fn component_end(unit: Unit) -> Option<bool> {
    match unit {
        Unit::End => Some(true),
        Unit::Byte(byte) if byte == SEPARATOR as u8 => Some(false),
        _ => None,
    }
}
