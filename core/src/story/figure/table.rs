//! Word lists read from data files: a word's kind and value, looked up once per distinct word of a document.
//!
//! In: a file of lines `kind value word`. Out: a [`WordTable`], and per document one [`Class`] list by word number.

use crate::text::Vocabulary;
use crate::text::number::Numbers;
use crate::text::word::hash_bytes;

/// A word list by the hashes of its words.
#[derive(Debug, Default)]
pub(crate) struct WordTable {
    numbers: Numbers,
    classes: Vec<Class>,
}

impl WordTable {
    /// Reads a data file; `kinds` lists the kinds in the order of their numbers, the first being number 1.
    pub(crate) fn parse(file: &'static str, kinds: &[&'static str]) -> Self {
        let mut rows = Vec::new();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split_whitespace();
            let (Some(kind), Some(value), Some(word)) = (fields.next(), fields.next(), fields.next()) else {
                continue;
            };
            let kind =
                kinds.iter().position(|k| *k == kind).expect("data files name known kinds: tested") as u8 + 1;
            let value = value.parse().expect("data files hold whole numbers: tested");
            rows.push((hash_bytes(word.as_bytes()), kind, value));
        }
        rows.sort_by_key(|&(hash, kind, _)| (hash, kind));
        WordTable::of(&rows)
    }

    /// Reads a data file of lines `value word`, all of one kind.
    pub(crate) fn parse_pairs(file: &'static str) -> Self {
        let mut rows = Vec::new();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let Some((value, word)) = line.split_once(' ') else { continue };
            let value = value.parse().expect("data files hold whole numbers: tested");
            rows.push((hash_bytes(word.as_bytes()), 1, value));
        }
        rows.sort_by_key(|&(hash, ..)| hash);
        WordTable::of(&rows)
    }

    /// Of the rows of one hash, which stand together, the first two count.
    fn of(rows: &[(u64, u8, i64)]) -> Self {
        let mut table = WordTable::default();
        for rows in rows.chunk_by(|a, b| a.0 == b.0) {
            let (_, kind, value) = rows[0];
            let (_, other, other_value) = rows.get(1).copied().unwrap_or_default();
            table.numbers.number(rows[0].0);
            table.classes.push(Class { kinds: [kind, other], values: [value, other_value] });
        }
        table
    }

    /// Looks up every distinct word of a document.
    pub(crate) fn classify(&self, vocabulary: &Vocabulary) -> Classes {
        let class = |hash| self.numbers.find(hash).map_or(Class::default(), |n| self.classes[n as usize]);
        Classes { list: vocabulary.hashes().map(class).collect() }
    }
}

/// Up to two kinds of a word, with their values; kind 0 is none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Class {
    kinds: [u8; 2],
    values: [i64; 2],
}

impl Class {
    /// The value that the word has as a word of this kind.
    pub(crate) fn value(self, kind: u8) -> Option<i64> {
        match self.kinds {
            [a, _] if a == kind => Some(self.values[0]),
            [_, b] if b == kind => Some(self.values[1]),
            _ => None,
        }
    }

    /// Whether the word is of this kind and no other.
    pub(crate) fn is_only(self, kind: u8) -> bool {
        self.kinds == [kind, 0]
    }

    /// Whether the list has the word at all.
    pub(crate) fn is_listed(self) -> bool {
        self.kinds[0] != 0
    }
}

/// The classes of a document's distinct words.
#[derive(Debug)]
pub(crate) struct Classes {
    list: Vec<Class>,
}

impl Classes {
    /// The class of a word number.
    pub(crate) fn of(&self, word: u32) -> Class {
        self.list[word as usize]
    }
}
