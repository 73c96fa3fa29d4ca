//! What the tagger looks at: the features of a token, as hashes.
//!
//! In: [`Forms`] and the [`Lexicon`]. Out: 64-bit keys, the same on every platform. Keys of single words are the same
//! wherever the word stands at the same distance, so that they are computed once per form and document; keys of
//! word pairs and of whole capitalised runs are computed per token.

use super::form::{Class, Form, Forms, Style};
use super::lexicon::{Lexicon, STARTS, Word, join};
use crate::text::{Analysis, TokenKind};

/// How far the features of single words reach to either side.
pub(crate) const REACH: usize = 2;
/// The longest listed name in words.
const LONGEST_PHRASE: usize = 4;

/// What is known about one form before its neighbours are seen.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) class: Class,
    /// The hash of the folded word; of its pattern for numbers.
    pub(crate) word: u64,
    pub(crate) lexical: Word,
    /// Small, capitalised or both elsewhere in the document.
    elsewhere: u8,
    prefixes: [u64; 4],
    suffixes: [u64; 4],
    pattern: u64,
}

/// Collects keys; `lexical` tells that the key holds the identity of the word itself.
pub(crate) trait Sink {
    fn key(&mut self, key: u64, lexical: bool);

    fn keys<const N: usize>(&mut self, keys: [(u64, bool); N]) {
        keys.into_iter().for_each(|(key, lexical)| self.key(key, lexical));
    }
}

/// Keys to be looked up.
impl Sink for Vec<u64> {
    fn key(&mut self, key: u64, _lexical: bool) {
        self.push(key);
    }

    fn keys<const N: usize>(&mut self, keys: [(u64, bool); N]) {
        self.extend(keys.map(|(key, _)| key));
    }
}

/// Mixes a template number and two values.
pub(crate) fn key(template: u64, a: u64, b: u64) -> u64 {
    let x = (a ^ template.wrapping_mul(0xD6E8_FEB8_6659_FD93)).wrapping_mul(0xA076_1D64_78BD_642F);
    let y = ((x ^ x >> 32) ^ b.rotate_left(17)).wrapping_mul(0xE703_7ED1_A0B4_28DB);
    y ^ y >> 29
}

impl Facts {
    pub(crate) fn new(analysis: &Analysis, forms: &Forms, form: &Form, lexicon: &Lexicon) -> Self {
        let folded = analysis.vocabulary.folded(form.word);
        let number = form.kind == TokenKind::Number;
        let word = if number { number_hash(folded) } else { analysis.vocabulary.hash(form.word) };
        let (mut prefixes, mut suffixes) = ([0; 4], [0; 4]);
        if form.kind == TokenKind::Word {
            let mut hash = 0u64;
            for (slot, c) in prefixes.iter_mut().zip(folded.chars()) {
                hash = join(hash, u64::from(c) + 1);
                *slot = hash;
            }
            let mut hash = 0u64;
            for (slot, c) in suffixes.iter_mut().zip(folded.chars().rev()) {
                hash = join(hash, u64::from(c) + 1);
                *slot = hash;
            }
        }
        let length = folded.chars().take(9).count() as u64;
        let marks = u64::from(folded.contains('\'')) | u64::from(folded.contains('.')) << 1;
        let tail = folded.ends_with('s');
        Facts {
            class: form.class,
            word,
            lexical: lexicon.get(analysis.vocabulary.hash(form.word)),
            elsewhere: forms.elsewhere(form),
            prefixes,
            suffixes,
            pattern: length
                | marks << 4
                | u64::from(form.dotted) << 6
                | u64::from(tail) << 7
                | (form.kind as u64) << 8,
        }
    }

    /// All that the facts of a form are made from besides its folded word.
    pub(crate) fn made_from(forms: &Forms, form: &Form) -> u64 {
        let rest = (form.class as u64) | (form.kind as u64) << 8 | u64::from(form.dotted) << 16;
        rest | u64::from(forms.elsewhere(form)) << 24
    }

    /// A hash of all that the facts of a form are made from.
    pub(crate) fn identity(analysis: &Analysis, forms: &Forms, form: &Form) -> u64 {
        key(1 << 18, analysis.vocabulary.hash(form.word), Facts::made_from(forms, form))
    }

    /// Capitalised, unless it is a common word that merely begins a sentence.
    fn joins_run(&self) -> bool {
        self.class.is_capital() && !(self.class == Class::Initial && self.lexical.prior() >= 5)
    }

