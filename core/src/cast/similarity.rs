//! How alike two names are, with the reasons: the public comparison of two bare strings.
//!
//! In: two names as written, in any script and order. Out: a score of 0 to 1, a verdict, and the reasons whose
//! values sum to the score. Words are aligned one to one (in another order, joined or split where needed) and compared by
//! letters, by rough sound and by the nickname table; suffixes, numerals and initials that exclude each other decide
//! alone.

use super::likeness::likeness;
use super::name::PersonName;
use super::script::{self, Script};
use super::side::{Side, Word};
use super::skeleton::{skeleton, sound};
use super::table;
use serde::{Deserialize, Serialize};

/// The score from which two names are taken for one: 0.78.
///
/// Measured on three sets of labelled pairs (persons of a public name-matching benchmark, names in the news, members
/// of the United States Congress) as a threshold near the best of each; a bare surname beside a full name scores 0.8.
pub const SAME_NAME: f64 = 0.78;

/// Says how alike two names are, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NameSimilarity {
    /// 0 (nothing in common) to 1 (the same).
    pub score: f64,
    /// Whether the score reaches the default threshold and nothing excludes that the names are one.
    pub is_same: bool,
    /// What adds to the score and what takes from it; the values sum to the score.
    pub reasons: Vec<NameReason>,
}

/// One part of a [`NameSimilarity`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NameReason {
    /// The reason in words.
    pub name: String,
    /// What it adds to the score.
    pub value: f64,
}

const HANGUL: Script = Script::Alphabet(6);

/// Compares two names of persons (or of anything whose words are compared one by one).
///
/// Case, accents, titles and punctuation do not count. Cost depends on the first twelve words of each name.
/// The words are compared with a Damerau-Levenshtein distance in which letters that transcriptions confuse are near
/// (Damerau 1964; the classes are those of the usual romanisations).
///
/// # Examples
/// ```
/// use nutgraf::name_similarity;
/// assert!(name_similarity("Moammar Qaddafi", "Muammar Gaddafi").is_same);
/// assert!(name_similarity("Smith, John", "Dr. John Smith").is_same);
/// let apart = name_similarity("George H. W. Bush", "George W. Bush");
/// assert!(!apart.is_same);
/// assert_eq!(apart.reasons[0].name, "different initials");
/// ```
pub fn name_similarity(a: &str, b: &str) -> NameSimilarity {
    // Hangul is compared letter block by letter block when both are written in it.
    let latin = script::script(a) != HANGUL || script::script(b) != HANGUL;
    let (left, right) = (Side::read(a, latin), Side::read(b, latin));
    if left.words.is_empty() || right.words.is_empty() {
        return verdict(vec![("no letters to compare".to_owned(), 0.0)], false);
    }
    Comparison::new(&left, &right).judge()
}

fn verdict(mut reasons: Vec<(String, f64)>, may_be_same: bool) -> NameSimilarity {
    let sum: f64 = reasons.iter().map(|(_, value)| value).sum();
    let score = sum.clamp(0.0, 1.0);
    if score != sum {
        reasons.push(("kept between 0 and 1".to_owned(), score - sum));
    }
    let reasons = reasons.into_iter().map(|(name, value)| NameReason { name, value }).collect();
    NameSimilarity { score, is_same: may_be_same && score >= SAME_NAME, reasons }
}

/// Two words of the two sides that were put together.
struct Link {
    a: usize,
    b: usize,
    /// The second word of `a` or `b` that the other one contains.
    more_a: Option<usize>,
    more_b: Option<usize>,
    value: f64,
    how: &'static str,
}

struct Comparison<'a> {
    a: &'a Side,
    b: &'a Side,
    consonants_only: bool,
}

impl<'a> Comparison<'a> {
    fn new(a: &'a Side, b: &'a Side) -> Self {
        let vowelless = |side: &Side| matches!(side.script, Script::Consonants(_));
        Comparison { a, b, consonants_only: vowelless(a) != vowelless(b) }
    }

    fn judge(&self) -> NameSimilarity {
        let (a, b) = (self.a, self.b);
        if let Some(reason) = self.conflict() {
            return verdict(vec![(reason.to_owned(), 0.0)], false);
        }
        let mut reasons = Vec::new();
        let links = self.align();
        let (value, worst) = self.weigh(&links);
        let whole = likeness(&sound(&a.joined), &sound(&b.joined));
        let split = (a.words.len() != b.words.len() || a.joined == b.joined)
            && whole >= 0.9
            && whole * 0.97 > 0.5 * (value + worst);
        if split {
            reasons.push(("the same letters, divided into words in another way".to_owned(), whole * 0.97));
        } else {
            reasons.push(("likeness of the words".to_owned(), value));
            if worst < value {
                reasons.push((self.weakest(&links), 0.5 * (worst - value)));
            }
            reasons.extend(self.left_over(&links));
            reasons.extend(self.order(&links));
        }
        let letters_only = |side: &Side| side.words.len() == 2 && side.words.iter().all(|w| w.initial);
        if letters_only(a) != letters_only(b) {
            reasons.push(("two initials are no name".to_owned(), TWO_INITIALS));
        }
        // A bare surname leaves the suffix out as it leaves the given name out.
        if a.name.suffix != b.name.suffix && a.words.len() > 1 && b.words.len() > 1 {
            reasons.push(("only one has a suffix or numeral".to_owned(), ONE_SUFFIX));
        }
        verdict(reasons, true)
    }

