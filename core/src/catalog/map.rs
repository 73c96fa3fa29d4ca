//! The bytes of a compiled catalog: in memory, in the program, or mapped from a file. The one file of the crate with unsafe code.
#![allow(unsafe_code)]

use std::fs::File;
use std::ops::Deref;

/// Bytes that stay where they are.
pub(crate) enum Bytes {
    Owned(Vec<u8>),
    Embedded(&'static [u8]),
    Mapped(memmap2::Mmap),
}

impl Bytes {
    /// Maps a whole file.
    ///
    /// # Errors
    /// What the operating system reports.
    pub(crate) fn map(file: &File) -> std::io::Result<Self> {
        // SAFETY: the map is read-only and private to `Bytes`, which hands out checked slices of plain bytes. The
        // promise that the file is not changed in place while mapped is the caller's, stated at `Catalog::open`;
        // catalogs are replaced by renaming, which leaves the mapped file as it was.
        unsafe { memmap2::Mmap::map(file) }.map(Bytes::Mapped)
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        #[cfg(target_os = "linux")]
        if let Some(map) = on_large_pages(&bytes) {
            return Bytes::Mapped(map);
        }
        Bytes::Owned(bytes)
    }
}

/// Bytes of catalogs that are worth large pages: finding reads them here and there, and the processor remembers the places of
/// few pages at a time.
#[cfg(target_os = "linux")]
const LARGE: usize = 4 << 20;

/// A copy on pages of two megabytes where the system has them; `None` for few bytes, and when there is no memory for it.
#[cfg(target_os = "linux")]
fn on_large_pages(bytes: &[u8]) -> Option<memmap2::Mmap> {
    if bytes.len() < LARGE {
        return None;
    }
    let mut map = memmap2::MmapMut::map_anon(bytes.len()).ok()?;
    // Advice: pages of the usual size do as well.
    drop(map.advise(memmap2::Advice::HugePage));
    map.copy_from_slice(bytes);
    map.make_read_only().ok()
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Owned(bytes) => bytes,
            Bytes::Embedded(bytes) => bytes,
            Bytes::Mapped(map) => map,
        }
    }
}
