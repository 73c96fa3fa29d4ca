//! How a word sounds to an English writer, and whether a word may be a misspelling of another.
//!
//! In: folded words. Out: a reduced spelling (`wh` as `w`, `th` as `t`, `y` and `j` as `i`, doubled letters once, ...),
//! hashes of its consonants and of its ends, and a [`Nearness`]. Knows nothing about names or catalogs.

use super::word::mix;

/// Letters of the shortest and the longest word that may be misspelt.
const MIN_LETTERS: usize = 4;
const MAX_LETTERS: usize = 32;
/// Letters from which a word that is an edit away may be a misspelling: below them too many different names are that near
/// (Merz, März; Qiang, Qian).
const EDITED_LETTERS: usize = 5;
/// Letters from which that holds for two edits, when both ends sound the same.
const TWICE_EDITED_LETTERS: usize = 9;
/// Letters from which two vowels may be other ones, and the last sound of a word that is not the last too.
const VOWEL_LETTERS: usize = 8;
const FREE_END_LETTERS: usize = 7;
/// Edits from which on it does not matter how many there are.
const FARTHEST: usize = 2;
const SALT: u64 = 0x8EBC_6AF0_9C88_C6E3;

/// A word, ready to be compared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spoken {
    letters: Vec<char>,
    sound: Vec<char>,
}

/// How near a word is to another that it may misspell, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nearness {
    /// It sounds the same.
    Sound,
    /// Its consonants do.
    Vowels,
    /// It is an edit or two away.
    Edit,
}

impl Spoken {
    /// Takes a folded word; `false` when it is too short or too long, or has anything but letters.
    pub(crate) fn read(&mut self, folded: &str) -> bool {
        self.letters.clear();
        self.sound.clear();
        self.letters.extend(folded.chars().take(MAX_LETTERS + 1));
        if !(MIN_LETTERS..=MAX_LETTERS).contains(&self.letters.len())
            || !self.letters.iter().all(|c| c.is_alphabetic())
        {
            return false;
        }
        let mut i = 0;
        while let Some(&letter) = self.letters.get(i) {
            let next = self.letters.get(i + 1).copied();
            if (letter, next) == ('t', Some('z')) {
                i += 1;
                continue;
            }
            let (letter, used) = match (letter, next) {
                ('p', Some('h')) => ('f', 2),
                ('z', Some('h')) => ('i', 2),
                ('w' | 't' | 'g' | 'k' | 'd' | 'r' | 'b', Some('h')) => (letter, 2),
                ('c', Some('k')) => ('k', 2),
                ('c', Some('h')) => ('x', 2),
                ('c', Some('e' | 'i' | 'y')) => ('s', 1),
                ('o', Some('u' | 'o')) => ('u', 2),
                ('e', Some('e')) => ('i', 2),
                ('c' | 'q', _) => ('k', 1),
                ('y' | 'j', _) => ('i', 1),
                ('v', _) => ('w', 1),
                ('z', Some(_)) => ('s', 1),
                _ => (letter, 1),
            };
            if self.sound.last() != Some(&letter) {
                self.sound.push(letter);
            }
            i += used;
        }
        true
    }

    /// A hash of the consonants, and of whether a vowel stands first.
    pub(crate) fn skeleton(&self) -> u64 {
        let first = self.sound.first().map_or(0, |&first| u64::from(is_vowel(first)));
        self.consonants().fold(SALT ^ first, |hash, c| mix(hash ^ u64::from(u32::from(c)), SALT))
    }

    pub(crate) fn len(&self) -> usize {
        self.letters.len()
    }

    /// Whether both begin with the same sound, or with a vowel.
    pub(crate) fn begins_like(&self, other: &Spoken) -> bool {
        match (self.sound.first(), other.sound.first()) {
            (Some(&a), Some(&b)) => a == b || (is_vowel(a) && is_vowel(b)),
            _ => false,
        }
    }

    /// Which sounds it has, one bit each.
    pub(crate) fn bag(&self) -> u32 {
        self.sound.iter().fold(0, |bag, &c| bag | 1 << (u32::from(c) & 31))
    }

