//! Whether two names of persons can stand for one human being: the strict form used for merging.
//!
//! In: two [`PersonName`]s with given and family name. Out: the reason why they are one, the reason why they
//! cannot be, or neither. Precision comes before recall: what is only similar stays apart.

use super::edit::distance;
use super::name::{Part, PersonName};
use super::skeleton::{skeleton, sound};
use super::table;

/// What two full names have to do with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    /// One person: the reason, and how many letters had to be forgiven.
    Same(String, usize),
    /// Two persons, whatever the context: the reason.
    Apart(&'static str),
    /// Neither.
    Unknown,
}

/// How two words of names agree, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    Equal,
    Spelling,
    Nickname,
    Initial,
    Misspelling,
    None,
}

/// Compares two full names.
pub(crate) fn relate(a: &PersonName, b: &PersonName) -> Relation {
    if let Some(reason) = conflict(a, b) {
        return Relation::Apart(reason);
    }
    if !a.is_full() || !b.is_full() {
        return Relation::Unknown;
    }
    let straight = ordered(a, b);
    if straight != Relation::Unknown {
        return straight;
    }
    if joined(a) == joined(b) {
        return Relation::Same("the same letters, divided into words in another way".to_owned(), 0);
    }
    // Family name first in one of them: "Abe Shinzo", "Shinzo Abe".
    if a.family_first == b.family_first && a.parts.len() != 2 {
        return Relation::Unknown;
    }
    let (x, y): (Vec<&str>, Vec<&str>) = (texts(a), texts(b));
    let mut turned = y.clone();
    turned.rotate_left(1);
    let mut back = y.clone();
    back.rotate_right(1);
    if x.len() == y.len() && (x == turned || x == back) && x != y {
        return Relation::Same("the same names in another order".to_owned(), 0);
    }
    Relation::Unknown
}

/// The letters of all words, as if they were one: `Alain Le Roy`, `Alain LeRoy`.
pub(crate) fn joined(name: &PersonName) -> String {
    name.parts.iter().flat_map(|part| part.text.chars()).filter(|c| c.is_alphanumeric()).collect()
}

fn texts(name: &PersonName) -> Vec<&str> {
    name.parts.iter().map(|p| p.text.as_str()).collect()
}

/// Names that exclude each other: suffix, numeral, initials.
pub(crate) fn conflict(a: &PersonName, b: &PersonName) -> Option<&'static str> {
    if a.suffix != b.suffix && (a.suffix.is_some() && b.suffix.is_some() || a.is_full() && b.is_full()) {
        return Some("different suffix or numeral");
    }
    let (x, y) = (a.middles(), b.middles());
    if !x.is_empty() && !y.is_empty() && !middles_agree(x, y) {
        return Some("different middle names or initials");
    }
    None
}

/// Whether the shorter list of middle names is found in order in the longer; initials must be as many.
fn middles_agree(x: &[Part], y: &[Part]) -> bool {
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    if short.len() < long.len() && short.iter().chain(long).all(|p| p.initial) {
        return false;
    }
    let mut rest = long.iter();
    short.iter().all(|p| rest.any(|q| part_match(p, q) != Match::None))
}

fn ordered(a: &PersonName, b: &PersonName) -> Relation {
    let (Some(given), Some(other)) = (a.given(), b.given()) else { return Relation::Unknown };
    let mut g = part_match(given, other);
    if g == Match::None && (a.nicknames.contains(&other.text) || b.nicknames.contains(&given.text)) {
        g = Match::Nickname;
    }
    // "Recep Tayyip Erdogan", "Tayyip Erdogan": known by the second given name.
    if g == Match::None {
        let second = |long: &PersonName, short: &Part| {
            long.middles().iter().any(|m| !m.initial && m.text == short.text && short.text.len() > 2)
        };
        if second(a, other) || second(b, given) {
            g = Match::Nickname;
        }
    }
    if g == Match::None {
        return Relation::Unknown;
    }
    let f = family_match(a, b);
    let forgiven = |m: Match| usize::from(m == Match::Misspelling);
    match (g, f) {
        (Match::Equal, Match::Equal) => Relation::Same("the same given and family name".to_owned(), 0),
        (Match::Initial, Match::Equal) => {
            Relation::Same("the same family name, a fitting initial".to_owned(), 0)
        }
        (Match::Nickname, Match::Equal) => {
            Relation::Same("the same family name, given names that stand for one another".to_owned(), 0)
        }
        (Match::Spelling | Match::Misspelling, Match::Equal) => {
            Relation::Same("the same family name, one given name in two spellings".to_owned(), forgiven(g))
        }
        (Match::Equal, Match::Spelling | Match::Misspelling) => {
            Relation::Same("the same given name, one family name in two spellings".to_owned(), forgiven(f))
        }
        (Match::Spelling | Match::Nickname, Match::Spelling) => {
            Relation::Same("given and family name each in two spellings".to_owned(), 0)
        }
        (Match::Spelling, Match::Misspelling) | (Match::Misspelling, Match::Spelling) => {
            Relation::Same("given and family name each in two spellings".to_owned(), 1)
        }
        (Match::Equal, Match::None) if is_extension(a, b) || is_extension(b, a) => {
            Relation::Same("the same given name; one family name carries a second one".to_owned(), 1)
        }
        _ => Relation::Unknown,
    }
}

