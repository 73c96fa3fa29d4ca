//! Which articles of a heap tell one story.
//!
//! In: analyses. Out: groups of documents, and inside each which are copies of one text. Documents are compared by
//! the cosine of their weighted words (names count more, words that any story may hold count little); only documents
//! that share words few others have are compared at all, so that the cost grows with the heap and not with its
//! square. Groups join while the mean similarity of their members stays high (average linkage) and does not fall far
//! below that inside the groups: what several outlets write of one event is much more alike than what is written of
//! one country or one war.

use crate::text::copy::is_copy;
use crate::text::lexicon::entries;
use crate::text::stop::is_stop_hash;
use crate::text::word::hash_bytes;
use crate::text::{Analysis, Region};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Names the articles that tell one story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StoryGroup {
    /// The indices of the documents, ascending.
    pub documents: Vec<usize>,
    /// Documents whose text is mostly that of an earlier one: the copy, then the earlier document.
    pub copies: Vec<(usize, usize)>,
}

/// Reports which articles of a heap tell one story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Stories {
    /// The groups, in order of their first document; every document stands in exactly one.
    pub groups: Vec<StoryGroup>,
}

/// A word with a capital inside its sentence counts as often.
const NAME: f64 = 3.0;
/// How much more a word counts that stands in a text more often, and how much its rarity counts: a name that fills a
/// text says more than one beside it, yet must not decide alone. These and the constants below were chosen on heaps of 54 to
/// 375 articles drawn from thirteen stories and unrelated news (`benches/accuracy.py` measures two), in the middle of the
/// values that do well on all.
const COUNT: f64 = 0.7;
const RARITY: f64 = 1.5;
/// Mean cosine above which groups join.
const JOIN: f64 = 0.055;
/// The part of the mean cosine inside the looser group that the mean cosine between two groups must reach, and the mean
/// from which a group counts as no closer: copies must not keep out other reports of the event.
const LOOSER: f64 = 0.5;
const CLOSE: f64 = 0.25;
/// The largest share of a document's length that one word may have: one famous name in common makes no story.
const SHARE: f64 = 0.1;
/// Words are weighed as if this many unrelated documents were in the heap, with the words of `background.txt` in the
/// share of them that it gives, so that small heaps have common words too.
const OTHERS: f64 = 1000.0;
/// Words in more documents do not propose pairs.
const RARE: usize = 60;
/// Pairs compared for one document.
const NEAREST: usize = 40;
/// Cosine from which two documents are one to the groups and are checked for copying.
const LIKE: f64 = 0.5;

/// One document's words and weights, sorted by the word's hash.
type Weights = Vec<(u64, f64)>;

/// Groups the documents; each stands in exactly one group, groups in order of their first document.
pub(crate) fn group(analyses: &[Analysis]) -> Vec<StoryGroup> {
    let vectors = weigh(analyses.iter().map(count).collect());
    let edges = edges(&vectors);
    let mut clusters = Clusters::new(vectors.len(), &edges);
    for &(similarity, a, b) in &edges {
        if similarity < JOIN / 2.0 {
            break;
        }
        clusters.join(a, b);
    }
    let mut groups: BTreeMap<u32, StoryGroup> = BTreeMap::new();
    let mut first: Vec<Option<u32>> = vec![None; vectors.len()];
    for document in 0..vectors.len() as u32 {
        let root = clusters.root(document);
        let key = *first[root as usize].get_or_insert(document);
        groups.entry(key).or_default().documents.push(document as usize);
    }
    let mut copied = vec![false; vectors.len()];
    let mut alike: Vec<(u32, u32)> =
        edges.iter().filter(|e| e.0 >= LIKE).map(|&(_, a, b)| (a.max(b), a.min(b))).collect();
    alike.sort_unstable();
    for (later, earlier) in alike {
        let root = clusters.root(later);
        if copied[later as usize] || clusters.root(earlier) != root {
            continue;
        }
        if is_copy(&analyses[later as usize], &analyses[earlier as usize]) {
            copied[later as usize] = true;
            let key = first[root as usize].expect("every root has a first document");
            groups.entry(key).or_default().copies.push((later as usize, earlier as usize));
        }
    }
    groups.into_values().collect()
}

/// The longer words of title and body with how often they stand there.
fn count(analysis: &Analysis) -> Weights {
    let mut words = Weights::new();
    for sentence in analysis.sentences.iter().filter(|s| s.region != Region::Furniture) {
        for at in sentence.tokens.clone() {
            let token = &analysis.tokens[at as usize];
            let empty = is_stop_hash(analysis.vocabulary.hash(token.word));
            if !token.is_word() || empty || analysis.folded(token).len() < 4 {
                continue;
            }
            let name = at > sentence.tokens.start && token.is_capitalised(analysis.surface(token));
            words.push((analysis.vocabulary.hash(token.word), if name { NAME } else { 1.0 }));
        }
    }
    words.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    words.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    words
}

