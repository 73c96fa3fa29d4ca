//! A digest as one HTML file or element: the editor's brief with every line linked to its place in the articles.
//!
//! In: a digest and the documents it was made of. Out: a file without script or outside resource, with landmarks
//! and headings for screen readers, readable on a phone, light and dark; or its content as one element.

use super::html::{escape, slice};
use crate::cast::CastMember;
use crate::mention::Mention;
use crate::span::Span;
use crate::story::{Digest, DigestDocument, QuoteKind};
use crate::{Document, Error, ErrorKind};
use std::collections::BTreeMap;
use std::fmt::Write;

const STYLE: &str = include_str!("whole.css");

impl Digest {
    /// Writes the digest with its articles as one HTML file: summary, cast, quotes by speaker, the timeline drawn,
    /// agreements and differences side by side, and the articles with names marked and scrape noise greyed.
    ///
    /// The file is escaped, holds no script and loads nothing. Without documents it holds everything but the articles.
    ///
    /// # Errors
    /// [`ErrorKind::Document`] when the number of documents is not the digest's; [`ErrorKind::Span`] when a document
    /// is not the one that the digest was made of.
    ///
    /// # Examples
    /// ```
    /// use nutgraf::{Catalog, DigestOptions, Document, Engine};
    /// let story = [Document::new("Mayor opens bridge\n\nMayor Jane Doe opened the long bridge over the river on Monday.")];
    /// let digest = Engine::with_catalog(Catalog::empty()).digest(&story, &DigestOptions::new())?;
    /// assert!(digest.to_html(&story)?.starts_with("<!DOCTYPE html>"));
    /// # Ok::<(), nutgraf::Error>(())
    /// ```
    pub fn to_html(&self, documents: &[Document]) -> Result<String, Error> {
        let mut page = self.page(documents)?;
        page.file()?;
        Ok(page.out)
    }

    /// Writes the content of [`to_html`](Self::to_html) as one HTML element, for notebooks and pages of one's own.
    ///
    /// # Errors
    /// As [`to_html`](Self::to_html).
    pub fn to_html_element(&self, documents: &[Document]) -> Result<String, Error> {
        let mut page = self.page(documents)?;
        page.element()?;
        Ok(page.out)
    }

    fn page<'a>(&'a self, documents: &'a [Document]) -> Result<Page<'a>, Error> {
        if !documents.is_empty() && documents.len() != self.documents.len() {
            let (given, own) = (documents.len(), self.documents.len());
            let message =
                format!("{given} documents for a digest of {own}; pass those that the digest was made of");
            return Err(Error::new(ErrorKind::Document, message));
        }
        let members = self.cast.iter().map(|member| (member.entity.as_str(), member)).collect();
        Ok(Page { digest: self, documents, members, out: String::new() })
    }
}

struct Page<'a> {
    digest: &'a Digest,
    documents: &'a [Document],
    members: BTreeMap<&'a str, &'a CastMember>,
    out: String,
}

