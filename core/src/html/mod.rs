//! A web page as a document: its text, and what its structure says about the lines.
//!
//! In: HTML of any quality. Out: a [`Document`] whose text is what a reader sees, a line for each paragraph, heading and
//! list item, with a [`Part`](crate::document::Part) for the lines whose element tells what they are. The tags are read by
//! the html5gum crate, a tokenizer as the HTML standard describes it; no tree is built, so that time and memory are linear
//! in the page however deep it nests. Looks at no word of the language: what lines say of themselves is judged in `text`.

mod line;
mod meta;
mod read;
mod role;
#[cfg(test)]
mod tests;
mod verdict;

use crate::Document;

impl Document {
    /// Reads a web page: what a reader of the page sees becomes the text, a line for each paragraph, heading and list
    /// item; scripts, styles and other content that is not shown are left out.
    ///
    /// All results refer to that text, [`Document::text`], and not to the HTML. Menus, headers, footers, asides, forms,
    /// captions, hidden elements and lists of links stay in the text; jobs see them as furniture and name the element
    /// as the reason. Title, outlet and day of publication are taken from the page where it names them (JSON-LD, `meta`,
    /// `h1`, `title`, `time`); what is set afterwards wins.
    ///
    /// Whatever the page, there is a document: unclosed and crossed tags are read as browsers read them, roughly. Costs
    /// time and memory in proportion to the page. Needs the cargo feature `html`, which is on unless turned off.
    ///
    /// # Examples
    /// ```
    /// use nutgraf::Document;
    /// let page = "<title>Bridge opens | Daily</title><nav><a href=/>Home</a></nav><h1>Bridge opens</h1>\
    ///             <time datetime=2026-01-22>Thursday</time><p>The mayor opened the <b>bridge</b> on Monday.</p>";
    /// let article = Document::from_html(page).with_id("daily-17");
    /// assert_eq!(article.text(), "Home\n\nBridge opens\n\nThursday\n\nThe mayor opened the bridge on Monday.");
    /// assert_eq!(article.title(), Some("Bridge opens"));
    /// ```
    pub fn from_html(html: &str) -> Self {
        let page = read::read(html);
        let verdict = verdict::judge(&page);
        let mut document = Document::new(page.text).with_parts(verdict.parts);
        if let Some(title) = verdict.title {
            document = document.with_title(title);
        }
        if let Some(source) = page.meta.source() {
            document = document.with_source(source);
        }
        if let Some(published) = page.meta.published() {
            document = document.with_published(published);
        }
        document
    }
}