    /// What excludes that the names are one.
    fn conflict(&self) -> Option<&'static str> {
        let (a, b) = (&self.a.name, &self.b.name);
        if let (Some(x), Some(y)) = (a.suffix, b.suffix)
            && x != y
        {
            return Some("different suffix or numeral");
        }
        if (a.suffix.is_some() || b.suffix.is_some()) && a.suffix != b.suffix {
            let numeral = |s: Option<&str>| s.is_some_and(|s| s.bytes().all(|b| b.is_ascii_digit()));
            if (numeral(a.suffix) || numeral(b.suffix))
                && (a.parts.len() == 1 || b.parts.len() == 1)
                && a.parts.len() == b.parts.len()
            {
                return Some("only one has a numeral");
            }
        }
        let initials = |name: &PersonName| -> Vec<char> {
            name.middles().iter().filter(|p| p.initial).filter_map(|p| p.text.chars().next()).collect()
        };
        let firsts = |name: &PersonName| -> Vec<char> {
            name.middles().iter().filter_map(|p| p.text.chars().next()).collect()
        };
        let (x, y) = (initials(a), initials(b));
        let (all_x, all_y) = (firsts(a), firsts(b));
        let only = |name: &PersonName| !name.middles().is_empty() && name.middles().iter().all(|p| p.initial);
        if only(a) && only(b) && x != y {
            return Some("different initials");
        }
        if only(a) && !all_y.is_empty() && !x.iter().all(|c| all_y.contains(c))
            || only(b) && !all_x.is_empty() && !y.iter().all(|c| all_x.contains(c))
        {
            return Some("an initial that does not fit the middle name");
        }
        None
    }

    /// Puts the words of the two sides together, the likest first.
    fn align(&self) -> Vec<Link> {
        let (a, b) = (&self.a.words, &self.b.words);
        let mut links = Vec::new();
        for (i, x) in a.iter().enumerate() {
            for (j, y) in b.iter().enumerate() {
                let (value, how) = self.words(x, y);
                links.push(Link { a: i, b: j, more_a: None, more_b: None, value, how });
                if let Some(next) = b.get(j + 1)
                    && let Some(value) = joined_likeness(x, y, next)
                {
                    links.push(Link {
                        a: i,
                        b: j,
                        more_a: None,
                        more_b: Some(j + 1),
                        value,
                        how: "one word for two",
                    });
                }
                if let Some(next) = a.get(i + 1)
                    && let Some(value) = joined_likeness(y, x, next)
                {
                    links.push(Link {
                        a: i,
                        b: j,
                        more_a: Some(i + 1),
                        more_b: None,
                        value,
                        how: "one word for two",
                    });
                }
            }
        }
        let distance = |l: &Link| (a.len() - l.a).abs_diff(b.len() - l.b);
        links.sort_by(|p, q| {
            q.value
                .total_cmp(&p.value)
                .then(distance(p).cmp(&distance(q)))
                .then(p.a.cmp(&q.a))
                .then(p.b.cmp(&q.b))
        });
        let (mut of_a, mut of_b) = (vec![false; a.len()], vec![false; b.len()]);
        links.retain(|l| {
            let free = !of_a[l.a]
                && !of_b[l.b]
                && l.more_a.is_none_or(|m| !of_a[m])
                && l.more_b.is_none_or(|m| !of_b[m]);
            if free {
                for i in [Some(l.a), l.more_a].into_iter().flatten() {
                    of_a[i] = true;
                }
                for j in [Some(l.b), l.more_b].into_iter().flatten() {
                    of_b[j] = true;
                }
            }
            free
        });
        links
    }

    /// The mean likeness of the linked words by length, and the least.
    fn weigh(&self, links: &[Link]) -> (f64, f64) {
        let (mut sum, mut weight, mut worst) = (0.0, 0.0, 1.0f64);
        for link in links {
            let (x, y) = (&self.a.words[link.a], &self.b.words[link.b]);
            let w = x.text.chars().count().max(y.text.chars().count()).clamp(3, 9) as f64;
            sum += w * link.value;
            weight += w;
            worst = worst.min(link.value);
        }
        if weight > 0.0 { (sum / weight, worst) } else { (0.0, 0.0) }
    }

    fn weakest(&self, links: &[Link]) -> String {
        let Some(link) = links.iter().min_by(|p, q| p.value.total_cmp(&q.value)) else {
            return String::new();
        };
        let (x, y) = (&self.a.words[link.a].text, &self.b.words[link.b].text);
        format!("least alike: {x:?} and {y:?} ({})", link.how)
    }

    /// What words without a partner take away.
    fn left_over(&self, links: &[Link]) -> Option<(String, f64)> {
        let used = |side: bool, i: usize| {
            links
                .iter()
                .any(|l| if side { l.a == i || l.more_a == Some(i) } else { l.b == i || l.more_b == Some(i) })
        };
        let (a, b) = (&self.a.words, &self.b.words);
        let extra = |words: &[Word], side: bool| -> (usize, bool) {
            let mut count = 0;
            let mut family = false;
            for (i, word) in words.iter().enumerate() {
                if !used(side, i) {
                    count += usize::from(!word.initial);
                    family |= word.family;
                }
            }
            (count, family)
        };
        let ((p, f), (q, g)) = (extra(a, true), extra(b, false));
        let short = a.len().min(b.len());
        if p + q == 0 && !f && !g {
            return None;
        }
        let each = if short == 1 { ONE_WORD } else { EXTRA * (p + q) as f64 };
        let family = if f || g { if short == 1 { LOST_FAMILY_ONE } else { LOST_FAMILY } } else { 0.0 };
        Some(("words that only one has".to_owned(), each + family))
    }

    /// What another order of the words takes away.
    fn order(&self, links: &[Link]) -> Option<(String, f64)> {
        let mut order: Vec<(usize, usize)> = links.iter().map(|l| (l.a, l.b)).collect();
        order.sort_unstable();
        if order.windows(2).all(|w| w[0].1 < w[1].1) {
            return None;
        }
        let lineage = |side: &Side| {
            side.name.parts.iter().any(|p| matches!(p.text.as_str(), "bin" | "ben" | "ibn" | "bint"))
        };
        let comma = self.a.name.family_first != self.b.name.family_first;
        let value = if lineage(self.a) && lineage(self.b) && order.len() > 2 {
            LINEAGE_ORDER
        } else if order.len() == 2 && !comma {
            let givens = order.iter().all(|&(i, _)| table::is_given(&self.a.words[i].text));
            if givens { GIVEN_ORDER } else { OTHER_ORDER }
        } else {
            OTHER_ORDER
        };
        Some(("another order".to_owned(), value))
    }

    /// Compares two words.
    fn words(&self, x: &Word, y: &Word) -> (f64, &'static str) {
        if x.text == y.text {
            return (1.0, "equal");
        }
        if x.also.contains(&y.text) || y.also.contains(&x.text) {
            return (NICKNAME, "the nickname given with the name");
        }
        if x.initial || y.initial {
            // A middle initial stands for no first name.
            if x.first != y.first
                && (x.first && y.initial && !x.initial || y.first && x.initial && !y.initial)
            {
                return (0.05, "an initial of another name");
            }
            let fits = x.text.chars().next() == y.text.chars().next();
            let both = x.initial && y.initial;
            return if fits {
                (INITIAL, "an initial")
            } else {
                (if both { 0.0 } else { 0.05 }, "an initial that does not fit")
            };
        }
        if self.consonants_only {
            let (p, q) = (skeleton(&x.text), skeleton(&y.text));
            return (likeness(p.trim_start_matches('a'), q.trim_start_matches('a')) * 0.95, "consonants");
        }
        if !x.family && !y.family && table::are_nicknames(&x.text, &y.text) {
            return (NICKNAME, "given names that stand for one another");
        }
        if (x.family || y.family) && table::are_east_spellings(&x.text, &y.text) {
            return (NICKNAME, "spellings of one family name");
        }
        let letters = likeness(&x.text, &y.text);
        let heard = likeness(&x.sound, &y.sound) * SOUND;
        let short = x.text.chars().count().min(y.text.chars().count());
        let mut value = letters.max(heard);
        if short <= 3 && value < 0.9 {
            value *= SHORT;
        }
        if !x.family
            && !y.family
            && table::is_given(&x.text)
            && table::is_given(&y.text)
            && x.sound != y.sound
        {
            value *= OTHER_GIVEN;
        }
        if x.text.chars().next() != y.text.chars().next() && x.sound.chars().next() != y.sound.chars().next()
        {
            value *= FIRST_LETTER;
        }
        (value, if heard > letters { "sound" } else { "spelling" })
    }
}

const TWO_INITIALS: f64 = -0.3;
const ONE_SUFFIX: f64 = -0.3;
const ONE_WORD: f64 = -0.2;
const EXTRA: f64 = -0.03;
const LOST_FAMILY: f64 = -0.1;
const LOST_FAMILY_ONE: f64 = -0.2;
const LINEAGE_ORDER: f64 = -0.4;
const GIVEN_ORDER: f64 = -0.4;
const OTHER_ORDER: f64 = -0.03;
const INITIAL: f64 = 0.88;
const NICKNAME: f64 = 0.93;
const SOUND: f64 = 0.97;
const OTHER_GIVEN: f64 = 0.8;
const SHORT: f64 = 0.9;
const FIRST_LETTER: f64 = 0.9;

fn joined_likeness(one: &Word, first: &Word, second: &Word) -> Option<f64> {
    if one.initial || first.initial || second.initial {
        return None;
    }
    let both = format!("{}{}", first.text, second.text);
    if one.text == both {
        return Some(1.0);
    }
    let value = likeness(&one.sound, &sound(&both)) * SOUND;
    (value >= 0.85).then_some(value)
}
