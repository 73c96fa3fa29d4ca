//! What fixes the dates of a story: publication dates, date lines, and constraints between the documents.
//!
//! In: the parsed expressions of all documents. Out: per document the days between which it was written, as far as
//! the caller or the texts tell, and the days that any document dates in full. Nothing is guessed: a value that
//! differs between the earliest and the latest possible day of writing stays open.

use super::expression::{Calendar, Parsed, Time};
use crate::text::Analysis;
use crate::{Date, Document};
use std::collections::BTreeMap;

/// The years that documents give a month, each with the document.
type MonthYears = BTreeMap<u8, Vec<(i32, usize)>>;

/// When a document was written, as far as is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Anchor {
    pub(super) earliest: Date,
    pub(super) latest: Date,
    /// Where this is taken from, in words.
    pub(super) evidence: String,
}

/// What the documents of a story say together.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// Per document: when it was written.
    pub(super) anchors: Vec<Option<Anchor>>,
    /// Per document: a day of the week that it tells of.
    pub(super) weeks: Vec<Option<Anchor>>,
    /// Days that are dated in full somewhere: (month, day) to (year, document), one entry a year.
    pub(super) days: BTreeMap<(u8, u8), Vec<(i32, usize)>>,
    /// Of the last day that each document dates in full, or on which it was written: the first and the last one.
    pub(super) span: Option<(Date, Date)>,
    /// Values solved for single expressions: (document, expression) to value and evidence.
    pub(super) solved: BTreeMap<(usize, usize), (Date, String)>,
}

/// An anniversary to come is announced at most so many days ahead.
const ANNOUNCED: i64 = 60;
/// A date line stands among the first lines.
const DATE_LINE: u32 = 4;

/// Collects what the documents fix.
pub(super) fn story(analyses: &[Analysis], documents: &[Document], parsed: &[Vec<Parsed>]) -> Story {
    let mut story = Story::default();
    let mut months: MonthYears = BTreeMap::new();
    let mut years: Vec<i32> = Vec::new();
    let mut last: Vec<Option<Date>> = Vec::with_capacity(parsed.len());
    for (document, list) in parsed.iter().enumerate() {
        last.push(None);
        for time in list {
            let Time::Calendar(cal) = &time.time else { continue };
            last[document] = last[document].max(full_date(cal));
            let Some(year) = cal.year else { continue };
            years.push(year);
            if let Some(month) = cal.month {
                push_new(months.entry(month).or_default(), year, document);
                if let Some(day) = cal.day {
                    push_new(story.days.entry((month, day)).or_default(), year, document);
                }
            }
        }
    }
    for (document, analysis) in analyses.iter().enumerate() {
        let list = &parsed[document];
        let published = documents.get(document).and_then(Document::published).map(|date| Anchor {
            earliest: date,
            latest: date,
            evidence: format!("publication date {date}"),
        });
        let anchor = published.or_else(|| date_line(analysis, list));
        let anchor = anchor.or_else(|| anniversary(analysis, document, &mut story, (list, &months)));
        last[document] = anchor.as_ref().map(|anchor| anchor.latest).or(last[document]);
        story.anchors.push(anchor);
        let week = told_week(analysis, document, &mut story, (list, &years));
        story.weeks.push(week);
    }
    let last = || last.iter().flatten().copied();
    story.span = last().min().zip(last().max());
    story
}

fn push_new(list: &mut Vec<(i32, usize)>, year: i32, document: usize) {
    if !list.iter().any(|(known, _)| *known == year) {
        list.push((year, document));
    }
}

/// The day of a calendar expression that says year, month and day.
pub(super) fn full_date(cal: &Calendar) -> Option<Date> {
    Date::new(cal.year?, cal.month?, cal.day?).ok()
}