    fn class(&self) -> u64 {
        self.class as u64
    }

    /// The keys of this word for a token that stands `distance` words before (negative: after) it.
    pub(crate) fn keys(&self, distance: i64, sink: &mut impl Sink) {
        let place = ((distance + 8) as u64) << 8;
        let class = self.class();
        let lists = u64::from(self.lexical.lists());
        let prior = u64::from(self.lexical.prior());
        let cluster = u64::from(self.lexical.cluster());
        sink.key(key(place | 1, self.word, 0), distance == 0);
        sink.key(key(place | 2, class, self.pattern >> 8), false);
        sink.key(key(place | 3, cluster, class), false);
        sink.key(key(place | 4, lists, class), false);
        if distance.abs() > 1 {
            return;
        }
        sink.key(key(place | 5, self.word, class + 1), distance == 0);
        sink.key(key(place | 6, self.suffixes[2], class), false);
        sink.key(key(place | 7, prior, class), false);
        sink.key(key(place | 8, u64::from(self.elsewhere) | prior << 8, class), false);
        sink.key(key(place | 9, self.pattern, class), false);
        if distance != 0 {
            return;
        }
        for n in 0..4 {
            sink.key(key(place | 16 | n as u64, self.prefixes[n], class), false);
            sink.key(key(place | 24 | n as u64, self.suffixes[n], class), false);
        }
        sink.key(key(place | 10, u64::from(self.elsewhere) | lists << 8 | prior << 16, class), false);
        sink.key(key(place | 11, u64::from(self.elsewhere), class), false);
        sink.key(key(place | 12, cluster | prior << 8, lists | class << 8), false);
        sink.key(key(place | 13, 0, 0), false);
    }
}

/// Numbers are alike when their digits are: `2,013` and `1,994` both read `0,000`.
fn number_hash(folded: &str) -> u64 {
    folded.bytes().take(12).fold(7, |hash, b| join(hash, if b.is_ascii_digit() { 1 } else { u64::from(b) }))
}

/// One sentence with what its tokens' keys are made from.
pub(crate) struct Window<'a> {
    facts: &'a [Facts],
    forms: &'a [u32],
    style: Style,
    /// For each token the tokens of the capitalised run it stands in.
    runs: &'a [(u32, u32)],
    /// For each token the listed phrase it stands in: 0 none, else its lists and place in it.
    phrases: &'a [u16],
}

/// Buffers for [`Window`], kept from sentence to sentence.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    runs: Vec<(u32, u32)>,
    phrases: Vec<u16>,
}

impl Scratch {
    /// Places in the larger buffer.
    pub(crate) fn room(&self) -> usize {
        self.runs.capacity().max(self.phrases.capacity())
    }
}

impl<'a> Window<'a> {
    /// The window of a sentence: known are facts, and for each of its tokens the number of its own.
    pub(crate) fn new(
        analysis: &Analysis,
        (forms, sentence): (&Forms, usize),
        (facts, of_token, lexicon): (&'a [Facts], &'a [u32], &Lexicon),
        scratch: &'a mut Scratch,
    ) -> Self {
        let tokens = analysis.tokens_of(&forms.sentences[sentence].tokens);
        let Scratch { runs, phrases } = scratch;
        runs.clear();
        phrases.clear();
        phrases.resize(tokens.len(), 0);
        let fact = |i: usize| &facts[of_token[i] as usize];
        let mut at = 0;
        while at < tokens.len() {
            let mut end = at + 1;
            if fact(at).joins_run() {
                loop {
                    if end < tokens.len() && fact(end).joins_run() {
                        end += 1;
                    } else if end + 1 < tokens.len()
                        && tokens[end].is_glued()
                        && tokens[end + 1].is_glued()
                        && fact(end + 1).joins_run()
                        && analysis.surface(&tokens[end]) == "-"
                    {
                        end += 2;
                    } else {
                        break;
                    }
                }
            }
            runs.resize(end, (at as u32, end as u32));
            at = end;
        }
        let mut at = 0;
        while at < tokens.len() {
            let mut next = at + 1;
            if fact(at).lexical.has(STARTS) && fact(at).class != Class::Lower {
                let mut hash = fact(at).word;
                for end in at + 1..tokens.len().min(at + LONGEST_PHRASE) {
                    hash = join(hash, fact(end).word);
                    let lists = lexicon.get(hash).lists();
                    if lists != 0 {
                        for (n, slot) in phrases[at..=end].iter_mut().enumerate() {
                            *slot = lists << 2
                                | if n == 0 {
                                    1
                                } else if n == end - at {
                                    3
                                } else {
                                    2
                                };
                        }
                        next = end + 1;
                    }
                }
            }
            at = next;
        }
        Window { facts, forms: of_token, style: forms.styles[sentence], runs, phrases }
    }

