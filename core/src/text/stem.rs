//! Stems of English words, so that "talks", "talked" and "talking" count as one.
//!
//! In: a folded word. Out: its stem by Porter's rules (M. F. Porter, "An algorithm for suffix stripping", 1980).
//! Words with other than a-z and words of up to three letters are their own stems.

/// The longest word that is stemmed; longer ones are names of chemicals and noise.
const LONGEST: usize = 32;

/// A word being stemmed, in place and without allocation.
pub(crate) struct Stemmer {
    /// Eight zeros, so that the last letters of any word are read at once, then the word.
    bytes: [u8; PAD + LONGEST],
    len: usize,
}

const PAD: usize = 8;

/// A suffix as the last bytes of a word are compared with it.
#[derive(Clone, Copy)]
struct Suffix {
    /// The letters, the last one highest.
    letters: u64,
    mask: u64,
    len: usize,
}

impl Suffix {
    /// A suffix of up to eight letters.
    const fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut letters, mut i) = (0, 0);
        while i < bytes.len() {
            letters = letters >> 8 | (bytes[i] as u64) << 56;
            i += 1;
        }
        Suffix { letters, mask: u64::MAX << (64 - 8 * bytes.len()), len: bytes.len() }
    }
}

/// What stands before a suffix must have at least so many vowel-consonant turns for the rule to apply.
struct Rule {
    suffix: Suffix,
    by: &'static str,
}

const fn rules<const N: usize>(pairs: [(&'static str, &'static str); N]) -> [Rule; N] {
    let mut rules = [const { Rule { suffix: Suffix { letters: 0, mask: 0, len: 0 }, by: "" } }; N];
    let mut i = 0;
    while i < N {
        rules[i] = Rule { suffix: Suffix::new(pairs[i].0), by: pairs[i].1 };
        i += 1;
    }
    rules
}

/// Rules of one step, and the pairs of letters in which their suffixes end.
struct Step<const N: usize> {
    rules: [Rule; N],
    /// For each last letter the letters before it, one bit each.
    ends: [u32; 26],
}

const fn step<const N: usize>(pairs: [(&'static str, &'static str); N]) -> Step<N> {
    let (mut ends, mut i) = ([0; 26], 0);
    while i < N {
        let suffix = pairs[i].0.as_bytes();
        let (last, before) = (suffix[suffix.len() - 1], suffix[suffix.len() - 2]);
        ends[(last - b'a') as usize] |= 1 << (before - b'a');
        i += 1;
    }
    Step { rules: rules(pairs), ends }
}

