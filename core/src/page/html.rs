//! HTML elements for notebooks: mentions and sentences marked in the text they stand in.

use crate::engine::Matches;
use crate::mention::Mention;
use crate::span::Span;
use crate::story::{Digest, QuoteKind};
use crate::summary::Summary;
use crate::{Document, Error, ErrorKind};
use std::fmt::Write;

/// Colours are translucent, so that one table serves light and dark pages.
const STYLE: &str = include_str!("page.css");

impl Matches {
    /// Writes the document with its mentions marked, as one HTML element: escaped, without script, for light and
    /// dark pages.
    ///
    /// # Errors
    /// [`ErrorKind::Span`] when the document is not the one the mentions were found in.
    pub fn to_html(&self, document: &Document) -> Result<String, Error> {
        let text = document.text();
        let mut page = open("text");
        let mut at = 0;
        for mention in &self.mentions {
            let span = slice(text, &mention.span)?;
            let before = text.get(at..mention.span.byte_span().start).unwrap_or_default();
            escape(before, &mut page);
            let kind = mention.kind.as_str();
            page.push_str(&format!("<mark class=\"{kind}\" title=\""));
            escape(&self.label(mention), &mut page);
            page.push_str("\">");
            escape(span, &mut page);
            page.push_str("</mark>");
            at = mention.span.byte_span().end;
        }
        escape(text.get(at..).unwrap_or_default(), &mut page);
        close(&mut page);
        Ok(page)
    }

    fn label(&self, mention: &Mention) -> String {
        let member = mention.entity.as_ref().and_then(|id| self.cast.iter().find(|m| m.entity == *id));
        let name = match (member, mention.candidates.as_slice()) {
            (Some(member), _) => member.name.clone(),
            (None, candidates) => {
                let names: Vec<&str> = candidates.iter().map(|c| c.name.as_str()).collect();
                names.join(" or ")
            }
        };
        format!("{name} ({}, {}, {:.2})", mention.kind, mention.found.as_str(), mention.score)
    }
}

impl Summary {
    /// Writes the sentences with their scores as one HTML element: escaped, without script, for light and dark
    /// pages.
    pub fn to_html(&self) -> String {
        let mut page = open("summary");
        page.push_str("<ol>");
        for sentence in &self.sentences {
            let reasons: Vec<String> =
                sentence.reasons.iter().map(|r| format!("{} {:.3}", r.name, r.value)).collect();
            page.push_str("<li title=\"");
            escape(&reasons.join(", "), &mut page);
            page.push_str("\">");
            escape(&sentence.text, &mut page);
            // Writing to a string cannot fail.
            write!(page, " <small>[{}] {:.3}</small></li>", sentence.document + 1, sentence.score)
                .expect("a string takes every byte");
        }
        page.push_str("</ol>");
        close(&mut page);
        page
    }
}