/// The share of any news that holds a word.
fn background(word: u64) -> f64 {
    static TABLE: OnceLock<Vec<(u64, f64)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let lines = entries(include_str!("background.txt")).filter_map(|line| line.split_once(' '));
        let mut table: Vec<(u64, f64)> = lines
            .map(|(word, count)| (hash_bytes(word.as_bytes()), count.parse().unwrap_or(0.0) / 1000.0))
            .collect();
        table.sort_unstable_by_key(|entry| entry.0);
        table
    });
    table.binary_search_by_key(&word, |entry| entry.0).map_or(0.0, |place| table[place].1)
}

/// Turns counts into unit vectors: a power of the count times a power of the logarithm of the word's rarity.
fn weigh(mut vectors: Vec<Weights>) -> Vec<Weights> {
    let mut all: Vec<u64> = vectors.iter().flatten().map(|entry| entry.0).collect();
    all.sort_unstable();
    let heap = vectors.len() as f64 + OTHERS;
    let frequency = |word: u64| {
        let from = all.partition_point(|w| *w < word);
        all[from..].partition_point(|w| *w == word) as f64 + OTHERS * background(word)
    };
    for vector in &mut vectors {
        for entry in vector.iter_mut() {
            let rarity = libm::log(heap / frequency(entry.0)).max(0.0);
            entry.1 = libm::pow(entry.1, COUNT) * libm::pow(rarity, RARITY);
        }
        vector.retain(|entry| entry.1 > 0.0);
        to_unit_length(vector);
        vector.iter_mut().for_each(|entry| entry.1 = entry.1.min(SHARE));
        to_unit_length(vector);
    }
    vectors
}

fn to_unit_length(vector: &mut Weights) {
    let length = vector.iter().map(|entry| entry.1 * entry.1).sum::<f64>().sqrt();
    vector.iter_mut().for_each(|entry| entry.1 /= length);
}

/// The similar pairs, most similar first.
fn edges(vectors: &[Weights]) -> Vec<(f64, u32, u32)> {
    let mut postings: Vec<(u64, u32)> =
        vectors.iter().enumerate().flat_map(|(d, v)| v.iter().map(move |e| (e.0, d as u32))).collect();
    postings.sort_unstable();
    let mut near: Vec<Vec<u32>> = vec![Vec::new(); vectors.len()];
    for run in postings.chunk_by(|a, b| a.0 == b.0).filter(|run| (2..=RARE).contains(&run.len())) {
        for (i, &(_, later)) in run.iter().enumerate() {
            near[later as usize].extend(run[..i].iter().map(|entry| entry.1));
        }
    }
    let mut edges = Vec::new();
    for (later, mut shared) in near.into_iter().enumerate() {
        shared.sort_unstable();
        let mut counts: Vec<(usize, u32)> =
            shared.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0])).collect();
        counts.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, earlier) in counts.into_iter().take(NEAREST) {
            edges.push((cosine(&vectors[later], &vectors[earlier as usize]), earlier, later as u32));
        }
    }
    edges.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    edges
}

fn cosine(a: &Weights, b: &Weights) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

/// Groups that grow, with the sums of the similarities between them.
struct Clusters {
    parent: Vec<u32>,
    size: Vec<u32>,
    /// The sum of the similarities inside.
    within: Vec<f64>,
    sums: Vec<BTreeMap<u32, f64>>,
}

impl Clusters {
    fn new(count: usize, edges: &[(f64, u32, u32)]) -> Self {
        let mut clusters = Clusters {
            parent: (0..count as u32).collect(),
            size: vec![1; count],
            within: vec![0.0; count],
            sums: vec![BTreeMap::new(); count],
        };
        // The first of near copies speaks for them: what is said twice makes a group no closer.
        for &(_, a, b) in edges.iter().take_while(|edge| edge.0 >= LIKE) {
            let (a, b) = (clusters.root(a), clusters.root(b));
            clusters.parent[a.max(b) as usize] = a.min(b);
        }
        for &(similarity, a, b) in edges {
            if clusters.root(a) == a && clusters.root(b) == b {
                clusters.sums[a as usize].insert(b, similarity);
                clusters.sums[b as usize].insert(a, similarity);
            }
        }
        clusters
    }

