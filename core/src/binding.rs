//! What the Python and C bindings and the command line share: text that arrives as bytes, and defaults.
//!
//! In: bytes from outside. Out: text, or an error that names the first bad byte. Not part of the public interface.

use crate::{Error, ErrorKind};

/// Threads of a batch when the caller names no number: threads are the caller's to spend.
pub const DEFAULT_THREADS: usize = 1;

/// Reads bytes as UTF-8; `what` names them in the message.
///
/// # Errors
/// [`ErrorKind::Document`] with the offset of the first byte that is not UTF-8.
pub fn utf8<'a>(bytes: &'a [u8], what: &str) -> Result<&'a str, Error> {
    std::str::from_utf8(bytes).map_err(|e| {
        let at = e.valid_up_to();
        let message = format!("the {what} is not UTF-8: byte {at} is 0x{:02x}; accepted is UTF-8", bytes[at]);
        Error::new(ErrorKind::Document, message).with_source(e)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_first_bad_byte_is_named() {
        let error = super::utf8(b"na\xefve", "text").unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::Document);
        assert_eq!(error.to_string(), "the text is not UTF-8: byte 2 is 0xef; accepted is UTF-8");
        assert_eq!(super::utf8("né".as_bytes(), "text").unwrap(), "né");
    }
}
