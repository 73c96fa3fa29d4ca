//! Numbers in digits and words: `1,000`, `3.5 million`, `twenty-one`, `two dozen`, `hundreds`, `half a million`.
//!
//! In: the tokens of a sentence. Out: a [`Number`] with an exact value. Units, what is counted, and years are not
//! its business.

use super::table::{Classes, WordTable};
use crate::text::{Analysis, Token, TokenKind};
use std::sync::LazyLock;

const ONE: u8 = 1;
const TEN: u8 = 2;
const SCALE: u8 = 3;
const GROUP: u8 = 4;
const VAGUE: u8 = 5;
const PART: u8 = 6;
const PAIR: u8 = 7;
const ARTICLE: u8 = 8;
const ORDINAL: u8 = 9;

static WORDS: LazyLock<WordTable> = LazyLock::new(|| {
    WordTable::parse(
        include_str!("number.txt"),
        &["one", "ten", "scale", "group", "vague", "part", "pair", "article", "ordinal"],
    )
});

/// An exact number in millionths; the largest the parser makes is below 10^24.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Amount(i128);

const MILLIONTHS: i128 = 1_000_000;
/// Larger numbers are not figures of a news story; they are left alone.
const LARGEST: i128 = MILLIONTHS * 1_000_000_000_000_000_000;

impl Amount {
    pub(crate) fn whole(value: i64) -> Self {
        Amount(i128::from(value) * MILLIONTHS)
    }

    pub(crate) fn to_f64(self) -> f64 {
        self.0 as f64 / MILLIONTHS as f64
    }

    /// The number when it is whole and fits.
    pub(crate) fn as_whole(self) -> Option<i64> {
        (self.0 % MILLIONTHS == 0).then(|| i64::try_from(self.0 / MILLIONTHS).ok()).flatten()
    }

    pub(crate) fn scaled(self, factor: i64) -> Option<Self> {
        self.0.checked_mul(i128::from(factor)).filter(|v| *v < LARGEST).map(Amount)
    }

    /// `low` times the power of a thousand that this number is above it: the 25 of "25 to 40 million".
    pub(crate) fn scale_of(self, low: Amount) -> Option<Self> {
        let mut scaled = low;
        while scaled.0 > 0 && scaled.0.checked_mul(1000)? <= self.0 {
            scaled = scaled.scaled(1000)?;
        }
        (scaled.0 > 0).then_some(scaled)
    }

    pub(crate) fn tenth(self) -> Self {
        Amount(self.0 / 10)
    }

    pub(crate) fn plus(self, other: Amount) -> Self {
        Amount(self.0 + other.0)
    }

    fn per_mille(value: i64) -> Self {
        Amount(i128::from(value) * MILLIONTHS / 1000)
    }
}

/// The number as people write it, without trailing zeros.
impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, rest) = (self.0 / MILLIONTHS, self.0 % MILLIONTHS);
        if rest == 0 {
            return write!(f, "{whole}");
        }
        let digits = format!("{rest:06}");
        write!(f, "{whole}.{}", digits.trim_end_matches('0'))
    }
}

/// One number and the tokens it takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    /// The first token after it.
    pub(crate) end: u32,
    pub(crate) value: Amount,
    /// Only an order of magnitude: `hundreds`, `dozens`.
    pub(crate) vague: bool,
    /// A rank: `first`, `19th`.
    pub(crate) ordinal: bool,
    /// Written in digits.
    pub(crate) digits: bool,
    /// The bytes of the last token that belong to the number; shorter than the token in `5km`.
    pub(crate) last_end: u32,
}

/// Reads numbers in one document.
pub(crate) struct Numbers<'a> {
    analysis: &'a Analysis,
    classes: Classes,
}

impl<'a> Numbers<'a> {
    pub(crate) fn new(analysis: &'a Analysis) -> Self {
        Numbers { analysis, classes: WORDS.classify(&analysis.vocabulary) }
    }

