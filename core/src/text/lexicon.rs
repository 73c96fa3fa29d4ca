//! Word lists read from data files once per process.
//!
//! In: a text with one entry a line, comments after `#`. Out: a table that answers in one or two looks.

use super::word::hash_bytes;

/// The entries of a data file: its lines without comments and blank ones.
pub(crate) fn entries(data: &'static str) -> impl Iterator<Item = &'static str> + Clone {
    data.lines().map(|line| line.split('#').next().unwrap_or("").trim()).filter(|line| !line.is_empty())
}

/// A list of words with an optional tag each.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// Open addressing by [`hash_bytes`]: hash, word, tag; an empty word is a free place. A power of two in length.
    table: Vec<(u64, &'static str, &'static str)>,
}

impl Lexicon {
    /// Reads `word [tag]` lines; the last blank-separated part is the tag when `tagged`.
    pub(crate) fn new(data: &'static str, tagged: bool) -> Self {
        let entries = entries(data)
            .map(|line| {
                if tagged { line.rsplit_once(char::is_whitespace).unwrap_or((line, "")) } else { (line, "") }
            })
            .map(|(word, tag)| (word.trim_end(), tag));
        let places = (entries.clone().count() * 3).next_power_of_two().max(2);
        let mut lexicon = Lexicon { table: vec![(0, "", ""); places] };
        for (word, tag) in entries {
            let hash = hash_bytes(word.as_bytes());
            let place = lexicon.place(hash, word);
            // The first of two equal entries counts.
            if lexicon.table[place].1.is_empty() {
                lexicon.table[place] = (hash, word, tag);
            }
        }
        lexicon
    }

    /// Where a word stands, or where it would stand.
    fn place(&self, hash: u64, word: &str) -> usize {
        let mask = self.table.len() - 1;
        let mut place = hash as usize & mask;
        while !self.table[place].1.is_empty() && (self.table[place].0 != hash || self.table[place].1 != word)
        {
            place = (place + 1) & mask;
        }
        place
    }

    pub(crate) fn contains(&self, word: &str) -> bool {
        self.tag(word).is_some()
    }

    /// The tag of a word, empty when the list has none.
    pub(crate) fn tag(&self, word: &str) -> Option<&'static str> {
        self.tag_hashed(hash_bytes(word.as_bytes()), word)
    }

    /// As [`Lexicon::tag`] where the word's hash is known, as it is for every word of a vocabulary.
    pub(crate) fn tag_hashed(&self, hash: u64, word: &str) -> Option<&'static str> {
        let (_, known, tag) = self.table[self.place(hash, word)];
        (!known.is_empty()).then_some(tag)
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
