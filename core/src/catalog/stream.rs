//! Finding names in a stream of any length, in bounded memory.
//!
//! In: a reader of UTF-8 text. Out: the matches that [`Catalog::find_with`] would report on the whole text, with spans
//! that count from the beginning of the stream. A window is searched, what its end cannot change is reported, and the
//! next window begins there, with enough text before it to judge lines and sentences.

use super::found::{CatalogMatch, Hit};
use super::gap::MAX_GAP;
use super::options::{FindOptions, Overlap, WeakNames};
use super::search::Search;
use super::verify::LONGEST_LINE;
use super::word::MAX_WORD;
use super::{Catalog, overlap};
use crate::span::Span;
use crate::{Error, ErrorKind};
use std::io::Read;
use std::ops::Range;

/// Bytes read at a time, beyond what a name may take.
const WINDOW: usize = if cfg!(test) { 512 } else { 1 << 18 };

/// Reports one place of a stream that has a name of the catalog.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct StreamMatch {
    /// Where it stands, in bytes from the beginning of the stream.
    pub byte_span: Range<u64>,
    /// The same in code points.
    pub char_span: Range<u64>,
    /// The surface.
    pub text: String,
    /// What was found; its span counts from nowhere and is empty.
    pub found: CatalogMatch,
}

impl Catalog {
    /// Finds the catalog's names in a stream and calls `report` with each, in the order of the text.
    ///
    /// Reports what [`find_with`](Catalog::find_with) reports on the whole text, exact and folded names only, in
    /// memory that depends on the catalog's longest name and not on the stream.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when the reader fails, [`ErrorKind::Document`] when the stream is not UTF-8,
    /// [`ErrorKind::Option`] for choices that need the whole text: [`WeakNames::Supported`] and [`Overlap::Weight`].
    ///
    /// # Examples
    /// ```
    /// use nutgraf::{Catalog, FindOptions, WeakNames};
    /// let mut found = Vec::new();
    /// let options = FindOptions::new().weak(WeakNames::None);
    /// Catalog::world().find_in_reader("Paris is calm.".as_bytes(), &options, |place| found.push(place.byte_span))?;
    /// assert_eq!(found, [0..5]);
    /// # Ok::<(), nutgraf::Error>(())
    /// ```
    pub fn find_in_reader(
        &self,
        reader: impl Read,
        options: &FindOptions,
        mut report: impl FnMut(StreamMatch),
    ) -> Result<(), Error> {
        if options.weak == WeakNames::Supported || options.overlap == Overlap::Weight {
            let message = "a stream is not held in memory; accepted are weak names all or none, and overlap longest or all";
            return Err(Error::new(ErrorKind::Option, message));
        }
        let margin = self.view().max_words * (MAX_WORD + MAX_GAP) + LONGEST_LINE + 16;
        let mut window = Window::new(reader);
        loop {
            window.fill(margin + WINDOW)?;
            let length = window.text.len();
            let end = if window.ended { length } else { length - margin };
            let (hits, next) = self.settled(&window.text, window.from, end, options);
            for hit in hits {
                if let Some(place) = window.place(hit, options.overlap) {
                    report(place);
                }
            }
            if window.ended {
                return Ok(());
            }
            window.advance(next);
        }
    }

    /// The names that begin in `from..end`, and where the next window's first word begins.
    fn settled(&self, text: &str, from: usize, end: usize, options: &FindOptions) -> (Vec<Hit>, usize) {
        let mut search = Search::starting_at(self.view(), text, from, options);
        let limit = end as u32;
        let (mut raw, mut words, mut beyond) = (Vec::new(), 0, Vec::new());
        while search
            .step_with(&mut raw, |word| if word.start < limit { words += 1 } else { beyond.push(word.start) })
        {
        }
        raw.retain(|raw| raw.word < words && (options.weak == WeakNames::All || !raw.hit.weak));
        let mut next = words;
        if options.overlap == Overlap::Longest {
            raw = overlap::longest(&raw);
            next = raw.last().map_or(words, |last| words.max(last.word + last.words));
        }
        let next = beyond.get((next - words) as usize).map_or(text.len(), |&start| start as usize);
        (raw.into_iter().map(|raw| raw.hit).collect(), next)
    }
}

struct Window<R> {
    source: R,
    text: String,
    /// Bytes that were read and do not yet end on a character.
    rest: Vec<u8>,
    /// Where in the text the search goes on; what stands before is context.
    from: usize,
    /// Bytes and code points of the stream before the text.
    bytes_before: u64,
    chars_before: u64,
    ended: bool,
    /// In bytes of the stream: the end of the last match.
    free: u64,
    /// A place in the text up to which code points are counted, and their number.
    counted: (usize, u64),
}

impl<R: Read> Window<R> {
    fn new(source: R) -> Self {
        let (text, rest) = (String::new(), Vec::new());
        Window {
            source,
            text,
            rest,
            from: 0,
            bytes_before: 0,
            chars_before: 0,
            ended: false,
            free: 0,
            counted: (0, 0),
        }
    }

    fn fill(&mut self, size: usize) -> Result<(), Error> {
        let mut chunk = vec![0; 1 << 16];
        while !self.ended && self.text.len() < self.from + size {
            let count = self.source.read(&mut chunk).map_err(|error| {
                Error::new(ErrorKind::Io, format!("the stream cannot be read: {error}")).with_source(error)
            })?;
            self.ended = count == 0;
            self.rest.extend_from_slice(&chunk[..count]);
            let valid = match std::str::from_utf8(&self.rest) {
                Ok(_) => self.rest.len(),
                Err(error) if error.error_len().is_none() && !self.ended => error.valid_up_to(),
                Err(error) => {
                    let at = self.bytes_before + (self.text.len() + error.valid_up_to()) as u64;
                    return Err(Error::new(
                        ErrorKind::Document,
                        format!("byte {at} of the stream is not UTF-8; accepted is UTF-8 text"),
                    ));
                }
            };
            self.text.push_str(std::str::from_utf8(&self.rest[..valid]).unwrap_or_default());
            self.rest.drain(..valid);
        }
        Ok(())
    }

    fn place(&mut self, hit: Hit, overlap: Overlap) -> Option<StreamMatch> {
        let (start, end) =
            (self.bytes_before + u64::from(hit.span.start), self.bytes_before + u64::from(hit.span.end));
        // Punctuation between two names belongs to the first.
        let start = if overlap == Overlap::All { start } else { start.max(self.free) };
        self.free = end;
        let range = (start - self.bytes_before) as usize..hit.span.end as usize;
        let text = self.text.get(range.clone())?.to_owned();
        let first = self.chars_at(range.start);
        let char_span = first..first + text.chars().count() as u64;
        let found = CatalogMatch {
            span: Span::default(),
            found: hit.found,
            weak: hit.weak,
            name: hit.name,
            spellings: hit.spellings,
        };
        Some(StreamMatch { byte_span: start..end, char_span, text, found })
    }

    fn chars_at(&mut self, at: usize) -> u64 {
        let (from, count) = if at >= self.counted.0 { self.counted } else { (0, self.chars_before) };
        let count = count + self.text[from..at].chars().count() as u64;
        self.counted = (at, count);
        count
    }

    fn advance(&mut self, next: usize) {
        let mut cut = next.saturating_sub(LONGEST_LINE + 16);
        while !self.text.is_char_boundary(cut) {
            cut -= 1;
        }
        self.bytes_before += cut as u64;
        self.chars_before = self.chars_at(cut);
        self.counted = (0, self.chars_before);
        self.text.drain(..cut);
        self.from = next - cut;
    }
}