    fn token(&self, at: u32, end: u32) -> Option<&'a Token> {
        (at < end).then(|| &self.analysis.tokens[at as usize])
    }

    fn value(&self, at: u32, end: u32, kind: u8) -> Option<i64> {
        self.token(at, end).and_then(|t| self.classes.of(t.word).value(kind))
    }

    /// Whether a number may begin here; cheap.
    pub(crate) fn may_begin(&self, at: u32) -> bool {
        let token = &self.analysis.tokens[at as usize];
        token.kind == TokenKind::Number || self.classes.of(token.word).is_listed()
    }

    /// Reads the longest number that begins at `at` and ends before `end`. An article alone is none.
    pub(crate) fn at(&self, at: u32, end: u32) -> Option<Number> {
        let token = self.token(at, end)?;
        if token.kind == TokenKind::Number {
            return self.in_digits(at, end);
        }
        let class = self.classes.of(token.word);
        if let Some(value) = class.value(VAGUE) {
            return Some(self.vague(at, end, value));
        }
        if class.value(PART) == Some(500) {
            // half a million, half of, half the
            let joined = self.value(at + 1, end, ARTICLE).is_some() || self.is_glued_hyphen(at + 1, end);
            let article = u32::from(joined);
            let half = Amount::per_mille(500);
            return match self.value(at + 1 + article, end, SCALE).or(self.value(at + 1 + article, end, GROUP))
            {
                Some(scale) if joined => Some(self.number(at + 3, half.scaled(scale)?)),
                _ => None,
            };
        }
        if class.value(ARTICLE).is_some() {
            let scale = self.value(at + 1, end, SCALE).or(self.value(at + 1, end, GROUP))?;
            return Some(self.number(at + 2, Amount::whole(scale)));
        }
        self.in_words(at, end)
    }

    fn number(&self, end: u32, value: Amount) -> Number {
        let last_end = self.analysis.tokens[end as usize - 1].span.end;
        Number { end, value, vague: false, ordinal: false, digits: false, last_end }
    }

    /// `hundreds of thousands`, `dozens`, `tens of millions`.
    fn vague(&self, at: u32, end: u32, value: i64) -> Number {
        let of = self.token(at + 1, end).is_some_and(|t| self.analysis.folded(t) == "of");
        let second = if of { self.value(at + 2, end, VAGUE) } else { None };
        let (end, value) = match second {
            Some(scale) => (at + 3, Amount::whole(value).scaled(scale).unwrap_or(Amount::whole(value))),
            None => (at + 1, Amount::whole(value)),
        };
        Number { vague: true, ..self.number(end, value) }
    }

    fn in_digits(&self, at: u32, end: u32) -> Option<Number> {
        let token = self.token(at, end)?;
        let surface = self.analysis.surface(token);
        let digits = surface.find(|c: char| c.is_alphabetic()).unwrap_or(surface.len());
        let mut value = parse_digits(&surface[..digits])?;
        let suffix = &surface[digits..];
        let last_end = token.span.start + digits as u32;
        let mut number = Number {
            end: at + 1,
            value,
            vague: false,
            ordinal: false,
            digits: true,
            last_end: token.span.end,
        };
        match suffix.to_ascii_lowercase().as_str() {
            "" => {}
            "st" | "nd" | "rd" | "th" => return Some(Number { ordinal: true, ..number }),
            "k" => value = value.scaled(1000)?,
            "m" | "mn" | "mln" if self.is_money(at) => value = value.scaled(1_000_000)?,
            "bn" | "b" if self.is_money(at) || suffix.len() == 2 => value = value.scaled(1_000_000_000)?,
            "tn" | "trn" => value = value.scaled(1_000_000_000_000)?,
            "s" => return None,
            _ => return Some(Number { last_end, ..number }),
        }
        let mut next = at + 1;
        if suffix.is_empty() {
            // 3 1/2 is rare in news; 1.2 million, 1.2-million are not.
            let hyphen = u32::from(self.is_glued_hyphen(next, end));
            if let Some(scale) =
                self.value(next + hyphen, end, SCALE).or(self.value(next + hyphen, end, GROUP))
            {
                value = value.scaled(scale)?;
                next += hyphen + 1;
                while let Some(scale) = self.value(next, end, SCALE) {
                    value = value.scaled(scale)?;
                    next += 1;
                }
            }
        }
        number = Number { value, digits: true, ..self.number(next, value) };
        Some(number)
    }

    /// Whether a currency sign stands before the token.
    fn is_money(&self, at: u32) -> bool {
        at > 0 && {
            let before = &self.analysis.tokens[at as usize - 1];
            before.kind == TokenKind::Symbol
                && matches!(self.analysis.surface(before), "$" | "€" | "£" | "¥" | "₹" | "₽")
        }
    }

    fn is_glued_hyphen(&self, at: u32, end: u32) -> bool {
        self.token(at, end).is_some_and(|t| {
            t.is_glued() && matches!(self.analysis.surface(t), "-" | "\u{2010}" | "\u{2011}")
        }) && self.token(at + 1, end).is_some_and(|t| t.is_glued())
    }

    fn in_words(&self, start: u32, end: u32) -> Option<Number> {
        let (mut total, mut group) = (Amount::whole(0), 0i64);
        let mut at = start;
        // What may follow: nothing smaller than what has been read in this group of hundreds.
        let mut room = i64::MAX;
        let mut last = start;
        let mut ordinal = false;
        loop {
            let (join, next) = self.joined(at, start, end);
            if let Some(value) = self.value(next, end, ONE).filter(|v| *v < room) {
                group += value;
                room = 0;
            } else if let Some(value) = self.value(next, end, TEN).filter(|v| *v < room) {
                group += value;
                room = 10;
            } else if let Some(scale) = self.value(next, end, SCALE).or(self.value(next, end, GROUP)) {
                if join || group == 0 {
                    break;
                }
                if scale == 100 {
                    group *= 100;
                    room = 100;
                } else {
                    total = total.plus(Amount::whole(group).scaled(scale)?);
                    group = 0;
                    room = scale.min(1000);
                }
            } else if let Some(value) = self.value(next, end, ORDINAL).filter(|v| *v < room) {
                // twenty-first; a bare ordinal is a rank as well
                if next > start && !self.is_glued_hyphen(next - 1, end) {
                    break;
                }
                group += value;
                ordinal = true;
                last = next + 1;
                break;
            } else {
                break;
            }
            at = next + 1;
            last = at;
        }
        if last == start {
            return None;
        }
        Some(Number { ordinal, ..self.number(last, total.plus(Amount::whole(group))) })
    }

    /// The token that goes on with a number: past a hyphen, or past "and" after hundreds.
    fn joined(&self, at: u32, start: u32, end: u32) -> (bool, u32) {
        if at == start {
            return (false, at);
        }
        if self.is_glued_hyphen(at, end) {
            return (false, at + 1);
        }
        let after_scale = self.value(at - 1, end, SCALE).is_some();
        let is_and = self.token(at, end).is_some_and(|t| self.analysis.folded(t) == "and");
        if after_scale && is_and { (true, at + 1) } else { (false, at) }
    }

    /// `a couple of`, `a pair of`: the value, and the token after `of`.
    pub(crate) fn pair(&self, at: u32, end: u32) -> Option<Number> {
        let article = u32::from(self.value(at, end, ARTICLE).is_some());
        let value = self.value(at + article, end, PAIR)?;
        let of =
            u32::from(self.token(at + article + 1, end).is_some_and(|t| self.analysis.folded(t) == "of"));
        Some(self.number(at + article + 1 + of, Amount::whole(value)))
    }
}

