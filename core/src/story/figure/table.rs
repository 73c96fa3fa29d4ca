//! Word lists read from data files: a word's kind and value, looked up once per distinct word of a document.
//!
//! In: a file of lines `kind value word`. Out: a [`WordTable`], and per document one [`Class`] list by word number.

use crate::text::Vocabulary;
use crate::text::word::hash_bytes;

/// What a word list says of one word: the kinds it has (one bit each) and the value of each kind.
#[derive(Clone, Debug, Default)]
struct Row {
    hash: u64,
    kind: u8,
    value: i64,
}

/// A word list, sorted for search.
#[derive(Debug)]
pub(crate) struct WordTable {
    kinds: Vec<&'static str>,
    rows: Vec<Row>,
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
            rows.push(Row { hash: hash_bytes(word.as_bytes()), kind, value });
        }
        rows.sort_by_key(|row| (row.hash, row.kind));
        WordTable { kinds: kinds.to_vec(), rows }
    }

    /// Reads a data file of lines `value word`, all of one kind.
    pub(crate) fn parse_pairs(file: &'static str, kind: &'static str) -> Self {
        let mut rows = Vec::new();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let Some((value, word)) = line.split_once(' ') else { continue };
            let value = value.parse().expect("data files hold whole numbers: tested");
            rows.push(Row { hash: hash_bytes(word.as_bytes()), kind: 1, value });
        }
        rows.sort_by_key(|row| row.hash);
        WordTable { kinds: vec![kind], rows }
    }

    /// Looks up every distinct word of a document.
    pub(crate) fn classify(&self, vocabulary: &Vocabulary) -> Classes {
        debug_assert!(!self.kinds.is_empty());
        let of = |word| {
            let hash = vocabulary.hash(word);
            let first = self.rows.partition_point(|row| row.hash < hash);
            let mut found = self.rows[first..].iter().take_while(|row| row.hash == hash);
            match (found.next(), found.next()) {
                (None, _) => Class::default(),
                (Some(a), b) => Class {
                    kinds: [a.kind, b.map_or(0, |b| b.kind)],
                    values: [a.value, b.map_or(0, |b| b.value)],
                },
            }
        };
        Classes { list: (0..vocabulary.len() as u32).map(of).collect() }
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
