//! When things happened, over all documents.
//!
//! In: analyses, cast and dates. Out: [`TimelineEvent`]s in order of their dates: one for every day, week, month,
//! season or year that a sentence of the body names, the most precise only of those that hold one another. What names no year comes last, in order of the documents.

use super::{TimeExpression, TimelineEvent};
use crate::cast::Cast;
use crate::span::Span;
use crate::text::word::hash_bytes;
use crate::text::{Analysis, Region};
use std::collections::BTreeSet;

/// A sentence that names more dates is a list; the first ones tell enough, and the result stays linear in the text.
const DATES_OF_A_SENTENCE: usize = 8;

/// Merges the dated sentences of all documents; a sentence that several documents share word by word counts once.
pub(crate) fn timeline(
    analyses: &[Analysis],
    cast: &Cast,
    dates: &[Vec<TimeExpression>],
) -> Vec<TimelineEvent> {
    let mut events = Vec::new();
    let mut seen: BTreeSet<(String, u64)> = BTreeSet::new();
    let (mut members, mut told): (Vec<u32>, Vec<&TimeExpression>) = (Vec::new(), Vec::new());
    for (document, analysis) in analyses.iter().enumerate() {
        let mut names = cast.mentions.get(document).map_or(&[][..], Vec::as_slice).iter().peekable();
        let mut found = dates[document].iter().peekable();
        for sentence in &analysis.sentences {
            let bytes = sentence.span.range();
            members.clear();
            told.clear();
            while let Some(linked) = names.next_if(|n| (n.raw.span.start as usize) < bytes.end) {
                let member = linked.member.filter(|_| linked.raw.span.start as usize >= bytes.start);
                members
                    .extend(member.filter(|m| members.len() < DATES_OF_A_SENTENCE && !members.contains(m)));
            }
            let mut aside = 0..0;
            while let Some(date) = found.next_if(|d| d.span.byte_span().start < bytes.end) {
                let at = date.span.byte_span();
                // The same in another zone: `7 a.m. Wednesday (8:30 p.m. ET Tuesday)`.
                let between = analysis.text.get(aside.end..at.start).map_or("", str::trim);
                if date.precision == "time" && aside.end > 0 && between == "(" {
                    let close = analysis.text.get(at.end..bytes.end).and_then(|rest| rest.find(')'));
                    aside = at.start..close.map_or(at.end, |close| at.end + close);
                }
                if aside.contains(&at.start) {
                    continue;
                }
                aside = at.end..at.end;
                let inside = date.span.byte_span().start >= bytes.start && sentence.region == Region::Body;
                if inside && told.len() < DATES_OF_A_SENTENCE && is_calendar(date) {
                    told.push(date);
                }
            }
            let text = sentence.span.slice(&analysis.text);
            for date in told.iter().filter(|date| !told.iter().any(|other| holds(date, other))) {
                if seen.insert((date.value.clone(), hash_bytes(text.as_bytes()))) {
                    events.push(TimelineEvent {
                        date: date.value.clone(),
                        precision: date.precision.clone(),
                        document,
                        span: analysis.report(sentence.span),
                        text: text.to_string(),
                        entities: members.iter().map(|m| cast.members[*m as usize].entity.clone()).collect(),
                    });
                }
            }
        }
    }
    events.sort_by_cached_key(|event| (key(&event.date), event.document, start(&event.span)));
    events
}

/// Whether one time lies in another as their values show: a minute in its day, a day in its year.
fn holds(outer: &TimeExpression, inner: &TimeExpression) -> bool {
    inner.value.strip_prefix(&outer.value).is_some_and(|rest| rest.starts_with(['-', 'T']))
}

fn start(span: &Span) -> usize {
    span.byte_span().start
}

/// Whether the expression names a piece of the calendar, and not a length, a repetition or only "recently".
fn is_calendar(date: &TimeExpression) -> bool {
    !matches!(date.precision.as_ref(), "duration" | "set" | "vague") && !date.value.starts_with("XXXX-XX-XX")
}

/// Sorts values by the day on which they begin: weeks and seasons among the months, open values last.
pub(super) fn key(value: &str) -> String {
    let year = value.get(..4).unwrap_or(value).replace('X', "~");
    let rest = value.get(4..).unwrap_or("");
    let at = match rest.as_bytes() {
        [b'-', b'W', b'I', ..] => "-12".to_string(),
        [b'-', b'W', tens, ones, ..] if tens.is_ascii_digit() && ones.is_ascii_digit() => {
            let week = u32::from(tens - b'0') * 10 + u32::from(ones - b'0');
            let day = week.saturating_sub(1) * 7 + 1;
            format!("-{:02}-{:02}", (day / 31 + 1).min(12), day % 31 + 1)
        }
        [b'-', b'S', b'P', ..] | [b'-', b'Q', b'2', ..] => "-04".to_string(),
        [b'-', b'S', b'U', ..] | [b'-', b'Q', b'3', ..] => "-07".to_string(),
        [b'-', b'F', b'A', ..] | [b'-', b'Q', b'4', ..] => "-10".to_string(),
        [b'-', b'Q', ..] => "-01".to_string(),
        _ => rest.replace('X', "~"),
    };
    format!("{year}{at}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    #[test]
    fn a_minute_is_told_without_its_day() {
        let documents =
            [Document::new("The bridge fell on Monday, shortly before 5:10 a.m. on Monday, in 2004.")];
        let analyses: Vec<_> = documents.iter().map(Analysis::new).collect();
        let dates = crate::story::time::dates(&analyses, &documents);
        let events = timeline(&analyses, &Cast::default(), &dates);
        let found: Vec<_> = events.iter().map(|e| e.date.as_str()).collect();
        assert_eq!(found, ["2004", "XXXX-WXX-1T05:10"]);
    }

    #[test]
    fn a_time_told_again_in_another_zone_counts_once() {
        let documents = [Document::new(
            "The crew tried to land around 7 a.m. Wednesday (8:30 p.m. ET Tuesday) and again at 9 p.m. on Friday.",
        )];
        let analyses: Vec<_> = documents.iter().map(Analysis::new).collect();
        let dates = crate::story::time::dates(&analyses, &documents);
        let values: Vec<_> = dates[0].iter().map(|date| date.value.as_str()).collect();
        assert_eq!(values[2..], ["XXXX-WXX-2T20:30", "XXXX-WXX-2", "XXXX-WXX-5T21:00", "XXXX-WXX-5"]);
        let events = timeline(&analyses, &Cast::default(), &dates);
        let found: Vec<_> = events.iter().map(|e| e.date.as_str()).collect();
        assert_eq!(found, ["XXXX-WXX-3T07:00", "XXXX-WXX-5T21:00"]);
    }

    #[test]
    fn dates_of_all_documents_come_in_order() {
        let text = "Talks began on March 3, 2025. They ended last week. It was signed in 2024. It snowed on Tuesday.";
        let documents =
            [Document::new(text).with_published("2025-04-10".parse().unwrap()), Document::new(text)];
        let analyses: Vec<_> = documents.iter().map(Analysis::new).collect();
        let dates = crate::story::time::dates(&analyses, &documents);
        let events = timeline(&analyses, &Cast::default(), &dates);
        let found: Vec<_> = events.iter().map(|e| (e.date.as_str(), e.document)).collect();
        // The second document repeats the first: what has the same date counts once.
        assert_eq!(
            found,
            [
                ("2024", 0),
                ("2025-03-03", 0),
                ("2025-W14", 0),
                ("2025-04-08", 0),
                ("XXXX-WXX", 1),
                ("XXXX-WXX-2", 1)
            ]
        );
    }
}