impl Digest {
    /// Writes a page as one HTML element: articles, summary with sources, cast, quotes, timeline, agreements and
    /// differences; escaped, without script, for light and dark pages.
    pub fn to_html(&self) -> String {
        let mut page = open("digest");
        section(&mut page, "Articles", self.documents.iter().enumerate(), |(number, document), page| {
            let title = document.title.as_deref().unwrap_or("(no headline)");
            let known = [document.source.as_deref(), document.published.as_deref()];
            let known: Vec<&str> = known.into_iter().flatten().collect();
            line(page, &[("b", title), ("small", &known.join(", ")), ("small", &place(number))]);
        });
        section(&mut page, "Summary", &self.summary.sentences, |sentence, page| {
            line(page, &[("span", &sentence.text), ("small", &place(sentence.document))]);
        });
        section(&mut page, "Who is in it", &self.cast, |member, page| {
            let variants: Vec<&str> =
                member.variants.iter().map(|v| v.text.as_str()).filter(|text| *text != member.name).collect();
            let mut roles: Vec<&str> = member.roles.iter().map(|role| role.text.as_str()).collect();
            roles.dedup();
            let count = format!("{}, {}", member.kind, member.mentions);
            line(
                page,
                &[
                    ("b", &member.name),
                    ("small", &count),
                    ("span", &roles.join(", ")),
                    ("small", &variants.join(", ")),
                ],
            );
        });
        let documents = self.documents.iter().enumerate();
        let quotes =
            documents.flat_map(|(at, document)| document.quotes.iter().map(move |quote| (at, quote)));
        let quotes = quotes.filter(|(_, quote)| quote.kind != QuoteKind::Scare);
        section(&mut page, "Who said what", quotes, |(document, quote), page| {
            let member = quote.speaker.as_ref().and_then(|id| self.cast.iter().find(|m| m.entity == *id));
            let name = member.map(|m| m.name.as_str()).or(quote.speaker_text.as_deref());
            let tag = if quote.kind == QuoteKind::Direct { "q" } else { "span" };
            line(page, &[("b", name.unwrap_or_default()), (tag, &quote.text), ("small", &place(document))]);
        });
        section(&mut page, "When", &self.timeline, |event, page| {
            line(page, &[("b", &event.date), ("span", &event.text), ("small", &place(event.document))]);
        });
        section(&mut page, "Agreements and differences", &self.claims, |claim, page| {
            let values = claim.values.iter().zip(&claim.spans);
            let values: Vec<String> =
                values.map(|(v, span)| format!("{v} {}", place(span.document))).collect();
            let relation = claim.relation.as_str().replace('_', " ");
            line(page, &[("small", &relation), ("b", &claim.topic), ("span", &values.join("; "))]);
        });
        close(&mut page);
        page
    }
}

/// A heading and a list, or nothing when the list is empty.
fn section<T>(
    page: &mut String,
    title: &str,
    items: impl IntoIterator<Item = T>,
    write: impl Fn(T, &mut String),
) {
    let mut items = items.into_iter().peekable();
    if items.peek().is_some() {
        page.push_str(&format!("<h3>{title}</h3><ul>"));
        items.for_each(|item| write(item, page));
        page.push_str("</ul>");
    }
}

/// One list item of elements that are not empty.
fn line(page: &mut String, parts: &[(&str, &str)]) {
    page.push_str("<li>");
    for (at, (tag, text)) in parts.iter().filter(|(_, text)| !text.is_empty()).enumerate() {
        page.push_str(if at > 0 { " " } else { "" });
        page.push_str(&format!("<{tag}>"));
        escape(text, page);
        page.push_str(&format!("</{tag}>"));
    }
    page.push_str("</li>");
}

/// The number by which a page calls a document.
fn place(document: usize) -> String {
    format!("[{}]", document + 1)
}

/// Starts an element of a class with the style that it needs.
pub(super) fn open(class: &str) -> String {
    format!("<div class=\"nutgraf nutgraf-{class}\"><style>{STYLE}</style>")
}

/// Ends what [`open`] started.
pub(super) fn close(page: &mut String) {
    page.push_str("</div>");
}

/// Writes text so that no character of it is markup, in content and in quoted attributes.
pub(super) fn escape(text: &str, page: &mut String) {
    for c in text.chars() {
        match c {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            // No HTML document may hold these, not even as a reference.
            c if c.is_control() && !matches!(c, '\n' | '\t') => page.push('\u{fffd}'),
            c => page.push(c),
        }
    }
}

pub(super) fn slice<'a>(text: &'a str, span: &Span) -> Result<&'a str, Error> {
    text.get(span.byte_span()).ok_or_else(|| {
        let span = span.byte_span();
        let message = format!(
            "byte span {}..{} does not lie in this text of {} bytes; pass the document that the result was made of",
            span.start,
            span.end,
            text.len()
        );
        Error::new(ErrorKind::Span, message)
    })
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn no_character_is_markup() {
        let mut page = String::new();
        escape("<script>alert('&\"')</script>\0", &mut page);
        assert_eq!(page, "&lt;script&gt;alert(&#39;&amp;&quot;&#39;)&lt;/script&gt;\u{fffd}");
    }
}