static STEP2: Step<20> = step([
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("abli", "able"),
    ("alli", "al"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
]);
static STEP3: Step<7> = step([
    ("icate", "ic"),
    ("ative", ""),
    ("alize", "al"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ful", ""),
    ("ness", ""),
]);
static STEP4: Step<18> = step([
    ("ement", ""),
    ("ance", ""),
    ("ence", ""),
    ("able", ""),
    ("ible", ""),
    ("ment", ""),
    ("ant", ""),
    ("ent", ""),
    ("ism", ""),
    ("ate", ""),
    ("iti", ""),
    ("ous", ""),
    ("ive", ""),
    ("ize", ""),
    ("al", ""),
    ("er", ""),
    ("ic", ""),
    ("ou", ""),
]);

impl Default for Stemmer {
    fn default() -> Self {
        Stemmer { bytes: [0; PAD + LONGEST], len: 0 }
    }
}

impl Stemmer {
    /// The stem of a folded word.
    pub(crate) fn stem<'a>(&'a mut self, folded: &'a str) -> &'a [u8] {
        let bytes = folded.as_bytes();
        if bytes.len() < 4 || bytes.len() > LONGEST || !bytes.iter().all(u8::is_ascii_lowercase) {
            return bytes;
        }
        self.bytes[PAD..PAD + bytes.len()].copy_from_slice(bytes);
        self.len = bytes.len();
        self.plural();
        self.past();
        if self.ends(const { Suffix::new("y") }) && self.has_vowel(self.len - 1) {
            self.bytes[PAD + self.len - 1] = b'i';
        }
        self.derive();
        &self.bytes[PAD..PAD + self.len]
    }

    fn letter(&self, i: usize) -> u8 {
        self.bytes[PAD + i]
    }

    fn consonant(&self, i: usize) -> bool {
        match self.letter(i) {
            b'a' | b'e' | b'i' | b'o' | b'u' => false,
            b'y' => i == 0 || !self.consonant(i - 1),
            _ => true,
        }
    }

    fn has_vowel(&self, len: usize) -> bool {
        (0..len).any(|i| !self.consonant(i))
    }

    /// The number of vowel-consonant turns in the first `len` letters.
    fn measure(&self, len: usize) -> usize {
        let (mut turns, mut after_vowel) = (0, false);
        for i in 0..len {
            // `y` is a consonant at the start and after a vowel.
            let consonant = match self.letter(i) {
                b'a' | b'e' | b'i' | b'o' | b'u' => false,
                b'y' => i == 0 || after_vowel,
                _ => true,
            };
            turns += usize::from(consonant && after_vowel);
            after_vowel = !consonant;
        }
        turns
    }

    /// The last eight letters, the last one highest; zeros before a shorter word.
    fn tail(&self) -> u64 {
        self.bytes[..PAD + self.len].last_chunk().map_or(0, |eight| u64::from_le_bytes(*eight))
    }

    fn ends(&self, suffix: Suffix) -> bool {
        self.ends_with(self.tail(), suffix)
    }

    /// Whether a word of this tail is longer than a suffix and ends in it.
    fn ends_with(&self, tail: u64, suffix: Suffix) -> bool {
        (tail ^ suffix.letters) & suffix.mask == 0 && self.len > suffix.len
    }

    /// The first rule of a step whose suffix the word has.
    fn rule<'r, const N: usize>(&self, step: &'r Step<N>) -> Option<&'r Rule> {
        let [before, last] = [self.letter(self.len.checked_sub(2)?), self.letter(self.len - 1)];
        let known = step.ends[usize::from(last - b'a')] >> (before - b'a') & 1;
        if known == 0 {
            return None;
        }
        let tail = self.tail();
        step.rules.iter().find(|rule| self.ends_with(tail, rule.suffix))
    }

    fn double(&self) -> bool {
        self.len >= 2
            && self.letter(self.len - 1) == self.letter(self.len - 2)
            && self.consonant(self.len - 1)
    }

    /// Consonant, vowel, consonant other than w, x, y at the end of the first `len` letters.
    fn short(&self, len: usize) -> bool {
        len >= 3
            && self.consonant(len - 3)
            && !self.consonant(len - 2)
            && self.consonant(len - 1)
            && !matches!(self.letter(len - 1), b'w' | b'x' | b'y')
    }

    fn replace(&mut self, suffix: usize, by: &str) {
        let stem = self.len - suffix;
        self.bytes[PAD + stem..PAD + stem + by.len()].copy_from_slice(by.as_bytes());
        self.len = stem + by.len();
    }

    fn plural(&mut self) {
        if self.letter(self.len - 1) != b's' {
            return;
        }
        if self.ends(const { Suffix::new("sses") }) || self.ends(const { Suffix::new("ies") }) {
            self.len -= 2;
        } else if !self.ends(const { Suffix::new("ss") }) {
            self.len -= 1;
        }
    }

    fn past(&mut self) {
        if !matches!(self.letter(self.len - 1), b'd' | b'g') {
            return;
        }
        if self.ends(const { Suffix::new("eed") }) {
            if self.measure(self.len - 3) > 0 {
                self.len -= 1;
            }
            return;
        }
        if self.ends(const { Suffix::new("ed") }) && self.has_vowel(self.len - 2) {
            self.len -= 2;
        } else if self.ends(const { Suffix::new("ing") }) && self.has_vowel(self.len - 3) {
            self.len -= 3;
        } else {
            return;
        }
        if self.ends(const { Suffix::new("at") })
            || self.ends(const { Suffix::new("bl") })
            || self.ends(const { Suffix::new("iz") })
        {
            self.bytes[PAD + self.len] = b'e';
            self.len += 1;
        } else if self.double() && !matches!(self.letter(self.len - 1), b'l' | b's' | b'z') {
            self.len -= 1;
        } else if self.measure(self.len) == 1 && self.short(self.len) {
            self.bytes[PAD + self.len] = b'e';
            self.len += 1;
        }
    }

    fn rewrite<const N: usize>(&mut self, step: &Step<N>) {
        if let Some(Rule { suffix, by }) = self.rule(step)
            && self.measure(self.len - suffix.len) > 0
        {
            self.replace(suffix.len, by);
        }
    }

    fn derive(&mut self) {
        self.rewrite(&STEP2);
        self.rewrite(&STEP3);
        if self.ends(const { Suffix::new("ion") })
            && self.measure(self.len - 3) > 1
            && matches!(self.letter(self.len - 4), b's' | b't')
        {
            self.len -= 3;
        } else if let Some(Rule { suffix, .. }) = self.rule(&STEP4)
            && self.measure(self.len - suffix.len) > 1
        {
            self.len -= suffix.len;
        }
        if self.ends(const { Suffix::new("e") }) {
            let turns = self.measure(self.len - 1);
            if turns > 1 || (turns == 1 && !self.short(self.len - 1)) {
                self.len -= 1;
            }
        }
        if self.len > 1 && self.letter(self.len - 1) == b'l' && self.double() && self.measure(self.len) > 1 {
            self.len -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stem(word: &str) -> String {
        String::from_utf8(Stemmer::default().stem(word).to_vec()).unwrap()
    }

    #[test]
    fn stems_are_those_of_the_paper() {
        let pairs = [
            ("caresses", "caress"),
            ("ponies", "poni"),
            ("cats", "cat"),
            ("agreed", "agre"),
            ("plastered", "plaster"),
            ("motoring", "motor"),
            ("conflated", "conflat"),
            ("hopping", "hop"),
            ("falling", "fall"),
            ("filing", "file"),
            ("happy", "happi"),
            ("relational", "relat"),
            ("conditional", "condit"),
            ("triplicate", "triplic"),
            ("hopefulness", "hope"),
            ("adjustment", "adjust"),
            ("adoption", "adopt"),
            ("probate", "probat"),
            ("controlling", "control"),
            ("sky", "sky"),
            ("naïve", "naïve"),
        ];
        for (word, expected) in pairs {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    proptest! {
        #[test]
        fn any_word_has_a_stem_no_longer_than_itself_plus_one(word in "[a-z]{0,40}") {
            let stem = stem(&word);
            prop_assert!(stem.len() <= word.len() && stem.is_empty() == word.is_empty());
        }
    }
}
