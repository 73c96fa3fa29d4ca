//! How a word is written: small, capital, mixed.
//!
//! In: a word. Out: its [`Shape`], told by counting letters.

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Shape {
    /// `word`
    Lower,
    /// `Word`: a capital, then none.
    Capital,
    /// `WORD`, `U.S.`, `J.`: capitals only.
    Upper,
    /// `McKay`, `iPhone`, `NATOs`: capitals among small letters.
    Mixed,
    /// Digits only, with separators.
    Digits,
    /// Letters of a script without case.
    Caseless,
    /// Anything else.
    Other,
}

impl Shape {
    /// The shape of a word, never [`Shape::Digits`].
    pub(super) fn of(word: &str) -> Self {
        if word.is_ascii() {
            let upper = word.bytes().filter(u8::is_ascii_uppercase).count();
            let lower = word.bytes().filter(u8::is_ascii_lowercase).count();
            return Shape::of_counts(
                upper,
                lower,
                0,
                word.bytes().find(u8::is_ascii_alphabetic).is_some_and(|b| b < b'a'),
            );
        }
        let (mut upper, mut lower, mut caseless, mut first_upper, mut first) = (0, 0, 0, false, true);
        for c in word.chars() {
            if c.is_uppercase() {
                upper += 1;
                first_upper |= first;
            } else if c.is_lowercase() {
                lower += 1;
            } else if c.is_alphabetic() {
                caseless += 1;
            } else {
                continue;
            }
            first = false;
        }
        Shape::of_counts(upper, lower, caseless, first_upper)
    }

    /// The shape of a word with so many letters of each sort.
    pub(super) fn of_counts(upper: usize, lower: usize, caseless: usize, first_upper: bool) -> Self {
        match (upper, lower) {
            (0, 0) if caseless > 0 => Shape::Caseless,
            (0, 0) => Shape::Other,
            (0, _) => Shape::Lower,
            (_, 0) => Shape::Upper,
            (1, _) if first_upper => Shape::Capital,
            _ => Shape::Mixed,
        }
    }
}
