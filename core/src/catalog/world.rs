//! The catalog that is compiled into the library.
//!
//! In: the lines that the build gathered from `world/*.jsonl`. Out: one catalog for the whole process, built when
//! first asked for and shared after that.

use super::Catalog;
use std::sync::OnceLock;

const LINES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/world.jsonl"));

impl Catalog {
    /// Returns the built-in catalog: states, capitals, large cities, nationalities, heads of state and government,
    /// international organisations and offices.
    ///
    /// The first call in a process builds it; later calls share it.
    ///
    /// # Examples
    /// ```
    /// let found = nutgraf::Catalog::world().find("The Kremlin answered Paris.");
    /// assert_eq!(found.len(), 2);
    /// ```
    pub fn world() -> Self {
        static WORLD: OnceLock<Catalog> = OnceLock::new();
        let build = || Catalog::from_jsonl(LINES).expect("the build script checks every line");
        WORLD.get_or_init(build).clone()
    }
}
