//! Times of the clock: `8:00 p.m. local time`, `18.00 UTC`, `1852 GMT`, `noon`, `half past ten`, `six o'clock`.

use super::expression::{Clock, Part, Time, Within};
use super::lexicon::*;
use super::parse::{Read, Reader};
use crate::text::{Shape, TokenKind};

impl Reader<'_> {
    /// A time of the clock that begins an expression, with the day that follows it: `11 a.m. this morning`.
    pub(super) fn clock_led(&self, at: u32) -> Option<Read> {
        let counts = self.lexicon.numbers.may_begin(at) || self.value(at, PART).is_some();
        if !counts && !self.is(at, &["half", "quarter", "a"]) {
            return None;
        }
        let led = self.after(
            at,
            &["at", "by", "until", "till", "around", "about", "from", "since", "to", "(", "before", "after"],
        ) || at > self.start + 1
            && self.after(at, &["gone", "of", "yet"])
            && self.is(at - 2, &["just", "time", "not"]);
        let (end, clock) = self.clock(at, led)?;
        // 11 a.m. this morning, 8 p.m. yesterday
        let day = self.value(end, DAY).map(|d| (end + 1, d));
        let this = self.is(end, &["this"]) && self.value(end + 1, PART).is_some();
        if let Some((end, days)) = day.or(this.then_some((end + 2, 0))) {
            return Some(Read::new(end, Time::Today(days, Within { part: None, clock: Some(clock) })));
        }
        Some(Read::new(end, Time::Clock(clock)))
    }

    /// A time of the clock; `led` says that the words before it promise one, so that `10:30` alone suffices.
    pub(super) fn clock(&self, at: u32, led: bool) -> Option<(u32, Clock)> {
        let read = self.clock_in_digits(at, led).or_else(|| self.clock_in_words(at, led));
        let (end, clock) = read?;
        Some((end, clock))
    }

    fn clock_in_digits(&self, at: u32, led: bool) -> Option<(u32, Clock)> {
        let token = self.lexicon.token(at, self.end).filter(|t| t.kind == TokenKind::Number)?;
        let surface = self.lexicon.analysis.surface(token);
        let digits = surface.find(|c: char| c.is_alphabetic()).unwrap_or(surface.len());
        let half_inside = match surface[digits..].to_ascii_lowercase().as_str() {
            "" => None,
            "am" => Some(1),
            "pm" => Some(2),
            _ => return None,
        };
        let mut next = at + 1;
        let half = half_inside.or_else(|| {
            let half = self.value(next, HALF)?;
            // "I am", "6 am"
            next += 1;
            Some(half)
        });
        let surface = &surface[..digits];
        let (fields, marked) = clock_fields(surface)?;
        if self.is(next, &["noon", "midday", "midnight"]) && fields.0 == 12 {
            let hour = if self.is(next, &["midnight"]) { 24 } else { 12 };
            let (end, utc, _) = self.zone(next + 1);
            return Some((end, Clock { hour, minute: fields.1, second: None, utc }));
        }
        let (end, utc, zoned) = self.zone(next);
        let hours = fields.2.is_none() && surface.len() == 4 && self.is(next, &["hours", "hrs"]) && led;
        let colon = surface.contains(':');
        let certain = half.is_some() || zoned || hours || colon && led && marked;
        let four = surface.len() == 4 && !marked;
        if !certain || !marked && half.is_none() && !(four && (zoned || hours)) {
            return None;
        }
        let hour = match half {
            Some(_) if !(1..=12).contains(&fields.0) => fields.0,
            Some(1) => fields.0 % 12,
            Some(_) => fields.0 % 12 + 12,
            None => fields.0,
        };
        let end = if hours { next + 1 } else { end };
        Some((end, Clock { hour, minute: fields.1, second: fields.2, utc }))
    }

    fn clock_in_words(&self, at: u32, led: bool) -> Option<(u32, Clock)> {
        let plain = |hour, minute| Clock { hour, minute, second: None, utc: false };
        if let Some(part) = self.value(at, PART) {
            let hour = match Part::from_value(part) {
                Part::Noon => 12,
                Part::Midnight => 24,
                _ => return None,
            };
            let (end, utc, _) = self.zone(at + 1);
            return Some((end, Clock { utc, ..plain(hour, 0) }));
        }
        let number = |at| self.lexicon.numbers.at(at, self.end).filter(|n| !n.ordinal && !n.vague);
        let whole = |n: &crate::story::figure::number::Number, most| {
            n.value.as_whole().filter(|v| (1..=most).contains(v))
        };
        if self.is(at, &["half"]) && led {
            let past = u32::from(self.is(at + 1, &["past"]));
            let hour = number(at + 1 + past)?;
            let closes = self.closes(hour.end) || self.value(hour.end, HALF).is_some();
            return Some((hour.end, plain(whole(&hour, 12)? as u8, 30))).filter(|_| closes);
        }
        let article = u32::from(self.is(at, &["a"]));
        let (after, minutes) = if self.is(at + article, &["quarter"]) {
            (at + article + 1, 15)
        } else {
            let number = number(at)?;
            if self.is(number.end, &["o'clock"])
                && self.lexicon.surface(number.end, self.end).starts_with('o')
            {
                return Some((number.end + 1, plain(whole(&number, 12)? as u8, 0)));
            }
            (number.end, whole(&number, 59)?)
        };
        if !self.is(after, &["past", "to"]) || !led && minutes % 5 != 0 {
            return None;
        }
        let hour = number(after + 1)?;
        let value = whole(&hour, 12)? as u8;
        // "from two to five" is a range; minutes come in fives and the way back is short.
        let clock = match self.is(after, &["past"]) {
            true => plain(value, minutes as u8),
            false if led && matches!(minutes, 5 | 10 | 15 | 20 | 25) && self.closes(hour.end) => {
                if self.after(at, &["from"]) {
                    return None;
                }
                plain(if value == 1 { 12 } else { value - 1 }, 60 - minutes as u8)
            }
            false => return None,
        };
        Some((hour.end, clock))
    }

    /// The zone after a time: the token after it, whether it is Universal Time, whether there was one.
    fn zone(&self, at: u32) -> (u32, bool, bool) {
        let mut next = at;
        let (mut utc, mut zoned) = (false, false);
        if let Some(zone) = self.value(at, ZONE).filter(|_| self.lexicon.surface(at, self.end) != "z") {
            (next, utc, zoned) = (at + 1, zone == 1, true);
        } else {
            // local time, Eastern Time, China Standard Time
            for words in 1..=3 {
                let named = (at..at + words).all(|i| {
                    self.is(i, &["local", "standard", "daylight", "summer"])
                        || self.lexicon.token(i, self.end).is_some_and(|t| t.shape == Shape::Capital)
                });
                if named && self.is(at + words, &["time"]) {
                    (next, zoned) = (at + words + 1, true);
                    break;
                }
            }
        }
        // (UTC+8)
        let sign =
            self.is(next, &["("]) && self.value(next + 1, ZONE) == Some(1) && self.is(next + 2, &["+", "-"]);
        if zoned && sign && self.is(next + 4, &[")"]) {
            return (next + 5, false, true);
        }
        (next, utc, zoned)
    }

    /// Times that were stopped: `19' 36"`, `1h 12' 06"`, `3h51'03"`.
    pub(super) fn stopwatch(&self, at: u32) -> Option<Read> {
        let number = |at: u32| self.lexicon.surface(at, self.end).parse::<u32>().ok();
        let is_prime = |at| matches!(self.lexicon.surface(at, self.end), "'" | "\u{2019}" | "\u{2032}");
        let mut next = at;
        let hours = self.lexicon.surface(at, self.end).strip_suffix('h').and_then(|h| h.parse::<u32>().ok());
        next += u32::from(hours.is_some());
        let minutes = number(next).filter(|m| *m < 100)?;
        if !is_prime(next + 1) {
            return None;
        }
        let seconds = number(next + 2).filter(|s| *s < 60)?;
        let mut end = next + 3;
        while end < next + 5
            && (is_prime(end)
                || matches!(self.lexicon.surface(end, self.end), "\"" | "\u{201D}" | "\u{2033}"))
        {
            end += 1;
        }
        if end == next + 3 {
            return None;
        }
        let hours = hours.map_or(String::new(), |h| format!("{h}H"));
        let value = format!("PT{hours}{minutes}M{seconds}S");
        Some(Read::new(end, Time::Fixed { value, precision: "duration" }))
    }
}

/// Hour, minute and second.
type Fields = (u8, u8, Option<u8>);

/// Hour, minute and second of `8:00`, `06.34.14`, `1852` or `8`; whether marks stand between them.
fn clock_fields(text: &str) -> Option<(Fields, bool)> {
    let marked = text.contains([':', '.']);
    let (hour, minute, second) = if marked {
        let mut parts = text.split([':', '.']);
        let hour = parts.next()?;
        let minute = parts.next().filter(|p| p.len() == 2)?;
        let second = parts.next();
        if parts.next().is_some() || second.is_some_and(|s| s.len() != 2) {
            return None;
        }
        (hour, minute, second)
    } else if text.len() == 4 {
        (&text[..2], &text[2..], None)
    } else if text.len() <= 2 {
        (text, "0", None)
    } else {
        return None;
    };
    let field = |text: &str, most| text.parse::<u8>().ok().filter(|v| *v <= most);
    let second = match second {
        Some(second) => Some(field(second, 59)?),
        None => None,
    };
    Some(((field(hour, 24)?, field(minute, 59)?, second), marked))
}
