//! Figures: a value with its unit, what loosens it and what it counts.
//!
//! In: one analysis and its expressions of time. Out: [`Measured`] figures in text order: the public [`Figure`] and
//! what the alignment of claims needs besides. Calendar days, clock times, scores and ordinary ranks inside names are
//! no figures; lengths of time and ages are.

mod noun;
pub(crate) mod number;
pub(crate) mod table;
mod telephone;
#[cfg(test)]
mod tests;
mod unit;

use super::quote::{Source, source_at};
use super::{Figure, TimeExpression};
use crate::span::ByteSpan;
use crate::text::stop::is_stop;
use crate::text::{Analysis, Shape, TokenKind};
use number::{Amount, Numbers};

/// One figure as the stages hand it on.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    pub(crate) figure: Figure,
    /// The exact number, and the upper end of a range.
    pub(crate) amount: Amount,
    pub(crate) upper: Option<Amount>,
    /// The words of the number, and the first token after unit and number.
    pub(crate) tokens: (u32, u32),
    /// The token of the noun that is counted.
    pub(crate) noun: Option<u32>,
    pub(crate) sentence: u32,
    /// -1 a lower bound, 1 an upper bound, 0 about, `None` exact.
    pub(crate) side: Option<i8>,
    pub(crate) ordinal: bool,
    pub(crate) vague: bool,
}

/// Finds the figures of one document in linear time.
pub(crate) fn measure(analysis: &Analysis, dates: &[TimeExpression]) -> Vec<Measured> {
    let mut out: Vec<Measured> = Vec::new();
    let reader = Reader { analysis, numbers: Numbers::new(analysis), units: unit::Units::new(analysis) };
    let mut time = 0;
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        let (start, end) = (sentence.tokens.start, sentence.tokens.end);
        let mut at = start;
        while at < end {
            let token = &analysis.tokens[at as usize];
            while dates.get(time).is_some_and(|t| t.span.byte_span().end <= token.span.start as usize) {
                time += 1;
            }
            let dated = dates.get(time).filter(|t| t.span.byte_span().start <= token.span.start as usize);
            let calendar = dated.is_some_and(|t| !matches!(t.precision.as_ref(), "duration"));
            let may_begin = !calendar && reader.numbers.may_begin(at);
            if let Some(next) = may_begin.then(|| telephone::end_of(analysis, at, (start, end))).flatten() {
                at = next;
                continue;
            }
            let read = if may_begin { reader.figure(at, (start, end)) } else { None };
            match read {
                Some(mut measured) => {
                    measured.sentence = number as u32;
                    at = measured.tokens.1.max(at + 1);
                    out.push(measured);
                }
                None => at += 1,
            }
        }
    }
    out
}

/// Reports figures as callers see them, with who gives them.
pub(crate) fn report(measured: &[Measured], sources: &[Source]) -> Vec<Figure> {
    let given = |m: &Measured| {
        let source = source_at(sources, m.figure.span.byte_span().start as u32);
        let speaker = source.and_then(|s| s.speaker.clone());
        Figure { speaker, speaker_text: source.map(|s| s.text.clone()), ..m.figure.clone() }
    };
    measured.iter().map(given).collect()
}

struct Reader<'a> {
    analysis: &'a Analysis,
    numbers: Numbers<'a>,
    units: unit::Units<'a>,
}