/// Digits with thousands separators and a decimal point.
fn parse_digits(text: &str) -> Option<Amount> {
    if text.len() > 26 || text.contains(':') || !text.is_ascii() {
        return None;
    }
    let grouped = |mark: char| {
        let mut parts = text.split(mark);
        parts.next().is_some_and(|p| (1..=3).contains(&p.len()))
            && text.contains(mark)
            && parts.all(|p| p.split('.').next().is_some_and(|p| p.len() == 3))
    };
    let dots = text.matches('.').count();
    if text.contains(',') && (!grouped(',') || dots > 1) || dots > 1 && !grouped('.') {
        return None;
    }
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if dots == 1 => (whole, fraction),
        _ => (text, ""),
    };
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let value: i128 = digits.parse().ok()?;
    let mut micro = 0i128;
    for i in 0..6 {
        micro = micro * 10 + i128::from(fraction.as_bytes().get(i).map_or(0, |b| b - b'0'));
    }
    Some(Amount(value.checked_mul(MILLIONTHS)? + micro)).filter(|amount| amount.0 < LARGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    fn read(text: &str) -> Option<(String, usize)> {
        let analysis = Analysis::new(&Document::new(text));
        let numbers = Numbers::new(&analysis);
        numbers.at(0, analysis.tokens.len() as u32).map(|n| (n.value.to_string(), n.end as usize))
    }

    #[test]
    fn numbers_in_digits_and_words_have_their_value() {
        for (text, value) in [
            ("1,000", "1000"),
            ("3.5 million", "3500000"),
            ("twenty-one", "21"),
            ("two dozen", "24"),
            ("half a million", "500000"),
            ("two hundred and fifty thousand", "250000"),
            ("a hundred", "100"),
            ("hundreds of thousands", "100000"),
            ("19th", "19"),
            ("1.5-billion", "1500000000"),
            ("twenty-first", "21"),
            ("1.000.000", "1000000"),
            ("0.05", "0.05"),
        ] {
            let analysis = Analysis::new(&Document::new(text));
            let got = read(text);
            assert_eq!(got, Some((value.to_string(), analysis.tokens.len())), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_stays_alone() {
        for text in ["a car", "10:30", "06.34.14", "1990s", "half", "of", "1,00"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("one and two"), Some(("1".into(), 1)));
        assert_eq!(read("five six"), Some(("5".into(), 1)));
    }
}
