//! Text that is put together while a program is compiled, for the messages of checks on constants.

/// Bytes of the longest message; more is cut off at a whole piece.
const BYTES: usize = 1024;

/// A message while it is put together.
///
/// A panic of a constant prints one string as it is and formats nothing else.
pub(crate) struct ConstText {
    bytes: [u8; BYTES],
    length: usize,
}

impl ConstText {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; BYTES], length: 0 }
    }

    /// The text with this piece after it.
    pub(crate) const fn and(mut self, piece: &str) -> Self {
        let (Some((_, mut free)), mut rest) = (self.bytes.split_at_mut_checked(self.length), piece.as_bytes()) else {
            return self;
        };
        if rest.len() > free.len() {
            return self;
        }
        while let ([slot, after @ ..], [byte, more @ ..]) = (free, rest) {
            *slot = *byte;
            (free, rest) = (after, more);
        }
        self.length += piece.len();
        self
    }

    /// Refuses to compile, with the text as the reason.
    #[track_caller]
    #[expect(clippy::panic, reason = "only constants call it, where a panic is a compile error")]
    pub(crate) const fn refuse(self) -> ! {
        panic!("{}", self.as_str())
    }

    pub(crate) const fn as_str(&self) -> &str {
        match self.bytes.split_at_checked(self.length) {
            Some((text, _)) => match core::str::from_utf8(text) {
                Ok(text) => text,
                Err(_) => "",
            },
            None => "",
        }
    }
}

/// True if the two texts are one.
pub(crate) const fn same(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    while let ([first, a_rest @ ..], [second, b_rest @ ..]) = (a, b) {
        if *first != *second {
            return false;
        }
        (a, b) = (a_rest, b_rest);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{BYTES, ConstText, same};

    #[test]
    fn pieces_are_put_together() {
        const TEXT: ConstText = ConstText::new().and("the names: ").and("größe").and("").and("!");
        assert_eq!(TEXT.as_str(), "the names: größe!");
    }

    #[test]
    fn what_is_too_long_is_cut_at_a_piece() {
        let text = ConstText::new().and(&"ö".repeat(BYTES / 2 - 1)).and("ö!").and("ö");
        assert_eq!(text.as_str(), "ö".repeat(BYTES / 2));
    }

    #[test]
    fn texts_are_compared() {
        assert!(same("größe", "größe") && same("", ""));
        assert!(!same("a", "b") && !same("a", "ab") && !same("", "a"));
    }
}
