//! Saving and opening compiled catalogs: the one place of the crate that touches files.
//!
//! In: a catalog, a path or bytes. Out: a file that appears whole or not at all, and catalogs opened by memory map or
//! read into memory.

use super::file::{self, Layout, Sections};
use super::map::Bytes;
use super::memory::Memories;
use super::view::{BUCKET, BUCKET_BYTES, CONTINUES, ROW_BYTES, ROW_MASK, TERMINAL, u32_at};
use super::{Catalog, Inner};
use crate::{Error, ErrorKind};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

impl Catalog {
    /// Opens a compiled catalog by memory map, in constant time; processes that open one file share its pages.
    ///
    /// Header and structure are checked here, every later access when it is made: a damaged file gives wrong answers
    /// at worst. [`verify`](Catalog::verify) proves a file whole. While it is open, a file may be replaced by renaming
    /// another one over it (as [`save`](Catalog::save) does) and must not be written or cut short in place, which
    /// ends the process on most systems; where that cannot be ruled out, use [`read`](Catalog::read).
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when the file cannot be opened, [`ErrorKind::File`] when it is no compiled catalog of this
    /// version.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let file = File::open(path).map_err(|error| io_error("opened", path, error))?;
        let bytes = Bytes::map(&file).map_err(|error| io_error("mapped", path, error))?;
        Catalog::from_parts(bytes)
    }

    /// Reads a compiled catalog into memory and proves it whole.
    ///
    /// # Errors
    /// As [`open`](Catalog::open) and [`verify`](Catalog::verify).
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        let catalog = Catalog::read_unverified(path)?;
        catalog.verify()?;
        Ok(catalog)
    }

    /// Reads a compiled catalog into memory with as many checks as [`open`](Catalog::open).
    ///
    /// # Errors
    /// As [`open`](Catalog::open).
    pub fn read_unverified(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let bytes = fs::read(path).map_err(|error| io_error("read", path, error))?;
        Catalog::from_parts(bytes.into())
    }

    /// Takes the bytes of a compiled catalog and proves them whole.
    ///
    /// # Errors
    /// [`ErrorKind::File`] when they are no compiled catalog of this version, or damaged.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Result<Self, Error> {
        let catalog = Catalog::from_parts(bytes.into().into())?;
        catalog.verify()?;
        Ok(catalog)
    }

    /// Takes the bytes of a compiled catalog with as many checks as [`open`](Catalog::open): in constant time, and a
    /// damaged one gives wrong answers at worst.
    ///
    /// # Errors
    /// [`ErrorKind::File`] when header or structure are not those of a compiled catalog of this version.
    pub fn from_bytes_unverified(bytes: impl Into<Vec<u8>>) -> Result<Self, Error> {
        Catalog::from_parts(bytes.into().into())
    }

    /// Returns the compiled form, the same bytes for the same entities in the same order. A catalog with changes is
    /// put together anew, which takes as long as building it.
    ///
    /// # Errors
    /// [`ErrorKind::File`] when a catalog with changes lies on a damaged file.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        match &self.overlay {
            Some(_) => Ok(self.rebuilt()?.inner.bytes.to_vec()),
            None => Ok(self.inner.bytes.to_vec()),
        }
    }

    /// Writes the compiled form to a file, which appears whole or not at all: a temporary file beside it is written,
    /// flushed to the disk and renamed.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when the operating system refuses; for a catalog with changes as [`to_bytes`](Catalog::to_bytes).
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        if self.overlay.is_some() {
            return self.rebuilt()?.save(path);
        }
        let path = path.as_ref();
        let temporary = temporary_beside(path);
        let written = write_and_rename(&self.inner.bytes, &temporary, path);
        if written.is_err() {
            // The first error is the one to tell; what is left of the temporary file is harmless.
            drop(fs::remove_file(&temporary));
        }
        written.map_err(|error| io_error("written", path, error))
    }

    /// Proves the compiled form whole: its checksum, and every reference in it. Takes time linear in its size.
    ///
    /// # Errors
    /// [`ErrorKind::File`], naming what is damaged.
    pub fn verify(&self) -> Result<(), Error> {
        file::verify_checksum(&self.inner.bytes)?;
        // What lies on top was made in memory.
        let view = self.view();
        let rows = view.row_count();
        let damaged = |what: &str, number: usize| {
            let message =
                format!("compiled catalog: {what} {number} is damaged; build it again from its source");
            Err(Error::new(ErrorKind::File, message))
        };
        for (number, bucket) in view.slots.as_chunks::<BUCKET_BYTES>().0.iter().enumerate() {
            let (numbers, _) = bucket.as_chunks::<4>();
            let mut free = false;
            for slot in 0..BUCKET {
                let print = u32::from_le_bytes(numbers[slot]);
                let payload = u32::from_le_bytes(numbers[BUCKET + slot]);
                let used = payload & (TERMINAL | CONTINUES) != 0;
                // Free slots are empty and stand behind the others.
                let whole = if used { !free } else { (print, payload) == (0, 0) };
                if !whole || (payload & TERMINAL != 0 && (payload & ROW_MASK) as usize >= rows) {
                    return damaged("slot", number * BUCKET + slot);
                }
                free |= !used;
            }
        }
        let mut end = 0;
        for row in 0..rows {
            let start = u32_at(view.rows, row * (ROW_BYTES / 4)).unwrap_or(u32::MAX);
            let length = view.name(row as u32).map(|name| name.len() as u32);
            if start != end
                || length.is_none_or(|length| length == 0)
                || view.owners(row as u32).next().is_none()
            {
                return damaged("name", row);
            }
            end = start + length.unwrap_or(0);
        }
        for name in 0..view.names.len() / 4 {
            if view.name_number(name as u32).is_none() {
                return damaged("name number", name);
            }
        }
        let mut next = 0;
        for entity in 0..view.entity_count() {
            // Every name belongs to one entity, so that all entities together are no larger than the names.
            let numbers = view.numbers(entity as u32).filter(|numbers| numbers.start == next);
            if numbers.is_none() || view.entity(entity as u32).is_none() {
                return damaged("entity", entity);
            }
            next = numbers.map_or(next, |numbers| numbers.end);
        }
        Ok(())
    }

    /// The catalog of the sections that a builder made.
    pub(super) fn from_sections(sections: &Sections) -> Result<Self, Error> {
        Catalog::from_parts(Bytes::made(sections.size(), |out| file::write(sections, out)))
    }

    pub(super) fn from_parts(bytes: Bytes) -> Result<Self, Error> {
        let layout = Layout::parse(&bytes)?;
        Ok(Catalog {
            inner: Arc::new(Inner { bytes, layout, screen: None, memories: Memories::default() }),
            overlay: None,
            fuzzy: None,
        })
    }
}

fn temporary_beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

fn write_and_rename(bytes: &[u8], temporary: &Path, path: &Path) -> std::io::Result<()> {
    let mut file = File::create(temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(temporary, path)?;
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn io_error(what: &str, path: &Path, error: std::io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("catalog {}: cannot be {what}: {error}", path.display()))
        .with_source(error)
}
