//! Trains the tagger. Built only with the feature `train`; the weights it writes are part of the library.

mod crf;
mod data;
mod rename;
mod words;

pub use data::Scheme;

use super::feature::{Facts, REACH, Scratch, Sink, Window};
use super::form::{Forms, sections};
use super::label::{self, KINDS, LANES};
use super::lexicon::{self, Lexicon};
use super::tagger::{Memory, Reader, Tagger};
use super::vote::{Verdicts, Votes};
use super::weights::{self, UNIT};
use crate::text::Analysis;
use crate::{Catalog, Document, EntityKind, Error};
use crf::{Example, Model, Settings};
use data::{ALL, Page};
use std::ops::Range;

/// What the trainer reads: texts as they stand in the files.
#[derive(Debug, Default)]
pub struct Sources {
    /// Annotated rows with their scheme and weight; the first set is also measured on.
    pub annotated: Vec<(String, Scheme, f32)>,
    /// Raw rows, for how words are written and which are alike; their annotation is not read.
    pub raw: Vec<String>,
    /// Given names, family names, places, companies: one a line.
    pub lists: [String; 4],
    /// Classes of words: word, tab, class, one a line.
    pub classes: String,
}

/// What the trainer does.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Hold back every tenth page of the sets that are annotated with care (all but [`Scheme::Three`]) and measure on
    /// them, scheme by scheme.
    pub hold_out: bool,
    /// Passes over the examples.
    pub epochs: usize,
    /// The step.
    pub rate: f32,
    /// The L1 penalty per step.
    pub penalty: f32,
    /// The share of tokens whose identity is hidden in a pass.
    pub dropout: f32,
    /// Features seen less often are left out.
    pub least: u32,
    /// Begins the order of the examples.
    pub seed: u64,
    /// Models, each trained in another order, whose weights are averaged.
    pub models: usize,
    /// Every so many pages one is read a second time under other names; 0: none.
    pub rename: usize,
    /// The size of the rows to reach by leaving out the smallest weights.
    pub bytes: usize,
}

/// Trains and returns the weights file, with a report in words.
///
/// # Errors
/// [`ErrorKind::Catalog`](crate::ErrorKind::Catalog) when a row is not as it should be.
pub fn train(sources: &Sources, plan: &Plan, log: &mut dyn FnMut(String)) -> Result<Vec<u8>, Error> {
    let (mut pages, mut held) = (Vec::new(), Vec::new());
    for (rows, scheme, weight) in &sources.annotated {
        for (p, page) in data::pages(rows, *scheme, *weight)?.into_iter().enumerate() {
            if *scheme != Scheme::Three && p % 10 == 9 && plan.hold_out {
                held.push(page)
            } else {
                pages.push(page)
            }
        }
    }
    let disguised: Vec<Page> = pages.iter().enumerate().filter_map(|(n, page)| page.disguised(n)).collect();
    let renamed = rename::pages(&pages, plan.rename, &sources.lists, plan.seed);
    pages.extend(disguised);
    pages.extend(renamed);
    let lexicon_bytes = words::lexicon(sources)?;
    let lexicon = Lexicon::new(&lexicon_bytes).expect("just built");
    let (examples, keys) = encode(&pages, &lexicon, plan.least);
    log(format!(
        "{} pages, {} sentences, {} features, lexicon {} bytes",
        pages.len(),
        examples.len(),
        keys.len(),
        lexicon_bytes.len()
    ));
    let mut model = Model::new(keys.len());
    for n in 0..plan.models {
        let settings = Settings {
            epochs: plan.epochs,
            rate: plan.rate,
            penalty: plan.penalty,
            dropout: plan.dropout,
            seed: plan.seed + n as u64,
        };
        let mut one = Model::new(keys.len());
        one.train(&examples, &settings, |epoch, loss| log(format!("epoch {epoch}: loss {loss:.0}")));
        model.add(&one, 1.0 / plan.models as f32);
    }
    log(format!("second reading: learned on {SHARES} parts, each read by a model of another part"));
    let (second, second_keys) = second_reading(&pages, &lexicon, &lexicon_bytes, plan, &model)?;
    model.weights.extend_from_slice(&second.weights);
    let keys: Vec<u64> = keys.into_iter().chain(second_keys).collect();
    let bytes = pack(&model, &keys, &lexicon_bytes, plan.bytes, log);
    if plan.hold_out {
        let tagger = Tagger::from_bytes(bytes.clone())?;
        for (name, scheme, kinds) in [
            ("all kinds", Scheme::Full, &[0, 1, 2, 3, 4, 5, 6][..]),
            ("with one kind for the rest", Scheme::Misc, &[0, 1, 2]),
            ("emerging names", Scheme::Emerging, &[0, 1, 2, 5, 6]),
        ] {
            let pages: Vec<&Page> = held.iter().filter(|page| page.scheme == scheme).collect();
            log(format!("held out, {name}, {} pages:{}", pages.len(), measure(&tagger, &pages, kinds)));
        }
    }
    Ok(bytes)
}