impl Page<'_> {
    fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    fn number(&mut self, template: std::fmt::Arguments<'_>) {
        self.out.write_fmt(template).expect("a string takes every byte");
    }

    fn title(&self) -> &str {
        let title = self.digest.documents.iter().find_map(|document| document.title.as_deref());
        title.unwrap_or("Story digest")
    }

    fn file(&mut self) -> Result<(), Error> {
        let title = self.title().to_owned();
        self.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>");
        self.text(&title);
        self.number(format_args!(
            "</title><style>{STYLE}</style></head><body class=\"nutgraf-digest\"><header>"
        ));
        self.opening();
        self.raw("</header><main>");
        self.sections()?;
        self.raw("</main></body></html>\n");
        Ok(())
    }

    fn element(&mut self) -> Result<(), Error> {
        self.number(format_args!("<div class=\"nutgraf nutgraf-digest\"><style>{STYLE}</style>"));
        self.opening();
        self.sections()?;
        self.raw("</div>");
        Ok(())
    }

    /// The parts that have something to show: the id, the heading.
    fn parts(&self) -> Vec<(&'static str, &'static str)> {
        let parts = [
            ("summary", "Summary", !self.digest.summary.sentences.is_empty()),
            ("cast", "Who is in it", !self.digest.cast.is_empty()),
            ("quotes", "Who said what", self.spoken().next().is_some()),
            ("timeline", "When", !self.digest.timeline.is_empty()),
            ("events", "Events", !self.digest.events.is_empty()),
            ("claims", "Agreements and differences", !self.digest.claims.is_empty()),
            ("articles", "Articles", !self.documents.is_empty()),
        ];
        parts.into_iter().filter(|part| part.2).map(|(id, name, _)| (id, name)).collect()
    }

    fn opening(&mut self) {
        let title = self.title().to_owned();
        self.raw("<h1>");
        self.text(&title);
        let count = self.digest.documents.len();
        let noun = if count == 1 { "article" } else { "articles" };
        self.number(format_args!(
            "</h1><p class=\"soft\">A digest of {count} {noun}; every line links to its source.</p>"
        ));
        self.raw("<nav aria-label=\"Contents\"><ul>");
        for (id, name) in self.parts() {
            self.number(format_args!("<li><a href=\"#{id}\">{name}</a></li>"));
        }
        self.raw("</ul></nav>");
    }

    fn sections(&mut self) -> Result<(), Error> {
        for (id, name) in self.parts() {
            self.number(format_args!(
                "<section id=\"{id}\" aria-labelledby=\"{id}-name\"><h2 id=\"{id}-name\">{name}</h2>"
            ));
            match id {
                "summary" => self.summary(),
                "cast" => self.cast(),
                "quotes" => self.quotes(),
                "timeline" => self.timeline(),
                "events" => self.events(),
                "claims" => self.claims()?,
                _ => self.articles()?,
            }
            self.raw("</section>\n");
        }
        Ok(())
    }

    /// A link to the sentence at a place.
    fn link(&mut self, document: usize, span: &Span) {
        let sentences = self.digest.documents.get(document).map_or(&[][..], |d| &d.sentences);
        let at = sentences.partition_point(|s| s.byte_span().start <= span.byte_span().start);
        let at = at.checked_sub(1).map_or(0, |i| sentences[i].byte_span().start);
        let number = document + 1;
        if self.documents.is_empty() {
            return self.number(format_args!(" [{number}]"));
        }
        self.number(format_args!(
            " <a href=\"#d{number}-{at}\" aria-label=\"Article {number}\">[{number}]</a>"
        ));
    }

    fn summary(&mut self) {
        self.raw("<ol>");
        for sentence in &self.digest.summary.sentences {
            self.raw("<li>");
            self.text(&sentence.text);
            self.link(sentence.document, &sentence.span);
            self.raw("</li>");
        }
        self.raw("</ol>");
    }

    fn cast(&mut self) {
        self.raw("<ul class=\"cards\">");
        for member in &self.digest.cast {
            self.raw("<li><b>");
            self.text(&member.name);
            let (kind, count) = (member.kind.as_str(), member.mentions);
            let times = if count == 1 { "mention" } else { "mentions" };
            self.number(format_args!("</b> <small>{kind}, {count} {times}</small>"));
            let roles: Vec<&str> = super::roles(member).collect();
            self.listed("<br>", &roles);
            let others = super::spellings(member);
            let others: Vec<&str> = others.collect();
            self.listed("<br><small>also written: ", &others);
            self.raw(if others.is_empty() { "</li>" } else { "</small></li>" });
        }
        self.raw("</ul>");
    }

    fn listed(&mut self, before: &str, items: &[&str]) {
        if !items.is_empty() {
            self.raw(before);
            self.text(&items.join("; "));
        }
    }

    /// Direct and reported speech with the index of its document.
    fn spoken(&self) -> impl Iterator<Item = (usize, &crate::story::Quote)> {
        let documents = self.digest.documents.iter().enumerate();
        let quotes =
            documents.flat_map(|(at, document)| document.quotes.iter().map(move |quote| (at, quote)));
        quotes.filter(|(_, quote)| quote.kind != QuoteKind::Scare)
    }

    fn quotes(&mut self) {
        let digest = self.digest;
        // Members in order of the cast, then groups and the unnamed in order of the text.
        let mut speakers: Vec<(String, Vec<(usize, &crate::story::Quote)>)> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let quotes: Vec<_> = digest
            .documents
            .iter()
            .enumerate()
            .flat_map(|(at, d)| d.quotes.iter().map(move |q| (at, q)))
            .collect();
        for (document, quote) in quotes.into_iter().filter(|(_, quote)| quote.kind != QuoteKind::Scare) {
            let member = quote.speaker.as_ref().and_then(|id| self.members.get(id.as_str()));
            let name = member.map(|m| m.name.clone()).or_else(|| quote.speaker_text.clone());
            let name = name.unwrap_or_else(|| "Speaker not resolved".to_owned());
            let place = *places.entry(name.clone()).or_insert_with(|| {
                speakers.push((name, Vec::new()));
                speakers.len() - 1
            });
            speakers[place].1.push((document, quote));
        }
        for (name, quotes) in speakers {
            self.raw("<h3>");
            self.text(&name);
            self.raw("</h3>");
            for (document, quote) in quotes {
                let (open, close) =
                    if quote.kind == QuoteKind::Direct { ("<q>", "</q>") } else { ("(reported) ", "") };
                self.number(format_args!("<blockquote>{open}"));
                self.text(&quote.text);
                self.raw(close);
                self.link(document, &quote.span);
                self.raw("</blockquote>");
            }
        }
    }

    fn timeline(&mut self) {
        self.drawing();
        self.raw("<ol>");
        for event in &self.digest.timeline {
            self.raw("<li><b>");
            self.text(&event.date);
            self.raw("</b> ");
            self.text(&event.text);
            self.link(event.document, &event.span);
            self.raw("</li>");
        }
        self.raw("</ol>");
    }

    /// The sentences that tell of one event together.
    fn events(&mut self) {
        self.raw("<ul>");
        for event in &self.digest.events {
            self.raw("<li><b>");
            self.text(&event.date);
            self.raw("</b><ul>");
            for sentence in &event.sentences {
                self.raw("<li>");
                self.text(&sentence.text);
                self.link(sentence.document, &sentence.span);
                self.raw("</li>");
            }
            self.raw("</ul></li>");
        }
        self.raw("</ul>");
    }

    /// The dated events on a line, days in proportion; the list below it says the same in words.
    fn drawing(&mut self) {
        let mut days: BTreeMap<u32, (String, usize)> = BTreeMap::new();
        for event in &self.digest.timeline {
            if let Some(day) = day_number(&event.date) {
                days.entry(day).or_insert_with(|| (event.date.clone(), 0)).1 += 1;
            }
        }
        let (Some((&first, from)), Some((&last, to))) = (days.first_key_value(), days.last_key_value())
        else {
            return;
        };
        if first == last {
            return;
        }
        let (from, to) = (from.0.clone(), to.0.clone());
        self.raw("<svg viewBox=\"0 0 640 70\" role=\"img\" aria-label=\"Timeline from ");
        self.text(&from);
        self.raw(" to ");
        self.text(&to);
        self.raw("\"><line x1=\"40\" y1=\"30\" x2=\"600\" y2=\"30\"/>");
        let mut free = 0;
        for (day, (label, count)) in days {
            let x = 40 + u64::from(day - first) * 560 / u64::from(last - first);
            let radius = 5 + count.min(5);
            self.number(format_args!("<circle cx=\"{x}\" cy=\"30\" r=\"{radius}\"><title>"));
            self.text(&label);
            self.number(format_args!(": {count}</title></circle>"));
            if x >= free {
                self.number(format_args!("<text x=\"{x}\" y=\"60\" text-anchor=\"middle\">"));
                self.text(&label);
                self.raw("</text>");
                free = x + 80;
            }
        }
        self.raw("</svg>");
    }

    fn claims(&mut self) -> Result<(), Error> {
        for claim in &self.digest.claims {
            let relation = claim.relation.as_str();
            self.number(format_args!(
                "<h3><span class=\"badge {relation}\">{}</span>",
                relation.replace('_', " ")
            ));
            self.text(&claim.topic);
            self.raw("</h3><p class=\"soft\">");
            self.text(&claim.reason);
            self.raw("</p><ul class=\"cards\">");
            for (i, place) in claim.spans.iter().enumerate() {
                self.raw("<li><b>");
                self.text(claim.values.get(i).map_or("", String::as_str));
                self.raw("</b>");
                if let Some(document) = self.documents.get(place.document) {
                    self.raw("<br>");
                    self.text(slice(document.text(), &place.span)?);
                }
                self.link(place.document, &place.span);
                self.raw("</li>");
            }
            self.raw("</ul>");
        }
        Ok(())
    }

    fn articles(&mut self) -> Result<(), Error> {
        for (i, (article, document)) in self.digest.documents.iter().zip(self.documents).enumerate() {
            let number = i + 1;
            self.number(format_args!("<article id=\"d{number}\" aria-labelledby=\"d{number}-name\"><h3 id=\"d{number}-name\">[{number}] "));
            self.text(article.title.as_deref().unwrap_or("(no headline)"));
            self.raw("</h3>");
            let known: Vec<&str> =
                [article.source.as_deref(), article.published.as_deref(), Some(&article.id)]
                    .into_iter()
                    .flatten()
                    .filter(|s| !s.is_empty())
                    .collect();
            self.listed("<p class=\"soft\">", &known);
            self.raw(if known.is_empty() { "<div class=\"text\">" } else { "</p><div class=\"text\">" });
            self.article(number, article, document.text())?;
            self.raw("</div></article>");
        }
        Ok(())
    }

    /// The text, cut wherever something begins or ends, so that marks that overlap nest by turns.
    fn article(&mut self, number: usize, article: &DigestDocument, text: &str) -> Result<(), Error> {
        let furniture: Vec<&Span> = article.furniture.iter().map(|f| &f.span).collect();
        let quotes: Vec<&Span> =
            article.quotes.iter().filter(|q| q.kind == QuoteKind::Direct).map(|q| &q.span).collect();
        let mentions: Vec<&Span> = article.mentions.iter().map(|m| &m.span).collect();
        let starts: Vec<usize> = article.sentences.iter().map(|s| s.byte_span().start).collect();
        let mut cuts: Vec<usize> = vec![0, text.len()];
        for span in furniture.iter().chain(&quotes).chain(&mentions) {
            slice(text, span)?;
            cuts.extend([span.byte_span().start, span.byte_span().end]);
        }
        cuts.extend(starts.iter().copied().filter(|&at| text.is_char_boundary(at)));
        cuts.sort_unstable();
        cuts.dedup();
        let covering = |spans: &[&Span], at: usize| {
            let i = spans.partition_point(|span| span.byte_span().end <= at);
            spans.get(i).is_some_and(|span| span.byte_span().start <= at).then_some(i)
        };
        for pair in cuts.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            if starts.binary_search(&from).is_ok() {
                self.number(format_args!("<span id=\"d{number}-{from}\"></span>"));
            }
            let mut close = Vec::new();
            if let Some(i) = covering(&furniture, from) {
                let mark = &article.furniture[i];
                self.number(format_args!(
                    "<span class=\"furniture\" title=\"{}: ",
                    mark.kind.as_str().replace('_', " ")
                ));
                self.text(&mark.reason);
                self.raw("\">");
                close.push("</span>");
            }
            if covering(&quotes, from).is_some() {
                self.raw("<span class=\"quote\">");
                close.push("</span>");
            }
            if let Some(i) = covering(&mentions, from) {
                self.mark(&article.mentions[i]);
                close.push("</mark>");
            }
            self.text(text.get(from..to).unwrap_or_default());
            close.iter().rev().for_each(|end| self.out.push_str(end));
        }
        Ok(())
    }

    fn mark(&mut self, mention: &Mention) {
        self.number(format_args!("<mark class=\"{}\" title=\"", mention.kind.as_str()));
        let member = mention.entity.as_ref().and_then(|id| self.members.get(id.as_str()));
        let name = member.map_or_else(|| mention.text.clone(), |m| m.name.clone());
        self.text(&name);
        self.number(format_args!(" ({})\">", mention.found.as_str()));
    }
}

