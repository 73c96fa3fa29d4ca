//! The pairs of names for the program about misspelt names: which of them are misspellings, and whose spellings they are.

use crate::names::lines;
use nutgraf::EntityKind;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// How often a word stands in the news without a capital before it is one of the language.
const DICTIONARY_TIMES: usize = 3;

pub(crate) struct Pair {
    pub(crate) file: &'static str,
    pub(crate) name: String,
    pub(crate) surface: String,
    pub(crate) kind: EntityKind,
    pub(crate) verdict: Verdict,
}

/// What a pair says about the task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// The surface misspells the name.
    Misspelt,
    /// Two names, which stay apart.
    Apart,
    /// The same words once folded.
    Equal,
    /// Another number of words, or one word alone.
    OtherWords,
    /// A nickname, as the source says or the letters show: no spelling of the same words.
    NoVariant,
    /// The word that differs is one of the language, so that nothing tells it from a word well written.
    Dictionary,
}

impl Verdict {
    pub(crate) const DROPPED: [(Verdict, &str); 4] = [
        (Verdict::Equal, "equal"),
        (Verdict::OtherWords, "other or single words"),
        (Verdict::NoVariant, "no spelling of the same words"),
        (Verdict::Dictionary, "dictionary words"),
    ];
}

/// The pairs of all files, with the side that is better known as the name.
pub(crate) fn pairs(folder: &Path) -> Vec<Pair> {
    let dictionary = dictionary(folder);
    let mut pairs = Vec::new();
    for (file, swapped) in
        [("handmade_news", false), ("opensanctions_name_bench", true), ("us_politicians_pairs", false)]
    {
        for line in lines(&folder.join(format!("pairs/{file}.jsonl"))) {
            let row: serde_json::Value = serde_json::from_str(&line).expect("a row of JSON");
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            let (name, surface) = if swapped { (text("b"), text("a")) } else { (text("a"), text("b")) };
            let kind = match row["schema"].as_str() {
                None | Some("Person") => EntityKind::Person,
                Some(_) => EntityKind::Organization,
            };
            let verdict = if row["same"].as_bool().unwrap_or_default() {
                judge(&name, &surface, &text("kind"), &dictionary)
            } else {
                Verdict::Apart
            };
            if name.chars().any(char::is_alphanumeric) {
                pairs.push(Pair { file, name, surface, kind, verdict });
            }
        }
    }
    pairs
}

/// Words that the news writes without a capital.
fn dictionary(folder: &Path) -> BTreeSet<String> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines(&folder.join("ner/voa_news.jsonl")) {
        let row: serde_json::Value = serde_json::from_str(&line).expect("a row of JSON");
        for word in row["text"].as_str().unwrap_or_default().split(|c: char| !c.is_alphanumeric()) {
            if word.starts_with(char::is_lowercase) {
                *times.entry(word.to_owned()).or_default() += 1;
            }
        }
    }
    times.into_iter().filter(|(_, times)| *times >= DICTIONARY_TIMES).map(|(word, _)| word).collect()
}

/// Lower-case words without accents, apostrophes and dots.
pub(crate) fn words(name: &str) -> Vec<String> {
    let plain: String = name
        .nfd()
        .filter(|c| !matches!(c, '\'' | '’' | '‘' | '.' | '\u{300}'..='\u{36F}'))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() || is_combining_mark(c) { c } else { ' ' })
        .collect();
    plain.split_whitespace().map(str::to_owned).collect()
}

pub(crate) fn key(name: &str) -> String {
    words(name).join(" ")
}

