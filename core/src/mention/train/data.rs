//! Annotated text: reads rows of text and spans, groups them into documents, and says which labels each token may have.

use crate::mention::label::{self, KINDS, LABELS};
use crate::text::Analysis;
use crate::{Document, Error, ErrorKind};
use serde::Deserialize;

/// A set of annotated rows and what its annotation leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// All seven kinds.
    Full,
    /// Persons, organisations, places, and MISC for nationalities, events, works and products together.
    Misc,
    /// Persons, locations, corporations, groups, products and works; neither nationalities nor events.
    Emerging,
    /// Persons, organisations and places only.
    Three,
}

#[derive(Deserialize)]
struct Row {
    text: String,
    #[serde(default)]
    spans: Vec<RowSpan>,
}

#[derive(Deserialize)]
struct RowSpan {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
}

/// A span of bytes with the kinds it may be; none: its labels are unknown.
#[derive(Clone, Debug)]
pub(crate) struct Gold {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kinds: Vec<usize>,
    /// May also be no name.
    pub(crate) optional: bool,
}

/// Rows that stand together, one a line.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) gold: Vec<Gold>,
    pub(crate) scheme: Scheme,
    pub(crate) weight: f32,
    /// A copy in another dress.
    pub(crate) disguised: bool,
}

pub(crate) const DISGUISED_WEIGHT: f32 = 0.5;
/// Words that titles leave small, with the spaces after them.
const SMALL: &[&str] =
    &["a ", "an ", "the ", "of ", "in ", "on ", "at ", "to ", "for ", "and ", "or ", "by ", "with ", "as "];

/// The byte at which a line begins.
fn from_of(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line).map(str::len).sum()
}

const ROWS_PER_PAGE: usize = 20;

/// Reads JSON lines `{"text", "spans": [{"start", "end", "type"}]}` with offsets in code points.
pub(crate) fn pages(jsonl: &str, scheme: Scheme, weight: f32) -> Result<Vec<Page>, Error> {
    let mut pages: Vec<Page> = Vec::new();
    for (number, line) in jsonl.lines().filter(|l| !l.trim().is_empty()).enumerate() {
        let row: Row = serde_json::from_str(line)
            .map_err(|e| Error::new(ErrorKind::Catalog, format!("training row {}: {e}", number + 1)))?;
        if number % ROWS_PER_PAGE == 0 {
            pages.push(Page { text: String::new(), gold: Vec::new(), scheme, weight, disguised: false });
        }
        let Some(page) = pages.last_mut() else { continue };
        let base = page.text.len();
        let bytes: Vec<usize> = row.text.char_indices().map(|(b, _)| b).chain([row.text.len()]).collect();
        page.text.push_str(&row.text.replace('\n', " "));
        page.text.push('\n');
        for span in &row.spans {
            let (Some(&start), Some(&end)) = (bytes.get(span.start), bytes.get(span.end)) else { continue };
            let (kinds, optional) = kinds_of(&span.kind, scheme);
            let handle = row.text[..start].ends_with("@ ") || row.text[start..end].starts_with('@');
            let kinds = if handle { Vec::new() } else { kinds };
            page.gold.push(Gold { start: base + start, end: base + end, kinds, optional });
        }
    }
    Ok(pages)
}

fn kinds_of(name: &str, scheme: Scheme) -> (Vec<usize>, bool) {
    let kinds = match name {
        "PER" | "person" => vec![0],
        "ORG" | "corporation" | "group" => vec![1],
        "LOC" | "location" => vec![2],
        "NORP" => vec![3],
        "EVENT" => vec![4],
        "WORK" | "creative-work" => vec![5],
        "PRODUCT" | "product" => vec![6],
        "MISC" => vec![3, 4, 5, 6],
        _ => Vec::new(),
    };
    (kinds, name == "MISC" && scheme == Scheme::Misc)
}

/// Any label.
pub(crate) const ALL: u32 = (1 << LABELS) - 1;

