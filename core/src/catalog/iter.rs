//! Finding names one after the other, for a caller who may stop early or does not want all of them in memory.
//!
//! In: a text of the caller's, borrowed or owned. Out: an iterator over the matches that [`Catalog::find_with`] would
//! return. The text is searched window by window, as a stream is; choices that need the whole text search it at once.

use super::Catalog;
use super::found::{CatalogMatch, Hit};
use super::options::{FindOptions, Overlap, WeakNames};
use super::stream::{WINDOW, margin};
use crate::span::Span;

/// Iterates the matches of one text; made by [`Catalog::find_iter`].
#[derive(Clone, Debug)]
pub struct FindIter<T> {
    catalog: Catalog,
    options: FindOptions,
    text: T,
    /// Where the search goes on.
    from: usize,
    ended: bool,
    ready: std::vec::IntoIter<CatalogMatch>,
    /// The end of the last match.
    free: u32,
    /// A place up to which code points are counted, and their number.
    counted: (usize, u32),
}

impl Catalog {
    /// Finds the catalog's names in a text as the iterator is advanced; see [`find_with`](Catalog::find_with), whose
    /// matches it yields in the same order.
    ///
    /// Reads some 256 KiB ahead at most. [`WeakNames::Supported`], [`Overlap::Weight`] and misspelt names need the whole
    /// text: with them the first match costs as much as all.
    ///
    /// # Examples
    /// ```
    /// use nutgraf::{Catalog, FindOptions, WeakNames};
    /// let options = FindOptions::new().weak(WeakNames::None);
    /// let text = "Paris is calm, and so is Rome. ".repeat(10_000);
    /// let first = Catalog::world().find_iter(&text, &options).next();
    /// assert_eq!(first.map(|found| found.span.byte_span()), Some(0..5));
    /// ```
    pub fn find_iter<T: AsRef<str>>(&self, text: T, options: &FindOptions) -> FindIter<T> {
        FindIter {
            catalog: self.clone(),
            options: *options,
            text,
            from: 0,
            ended: false,
            ready: Vec::new().into_iter(),
            free: 0,
            counted: (0, 0),
        }
    }
}

impl<T: AsRef<str>> FindIter<T> {
    /// Returns the text that is searched.
    pub fn text(&self) -> &str {
        self.text.as_ref()
    }

    /// Returns the catalog, which tells the owners of a match.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    fn refill(&mut self) {
        let text = self.text.as_ref();
        let at_once = self.options.weak == WeakNames::Supported
            || self.options.overlap == Overlap::Weight
            || self.catalog.fuzzy.is_some();
        if at_once {
            self.ready = self.catalog.find_with(text, &self.options).into_iter();
            self.ended = true;
            return;
        }
        let text = &text[..text.floor_char_boundary(u32::MAX as usize)];
        let margin = margin(&self.catalog);
        let reach = self.from + WINDOW + margin;
        self.ended = reach >= text.len();
        let window = &text[..text.floor_char_boundary(reach)];
        let end = if self.ended { window.len() } else { window.len() - margin };
        let (hits, next) = self.catalog.settled(window, self.from, end, &self.options);
        self.from = next;
        let (mut counted, mut free) = (self.counted, self.free);
        let found: Vec<CatalogMatch> = hits
            .into_iter()
            .map(|hit| found(text, hit, self.options.overlap, &mut counted, &mut free))
            .collect();
        (self.counted, self.free) = (counted, free);
        self.ready = found.into_iter();
    }
}

fn found(text: &str, hit: Hit, overlap: Overlap, counted: &mut (usize, u32), free: &mut u32) -> CatalogMatch {
    let mut span = hit.span;
    if overlap != Overlap::All {
        // Punctuation between two names belongs to the first.
        span.start = span.start.max(*free);
        *free = span.end;
    }
    let chars = |from: usize, to: usize| text[from..to].chars().count() as u32;
    let start = span.start as usize;
    // Punctuation before a name may reach back before the last one.
    let first = if start < counted.0 {
        counted.1 - chars(start, counted.0)
    } else {
        counted.1 + chars(counted.0, start)
    };
    *counted = (start, first);
    let span = Span::new(span, first..first + chars(start, span.end as usize));
    CatalogMatch { span, found: hit.found, weak: hit.weak, names: hit.names }
}

impl<T: AsRef<str>> Iterator for FindIter<T> {
    type Item = CatalogMatch;

    fn next(&mut self) -> Option<CatalogMatch> {
        loop {
            if let Some(found) = self.ready.next() {
                return Some(found);
            }
            if self.ended {
                return None;
            }
            self.refill();
        }
    }
}

impl<T: AsRef<str>> std::iter::FusedIterator for FindIter<T> {}
