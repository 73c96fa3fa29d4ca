//! A digest as Markdown, for pasting into notes and tickets.

use crate::story::{Digest, QuoteKind};

impl Digest {
    /// Writes the digest as Markdown: articles, summary, cast, quotes, timeline, events, agreements and differences; marks of
    /// the text that Markdown would read are escaped.
    pub fn to_markdown(&self) -> String {
        let mut out = String::new();
        section(&mut out, "Articles", self.documents.iter().enumerate(), |(i, document)| {
            let known = [document.source.as_deref(), document.published.as_deref()];
            let known: Vec<String> = known.into_iter().flatten().map(escape).collect();
            let title = escape(document.title.as_deref().unwrap_or("(no headline)"));
            let tail = if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) };
            format!("**{title}**{tail} \\[{}\\]", i + 1)
        });
        section(&mut out, "Summary", &self.summary.sentences, |sentence| {
            format!("{} \\[{}\\]", escape(&sentence.text), sentence.document + 1)
        });
        section(&mut out, "Who is in it", &self.cast, |member| {
            let roles: Vec<String> = super::roles(member).map(escape).collect();
            let roles = if roles.is_empty() { String::new() } else { format!(": {}", roles.join("; ")) };
            format!("**{}** ({}, {}){roles}", escape(&member.name), member.kind, member.mentions)
        });
        let quotes =
            self.documents.iter().enumerate().flat_map(|(i, d)| d.quotes.iter().map(move |q| (i, q)));
        section(
            &mut out,
            "Who said what",
            quotes.filter(|(_, q)| q.kind != QuoteKind::Scare),
            |(i, quote)| {
                let member = quote.speaker.as_ref().and_then(|id| self.cast.iter().find(|m| m.entity == *id));
                let name = member
                    .map(|m| m.name.as_str())
                    .or(quote.speaker_text.as_deref())
                    .unwrap_or("(unresolved)");
                let words = escape(&quote.text);
                let words = if quote.kind == QuoteKind::Direct { format!("\"{words}\"") } else { words };
                format!("**{}**: {words} \\[{}\\]", escape(name), i + 1)
            },
        );
        section(&mut out, "When", &self.timeline, |event| {
            format!("**{}** {} \\[{}\\]", escape(&event.date), escape(&event.text), event.document + 1)
        });
        section(&mut out, "Events", &self.events, |event| {
            let told = event.sentences.iter();
            let told = told.map(|s| format!("{} \\[{}\\]", escape(&s.text), s.document + 1));
            format!("**{}** {}", escape(&event.date), told.collect::<Vec<_>>().join(" / "))
        });
        section(&mut out, "Agreements and differences", &self.claims, |claim| {
            let told = |(value, mut documents): (&str, Vec<usize>)| {
                documents.dedup();
                let places: Vec<String> = documents.iter().map(|d| format!("\\[{}\\]", d + 1)).collect();
                let value = if value == claim.topic { "" } else { value };
                format!("{} {}", escape(value), places.join(" ")).trim_start().to_string()
            };
            let values: Vec<String> = super::values(claim).into_iter().map(told).collect();
            let relation = claim.relation.as_str().replace('_', " ");
            format!("*{relation}* **{}**: {}", escape(&claim.topic), values.join("; "))
        });
        out
    }
}

fn section<T>(
    out: &mut String,
    title: &str,
    items: impl IntoIterator<Item = T>,
    write: impl Fn(T) -> String,
) {
    let lines: Vec<String> = items.into_iter().map(|item| format!("- {}\n", write(item))).collect();
    if !lines.is_empty() {
        let gap = if out.is_empty() { "" } else { "\n" };
        out.push_str(&format!("{gap}## {title}\n\n{}", lines.concat()));
    }
}

/// Backslashes before what Markdown reads, line breaks as spaces, control characters gone.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' => {
                out.extend(['\\', c])
            }
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn marks_of_the_text_stay_text() {
        assert_eq!(escape("a*b [c](d)\n<e>"), "a\\*b \\[c\\](d) \\<e\\>");
    }
}
