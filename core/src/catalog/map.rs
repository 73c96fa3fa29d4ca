//! The bytes of a compiled catalog: in memory, in the program, or mapped from a file. The one file of the crate with unsafe code.
#![allow(unsafe_code)]

use std::fs::File;
use std::ops::Deref;

/// Bytes that stay where they are.
pub(crate) enum Bytes {
    Owned(Vec<u8>),
    Embedded(&'static [u8]),
    Mapped(memmap2::Mmap),
    /// Memory on large pages.
    #[cfg(target_os = "linux")]
    Made(memmap2::MmapMut),
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

impl Bytes {
    /// So many bytes, made of zeros.
    pub(crate) fn made(size: usize, make: impl FnOnce(&mut [u8])) -> Self {
        #[cfg(target_os = "linux")]
        if let Some(mut map) = on_large_pages(size) {
            make(&mut map);
            return Bytes::Made(map);
        }
        let mut bytes = vec![0; size];
        make(&mut bytes);
        Bytes::Owned(bytes)
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        #[cfg(target_os = "linux")]
        if let Some(mut map) = on_large_pages(bytes.len()) {
            map.copy_from_slice(&bytes);
            return Bytes::Made(map);
        }
        Bytes::Owned(bytes)
    }
}

/// Bytes of catalogs that are worth large pages: finding reads them here and there, and the processor remembers the places of
/// few pages at a time.
#[cfg(target_os = "linux")]
const LARGE: usize = 4 << 20;

/// Zeros on pages of two megabytes where the system has them; `None` for few bytes, and when there is no memory for them.
#[cfg(target_os = "linux")]
fn on_large_pages(size: usize) -> Option<memmap2::MmapMut> {
    let map = (size >= LARGE).then(|| memmap2::MmapMut::map_anon(size).ok())??;
    // Advice: pages of the usual size do as well.
    drop(map.advise(memmap2::Advice::HugePage));
    Some(map)
}

/// Asks for the line of the cache that has a byte, if there is one, so that a read to come finds it near. Unlike a read it
/// lets the work go on that does not wait for the byte.
#[inline(always)]
pub(crate) fn fetch(bytes: &[u8], at: usize) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: the processor takes any address as a hint: nothing is read that the program sees, and nothing faults.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(bytes.as_ptr().wrapping_add(at).cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    std::hint::black_box(bytes.get(at));
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Owned(bytes) => bytes,
            Bytes::Embedded(bytes) => bytes,
            Bytes::Mapped(map) => map,
            #[cfg(target_os = "linux")]
            Bytes::Made(map) => map,
        }
    }
}