fn judge(name: &str, surface: &str, source: &str, dictionary: &BTreeSet<String>) -> Verdict {
    let (a, b) = (words(name), words(surface));
    if a == b {
        return Verdict::Equal;
    }
    if a.len() != b.len() || a.len() < 2 {
        return Verdict::OtherWords;
    }
    let other: Vec<(&String, &String)> = a.iter().zip(&b).filter(|(a, b)| a != b).collect();
    if source == "nickname" || (source != "misspelling" && !other.iter().all(|(a, b)| is_variant(a, b))) {
        return Verdict::NoVariant;
    }
    if other.iter().any(|(_, b)| dictionary.contains(*b)) {
        return Verdict::Dictionary;
    }
    Verdict::Misspelt
}

/// Whether two words are spellings of one: letters alone, four or more of them, and, as written or as an English reader
/// hears them, one letter other, more or less, or two from eight letters on.
fn is_variant(a: &str, b: &str) -> bool {
    let letters = |word: &str| word.chars().collect::<Vec<char>>();
    let within = |a: Vec<char>, b: Vec<char>| {
        let budget = match a.len().min(b.len()) {
            0..4 => 0,
            4..8 => 1,
            _ => 2,
        };
        edits(&a, &b) <= budget
    };
    let plain = |word: &str| word.chars().count() >= 4 && word.chars().all(char::is_alphabetic);
    plain(a) && plain(b) && (within(letters(a), letters(b)) || within(heard(a), heard(b)))
}

/// The letters of a word with those made one that transcriptions exchange.
fn heard(word: &str) -> Vec<char> {
    let mut word = word.to_owned();
    for (from, to) in [
        ("kh", "h"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "t"),
        ("ph", "f"),
        ("ck", "k"),
        ("ou", "u"),
        ("oo", "u"),
    ]
    .into_iter()
    .chain([("w", "v"), ("y", "i"), ("j", "i"), ("q", "k"), ("c", "k")])
    {
        word = word.replace(from, to);
    }
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    letters
}

/// Letters more, less or other, and neighbours swapped.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let other = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + other);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

/// Spellings of the same person or company: pairs of the same, of two words and more, one leading to the next.
#[derive(Default)]
pub(crate) struct Spellings {
    numbers: BTreeMap<String, usize>,
    parents: Vec<usize>,
    /// Names that a pair sets apart.
    apart: BTreeSet<(String, String)>,
}

impl Spellings {
    pub(crate) fn new(pairs: &[Pair]) -> Self {
        let mut spellings = Spellings::default();
        for pair in pairs {
            let (a, b) = (spellings.number(&pair.name), spellings.number(&pair.surface));
            let long = |name: &str| words(name).len() > 1;
            if pair.verdict == Verdict::Apart {
                spellings.apart.insert((key(&pair.name), key(&pair.surface)));
                spellings.apart.insert((key(&pair.surface), key(&pair.name)));
            }
            // One word is the spelling of many persons (`Kennedy`).
            if pair.verdict != Verdict::Apart && long(&pair.name) && long(&pair.surface) {
                let (a, b) = (spellings.root(a), spellings.root(b));
                spellings.parents[a.max(b)] = a.min(b);
            }
        }
        spellings
    }

    fn number(&mut self, name: &str) -> usize {
        let next = self.parents.len();
        let number = *self.numbers.entry(key(name)).or_insert(next);
        if number == next {
            self.parents.push(next);
        }
        number
    }

    fn root(&self, mut number: usize) -> usize {
        while self.parents[number] != number {
            number = self.parents[number];
        }
        number
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.numbers.contains_key(&key(name))
    }

    /// Whether both are known, as spellings of the same.
    pub(crate) fn same(&self, a: &str, b: &str) -> bool {
        let root = |name| self.numbers.get(&key(name)).map(|&number| self.root(number));
        root(a).is_some_and(|a| root(b) == Some(a))
    }

    /// Whether a surface is a spelling of a name by the rule for pairs, and no pair says otherwise.
    pub(crate) fn may_be_same(&self, name: &str, surface: &str) -> bool {
        let apart = self.apart.contains(&(key(name), key(surface)));
        self.has(name) && !apart && judge(name, surface, "", &BTreeSet::new()) == Verdict::Misspelt
    }
}
