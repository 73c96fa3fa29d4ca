//! Finding names in a stream of any length, in bounded memory.
//!
//! In: a reader of UTF-8 text. Out: the matches that [`Catalog::find_with`] would report on the whole text, with spans
//! that count from the beginning of the stream. A window is searched, what its end cannot change is reported, and the
//! next window begins there, with enough text before it to judge lines and sentences.

use super::found::{CatalogMatch, Hit};
use super::gap::MAX_GAP;
use super::hit::RawHit;
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
pub(super) const WINDOW: usize = if cfg!(test) { 512 } else { 1 << 18 };
/// Bytes added to a window at a time.
const PIECE: usize = 1 << 16;

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

/// Finds a catalog's names in a stream that arrives piece by piece; made by [`Catalog::stream`].
///
/// # Examples
/// ```
/// use nutgraf::{Catalog, FindOptions, WeakNames};
/// let mut stream = Catalog::world().stream(&FindOptions::new().weak(WeakNames::None))?;
/// let mut found = stream.push(b"Par")?;
/// found.extend(stream.push(b"is is calm.")?);
/// found.extend(stream.finish()?);
/// assert_eq!(found[0].byte_span, 0..5);
/// # Ok::<(), nutgraf::Error>(())
/// ```
#[derive(Debug)]
pub struct CatalogStream {
    catalog: Catalog,
    options: FindOptions,
    window: Window,
}

impl CatalogStream {
    /// Takes the next bytes of the stream, cut anywhere, and returns the matches that no later byte can change.
    ///
    /// # Errors
    /// [`ErrorKind::Document`] when the stream is not UTF-8; every later call fails too.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<StreamMatch>, Error> {
        let mut found = Vec::new();
        for piece in bytes.chunks(PIECE) {
            self.window.add(piece)?;
            while let Some(end) = self.window.text.len().checked_sub(margin(&self.catalog))
                && end >= self.window.from + WINDOW
            {
                self.read_to(end, &mut found);
            }
        }
        Ok(found)
    }

    /// Ends the stream and returns the matches that were held back; the next push begins another stream.
    ///
    /// # Errors
    /// [`ErrorKind::Document`] when the stream ends inside a character.
    pub fn finish(&mut self) -> Result<Vec<StreamMatch>, Error> {
        let mut found = Vec::new();
        self.window.end()?;
        self.read_to(self.window.text.len(), &mut found);
        self.window = Window::default();
        Ok(found)
    }

    /// Returns the catalog, which tells the owners of a match.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    fn read_to(&mut self, end: usize, found: &mut Vec<StreamMatch>) {
        let (hits, next) = self.catalog.settled(&self.window.text, self.window.from, end, &self.options);
        found.extend(hits.into_iter().filter_map(|hit| self.window.place(hit, self.options.overlap)));
        self.window.advance(next);
    }
}

/// Bytes behind a word that may decide about it: the longest name, and the line that it stands in.
pub(crate) fn margin(catalog: &Catalog) -> usize {
    catalog.layers().max_words * (MAX_WORD + MAX_GAP) + LONGEST_LINE + 16
}

impl Catalog {
    /// Starts finding the catalog's names in a stream that the caller pushes piece by piece.
    ///
    /// Reports what [`find_with`](Catalog::find_with) reports on the whole text, exact and folded names only, in
    /// memory that depends on the catalog's longest name and not on the stream.
    ///
    /// # Errors
    /// [`ErrorKind::Option`] for choices that need the whole text: [`WeakNames::Supported`] and [`Overlap::Weight`].
    pub fn stream(&self, options: &FindOptions) -> Result<CatalogStream, Error> {
        if options.weak == WeakNames::Supported || options.overlap == Overlap::Weight {
            let message = "a stream is not held in memory; accepted are weak names all or none, and overlap longest or all";
            return Err(Error::new(ErrorKind::Option, message));
        }
        Ok(CatalogStream { catalog: self.clone(), options: *options, window: Window::default() })
    }

    /// Finds the catalog's names in a reader and calls `report` with each, in the order of the text; see
    /// [`stream`](Catalog::stream).
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when the reader fails, [`ErrorKind::Document`] when the stream is not UTF-8,
    /// [`ErrorKind::Option`] as there.
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
        mut reader: impl Read,
        options: &FindOptions,
        mut report: impl FnMut(StreamMatch),
    ) -> Result<(), Error> {
        let mut stream = self.stream(options)?;
        let mut piece = vec![0; PIECE];
        loop {
            match reader.read(&mut piece) {
                Ok(0) => break,
                Ok(count) => stream.push(&piece[..count])?.into_iter().for_each(&mut report),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    let message = format!("the stream cannot be read: {error}");
                    return Err(Error::new(ErrorKind::Io, message).with_source(error));
                }
            }
        }
        stream.finish()?.into_iter().for_each(report);
        Ok(())
    }

    /// The names that begin in `from..end`, and where the next window's first word begins.
    pub(super) fn settled(
        &self,
        text: &str,
        from: usize,
        end: usize,
        options: &FindOptions,
    ) -> (Vec<Hit>, usize) {
        let mut search = Search::starting_at(self.layers(), text, from, options);
        let limit = end as u32;
        let (mut raw, mut words, mut beyond) = (Vec::new(), 0, Vec::new());
        while search
            .step_with(&mut raw, |word| if word.start < limit { words += 1 } else { beyond.push(word.start) })
        {
        }
        raw.retain(|raw| raw.word < words && (options.weak == WeakNames::All || !raw.weak));
        let mut next = words;
        if options.overlap == Overlap::Longest {
            overlap::longest(&mut raw, |_| true);
            next = raw.last().map_or(words, |last| words.max(last.end()));
        }
        let next = beyond.get((next - words) as usize).map_or(text.len(), |&start| start as usize);
        (raw.iter().map(RawHit::hit).collect(), next)
    }
}

#[derive(Debug, Default)]
struct Window {
    text: String,
    /// Bytes that were read and do not yet end on a character.
    rest: Vec<u8>,
    /// Where in the text the search goes on; what stands before is context.
    from: usize,
    /// Bytes and code points of the stream before the text.
    bytes_before: u64,
    chars_before: u64,
    /// In bytes of the stream: the end of the last match.
    free: u64,
    /// A place in the text up to which code points are counted, and their number.
    counted: (usize, u64),
}

impl Window {
    fn add(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.rest.extend_from_slice(bytes);
        let valid = match std::str::from_utf8(&self.rest) {
            Ok(_) => self.rest.len(),
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(error) => return Err(self.not_utf8(error.valid_up_to())),
        };
        self.text.push_str(std::str::from_utf8(&self.rest[..valid]).unwrap_or_default());
        self.rest.drain(..valid);
        Ok(())
    }

    fn end(&self) -> Result<(), Error> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.not_utf8(0)) }
    }

    fn not_utf8(&self, offset: usize) -> Error {
        let at = self.bytes_before + (self.text.len() + offset) as u64;
        let message = format!("byte {at} of the stream is not UTF-8; accepted is UTF-8 text");
        Error::new(ErrorKind::Document, message)
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
        let found =
            CatalogMatch { span: Span::default(), found: hit.found, weak: hit.weak, names: hit.names };
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