/// A full date at the start of one of the first lines.
fn date_line(analysis: &Analysis, list: &[Parsed]) -> Option<Anchor> {
    list.iter().take_while(|p| analysis.sentences[p.sentence as usize].line < DATE_LINE).find_map(|parsed| {
        let Time::Calendar(cal) = &parsed.time else { return None };
        let date = full_date(cal)?;
        let line = &analysis.lines[analysis.sentences[parsed.sentence as usize].line as usize];
        let opens = line.tokens.start == parsed.tokens.0;
        // A sentence may begin with a date as well; then a verb or a comma goes on.
        let alone = parsed.tokens.1 + 2 >= line.tokens.end;
        let torn = analysis.tokens[parsed.tokens.1 as usize - 1].span.end > parsed.span.end;
        let next =
            analysis.tokens.get(parsed.tokens.1 as usize).filter(|_| parsed.tokens.1 < line.tokens.end);
        let set_off = next.is_some_and(|t| {
            matches!(analysis.surface(t), "-" | "\u{2013}" | "\u{2014}" | "--" | ":" | "|")
                || t.shape == crate::text::Shape::Capital
        });
        (opens && (alone || torn || set_off)).then(|| Anchor {
            earliest: date,
            latest: date,
            evidence: format!("date line \"{}\"", parsed.span.slice(&analysis.text)),
        })
    })
}

/// `Feb. 24 will mark four years since ...`, with a document that dates the same month in a year.
fn anniversary(
    analysis: &Analysis,
    document: usize,
    story: &mut Story,
    (list, months): (&[Parsed], &MonthYears),
) -> Option<Anchor> {
    for (i, pair) in list.windows(2).enumerate() {
        let (Time::Calendar(cal), Time::Fixed { value, .. }) = (&pair[0].time, &pair[1].time) else {
            continue;
        };
        let (Some(month), Some(day), None) = (cal.month, cal.day, cal.year) else { continue };
        let count =
            value.strip_prefix('P').and_then(|v| v.strip_suffix('Y')).and_then(|v| v.parse::<i32>().ok());
        let words = |range: std::ops::Range<u32>| {
            analysis.tokens_of(&range).iter().map(|t| analysis.folded(t)).collect::<Vec<_>>()
        };
        let between = pair[0].tokens.1..pair[1].tokens.0;
        if pair[0].sentence != pair[1].sentence || between.len() > 4 {
            continue;
        }
        let marks = words(between);
        let after = pair[1].tokens.1;
        let since = words(after..(after + 1).min(analysis.sentences[pair[1].sentence as usize].tokens.end));
        let marked = marks.iter().any(|w| matches!(*w, "mark" | "marks" | "marked" | "marking"));
        let (Some(count), true, true) = (count, marked, since.first().is_some_and(|w| *w == "since")) else {
            continue;
        };
        // One year only may be said of that month, else the documents do not determine it.
        let Some([(year, from)]) = months.get(&month).map(Vec::as_slice) else { continue };
        let Ok(date) = Date::new(year.checked_add(count)?, month, day) else { continue };
        let place =
            if *from == document { String::from("this document") } else { format!("document {}", from + 1) };
        let evidence = format!(
            "\"{}\" here and the year {year} of that month in {place}",
            pair[0].span.join(pair[1].span).slice(&analysis.text)
        );
        story.solved.insert((document, i), (date, evidence.clone()));
        if marks.contains(&"will") {
            return Some(Anchor {
                earliest: date.add_days(-ANNOUNCED)?,
                latest: date.add_days(-1)?,
                evidence,
            });
        }
    }
    None
}

/// A weekday with its date tells the week in which the document's other weekdays lie.
fn told_week(
    analysis: &Analysis,
    document: usize,
    story: &mut Story,
    (list, years): (&[Parsed], &[i32]),
) -> Option<Anchor> {
    let mut week = None;
    for (i, parsed) in list.iter().enumerate() {
        let Time::Calendar(cal) = &parsed.time else { continue };
        let (Some(weekday), Some(month), Some(day)) = (cal.weekday, cal.month, cal.day) else { continue };
        let surface = parsed.span.slice(&analysis.text);
        let (date, evidence) = match full_date(cal) {
            Some(date) => (date, format!("\"{surface}\"")),
            None => {
                // Of the years that the documents name, and their neighbours, the one in which the weekday is right.
                let mut fits: Vec<Date> = Vec::new();
                for year in years.iter().flat_map(|y| [y - 1, *y, y + 1]) {
                    let date = Date::new(year, month, day).ok().filter(|d| d.weekday() == weekday);
                    fits.extend(date.filter(|d| !fits.contains(d)));
                }
                let [date] = fits[..] else { continue };
                let evidence = format!("\"{surface}\" and the years that the documents name");
                if cal.year.is_none() && story.anchors[document].is_none() {
                    story.solved.insert((document, i), (date, evidence.clone()));
                }
                (date, evidence)
            }
        };
        week = week.or(Some(Anchor { earliest: date, latest: date, evidence }));
    }
    week
}