impl Page {
    /// A copy of some pages as careless writers and headlines set them, line by line: in title case, in capitals, or
    /// with the apostrophes lost. Only lengths in bytes stay, so that the spans still hold.
    pub(crate) fn disguised(&self, number: usize) -> Option<Page> {
        if !number.is_multiple_of(5) || self.scheme == Scheme::Three {
            return None;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut gold = self.gold.clone();
        for (n, line) in self.text.split_inclusive('\n').enumerate() {
            let from = text.len();
            match n % 4 {
                0 | 1 => {
                    let mut start = true;
                    for (i, c) in line.char_indices() {
                        let small = SMALL.iter().any(|w| line[i..].starts_with(w)) && i > 0;
                        text.push(if start && !small && c.is_ascii() { c.to_ascii_uppercase() } else { c });
                        start = c == ' ' || c == '-';
                    }
                }
                2 => text.push_str(&line.to_ascii_uppercase()),
                _ => {
                    // The possessive's letter stays, its apostrophe goes; the name then holds the letter.
                    for (i, c) in line.char_indices() {
                        if c != '\'' || !line[i + 1..].starts_with("s ") {
                            text.push(c);
                        }
                    }
                    let shift = |at: usize| {
                        let inside = (at.saturating_sub(from_of(&self.text, n))).min(line.len());
                        line[..inside].matches("'s ").count()
                    };
                    let base = from_of(&self.text, n);
                    for (span, old) in gold.iter_mut().zip(&self.gold) {
                        if old.start >= base && old.end <= base + line.len() {
                            let (start, end) = (old.start - base, old.end - base);
                            let lost = line[end..].starts_with("'s ");
                            span.start = from + start - shift(old.start);
                            span.end = from + end - line[..end].matches("'s ").count() + usize::from(lost);
                        }
                    }
                    continue;
                }
            }
            let base = from_of(&self.text, n);
            for (span, old) in gold.iter_mut().zip(&self.gold) {
                if old.start >= base && old.end <= base + line.len() {
                    span.start = from + old.start - base;
                    span.end = from + old.end - base;
                }
            }
        }
        Some(Page {
            text,
            gold,
            scheme: self.scheme,
            weight: self.weight * DISGUISED_WEIGHT,
            disguised: true,
        })
    }

    pub(crate) fn analysis(&self) -> Analysis {
        Analysis::new(&Document::new(self.text.as_str()))
    }

    /// For each token the set of labels it may have.
    pub(crate) fn allowed(&self, analysis: &Analysis) -> Vec<u32> {
        let open: &[usize] = match self.scheme {
            Scheme::Full | Scheme::Misc => &[],
            Scheme::Emerging => &[3, 4],
            Scheme::Three => &[3, 4, 5, 6],
        };
        let outside = open.iter().fold(1, |set, &k| set | 1 << label::begin(k) | 1 << label::inside(k));
        let mut allowed = vec![outside; analysis.tokens.len()];
        for gold in &self.gold {
            let first = analysis.tokens.partition_point(|t| (t.span.end as usize) <= gold.start);
            let end = analysis.tokens.partition_point(|t| (t.span.start as usize) < gold.end);
            if first >= end {
                continue;
            }
            let whole = analysis.tokens[first].span.start as usize == gold.start
                && analysis.tokens[end - 1].span.end as usize == gold.end;
            for (i, slot) in allowed[first..end].iter_mut().enumerate() {
                *slot = if gold.kinds.is_empty() || !whole {
                    ALL
                } else {
                    gold.kinds.iter().fold(u32::from(gold.optional), |set, &k| {
                        set | 1 << if i == 0 { label::begin(k) } else { label::inside(k) }
                    })
                };
            }
        }
        allowed
    }

    /// The names as token ranges, for measuring; spans that do not fall on tokens are left out of the count of hits.
    pub(crate) fn names(&self, analysis: &Analysis) -> Vec<(u32, u32, usize)> {
        let mut names = Vec::new();
        for gold in self.gold.iter().filter(|g| g.kinds.len() == 1) {
            let first = analysis.tokens.partition_point(|t| (t.span.end as usize) <= gold.start);
            let end = analysis.tokens.partition_point(|t| (t.span.start as usize) < gold.end);
            let whole = first < end
                && analysis.tokens[first].span.start as usize == gold.start
                && analysis.tokens[end - 1].span.end as usize == gold.end;
            names.push(if whole { (first as u32, end as u32, gold.kinds[0]) } else { (0, 0, KINDS.len()) });
        }
        names
    }
}