    /// Numbers for the beginning and for the end: a single edit leaves one of them as it is.
    pub(crate) fn frames(&self) -> [u32; 2] {
        let number = |c: char| u64::from(u32::from(c));
        let first = self.sound.first().map_or(0, |&first| number(if is_vowel(first) { 'a' } else { first }));
        // Of short words the second consonant is part of the end.
        let middle = self.sound.get(1..self.sound.len().max(3) - 2).unwrap_or_default();
        let second = middle.iter().find(|c| !is_vowel(**c)).map_or(0, |&c| number(c));
        let mut end = self.sound.iter().rev().map(|&c| number(c));
        let (last, before) = (end.next().unwrap_or(0), end.next().unwrap_or(0));
        [(first, second), (last | 1 << 63, before)].map(|(a, b)| (mix(a ^ SALT, b ^ SALT) >> 32) as u32)
    }

    fn consonants(&self) -> impl Iterator<Item = char> {
        self.sound.iter().copied().filter(|&c| !is_vowel(c))
    }
}

/// How near a word of a text is to a word of a name that it may misspell, if it may.
///
/// `last` and `words` tell the place in the name; `known` that the word of the text belongs to other names, so that it is
/// hardly misspelt.
pub(crate) fn nearness(
    name: &Spoken,
    text: &Spoken,
    (last, words): (bool, usize),
    known: bool,
) -> Option<Nearness> {
    if name.sound == text.sound {
        return Some(Nearness::Sound);
    }
    let letters = name.letters.len().min(text.letters.len());
    if name.letters.len().abs_diff(text.letters.len()) > 4 {
        return None;
    }
    let sounds = name.sound.len().min(text.sound.len());
    let heard = distance(&name.sound, &text.sound);
    let ends = |a: Option<&char>, b: Option<&char>| a == b;
    let last_alike = ends(name.sound.last(), text.sound.last());
    let first_alike = name.begins_like(text);
    let vowels = if letters < VOWEL_LETTERS { 1 } else { 2 };
    if first_alike && heard <= vowels && name.consonants().eq(text.consonants()) {
        let enough = if last {
            letters >= EDITED_LETTERS && !known
        } else {
            (letters >= EDITED_LETTERS && (last_alike || letters >= FREE_END_LETTERS))
                || (last_alike && !known)
        };
        if enough {
            return Some(Nearness::Vowels);
        }
        if !last && !last_alike {
            // Another given name: Angelo is not Angela.
            return None;
        }
    }
    if known {
        return None;
    }
    let written = distance(&name.letters, &text.letters);
    let both = first_alike && last_alike;
    let one = match letters {
        EDITED_LETTERS.. => {
            let enough = if both { EDITED_LETTERS } else { EDITED_LETTERS + 1 };
            written <= 1 || (heard <= 1 && sounds >= enough)
        }
        // A short word needs more words that agree.
        _ => words > 2 && written <= 1,
    };
    (one || (letters >= TWICE_EDITED_LETTERS && both && heard <= 2)).then_some(Nearness::Edit)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// How many letters more, less or other, or neighbours swapped, make the words equal, or some number beyond [`FARTHEST`];
/// words of up to [`MAX_LETTERS`].
fn distance(a: &[char], b: &[char]) -> usize {
    // Most words differ in one place.
    let begin = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[begin..], &b[begin..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    match (a, b) {
        ([], rest) | (rest, []) => return rest.len(),
        ([_], [_]) => return 1,
        _ if a.len().abs_diff(b.len()) > FARTHEST => return FARTHEST + 1,
        _ => {}
    }
    let mut rows = [[0u8; MAX_LETTERS + 1]; 3];
    let width = b.len().min(MAX_LETTERS);
    for (i, cell) in rows[0].iter_mut().enumerate() {
        *cell = i as u8;
    }
    for i in 1..=a.len().min(MAX_LETTERS) {
        let (now, above, before) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        rows[now][0] = i as u8;
        for j in 1..=width {
            let other = u8::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[above][j] + 1).min(rows[now][j - 1] + 1).min(rows[above][j - 1] + other);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[before][j - 2] + 1);
            }
            rows[now][j] = best;
        }
    }
    usize::from(rows[a.len().min(MAX_LETTERS) % 3][width])
}
