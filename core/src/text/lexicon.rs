//! Word lists read from data files once per process.
//!
//! In: a text with one entry a line, comments after `#`. Out: a sorted list that is searched by halving.

/// A sorted list of words with an optional tag each.
#[derive(Debug)]
pub(crate) struct Lexicon {
    entries: Vec<(&'static str, &'static str)>,
}

impl Lexicon {
    /// Reads `word [tag]` lines; the last blank-separated part is the tag when `tagged`.
    pub(crate) fn new(data: &'static str, tagged: bool) -> Self {
        let mut entries: Vec<_> = data
            .lines()
            .map(|line| line.split('#').next().unwrap_or("").trim())
            .filter(|line| !line.is_empty())
            .map(|line| {
                if tagged { line.rsplit_once(char::is_whitespace).unwrap_or((line, "")) } else { (line, "") }
            })
            .map(|(word, tag)| (word.trim_end(), tag))
            .collect();
        entries.sort_unstable();
        entries.dedup_by_key(|entry| entry.0);
        Lexicon { entries }
    }

    pub(crate) fn contains(&self, word: &str) -> bool {
        self.tag(word).is_some()
    }

    /// The tag of a word, empty when the list has none.
    pub(crate) fn tag(&self, word: &str) -> Option<&'static str> {
        self.entries.binary_search_by(|entry| entry.0.cmp(word)).ok().map(|at| self.entries[at].1)
    }
}

/// Declares a function that returns a word list of a data file, read on first use.
macro_rules! lexicon {
    ($name:ident, $file:literal) => {
        fn $name() -> &'static crate::text::lexicon::Lexicon {
            lexicon!(@ $file, false)
        }
    };
    ($name:ident, $file:literal, tagged) => {
        fn $name() -> &'static crate::text::lexicon::Lexicon {
            lexicon!(@ $file, true)
        }
    };
    (@ $file:literal, $tagged:literal) => {{
        static LIST: std::sync::OnceLock<crate::text::lexicon::Lexicon> = std::sync::OnceLock::new();
        LIST.get_or_init(|| crate::text::lexicon::Lexicon::new(include_str!($file), $tagged))
    }};
}
pub(crate) use lexicon;
