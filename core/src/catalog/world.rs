//! The catalog that is compiled into the library.
//!
//! In: the bytes that the build compiled from `world/*.jsonl`. Out: one catalog for the whole process, shared.

use super::Catalog;
use super::map::Bytes;
use std::sync::OnceLock;

const COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/world.catalog"));

impl Catalog {
    /// Returns the built-in catalog: states, capitals, large cities, nationalities, heads of state and government,
    /// international organisations and offices.
    ///
    /// It lies compiled in the library: nothing is read or built when it is first asked for.
    ///
    /// # Examples
    /// ```
    /// let found = nutgraf::Catalog::world().find("The Kremlin answered Paris.");
    /// assert_eq!(found.len(), 2);
    /// ```
    pub fn world() -> Self {
        static WORLD: OnceLock<Catalog> = OnceLock::new();
        let open = || Catalog::from_parts(Bytes::Embedded(COMPILED)).expect("the build wrote the bytes");
        WORLD.get_or_init(open).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_build_compiles_as_the_library_does() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/catalog/world");
        let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
        files.sort();
        let rows: String = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
        let catalog = Catalog::from_jsonl_str(&rows).unwrap();
        assert_eq!(Catalog::world().inner.bytes[..], catalog.inner.bytes[..]);
        Catalog::world().verify().unwrap();
    }
}