    fn at(&self, i: i64) -> Option<&Facts> {
        let i = usize::try_from(i).ok()?;
        Some(&self.facts[*self.forms.get(i)? as usize])
    }

    /// The keys of the token `i` that are made of more than one word.
    pub(crate) fn keys(&self, i: usize, sink: &mut impl Sink) {
        const EDGE: u64 = 0x0005_DEEC_E66D;
        let word_of = |facts: Option<&Facts>| facts.map_or(EDGE, |f| f.word);
        let class_of = |facts: Option<&Facts>| facts.map_or(15, |f| f.class as u64);
        let cluster_of = |facts: Option<&Facts>| facts.map_or(999, |f| u64::from(f.lexical.cluster()));
        let lists_of = |facts: Option<&Facts>| facts.map_or(99, |f| u64::from(f.lexical.lists()));
        // Two tokens to either side.
        let near: [_; 5] = std::array::from_fn(|n| self.at(i as i64 + n as i64 - 2));
        let (words, classes) = (near.map(word_of), near.map(class_of));
        let (clusters, lists) = (near.map(cluster_of), near.map(lists_of));
        let here = classes[2];
        let t = 1 << 16;
        sink.keys([
            (key(t | 1, words[1], words[2]), true),
            (key(t | 2, words[2], words[3]), true),
            (key(t | 3, here | classes[1] << 4 | classes[3] << 8, self.style as u64), false),
            (key(t | 4, words[1], here | classes[3] << 4), false),
            (key(t | 5, words[3], here | classes[1] << 4), false),
            (key(t | 6, key(t, words[1], words[3]), here), false),
            (key(t | 7, key(t, words[0], words[1]), here), false),
            (key(t | 8, key(t, words[3], words[4]), here), false),
            (key(t | 9, clusters[1], clusters[2] << 4 | here), false),
            (key(t | 10, clusters[3], clusters[2] << 4 | here), false),
            (key(t | 11, lists[2] | lists[3] << 8, here | classes[3] << 4), false),
            (key(t | 12, lists[2] | lists[1] << 8, here | classes[1] << 4), false),
            (key(t | 13, u64::from(self.phrases[i]), here), false),
            (key(t | 14, here | classes[0] << 4 | classes[1] << 8, classes[3] | classes[4] << 4), false),
        ]);
        let (start, end) = self.runs[i];
        if !near[2].is_some_and(Facts::joins_run) {
            // A small word: the words around the capitalised runs that touch it tell "of" in names from other "of".
            sink.key(key(t | 15, key(t, words[1], words[2]), words[3]), true);
            return;
        }
        let (start, end) = (i64::from(start) - i as i64, i64::from(end) - i as i64);
        let place = (start.clamp(-3, 0) + 3) as u64 | (end.min(4) as u64) << 4;
        let at = |o: i64| self.at(i as i64 + o);
        let [outer, left, first, last, right] = [start - 2, start - 1, start, end - 1, end].map(at);
        let [outer_word, left_word, right_word] = [outer, left, right].map(word_of);
        let (first_cluster, last_cluster) = (cluster_of(first), cluster_of(last));
        let kinds = (start..end.min(12)).fold(0u64, |set, o| set | 1 << (cluster_of(at(o)) & 31));
        sink.keys([
            (key(t | 16, left_word, place), false),
            (key(t | 17, right_word, place), false),
            (key(t | 18, word_of(last), end.min(4) as u64), end == 1),
            (key(t | 19, word_of(first), (-start).min(4) as u64), start == 0),
            (key(t | 20, key(t, left_word, right_word), place), false),
            (key(t | 21, cluster_of(left) | cluster_of(right) << 10, place), false),
            (key(t | 22, lists_of(first) | lists_of(last) << 8, place | here << 8), false),
            (key(t | 23, key(t, outer_word, left_word), place), false),
            (key(t | 24, last_cluster, end.min(4) as u64 | first_cluster << 8), false),
            (key(t | 26, kinds, place), false),
            (key(t | 27, last_cluster, place | here << 8), false),
            (key(t | 28, cluster_of(left), last_cluster << 8 | place), false),
            (key(t | 25, place, here | (self.style as u64) << 4), false),
        ]);
    }
}