/// The names that the tagger and the built-in catalog find in a text, as code-point spans, for measuring.
pub fn names(
    tagger: &Tagger,
    catalog: &Catalog,
    document: &Document,
) -> Vec<(std::ops::Range<usize>, EntityKind, f64)> {
    let analysis = Analysis::new(document);
    super::find(&analysis, catalog, Some(tagger), &mut Memory::default())
        .into_iter()
        .map(|m| (analysis.report(m.span).char_span(), m.kind, m.score))
        .collect()
}

/// The parts for the second reading: models that have seen a quarter of the text err as on text of another kind.
const SHARES: usize = 4;

/// Learns what the votes of a document are worth: pages are read by models that have not seen them.
fn second_reading(
    pages: &[Page],
    lexicon: &Lexicon,
    lexicon_bytes: &[u8],
    plan: &Plan,
    whole: &Model,
) -> Result<(Model, Vec<u64>), Error> {
    let mut table = KeyTable::new();
    let mut seen = Vec::new();
    let settings = Settings {
        epochs: 4,
        rate: plan.rate,
        penalty: plan.penalty,
        dropout: plan.dropout,
        seed: plan.seed,
    };
    for share in 0..SHARES {
        // Runs of pages, because neighbouring pages are of one time.
        let part = |n: usize| n / 16 % SHARES;
        let own: Vec<Page> = pages
            .iter()
            .enumerate()
            .filter(|(n, _)| part(*n) == share)
            .map(|(_, page)| page.clone())
            .collect();
        let (examples, keys) = encode(&own, lexicon, plan.least);
        let mut model = Model::new(keys.len());
        model.train(&examples, &settings, |_, _| {});
        let tagger = Tagger::from_bytes(pack(&model, &keys, lexicon_bytes, usize::MAX, &mut |_| {}))?;
        let coherent = |page: &Page| matches!(page.scheme, Scheme::Full | Scheme::Misc) && !page.disguised;
        let others =
            pages.iter().enumerate().filter(|(n, page)| part(*n) == (share + 1) % SHARES && coherent(page));
        for (_, page) in others {
            let analysis = page.analysis();
            let allowed = page.allowed(&analysis);
            let mut memory = Memory::default();
            for sentences in sections(&analysis) {
                let mut reader = Reader::new(&tagger.weights, &analysis, sentences, &mut memory);
                reader.read();
                let (forms, labels) = (&reader.forms, &reader.labels);
                let (votes, mut verdicts) = (Votes::new(forms, labels), Verdicts::default());
                for (sentence, &style) in forms.styles.iter().enumerate() {
                    let Range { start, end } = forms.range(sentence);
                    let mut example = (Vec::new(), Example { weight: 1.0, ..Example::default() });
                    for i in start..end {
                        let mut keys = Keys::default();
                        votes.keys(forms, labels, (i, start, end, style), &mut verdicts, &mut keys);
                        for &key in &keys.plain {
                            *table.slot(key) += 1;
                        }
                        example.0.push(keys.plain);
                        example.1.base.push(reader.scores[i].map(|s| s as f32 / UNIT));
                        example.1.allowed.push(known(allowed[forms.first + i], i == start));
                    }
                    seen.push(example);
                }
            }
        }
    }
    let kept = table.number(10);
    let mut examples = Vec::with_capacity(seen.len());
    for (keys, mut example) in seen {
        for token in keys {
            let lexical = example.features.len() as u32;
            example.features.extend(token.iter().filter_map(|&key| table.find(key)));
            example.ends.push((lexical, example.features.len() as u32));
        }
        examples.push(example);
    }
    let mut model = Model::new(kept.len());
    model.transitions = whole.transitions;
    let settings = Settings { epochs: 6, rate: 0.1, penalty: plan.penalty, dropout: 0.0, seed: plan.seed };
    model.train(&examples, &settings, |_, _| {});
    Ok((model, kept))
}

