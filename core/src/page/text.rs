//! Plain text pages, 100 columns wide.

use super::{roles, spellings, values};
use crate::engine::Matches;
use crate::story::{Claim, Digest, DigestDocument, Quote, QuoteKind, Relation};
use crate::summary::Summary;

/// Columns of a page; wider lines are hard to read at a glance.
const WIDTH: usize = 100;
/// Members of the cast, events and claims of a kind shown; a page is for a glance, JSON holds all.
const SHOWN: usize = 12;
/// Other spellings and roles shown for one member of the cast.
const SHOWN_NAMES: usize = 4;

impl Matches {
    /// Writes one line for each mention: place in code points, surface, kind, entity, how it was found, score.
    pub fn to_text(&self) -> String {
        let mut page = Page::default();
        for mention in &self.mentions {
            let span = mention.span.char_span();
            let entity = match (&mention.entity, mention.candidates.as_slice()) {
                (Some(entity), _) => entity.clone(),
                (None, []) => "-".to_string(),
                (None, candidates) => {
                    let names: Vec<&str> = candidates.iter().map(|c| c.name.as_str()).collect();
                    format!("one of: {}", names.join(", "))
                }
            };
            let place = format!("{}..{}", span.start, span.end);
            let (kind, found, score) = (mention.kind.as_str(), mention.found.as_str(), mention.score);
            page.row(&format!(
                "{place:<12} {:<28} {kind:<12} {found:<10} {score:.2}  {entity}",
                mention.text
            ));
        }
        page.text
    }
}

impl Summary {
    /// Writes the sentences, one a line.
    pub fn to_text(&self) -> String {
        let mut page = Page::default();
        for sentence in &self.sentences {
            page.row(&sentence.text);
        }
        page.text
    }
}

/// A speaker, where one is known, with the quotations and the articles they stand in.
type Said<'a> = (Option<&'a str>, Vec<(usize, &'a Quote)>);

impl Digest {
    /// Writes a page of plain text: articles, summary with sources, cast, quotes by speaker, timeline, events, agreements
    /// and differences. `[2]` is the second article. Long lists are cut with a count of what is left; JSON holds all.
    pub fn to_text(&self) -> String {
        let mut page = Page::default();
        self.write_documents(&mut page);
        page.heading("SUMMARY");
        for sentence in &self.summary.sentences {
            page.item("  ", &format!("{} {}", sentence.text, place(sentence.document)));
        }
        self.write_cast(&mut page);
        self.write_quotes(&mut page);
        self.write_timeline(&mut page);
        self.write_events(&mut page);
        for (relation, title) in [
            (Relation::Differ, "THE ARTICLES DIFFER"),
            (Relation::Revised, "LATER REVISED"),
            (Relation::Agree, "THE ARTICLES AGREE"),
            (Relation::DifferentEvent, "ALIKE BUT NOT THE SAME EVENT"),
        ] {
            self.write_claims(&mut page, relation, title);
        }
        page.text
    }

    fn write_documents(&self, page: &mut Page) {
        page.heading(&counted(self.documents.len(), "ARTICLE"));
        for (number, document) in self.documents.iter().enumerate() {
            let title = document.title.as_deref().unwrap_or("(no headline)");
            let known = [document.source.as_deref(), document.published.as_deref()];
            let mut known: Vec<&str> = known.into_iter().flatten().collect();
            if known.is_empty() && !document.id.is_empty() {
                known.push(&document.id);
            }
            let known = if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) };
            let left_out = match document.furniture.len() {
                0 => String::new(),
                count => format!("; left out: {}", furniture(document, count)),
            };
            page.item("  ", &format!("[{}] {title}{known}{left_out}", number + 1));
        }
    }

    fn write_cast(&self, page: &mut Page) {
        page.heading("WHO IS IN IT");
        for member in self.cast.iter().take(SHOWN) {
            let count = counted(member.mentions, "mention");
            page.item("  ", &format!("{} ({}, {count})", member.name, member.kind));
            page.names("also: ", &spellings(member).collect::<Vec<_>>());
            page.names("role: ", &roles(member).collect::<Vec<_>>());
        }
        page.rest(self.cast.len());
    }

    fn write_quotes(&self, page: &mut Page) {
        let mut speakers: Vec<Said> = Vec::new();
        let documents = self.documents.iter().enumerate();
        let quotes = documents.flat_map(|(at, d)| d.quotes.iter().map(move |q| (at, q)));
        for (document, quote) in quotes.filter(|(_, q)| q.kind != QuoteKind::Scare) {
            let name = quote.speaker.as_deref().map(|entity| self.name_of(entity));
            let name = name.or(quote.speaker_text.as_deref());
            match speakers.iter_mut().find(|(speaker, _)| *speaker == name) {
                Some((_, quotes)) => quotes.push((document, quote)),
                None => speakers.push((name, vec![(document, quote)])),
            }
        }
        if !speakers.is_empty() {
            page.heading("WHO SAID WHAT");
        }
        // Those who are named first, the most quoted first; equal counts keep the order of the text.
        speakers.sort_by_key(|(name, quotes)| (name.is_none(), std::cmp::Reverse(quotes.len())));
        for (name, quotes) in speakers {
            page.item("  ", name.unwrap_or("(speaker not resolved)"));
            // What several articles quote in the same words stands once.
            let mut told: Vec<(&Quote, Vec<usize>)> = Vec::new();
            for (document, quote) in quotes {
                match told.iter_mut().find(|(known, _)| known.kind == quote.kind && known.text == quote.text)
                {
                    Some((_, documents)) => documents.push(document),
                    None => told.push((quote, vec![document])),
                }
            }
            for (quote, documents) in told {
                let words = if quote.kind == QuoteKind::Direct {
                    format!("\u{201c}{}\u{201d}", quote.text)
                } else {
                    quote.text.clone()
                };
                page.item("      ", &format!("{words} {}", places(&documents)));
            }
        }
    }

    fn write_timeline(&self, page: &mut Page) {
        if !self.timeline.is_empty() {
            page.heading("WHEN");
        }
        for event in self.timeline.iter().take(SHOWN) {
            page.item("  ", &format!("{}  {} {}", event.date, event.text, place(event.document)));
        }
        page.rest(self.timeline.len());
    }

    fn write_events(&self, page: &mut Page) {
        if !self.events.is_empty() {
            page.heading("WHICH SENTENCES TELL OF ONE EVENT");
        }
        for event in self.events.iter().take(SHOWN) {
            page.item("  ", &event.date);
            for sentence in &event.sentences {
                page.item("      ", &format!("{} {}", sentence.text, place(sentence.document)));
            }
        }
        page.rest(self.events.len());
    }

    fn write_claims(&self, page: &mut Page, relation: Relation, title: &str) {
        let claims: Vec<&Claim> = self.claims.iter().filter(|claim| claim.relation == relation).collect();
        if !claims.is_empty() {
            page.heading(title);
        }
        for claim in claims.iter().take(SHOWN) {
            let told = |(value, documents): (&str, Vec<usize>)| {
                let value = if value == claim.topic { "" } else { value };
                format!("{value} {}", places(&documents)).trim_start().to_string()
            };
            let values: Vec<String> = values(claim).into_iter().map(told).collect();
            page.item("  ", &format!("{}: {}", claim.topic, values.join("; ")));
        }
        page.rest(claims.len());
    }

    fn name_of<'a>(&'a self, entity: &'a str) -> &'a str {
        self.cast.iter().find(|member| member.entity == entity).map_or(entity, |member| &member.name)
    }
}