impl Reader<'_> {
    fn surface(&self, at: u32, end: u32) -> &str {
        if at < end { self.analysis.surface(&self.analysis.tokens[at as usize]) } else { "" }
    }

    fn folded(&self, at: u32, end: u32) -> &str {
        if at < end { self.analysis.folded(&self.analysis.tokens[at as usize]) } else { "" }
    }

    fn hyphen(&self, at: u32, end: u32) -> bool {
        let glued = |at: u32| at < end && self.analysis.tokens[at as usize].is_glued();
        matches!(self.surface(at, end), "-" | "\u{2010}" | "\u{2011}" | "\u{2013}")
            && glued(at)
            && glued(at + 1)
    }

    /// The figure that begins at a token.
    fn figure(&self, at: u32, (start, end): (u32, u32)) -> Option<Measured> {
        let number = self.numbers.at(at, end).or_else(|| self.numbers.pair(at, end))?;
        let before = at.checked_sub(1).filter(|b| *b >= start);
        let glued = self.analysis.tokens[at as usize].is_glued();
        let previous = before.map_or("", |b| self.surface(b, end));
        // Scores, codes, addresses, parts of names: 3-2, A-10, No. 5, 10/12, Channel 4.
        if glued && matches!(previous, "/" | "." | ":" | "#" | "'" | "\u{2019}")
            || glued && previous == "-" && before.is_some_and(|b| b > start)
        {
            return None;
        }
        if matches!(before.map_or("", |b| self.folded(b, end)), "top" | "bottom") {
            // The top ten is a group and no count.
            return None;
        }
        let currency = before.and_then(|b| unit::sign(self.surface(b, end)));
        let mut first = at;
        if currency.is_some() {
            first -= 1;
            let country =
                matches!(self.folded(first.wrapping_sub(1), end), "us" | "a" | "au" | "c" | "nz" | "hk")
                    && first > start
                    && self.analysis.tokens[first as usize].is_glued();
            first -= u32::from(country);
        }
        // The upper end: 25 to 40 percent, 25-40%, six to eight weeks.
        let (mut amount, mut next, mut upper) = (number.value, number.end, None);
        let joint = self.hyphen(next, end) || matches!(self.folded(next, end), "to" | "or" | "and");
        let between = matches!(self.folded(first.wrapping_sub(1), end), "between") && first > start;
        let own_unit = self.units.at(next, end).is_some();
        let after_unit = next + u32::from(own_unit);
        let second = if joint && !own_unit { next + 1 } else { after_unit + 1 };
        let joint = joint || own_unit && matches!(self.folded(after_unit, end), "to");
        if joint && let Some(more) = self.numbers.at(second, end).filter(|n| !n.ordinal && n.value > amount) {
            let same = self.folded(next, end) != "and" || between;
            let united = self.units.at(more.end + u32::from(self.hyphen(more.end, end)), end).is_some()
                || currency.is_some();
            if same && united {
                // 25 to 40 million: the scale belongs to both.
                upper = Some(more.value);
                next = more.end;
                if !own_unit && number.digits && more.value.to_f64() >= 1000.0 * amount.to_f64() {
                    amount = more.value.scale_of(amount).unwrap_or(amount);
                }
            }
        }
        let mut unit = currency.unwrap_or("").to_string();
        let bare_end = next;
        let hyphen = u32::from(self.hyphen(next, end));
        let suffix = number.last_end < self.analysis.tokens[number.end as usize - 1].span.end;
        if number.ordinal {
            unit = "rank".into();
        } else if suffix {
            let token = &self.analysis.tokens[number.end as usize - 1];
            let tail = &self.analysis.text[number.last_end as usize..token.span.end as usize];
            unit = unit::suffix(tail)?.into();
        } else if let Some((unit_end, found)) = self.units.at(next + hyphen, end) {
            unit = if unit.is_empty() { found.into() } else { unit };
            next = unit_end;
            let old = next + u32::from(self.hyphen(next, end));
            if unit == "years" && matches!(self.folded(old, end), "old" | "olds") {
                unit = "years old".into();
                next = old + 1;
            }
        } else if let Some((magnitude_end, magnitude_first)) =
            self.magnitude(first, next + hyphen, (start, end))
        {
            unit = "magnitude".into();
            (first, next) = (magnitude_first, magnitude_end);
        } else if unit.is_empty() && self.is_age(at, next, (start, end)) {
            unit = "years old".into();
        } else if unit.is_empty() && hyphen == 0 && !self.may_stand_alone(at, number, (start, end)) {
            return None;
        }
        if number.ordinal && self.capital(next, end) {
            return None;
        }
        let (noun, counted) = self.counted(next, bare_end, &unit, end);
        // One and bare ordinals count something or are no figures.
        if (number.ordinal || number.value == Amount::whole(1) && !number.digits)
            && noun.is_none()
            && unit.len() < 5
        {
            return None;
        }
        let (modified, modifier, side) = self.units.modifier((start, first));
        let last = next - 1;
        let span = ByteSpan {
            start: self.analysis.tokens[modified as usize].span.start,
            end: self.analysis.tokens[last as usize].span.end,
        };
        let figure = Figure {
            span: self.analysis.report(span),
            text: span.slice(&self.analysis.text).to_string(),
            value: amount.to_f64(),
            unit,
            modifier,
            counted,
            speaker: None,
            speaker_text: None,
        };
        let side = side.or(number.vague.then_some(0));
        Some(Measured {
            figure,
            amount,
            upper,
            tokens: (modified, next),
            noun,
            sentence: 0,
            side,
            ordinal: number.ordinal,
            vague: number.vague,
        })
    }

    fn capital(&self, at: u32, end: u32) -> bool {
        at < end
            && matches!(self.analysis.tokens[at as usize].shape, Shape::Capital | Shape::Upper | Shape::Mixed)
    }

    /// `magnitude 5.6`, `a magnitude of 5.6`, `8.8-magnitude`: the token after it and the first of it.
    fn magnitude(&self, first: u32, next: u32, (start, end): (u32, u32)) -> Option<(u32, u32)> {
        if self.folded(next, end) == "magnitude" {
            return Some((next + 1, first));
        }
        for back in 1..=3 {
            let at = first.checked_sub(back).filter(|at| *at >= start)?;
            match self.folded(at, end) {
                "magnitude" => return Some((next, at)),
                "of" | "preliminary" | "as" | "a" | "was" | "at" => {}
                _ => return None,
            }
        }
        None
    }

    /// `Graner, 36, was`: a number of years between commas after a name.
    fn is_age(&self, at: u32, next: u32, (start, end): (u32, u32)) -> bool {
        let years = self.surface(at, end).parse::<u8>().is_ok_and(|age| (5..=110).contains(&age));
        years
            && at >= start + 2
            && self.surface(at - 1, end) == ","
            && self.capital(at - 2, end)
            && (next >= end || matches!(self.surface(next, end), "," | "." | ";" | ")"))
    }

    /// Whether a bare number is a figure: it counts a noun, or it is large, or words around it say so.
    fn may_stand_alone(&self, at: u32, number: number::Number, (start, end): (u32, u32)) -> bool {
        let previous = at.checked_sub(1).filter(|b| *b >= start);
        // Channel 4, Article 32, stage 13, Boeing 747: the number names.
        let names = previous.is_some_and(|b| {
            let token = &self.analysis.tokens[b as usize];
            let loosens = self.units.modifier((start, at)).0 < at;
            token.shape == Shape::Capital && token.is_word() && !loosens && !is_stop(self.folded(b, end))
        });
        let listed = previous.is_some_and(|b| {
            matches!(
                self.folded(b, end),
                "stage"
                    | "article"
                    | "chapter"
                    | "page"
                    | "no."
                    | "number"
                    | "section"
                    | "flight"
                    | "route"
                    | "room"
            )
        });
        let unit_like = self.numbers.may_begin(number.end.min(end - 1))
            && number.end < end
            && self.analysis.tokens[number.end as usize].kind == TokenKind::Number;
        !(number.digits && (names || listed))
            && !unit_like
            && !(self.hyphen(number.end, end) && number.digits)
    }
}
