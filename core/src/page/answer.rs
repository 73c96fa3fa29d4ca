//! The answers around the jobs as plain text: explanations, key topics, checks of headlines, names, stories.

use super::text::Page;
use crate::cast::NameSimilarity;
use crate::story::Stories;
use crate::summary::{Explanation, HeadlineCheck, KeyPlace, KeyTopics, Reason};

impl Explanation {
    /// Writes the sentence, what decided, and the parts of the score, one a line.
    pub fn to_text(&self) -> String {
        let mut page = Page::default();
        page.row(&self.text);
        let verdict = if self.chosen { "" } else { "not chosen: " };
        page.row(&format!("{verdict}{}", self.decision));
        page.row(&format!("{:8.3}  score", self.score));
        page.parts(self.reasons.iter());
        page.text
    }
}

impl KeyTopics {
    /// Writes phrases and entities with score and number of places, one a line.
    pub fn to_text(&self) -> String {
        let mut page = Page::default();
        if !self.phrases.is_empty() {
            page.heading("KEY PHRASES");
        }
        for phrase in &self.phrases {
            page.row(&format!("  {:.2}  {} ({})", phrase.score, phrase.text, count(&phrase.places)));
        }
        if !self.entities.is_empty() {
            page.heading("KEY ENTITIES");
        }
        for entity in &self.entities {
            let (name, kind) = (&entity.name, entity.kind);
            page.row(&format!("  {:.2}  {name} ({kind}, {})", entity.score, count(&entity.places)));
        }
        page.text
    }
}

fn count(places: &[KeyPlace]) -> String {
    super::text::counted(places.len(), "place")
}

impl HeadlineCheck {
    /// Writes the share that is supported, the words that nothing supports, and the sentences that support most.
    pub fn to_text(&self) -> String {
        let mut page = Page::default();
        page.row(&format!("supported: {:.0} %", self.score * 100.0));
        if !self.missing.is_empty() {
            page.row(&format!("not found: {}", self.missing.join(", ")));
        }
        for support in &self.supports {
            page.item("  ", &format!("{:.2}  {} [{}]", support.score, support.text, support.document + 1));
        }
        page.text
    }
}

impl NameSimilarity {
    /// Writes the verdict, the score and what it is made of, one a line.
    pub fn to_text(&self) -> String {
        let mut page = Page::default();
        page.row(if self.is_same { "may be one name" } else { "different names" });
        page.row(&format!("{:8.3}  score", self.score));
        for reason in &self.reasons {
            page.row(&format!("{:8.3}  {}", shown(reason.value), reason.name));
        }
        page.text
    }
}

impl Stories {
    /// Writes one line for each document under its story; `[2]` is the second document.
    pub fn to_text(&self) -> String {
        self.to_text_of(|_| String::new())
    }

    /// Writes the same with a name after each number.
    pub(crate) fn to_text_of(&self, name: impl Fn(usize) -> String) -> String {
        let mut page = Page::default();
        for (number, group) in self.groups.iter().enumerate() {
            page.heading(&format!("STORY {}", number + 1));
            for &document in &group.documents {
                let copy = group.copies.iter().find(|(copy, _)| *copy == document);
                let copy = copy.map(|(_, of)| format!(" (copy of [{}])", of + 1)).unwrap_or_default();
                page.row(&format!("  [{}] {}{copy}", document + 1, name(document)));
            }
        }
        page.text
    }
}

/// A value that prints without a sign when it prints as 0.
fn shown(value: f64) -> f64 {
    if value.abs() < 0.000_5 { 0.0 } else { value }
}

impl Page {
    fn parts<'a>(&mut self, reasons: impl Iterator<Item = &'a Reason>) {
        for reason in reasons {
            self.row(&format!("{:8.3}  {}", shown(reason.value), reason.name.replace('_', " ")));
        }
    }
}