fn furniture(document: &DigestDocument, count: usize) -> String {
    let mut kinds: Vec<&str> = document.furniture.iter().map(|piece| piece.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    format!("{} ({})", counted(count, "piece"), kinds.join(", ").replace('_', " "))
}

fn place(document: usize) -> String {
    format!("[{}]", document + 1)
}

/// `[1] [3]`, each document once.
fn places(documents: &[usize]) -> String {
    let mut shown: Vec<String> = documents.iter().map(|document| place(*document)).collect();
    shown.dedup();
    shown.join(" ")
}

pub(super) fn counted(count: usize, noun: &str) -> String {
    let plural = match (count, noun.ends_with(char::is_uppercase)) {
        (1, _) => "",
        (_, true) => "S",
        (_, false) => "s",
    };
    format!("{count} {noun}{plural}")
}

/// A page being written.
#[derive(Default)]
pub(super) struct Page {
    pub(super) text: String,
}

impl Page {
    pub(super) fn heading(&mut self, title: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.row(title);
    }

    /// One line, as long as it is; control characters and line breaks become spaces, so that no text can move the
    /// cursor of a terminal.
    pub(super) fn row(&mut self, line: &str) {
        self.text.extend(line.chars().map(|c| if c.is_control() { ' ' } else { c }));
        while self.text.ends_with(' ') {
            self.text.pop();
        }
        self.text.push('\n');
    }

    /// A wrapped paragraph; lines after the first are indented by four more columns.
    pub(super) fn item(&mut self, indent: &str, paragraph: &str) {
        let mut line = indent.to_string();
        let mut columns = indent.len();
        for word in paragraph.split_whitespace() {
            let width = word.chars().count();
            if columns + 1 + width > WIDTH && columns > indent.len() + 4 {
                self.row(&line);
                line = format!("{indent}    ");
                columns = line.len();
            } else if !line.ends_with(' ') {
                line.push(' ');
                columns += 1;
            }
            line.push_str(word);
            columns += width;
        }
        self.row(&line);
    }

    fn names(&mut self, label: &str, names: &[&str]) {
        if !names.is_empty() {
            let shown = names[..names.len().min(SHOWN_NAMES)].join(", ");
            let more = if names.len() > SHOWN_NAMES { ", ..." } else { "" };
            self.item("      ", &format!("{label}{shown}{more}"));
        }
    }

    fn rest(&mut self, count: usize) {
        if count > SHOWN {
            self.row(&format!("  ... and {} more", count - SHOWN));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_never_reach_the_terminal() {
        let mut page = Page::default();
        page.row("a\u{1b}[31mb\r\nc\u{9b}d");
        assert_eq!(page.text, "a [31mb  c d\n");
    }

    #[test]
    fn paragraphs_are_wrapped_at_words() {
        let mut page = Page::default();
        page.item("  ", &"word ".repeat(60));
        assert!(page.text.lines().all(|line| line.chars().count() <= WIDTH && line.starts_with("  ")));
        assert_eq!(page.text.matches("word").count(), 60);
    }
}
