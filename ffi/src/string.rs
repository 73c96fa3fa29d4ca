//! Text as C passes it: a pointer and a size, UTF-8, not terminated.

use nutgraf::{Error, ErrorKind};

/// `nutgraf_string`: borrowed bytes; the pointer may be null when the size is 0.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct String {
    data: *const u8,
    size: usize,
}

/// `nutgraf_range`: a half-open piece.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    start: usize,
    end: usize,
}

/// `nutgraf_span`: the same piece in bytes and in code points.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    byte_span: Range,
    char_span: Range,
}

impl String {
    /// A view of no text.
    pub(crate) const EMPTY: String = String { data: std::ptr::null(), size: 0 };

    /// Lends a piece of a handle to C.
    pub(crate) fn lend(text: &str) -> Self {
        String { data: text.as_ptr(), size: text.len() }
    }

    /// Lends bytes of a handle to C.
    pub(crate) fn lend_bytes(bytes: &[u8]) -> Self {
        String { data: bytes.as_ptr(), size: bytes.len() }
    }

    /// Reads what C passed.
    ///
    /// # Safety
    /// `data` must point to `size` readable bytes that nobody writes during `'a`, unless `size` is 0.
    pub(crate) unsafe fn bytes<'a>(self) -> Result<&'a [u8], Error> {
        if self.size == 0 {
            return Ok(&[]);
        }
        if self.data.is_null() || self.size > isize::MAX as usize {
            return Err(Error::new(
                ErrorKind::Option,
                format!(
                    "a string of {} bytes has no data; accepted is a pointer to that many bytes",
                    self.size
                ),
            ));
        }
        // SAFETY: not null, not longer than isize::MAX, and the caller promises `size` readable bytes.
        Ok(unsafe { std::slice::from_raw_parts(self.data, self.size) })
    }

    /// Reads what C passed as UTF-8.
    ///
    /// # Safety
    /// As for [`String::bytes`].
    pub(crate) unsafe fn text<'a>(self, what: &str) -> Result<&'a str, Error> {
        // SAFETY: the caller keeps the promise of `bytes`.
        nutgraf::binding::utf8(unsafe { self.bytes() }?, what)
    }
}

/// Reads an array of texts.
///
/// # Safety
/// `texts` must point to `count` strings as for [`String::bytes`], or be null when `count` is 0.
pub(crate) unsafe fn texts<'a>(
    texts: *const String,
    count: usize,
    what: &str,
) -> Result<Vec<&'a str>, Error> {
    if texts.is_null() && count > 0 {
        let message =
            format!("the array of {count} strings is NULL; accepted is a pointer to that many strings");
        return Err(Error::new(ErrorKind::Option, message));
    }
    // SAFETY: not null when `count` is more than 0, and the caller promises `count` strings.
    (0..count).map(|at| unsafe { (*texts.add(at)).text(what) }).collect()
}

/// Returns the version of the library.
#[unsafe(no_mangle)]
pub extern "C" fn nutgraf_version() -> String {
    String::lend(env!("CARGO_PKG_VERSION"))
}

impl Span {
    pub(crate) fn of([start, end]: [usize; 2], [char_start, char_end]: [usize; 2]) -> Self {
        Span { byte_span: Range { start, end }, char_span: Range { start: char_start, end: char_end } }
    }
}

impl From<nutgraf::Span> for Span {
    fn from(span: nutgraf::Span) -> Self {
        let range = |r: std::ops::Range<usize>| Range { start: r.start, end: r.end };
        Span { byte_span: range(span.byte_span()), char_span: range(span.char_span()) }
    }
}
