//! The word lists behind names and roles, read once.
//!
//! In: the data files beside this file. Out: tables that are searched by folded word. Knows nothing about
//! mentions.

use crate::text::number::Numbers;
use crate::text::word::hash_bytes;
use std::sync::LazyLock;

/// The lines of a data file without comments.
fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Words with what is known of each, found by their hashes.
struct Table<V> {
    numbers: Numbers,
    entries: Vec<(&'static str, V)>,
}

impl<V: Default> Table<V> {
    fn new() -> Self {
        Table { numbers: Numbers::default(), entries: Vec::new() }
    }

    fn entry(&mut self, word: &'static str) -> &mut V {
        let number = self.numbers.number(hash_bytes(word.as_bytes())) as usize;
        if number == self.entries.len() {
            self.entries.push((word, V::default()));
        }
        &mut self.entries[number].1
    }

    fn get(&self, word: &str) -> Option<&V> {
        let number = self.numbers.find(hash_bytes(word.as_bytes()))?;
        let (own, value) = &self.entries[number as usize];
        (*own == word).then_some(value)
    }

    fn contains(&self, word: &str) -> bool {
        self.get(word).is_some()
    }
}

fn pairs(file: &'static str) -> Table<&'static str> {
    let mut table = Table::new();
    for line in lines(file) {
        let (word, value) = line.split_once('\t').unwrap_or((line, ""));
        *table.entry(word) = value;
    }
    table
}

static PARTICLES: LazyLock<Table<&str>> = LazyLock::new(|| pairs(include_str!("particles.txt")));
static SUFFIXES: LazyLock<Table<&str>> = LazyLock::new(|| pairs(include_str!("suffixes.txt")));
static TITLES: LazyLock<Table<&str>> = LazyLock::new(|| pairs(include_str!("titles.txt")));
static FORMS: LazyLock<Table<&str>> = LazyLock::new(|| pairs(include_str!("org_suffixes.txt")));
static NICKNAMES: LazyLock<Groups> = LazyLock::new(|| groups(include_str!("nicknames.txt")));
static EAST: LazyLock<Groups> = LazyLock::new(|| groups(include_str!("east_families.txt")));

static ROLES: LazyLock<Table<&str>> = LazyLock::new(|| pairs(include_str!("roles.txt")));
static MODIFIERS: LazyLock<Table<&str>> = LazyLock::new(|| pairs(include_str!("role_modifiers.txt")));
static STOPS: LazyLock<Table<&str>> = LazyLock::new(|| pairs(include_str!("role_stops.txt")));

static PLACES: LazyLock<Table<&str>> = LazyLock::new(|| pairs(include_str!("place_nouns.txt")));

/// For every word the lines that hold it.
type Groups = Table<Vec<u16>>;

fn groups(file: &'static str) -> Groups {
    let mut groups = Groups::new();
    for (number, line) in lines(file).enumerate() {
        for name in line.split(' ') {
            groups.entry(name).push(number as u16);
        }
    }
    groups
}

fn share_line(groups: &Groups, a: &str, b: &str) -> bool {
    match (groups.get(a), groups.get(b)) {
        (Some(a), Some(b)) => a.iter().any(|line| b.contains(line)),
        _ => false,
    }
}

/// A gender that a title tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Male,
    Female,
}

/// Whether a folded word is a particle of family names.
pub(crate) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(word)
}

/// What a generation suffix or numeral stands for.
pub(crate) fn suffix(word: &str) -> Option<&'static str> {
    SUFFIXES.get(word).copied()
}

/// Whether a folded word is a title before names.
pub(crate) fn is_title(word: &str) -> bool {
    TITLES.contains(word)
}

/// The gender that a title tells.
pub(crate) fn title_gender(word: &str) -> Option<Gender> {
    match TITLES.get(word).copied() {
        Some("m") => Some(Gender::Male),
        Some("f") => Some(Gender::Female),
        _ => None,
    }
}

/// Whether a folded word is a family name of languages that write the family name first.
pub(crate) fn is_east_family(word: &str) -> bool {
    EAST.contains(word)
}

/// What a word at the end of an organisation's name tells about its legal form.
pub(crate) fn legal_form(word: &str) -> Option<&'static str> {
    FORMS.get(word).copied()
}

/// Whether two given names stand in one group of the nickname table.
pub(crate) fn are_nicknames(a: &str, b: &str) -> bool {
    share_line(&NICKNAMES, a, b)
}

/// Whether two words are Latin spellings of one East Asian family name.
pub(crate) fn are_east_spellings(a: &str, b: &str) -> bool {
    share_line(&EAST, a, b)
}

/// Whether a word is a given name of the nickname table.
pub(crate) fn is_given(word: &str) -> bool {
    NICKNAMES.contains(word)
}

/// Whether a folded word, singular or plural, tells what a person is.
pub(crate) fn is_role(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    if ROLES.contains(word) {
        return true;
    }
    let has = |stem: &str, ending: &str| ROLES.contains(format!("{stem}{ending}").as_str());
    word.strip_suffix("men").is_some_and(|stem| has(stem, "man"))
        || word.strip_suffix("women").is_some_and(|stem| has(stem, "woman"))
        || word.strip_suffix("ies").is_some_and(|stem| has(stem, "y"))
        || word.strip_suffix("es").is_some_and(|stem| ROLES.contains(stem))
        || word.strip_suffix('s').is_some_and(|stem| ROLES.contains(stem))
}

/// Whether a folded word has the form of an occupation: "sociolinguist", "bookmaker".
pub(crate) fn is_role_form(word: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "ologist", "ographer", "woman", "maker", "keeper", "holder", "worker", "fighter", "player",
        "founder", "writer", "owner", "leader", "officer",
    ];
    let ist = word.ends_with("ist") && (!word.ends_with("list") || word.ends_with("alist"));
    word.len() >= 8 && (ist || ENDINGS.iter().any(|ending| word.ends_with(ending)))
}

/// Whether a word is a form of address that tells no role: "Mr."
pub(crate) fn is_courtesy(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "mr" | "mrs" | "ms" | "miss" | "dr" | "messrs" | "mme" | "drs")
}

/// Whether a word is a title of honour that stands between an office and the name: "Sir".
pub(crate) fn is_honour(word: &str) -> bool {
    matches!(word, "sir" | "dame" | "lord" | "lady")
}

/// Whether a lower-case word before a role noun belongs to it.
pub(crate) fn is_role_modifier(word: &str) -> bool {
    MODIFIERS.contains(word)
}

/// Whether a word ends or begins no descriptor: verbs of clauses, days, months.
pub(crate) fn is_role_stop(word: &str) -> bool {
    STOPS.contains(word)
}

/// Whether a folded word ends names of places and not of persons.
pub(crate) fn is_place_noun(word: &str) -> bool {
    PLACES.contains(word)
}