/// `Roberto Cordova` and `Roberto Cordova Carreno`: the family name of the shorter is the middle of the longer.
fn is_extension(short: &PersonName, long: &PersonName) -> bool {
    let key = short.family_key();
    key.len() > 2 && short.middles().is_empty() && long.middles().len() == 1 && long.middles()[0].text == key
}

fn family_match(a: &PersonName, b: &PersonName) -> Match {
    let (x, y) = (a.family_key(), b.family_key());
    let direct = word_match(&x, &y);
    if direct == Match::None {
        // "Hillary Clinton", "Hillary Rodham-Clinton".
        let pieces =
            |name: &PersonName| name.family_parts().last().map(|p| p.pieces.clone()).unwrap_or_default();
        if pieces(a).contains(&y) || pieces(b).contains(&x) {
            return Match::Spelling;
        }
    }
    direct
}

fn part_match(a: &Part, b: &Part) -> Match {
    if a.text == b.text {
        return Match::Equal;
    }
    if a.initial || b.initial {
        return if a.text.chars().next() == b.text.chars().next() { Match::Initial } else { Match::None };
    }
    let word = word_match(&a.text, &b.text);
    if word == Match::Spelling && ends_in_gender(&a.text, &b.text) {
        return if table::are_nicknames(&a.text, &b.text) { Match::Nickname } else { Match::None };
    }
    if word == Match::Equal || word == Match::Spelling {
        return word;
    }
    if table::are_nicknames(&a.text, &b.text) {
        return Match::Nickname;
    }
    if a.pieces.len() > 1 && a.pieces[0] == b.text || b.pieces.len() > 1 && b.pieces[0] == a.text {
        return Match::Nickname;
    }
    if ends_in_gender(&a.text, &b.text) { Match::None } else { word }
}

/// Whether two words differ in an ending that tells man from woman: Daniel and Daniela, Mario and Maria.
fn ends_in_gender(a: &str, b: &str) -> bool {
    let stem = |w: &str| w.trim_end_matches(['a', 'e', 'o', 'i', 'y', 'u']).len();
    let (x, y) = (&a[..stem(a)], &b[..stem(b)]);
    x == y && a.ends_with('a') != b.ends_with('a')
}

/// Compares two words letter by letter and by sound.
fn word_match(a: &str, b: &str) -> Match {
    if a == b {
        return Match::Equal;
    }
    let (n, m) = (a.chars().count(), b.chars().count());
    if n.min(m) < 4 {
        return if n.min(m) == 3 && sound(a) == sound(b) { Match::Spelling } else { Match::None };
    }
    let (x, y) = (sound(a), sound(b));
    if x == y {
        return Match::Spelling;
    }
    // What sounds different from the start is another name.
    if x.chars().next() != y.chars().next() {
        return Match::None;
    }
    let (edits, heard) = (distance(a, b), distance(&x, &y));
    let bones = skeleton(a) == skeleton(b);
    if bones && heard <= 1 && n.min(m) >= 5 {
        return Match::Spelling;
    }
    if bones && heard <= 2 && n.min(m) >= 6 {
        return Match::Misspelling;
    }
    // One slip of the finger, or one in the sound of a name that is badly misspelt.
    if edits == 1 && n.max(m) >= 6 || heard == 1 && n.max(m) >= 7 && x.len() >= 4 {
        return Match::Misspelling;
    }
    if edits == 2 && n.min(m) >= 9 {
        return Match::Misspelling;
    }
    Match::None
}

/// Whether two single words can be spellings of one name, for a bare surname beside a known one.
pub(crate) fn can_be_spellings(a: &str, b: &str) -> bool {
    let n = a.chars().count().min(b.chars().count());
    match word_match(a, b) {
        Match::Equal => true,
        Match::Spelling | Match::Misspelling => n >= 5 || n == 4 && sound(a) == sound(b),
        _ => false,
    }
}