/// The rest of a name that the sentence splitter cut in two has unknown labels.
fn known(allowed: u32, first: bool) -> u32 {
    if allowed == 0 || (first && allowed & STARTS == 0) { ALL } else { allowed }
}

/// The labels that may begin a sentence.
const STARTS: u32 = {
    let (mut set, mut kind) = (1, 0);
    while kind < KINDS.len() {
        set |= 1 << (1 + label::PARTS * kind);
        kind += 1;
    }
    set
};

/// Collects keys: lexical ones first.
#[derive(Default)]
struct Keys {
    lexical: Vec<u64>,
    plain: Vec<u64>,
}

impl Sink for Keys {
    fn key(&mut self, key: u64, lexical: bool) {
        if lexical { self.lexical.push(key) } else { self.plain.push(key) }
    }
}

/// Visits the keys of every token of a page, sentence by sentence.
fn visit(analysis: &Analysis, lexicon: &Lexicon, mut each: impl FnMut(usize, bool, &Keys)) {
    let mut numbers = Vec::new();
    let mut scratch = Scratch::default();
    let mut keys = Keys::default();
    for sentences in sections(analysis) {
        let forms = Forms::new(analysis, sentences, &mut numbers);
        let facts: Vec<Facts> =
            forms.forms.iter().map(|form| Facts::new(analysis, &forms, form, lexicon)).collect();
        for sentence in 0..forms.sentences.len() {
            let of_token = &forms.of_token[forms.range(sentence)];
            let window = Window::new(analysis, (&forms, sentence), (&facts, of_token, lexicon), &mut scratch);
            let (start, end) = (forms.range(sentence).start as i64, forms.range(sentence).end as i64);
            for i in start..end {
                keys.lexical.clear();
                keys.plain.clear();
                for distance in -(REACH as i64)..=REACH as i64 {
                    let at = i - distance;
                    if (start..end).contains(&at) {
                        facts[forms.of_token[at as usize] as usize].keys(distance, &mut keys);
                    }
                }
                window.keys((i - start) as usize, &mut keys);
                each(forms.first + i as usize, i == start, &keys);
            }
        }
    }
}

/// Numbers the features seen often enough and encodes every sentence.
fn encode(pages: &[Page], lexicon: &Lexicon, least: u32) -> (Vec<Example>, Vec<u64>) {
    let analyses: Vec<Analysis> = pages.iter().map(Page::analysis).collect();
    let mut table = KeyTable::new();
    for analysis in &analyses {
        visit(analysis, lexicon, |_, _, keys| {
            for &key in keys.lexical.iter().chain(&keys.plain) {
                *table.slot(key) += 1;
            }
        });
    }
    let kept = table.number(least);
    let mut examples: Vec<Example> = Vec::new();
    for (page, analysis) in pages.iter().zip(&analyses) {
        let allowed = page.allowed(analysis);
        visit(analysis, lexicon, |token, first, keys| {
            if first {
                examples.push(Example { weight: page.weight, ..Example::default() });
            }
            let example = examples.last_mut().expect("a sentence begins with its first token");
            example.features.extend(keys.lexical.iter().filter_map(|&key| table.find(key)));
            let lexical = example.features.len() as u32;
            example.features.extend(keys.plain.iter().filter_map(|&key| table.find(key)));
            example.ends.push((lexical, example.features.len() as u32));
            example.allowed.push(known(allowed[token], first));
        });
    }
    // A sentence without a name and without a capital teaches little.
    examples.retain(|e| e.allowed.len() > 1 || e.allowed.iter().any(|&a| a != crf::ONLY_OUTSIDE));
    (examples, kept)
}

/// Counts keys, then numbers them: open addressing.
struct KeyTable {
    slots: Vec<(u64, u32)>,
    used: usize,
}

impl KeyTable {
    fn new() -> Self {
        KeyTable { slots: vec![(0, 0); 1 << 20], used: 0 }
    }

    fn place(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (key >> 20) as usize & mask;
        while self.slots[at].0 != 0 && self.slots[at].0 != key {
            at = (at + 1) & mask;
        }
        at
    }

