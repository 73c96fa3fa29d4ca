//! Years, decades and centuries, told apart from counts, codes and prices.

use super::expression::{Calendar, Time};
use super::lexicon::*;
use super::parse::{Read, Reader};
use crate::text::{Shape, TokenKind};

impl Reader<'_> {
    pub(super) fn year_led(&self, at: u32) -> Option<Read> {
        // between 2014 and 2019; 2014-2019
        if self.is(at, &["between"])
            && let (Some((a, _)), true, Some((b, _))) =
                (self.year(at + 1), self.is(at + 2, &["and"]), self.year(at + 3))
            && a < b
        {
            return Some(Read::new(
                at + 4,
                Time::Fixed { value: format!("{a:04}/{b:04}"), precision: "year" },
            ));
        }
        let mut next = at;
        if self.is(at, &["post", "pre", "mid"]) {
            next += 1 + u32::from(self.lexicon.hyphen(at + 1, self.end));
        } else if self.is(at, &["the"]) {
            next += 1 + u32::from(self.value(at + 1, EDGE) == Some(1));
            next += u32::from(next > at + 1 && self.lexicon.hyphen(next, self.end));
            next += u32::from(self.is(next, &["year"]));
        } else if self.value(at, EDGE) == Some(1) || self.is(at, &["year"]) {
            next +=
                1 + u32::from(self.is(at + 1, &["in"])) + u32::from(self.lexicon.hyphen(at + 1, self.end));
        }
        if let Some(read) = self.decade(next) {
            return Some(read);
        }
        let named = next > at && self.is(next - 1, &["year"]);
        let (year, last_byte) = self.year(next)?;
        if self.lexicon.dash(next + 1, self.end) && self.year(next + 2).is_some_and(|(b, _)| b > year) {
            let value = format!("{year:04}/{}", self.lexicon.surface(next + 2, self.end));
            return Some(Read::new(next + 3, Time::Fixed { value, precision: "year" }));
        }
        let after_war = next > at && self.is(at, &["post", "pre"]);
        if last_byte.is_some() || !named && !after_war && !self.is_year(next, year) {
            return None;
        }
        if next > at && self.is(at, &["the"]) && !named && !self.is(next - 1, &["early", "late", "mid", "-"])
        {
            // The article belongs to the noun after the year: the 2004 tsunami.
            return None;
        }
        Some(Read::new(next + 1, Time::Calendar(Calendar { year: Some(year), ..Calendar::default() })))
    }

    pub(super) fn is_year(&self, at: u32, year: i32) -> bool {
        let before = |words: &[&str]| self.after(at, words);
        let token = &self.lexicon.analysis.tokens[at as usize];
        let previous = at.checked_sub(1).map(|p| &self.lexicon.analysis.tokens[p as usize]);
        if token.is_glued() && previous.is_some_and(|p| p.kind == TokenKind::Symbol)
            || before(&[
                "no.", "#", "/", "no", "flight", "room", "route", "$", "€", "£", "than", "about", "nearly",
            ])
            || self.value(at + 1, UNIT).is_some()
            || self.value(at + 1, UNITS).is_some()
            || self.is(
                at + 1,
                &["%", "percent", "/", "people", "euros", "dollars", "pounds", "million", "billion"],
            )
            || self.lexicon.hyphen(at + 1, self.end)
            || self.value(at + 1, ZONE).is_some()
            || token.is_glued()
                && self.is(at - u32::from(at > 0), &["-"])
                && !self.is(at.saturating_sub(2), &["post", "pre", "mid"])
        {
            return false;
        }
        let led = previous.is_some() && at > self.start && self.value(at - 1, PREPOSITION).is_some();
        if !(1900..=2100).contains(&year) {
            return led
                && before(&[
                    "in", "since", "by", "until", "from", "of", "between", "before", "after", "circa",
                ]);
        }
        let plural = self.lexicon.token(at + 1, self.end).is_some_and(|t| {
            t.shape == Shape::Lower && self.lexicon.surface(at + 1, self.end).ends_with('s')
        });
        led || !plural || before(&["the", "its", "their", "his", "her"])
    }

    /// `1990s`, `'90s`, `19th century`.
    pub(super) fn decade(&self, at: u32) -> Option<Read> {
        let surface = self.lexicon.surface(at, self.end);
        if let Some(digits) = surface.strip_suffix('s').filter(|d| d.len() == 4 && d.ends_with('0'))
            && digits.bytes().all(|b| b.is_ascii_digit())
        {
            let value = format!("{}X", &digits[..3]);
            return Some(Read::new(at + 1, Time::Fixed { value, precision: "year" }));
        }
        let number = self.lexicon.numbers.at(at, self.end).filter(|n| n.ordinal)?;
        let hyphen = u32::from(self.lexicon.hyphen(number.end, self.end));
        let century = number.value.as_whole().filter(|c| (10..=22).contains(c))?;
        let word = number.end + hyphen;
        self.is(word, &["century"]).then(|| {
            Read::new(word + 1, Time::Fixed { value: format!("{}XX", century - 1), precision: "year" })
        })
    }
}