/// Days in order for whole dates, months and years; nothing for open values. Months count 31 days.
fn day_number(value: &str) -> Option<u32> {
    let date = value.split('T').next()?;
    let mut parts = date.split('-');
    let year: u32 = parts.next()?.parse().ok().filter(|year| *year < 10_000)?;
    let month = match parts.next() {
        None => 1,
        Some(part) => part.parse::<u32>().ok().filter(|m| (1..=12).contains(m))?,
    };
    let day = match parts.next() {
        None => 1,
        Some(part) => part.parse::<u32>().ok().filter(|d| (1..=31).contains(d))?,
    };
    Some(year * 372 + month * 31 + day)
}

#[cfg(test)]
mod tests {
    use super::day_number;
    use crate::{Catalog, Document, Engine};

    #[test]
    fn open_values_have_no_place_on_the_line() {
        assert!(day_number("2026-01-22") > day_number("2026-01"));
        for open in ["XXXX-WXX-2", "P4D", "PAST_REF", "2026-W04", "", "2026-13"] {
            assert_eq!(day_number(open), None, "{open}");
        }
    }

    #[test]
    fn markup_in_articles_stays_text() {
        let text = "<script>alert(1)</script> & \"Jane <b>Doe\"\n\nMayor Jane Doe said \"we <i>will</i> & can\" on Monday.";
        let story = [Document::new(text).with_id("<id>")];
        let digest = Engine::with_catalog(Catalog::empty()).digest(&story, &Default::default()).unwrap();
        let page = digest.to_html(&story).unwrap();
        assert!(!page.contains("<script") && !page.contains("<i>") && !page.contains("<id>"));
        assert!(page.contains("&lt;script&gt;"));
        assert!(digest.to_html(&[story[0].clone(), story[0].clone()]).is_err());
        assert!(digest.to_html_element(&story).unwrap().contains("&lt;script&gt;"));
        let brief = digest.to_html(&[]).unwrap();
        assert!(brief.contains("id=\"quotes\"") && !brief.contains("id=\"articles\""));
    }
}