    fn slot(&mut self, key: u64) -> &mut u32 {
        let key = key.max(1);
        if self.used * 2 > self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![(0, 0); old.len() * 2];
            for entry in old.into_iter().filter(|e| e.0 != 0) {
                let at = self.place(entry.0);
                self.slots[at] = entry;
            }
        }
        let at = self.place(key);
        self.used += usize::from(self.slots[at].0 == 0);
        self.slots[at].0 = key;
        &mut self.slots[at].1
    }

    /// Gives numbers (plus one) to keys counted at least so often; returns the keys by number.
    fn number(&mut self, least: u32) -> Vec<u64> {
        let mut kept: Vec<u64> =
            self.slots.iter().filter(|e| e.0 != 0 && e.1 >= least).map(|e| e.0).collect();
        kept.sort_unstable();
        for entry in &mut self.slots {
            entry.1 =
                if entry.1 >= least { kept.binary_search(&entry.0).map_or(0, |n| n as u32 + 1) } else { 0 };
        }
        kept
    }

    fn find(&self, key: u64) -> Option<u32> {
        self.slots[self.place(key.max(1))].1.checked_sub(1)
    }
}

/// Turns the weights into bytes, leaving out the smallest until the rows fit.
fn pack(model: &Model, keys: &[u64], lexicon: &[u8], limit: usize, log: &mut dyn FnMut(String)) -> Vec<u8> {
    let quantised: Vec<[i8; LANES]> = model
        .weights
        .iter()
        .map(|lanes| lanes.map(|w| (w.signum() * (w.abs() * UNIT).sqrt()).round().clamp(-127.0, 127.0) as i8))
        .collect();
    let size = |least: i8| -> (usize, usize) {
        quantised.iter().fold((0, 0), |(bytes, rows), lanes| {
            let n = lanes.iter().filter(|q| q.unsigned_abs() >= least as u8).count();
            if n == 0 { (bytes, rows) } else { (bytes + 4 + n, rows + 1) }
        })
    };
    let mut least = 3i8;
    while size(least).0 > limit && least < 100 {
        least += 1;
    }
    let (bytes, rows) = size(least);
    log(format!("{rows} rows, {bytes} bytes, least {least} (all: {:?})", size(1)));
    let rows = keys
        .iter()
        .zip(&quantised)
        .map(|(&key, lanes)| (key, lanes.map(|q| if q.unsigned_abs() >= least as u8 { q } else { 0 })))
        .filter(|(_, lanes)| lanes.iter().any(|&q| q != 0))
        .collect();
    let transitions: Vec<[i16; LANES]> = model
        .transitions
        .iter()
        .map(|row| {
            row.map(|v| if v < -1e8 { i16::MIN } else { (v * UNIT).round().clamp(-32000.0, 32000.0) as i16 })
        })
        .collect();
    weights::pack(&transitions, lexicon, rows)
}

/// Exact spans and kinds on held-back pages.
/// F1 by exact span of the kinds with these numbers, each and together, with and without the kind.
fn measure(tagger: &Tagger, pages: &[&Page], kinds: &[usize]) -> String {
    let mut counts = [[0usize; 3]; KINDS.len() + 2];
    let (typed, untyped) = (KINDS.len(), KINDS.len() + 1);
    for page in pages {
        let analysis = page.analysis();
        let all = page.names(&analysis);
        let gold: Vec<_> = all.iter().filter(|name| kinds.contains(&name.2)).collect();
        for name in &gold {
            for row in [name.2, typed, untyped] {
                counts[row][2] += 1;
            }
        }
        for name in tagger.tag(&analysis, &mut Memory::default()) {
            let Some(kind) = KINDS.iter().position(|kind| *kind == name.kind).filter(|k| kinds.contains(k))
            else {
                continue;
            };
            let at = |g: &&&(u32, u32, usize)| (g.0, g.1) == (name.tokens.start, name.tokens.end);
            let right = gold.iter().any(|g| at(&g) && g.2 == kind);
            for (row, hit) in [(kind, right), (typed, right), (untyped, gold.iter().any(|g| at(&g)))] {
                counts[row][0] += usize::from(hit);
                counts[row][1] += 1;
            }
        }
    }
    let names = ["per", "org", "loc", "norp", "event", "work", "product", "typed", "untyped"];
    let rows = names.iter().zip(counts).enumerate().filter(|(n, _)| kinds.contains(n) || *n >= typed);
    let mut out = String::new();
    for (_, (name, [hits, found, gold])) in rows {
        let f = if found + gold == 0 { 0.0 } else { 200.0 * hits as f64 / (found + gold) as f64 };
        out.push_str(&format!(" {name} {f:.1}"));
    }
    out
}

pub(crate) use lexicon::build as build_lexicon;
