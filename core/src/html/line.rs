//! The text of a page, line by line.
//!
//! In: pieces of text and breaks in the order of the page. Out: the text with white space drawn together as browsers
//! do (one that does not break included), and for each line where it stands and how much of it is links.

/// One line of the text.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The innermost container that holds the whole line.
    pub(super) container: u32,
    /// The level of the heading that the line is, 0 when it is none.
    pub(super) heading: u8,
    /// Bytes without white space, and how many of them are links.
    pub(super) bytes: usize,
    pub(super) linked: usize,
}

/// Where a piece of text stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The innermost container.
    pub(super) container: u32,
    /// The innermost container that is no part of a line.
    pub(super) block: u32,
    pub(super) heading: u8,
    pub(super) linked: bool,
    /// White space counts as it stands.
    pub(super) verbatim: bool,
}

/// Puts lines together.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) text: String,
    pub(super) lines: Vec<Line>,
    open: Option<Line>,
    blank: bool,
    /// The next words follow without a blank.
    glued: bool,
    /// Line breaks before the next line.
    gap: usize,
}

impl Lines {
    pub(super) fn add(&mut self, text: &str, place: Place) {
        if !place.verbatim {
            return self.add_words(text, place);
        }
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.end(1);
            }
            self.add_words(line, place);
        }
    }

    fn add_words(&mut self, text: &str, place: Place) {
        // A blank that does not break is one to readers, and to those who search the text.
        let white = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C' | '\u{a0}');
        self.blank |= text.starts_with(white);
        let mut first = true;
        for word in text.split(white).filter(|word| !word.is_empty()) {
            self.blank |= !first;
            first = false;
            self.push(word, place);
        }
        self.blank |= !first && text.ends_with(white);
    }

    fn push(&mut self, word: &str, place: Place) {
        if self.open.is_none() && word.chars().all(char::is_whitespace) {
            return;
        }
        let line = self.open.get_or_insert_with(|| {
            for _ in 0..if self.text.is_empty() { 0 } else { self.gap } {
                self.text.push('\n');
            }
            let start = self.text.len();
            let (container, heading) = (place.container, place.heading);
            Line { start, end: start, container, heading, bytes: 0, linked: 0 }
        });
        if self.blank && !self.glued && self.text.len() > line.start {
            self.text.push(' ');
        }
        (self.blank, self.glued) = (false, false);
        if line.container != place.container {
            line.container = place.block;
        }
        self.text.push_str(word);
        line.bytes += word.len();
        line.linked += if place.linked { word.len() } else { 0 };
    }

    /// Sets a link apart from the link right before it.
    pub(super) fn between_links(&mut self) {
        self.blank |= self.open.as_ref().is_some_and(|line| line.linked > 0 && line.linked == line.bytes);
    }

    /// The next words follow without a blank, whatever white space comes before them.
    pub(super) fn glue(&mut self) {
        self.glued = true;
    }

    /// Sets the next words apart by a blank.
    pub(super) fn part(&mut self) {
        self.blank = true;
    }

    /// Ends the line; at least `gap` line breaks follow.
    pub(super) fn end(&mut self, gap: usize) {
        (self.blank, self.glued) = (false, false);
        if let Some(mut line) = self.open.take() {
            self.text.truncate(self.text.trim_end().len());
            line.end = self.text.len();
            self.lines.push(line);
            self.gap = 0;
        }
        self.gap = self.gap.max(gap);
    }
}