    fn root(&mut self, mut at: u32) -> u32 {
        while self.parent[at as usize] != at {
            self.parent[at as usize] = self.parent[self.parent[at as usize] as usize];
            at = self.parent[at as usize];
        }
        at
    }

    /// The mean similarity inside a group; one document is as close as can be.
    fn closeness(&self, group: u32) -> f64 {
        let size = f64::from(self.size[group as usize]);
        if size < 2.0 {
            return f64::INFINITY;
        }
        (2.0 * self.within[group as usize] / (size * (size - 1.0))).min(CLOSE)
    }

    /// Joins the groups of two documents when their members are similar enough on average.
    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let sum = self.sums[a as usize].get(&b).copied().unwrap_or(0.0);
        let pairs = f64::from(self.size[a as usize]) * f64::from(self.size[b as usize]);
        let looser = self.closeness(a).min(self.closeness(b));
        if sum / pairs < JOIN.max(LOOSER * if looser.is_finite() { looser } else { 0.0 }) {
            return;
        }
        // The group with fewer neighbours moves into the other.
        let (kept, gone) =
            if self.sums[a as usize].len() >= self.sums[b as usize].len() { (a, b) } else { (b, a) };
        self.parent[gone as usize] = kept;
        self.size[kept as usize] += self.size[gone as usize];
        self.within[kept as usize] += self.within[gone as usize] + sum;
        self.sums[kept as usize].remove(&gone);
        for (other, sum) in std::mem::take(&mut self.sums[gone as usize]) {
            if other == kept {
                continue;
            }
            let sums = &mut self.sums[other as usize];
            sums.remove(&gone);
            *sums.entry(kept).or_insert(0.0) += sum;
            *self.sums[kept as usize].entry(other).or_insert(0.0) += sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    fn groups(texts: &[&str]) -> Vec<StoryGroup> {
        let analyses: Vec<Analysis> = texts.iter().map(|text| Analysis::new(&Document::new(*text))).collect();
        group(&analyses)
    }

    const BRIDGE: &str = "Mayor Jane Doe opened the Velden bridge over the Oster river on Monday. The bridge had been \
                          closed since the flood of last spring, when the Oster carried away two of its pillars.";
    const AGAIN: &str = "The bridge over the Oster in Velden is open again, Jane Doe said. Drivers had waited since the \
                         flood last spring, which destroyed two pillars of the bridge.";
    const MATCH: &str = "Kestrel United beat Harrow Rovers by three goals on Saturday. Striker Tom Pike scored twice before \
                         half time, and the goalkeeper of the Rovers was sent off.";

    #[test]
    fn one_story_in_one_group() {
        let found = groups(&[BRIDGE, MATCH, AGAIN]);
        let documents: Vec<Vec<usize>> = found.into_iter().map(|group| group.documents).collect();
        assert_eq!(documents, [vec![0, 2], vec![1]]);
    }

    #[test]
    fn copies_are_named_with_their_original() {
        let copy = format!("{BRIDGE} The mayor thanked the engineers.");
        let found = groups(&[BRIDGE, MATCH, &copy, AGAIN]);
        assert_eq!(found[0].documents, [0, 2, 3]);
        assert_eq!(found[0].copies, [(2, 0)]);
    }

    /// The groups that documents with these similarities fall into.
    fn joined(count: usize, mut edges: Vec<(f64, u32, u32)>) -> Vec<u32> {
        edges.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut clusters = Clusters::new(count, &edges);
        for &(_, a, b) in &edges {
            clusters.join(a, b);
        }
        (0..count as u32).map(|document| clusters.root(document)).collect()
    }

    #[test]
    fn close_groups_stay_apart_where_loose_documents_join() {
        let loose = joined(2, vec![(0.1, 0, 1)]);
        assert_eq!(loose[0], loose[1]);
        let cross = [(0, 2), (0, 3), (1, 2), (1, 3)].map(|(a, b)| (0.1, a, b));
        let close = joined(4, [vec![(0.3, 0, 1), (0.3, 2, 3)], cross.to_vec()].concat());
        assert!(close[0] == close[1] && close[2] == close[3] && close[1] != close[2], "{close:?}");
    }

    #[test]
    fn copies_make_a_group_no_closer() {
        let found = joined(3, vec![(1.0, 0, 1), (0.1, 0, 2), (0.1, 1, 2)]);
        assert!(found[0] == found[1] && found[1] == found[2], "{found:?}");
    }

    #[test]
    fn empty_and_wordless_documents_stand_alone() {
        assert_eq!(groups(&[]), []);
        assert_eq!(groups(&["", "12 34", BRIDGE]).len(), 3);
    }
}
