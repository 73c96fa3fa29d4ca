//! Places in the caller's text, in the three units that callers count in.
//!
//! In: byte offsets found by the stages. Out: [`Span`]s in bytes and code points, UTF-16 on request. Inside the
//! crate a place is a [`ByteSpan`]; [`Positions`] turns it into a [`Span`] in constant time.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::ops::Range;

/// Marks a half-open piece of a document in bytes and in Unicode code points.
///
/// Both ends lie on character boundaries of the text they were made for: `&text[span.byte_span()]` never panics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    byte_start: u32,
    byte_end: u32,
    char_start: u32,
    char_end: u32,
}

impl Span {
    /// The place of bytes whose code points are counted.
    pub(crate) fn new(bytes: ByteSpan, chars: Range<u32>) -> Self {
        Span { byte_start: bytes.start, byte_end: bytes.end, char_start: chars.start, char_end: chars.end }
    }

    /// Returns the span in bytes of UTF-8.
    pub fn byte_span(&self) -> Range<usize> {
        self.byte_start as usize..self.byte_end as usize
    }

    /// Returns the span in Unicode code points, the unit in which Python slices strings.
    pub fn char_span(&self) -> Range<usize> {
        self.char_start as usize..self.char_end as usize
    }

    /// Computes the span in UTF-16 code units, the unit of JavaScript, Java and C#.
    ///
    /// Costs one pass over `text` up to the end of the span.
    ///
    /// # Errors
    /// [`ErrorKind::Span`](crate::ErrorKind::Span) when `text` is not the text the span was made for.
    pub fn utf16_span(&self, text: &str) -> Result<Range<usize>, crate::Error> {
        let (head, body) = match (text.get(..self.byte_start as usize), text.get(self.byte_span())) {
            (Some(head), Some(body)) => (head, body),
            _ => {
                return Err(crate::Error::new(
                    crate::ErrorKind::Span,
                    format!(
                        "byte span {}..{} does not lie on character boundaries of this text of {} bytes; \
                         pass the text that the span was made for",
                        self.byte_start,
                        self.byte_end,
                        text.len()
                    ),
                ));
            }
        };
        let start = head.chars().map(char::len_utf16).sum::<usize>();
        Ok(start..start + body.chars().map(char::len_utf16).sum::<usize>())
    }

    /// Returns whether the two spans share at least one byte.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.byte_start < other.byte_end && other.byte_start < self.byte_end
    }
}

/// A span as JSON writes it.
#[derive(Serialize, Deserialize)]
struct Ends {
    char_span: [u32; 2],
    byte_span: [u32; 2],
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let char_span = [self.char_start, self.char_end];
        Ends { char_span, byte_span: [self.byte_start, self.byte_end] }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Ends { char_span: [char_start, char_end], byte_span: [byte_start, byte_end] } =
            Ends::deserialize(deserializer)?;
        if char_start > char_end || byte_start > byte_end {
            return Err(serde::de::Error::custom("a span ends before it starts"));
        }
        Ok(Span { byte_start, byte_end, char_start, char_end })
    }
}

/// Marks a half-open piece of one text in bytes; the unit inside the crate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct ByteSpan {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl ByteSpan {
    pub(crate) fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && end <= u32::MAX as usize, "documents are limited to u32 bytes");
        ByteSpan { start: start as u32, end: end as u32 }
    }

    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(crate) fn slice(self, text: &str) -> &str {
        &text[self.range()]
    }

    pub(crate) fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    #[cfg(test)]
    pub(crate) fn contains(self, other: ByteSpan) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub(crate) fn join(self, other: ByteSpan) -> ByteSpan {
        ByteSpan { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Maps byte offsets of one text to code-point offsets in constant time.
///
/// Keeps the code-point count at every block of 64 bytes; costs nothing for ASCII text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Positions {
    /// Code points before each block; empty when the text is ASCII.
    blocks: Vec<u32>,
}

const BLOCK: usize = 64;

impl Positions {
    pub(crate) fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Positions::default();
        }
        let bytes = text.as_bytes();
        let mut blocks = Vec::with_capacity(bytes.len() / BLOCK + 1);
        let mut count = 0u32;
        for block in bytes.chunks(BLOCK) {
            blocks.push(count);
            count += char_starts(block);
        }
        blocks.push(count);
        Positions { blocks }
    }

    /// Code points before the byte offset, which must lie on a character boundary of `text`.
    pub(crate) fn chars_before(&self, text: &str, byte: usize) -> usize {
        if self.blocks.is_empty() {
            return byte;
        }
        let block = byte / BLOCK;
        let before = self.blocks[block] as usize;
        // Most blocks are ASCII, which the count before the next one tells.
        match self.blocks.get(block + 1) {
            Some(&next) if next as usize - before == BLOCK => before + byte % BLOCK,
            _ => before + char_starts(&text.as_bytes()[block * BLOCK..byte]) as usize,
        }
    }

    #[inline]
    pub(crate) fn span(&self, text: &str, bytes: ByteSpan) -> Span {
        let (start, end) = (bytes.start as usize, bytes.end as usize);
        let block = start / BLOCK;
        let (char_start, char_end) = match self.blocks.get(block..block + 2) {
            // Most spans lie in one block, and most blocks are ASCII.
            Some(&[before, next]) if next.wrapping_sub(before) as usize == BLOCK && end / BLOCK == block => {
                let char_start = before + (start % BLOCK) as u32;
                (char_start, char_start + (bytes.end - bytes.start))
            }
            _ => (self.chars_before(text, start) as u32, self.chars_before(text, end) as u32),
        };
        Span { byte_start: bytes.start, byte_end: bytes.end, char_start, char_end }
    }
}

fn char_starts(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&b| u32::from((b as i8) >= -0x40)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_units_agree_on_mixed_text() {
        let text = "aé𝄞 İß".repeat(40);
        let positions = Positions::new(&text);
        let mut chars = 0;
        for (byte, c) in text.char_indices() {
            assert_eq!(positions.chars_before(&text, byte), chars);
            let span = positions.span(&text, ByteSpan::new(byte, byte + c.len_utf8()));
            let utf16: Vec<u16> = text.encode_utf16().collect();
            let units = span.utf16_span(&text).unwrap();
            assert_eq!(String::from_utf16(&utf16[units]).unwrap(), c.to_string());
            chars += 1;
        }
        assert_eq!(positions.chars_before(&text, text.len()), chars);
    }

    #[test]
    fn span_of_another_text_is_an_error() {
        let span = Positions::new("é").span("é", ByteSpan::new(0, 2));
        assert_eq!(span.utf16_span("a").unwrap_err().kind(), crate::ErrorKind::Span);
    }
}
