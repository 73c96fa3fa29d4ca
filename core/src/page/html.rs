//! HTML elements for notebooks: mentions and sentences marked in the text they stand in.

use crate::engine::Matches;
use crate::mention::Mention;
use crate::span::Span;
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
