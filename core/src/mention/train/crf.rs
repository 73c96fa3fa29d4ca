//! A linear-chain conditional random field trained by AdaGrad with an L1 penalty.
//!
//! In: encoded sentences. Out: weights per feature and label, and transitions. A token may allow several labels
//! (partial annotation: Tsuboi et al. 2008): then their sum is made likely. Duchi, Hazan, Singer 2011 for the step,
//! with the penalty applied when a feature is next seen. Sums run in text order and the exponential is our own, so
//! that training gives the same bits everywhere.

use crate::mention::label::{LABELS, LANES, OUTSIDE, may_follow};

/// One sentence: for each token its features and the labels it may have.
#[derive(Debug, Default)]
pub(crate) struct Example {
    pub(crate) features: Vec<u32>,
    /// Per token: end of its lexical features, end of its features.
    pub(crate) ends: Vec<(u32, u32)>,
    pub(crate) allowed: Vec<u32>,
    pub(crate) weight: f32,
    /// Scores that are given and not learned; empty: none.
    pub(crate) base: Vec<Lanes>,
}

/// How to train.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) epochs: usize,
    pub(crate) rate: f32,
    pub(crate) penalty: f32,
    /// The share of tokens whose lexical features are hidden.
    pub(crate) dropout: f32,
    /// Begins the order of the examples.
    pub(crate) seed: u64,
}

pub(crate) type Lanes = [f32; LANES];

/// A trained model.
pub(crate) struct Model {
    pub(crate) weights: Vec<Lanes>,
    squares: Vec<Lanes>,
    last: Vec<u32>,
    pub(crate) transitions: [Lanes; LABELS + 1],
    transition_squares: [Lanes; LABELS + 1],
    step: u32,
}

const IMPOSSIBLE: f32 = -1e9;

impl Model {
    pub(crate) fn new(features: usize) -> Self {
        let mut transitions = [[IMPOSSIBLE; LANES]; LABELS + 1];
        for (before, row) in transitions.iter_mut().enumerate() {
            for (label, value) in row[..LABELS].iter_mut().enumerate() {
                if may_follow((before < LABELS).then_some(before), label) {
                    *value = 0.0;
                }
            }
        }
        Model {
            weights: vec![[0.0; LANES]; features],
            squares: vec![[1e-2; LANES]; features],
            last: vec![0; features],
            transitions,
            transition_squares: [[1.0; LANES]; LABELS + 1],
            step: 0,
        }
    }

    /// Goes over the examples `epochs` times, each time in another order.
    pub(crate) fn train(
        &mut self,
        examples: &[Example],
        settings: &Settings,
        mut report: impl FnMut(usize, f64),
    ) {
        let mut random = Random(settings.seed);
        let mut order: Vec<u32> = (0..examples.len() as u32).collect();
        let mut work = Work::default();
        for epoch in 0..settings.epochs {
            random.shuffle(&mut order);
            let mut loss = 0.0;
            // The step shrinks over the epochs on top of AdaGrad's own shrinking.
            let rate = settings.rate * (1.0 - 0.8 * epoch as f32 / settings.epochs as f32);
            for &n in &order {
                let hidden = &mut |_: usize| random.fraction() < settings.dropout;
                loss +=
                    f64::from(self.learn(&examples[n as usize], rate, settings.penalty, hidden, &mut work));
            }
            report(epoch, loss);
        }
        for feature in 0..self.weights.len() {
            self.shrink(feature, settings.rate * 0.6, settings.penalty);
        }
    }

    /// Adds a share of another model of the same features.
    pub(crate) fn add(&mut self, other: &Model, share: f32) {
        let rows = self.weights.iter_mut().chain(&mut self.transitions);
        for (row, added) in rows.zip(other.weights.iter().chain(&other.transitions)) {
            for (w, a) in row.iter_mut().zip(added) {
                *w = if *a <= IMPOSSIBLE { IMPOSSIBLE } else { *w + a * share };
            }
        }
    }

    /// Applies the penalty of the steps since the feature was last seen.
    fn shrink(&mut self, feature: usize, rate: f32, penalty: f32) {
        let since = (self.step - self.last[feature]) as f32;
        self.last[feature] = self.step;
        if since == 0.0 || penalty == 0.0 {
            return;
        }
        for (w, g) in self.weights[feature].iter_mut().zip(&self.squares[feature]) {
            let cut = since * penalty * rate / g.sqrt();
            *w = w.signum() * (w.abs() - cut).max(0.0);
        }
    }

    fn learn(
        &mut self,
        example: &Example,
        rate: f32,
        penalty: f32,
        hidden: &mut impl FnMut(usize) -> bool,
        work: &mut Work,
    ) -> f32 {
        let count = example.allowed.len();
        work.resize(count);
        self.step += 1;
        let mut start = 0;
        for i in 0..count {
            let (lexical, end) = example.ends[i];
            work.hidden[i] = hidden(i);
            let from = if work.hidden[i] { lexical } else { start };
            let mut scores = example.base.get(i).copied().unwrap_or([0.0; LANES]);
            for &feature in &example.features[from as usize..end as usize] {
                self.shrink(feature as usize, rate, penalty);
                for (sum, w) in scores.iter_mut().zip(&self.weights[feature as usize]) {
                    *sum += w;
                }
            }
            work.scores[i] = scores;
            start = end;
        }
        let mut table = [[0.0; LANES]; LABELS + 1];
        for (row, values) in table.iter_mut().zip(&self.transitions) {
            for (e, &v) in row.iter_mut().zip(values) {
                *e = if v <= IMPOSSIBLE { 0.0 } else { exp(v) };
            }
        }
        let free = work.pass(&table, None);
        let bound = work.pass_into_gold(&table, &example.allowed);
        let mut start = 0;
        for i in 0..count {
            let (lexical, end) = example.ends[i];
            let from = if work.hidden[i] { lexical } else { start };
            let mut gradient = [0.0; LANES];
            for (l, g) in gradient.iter_mut().enumerate() {
                *g = (work.expected[i][l] - work.gold[i][l]) * example.weight;
            }
            start = end;
            if gradient.iter().all(|g| g.abs() < 1e-4) {
                continue;
            }
            for &feature in &example.features[from as usize..end as usize] {
                let (weights, squares) =
                    (&mut self.weights[feature as usize], &mut self.squares[feature as usize]);
                for l in 0..LANES {
                    squares[l] += gradient[l] * gradient[l];
                    weights[l] -= rate * gradient[l] / squares[l].sqrt();
                }
            }
        }
        for before in 0..=LABELS {
            for l in 0..LABELS {
                let g = (work.expected_steps[before][l] - work.gold_steps[before][l]) * example.weight;
                if g != 0.0 && self.transitions[before][l] > IMPOSSIBLE {
                    self.transition_squares[before][l] += g * g;
                    self.transitions[before][l] -= rate * g / self.transition_squares[before][l].sqrt();
                }
            }
        }
        free - bound
    }
}

/// Buffers of one sentence.
#[derive(Default)]
struct Work {
    scores: Vec<Lanes>,
    hidden: Vec<bool>,
    alpha: Vec<Lanes>,
    emitted: Vec<Lanes>,
    expected: Vec<Lanes>,
    gold: Vec<Lanes>,
    expected_steps: Vec<Lanes>,
    gold_steps: Vec<Lanes>,
}

impl Work {
    fn resize(&mut self, count: usize) {
        self.hidden.resize(count, false);
        for lanes in
            [&mut self.scores, &mut self.alpha, &mut self.emitted, &mut self.expected, &mut self.gold]
        {
            lanes.clear();
            lanes.resize(count, [0.0; LANES]);
        }
        for lanes in [&mut self.expected_steps, &mut self.gold_steps] {
            lanes.clear();
            lanes.resize(LABELS + 1, [0.0; LANES]);
        }
    }

    fn pass_into_gold(&mut self, table: &[Lanes; LABELS + 1], allowed: &[u32]) -> f32 {
        std::mem::swap(&mut self.expected, &mut self.gold);
        std::mem::swap(&mut self.expected_steps, &mut self.gold_steps);
        let sum = self.pass(table, Some(allowed));
        std::mem::swap(&mut self.expected, &mut self.gold);
        std::mem::swap(&mut self.expected_steps, &mut self.gold_steps);
        sum
    }

    /// Forward and backward over the labels allowed; fills the expectations and returns the logarithm of the sum.
    fn pass(&mut self, table: &[Lanes; LABELS + 1], allowed: Option<&[u32]>) -> f32 {
        let count = self.scores.len();
        let mut log = 0.0f32;
        for i in 0..count {
            let scores = &self.scores[i];
            let open = allowed.map_or(u32::MAX, |a| a[i]);
            let top = (0..LABELS).filter(|l| open >> l & 1 == 1).fold(f32::MIN, |a, l| a.max(scores[l]));
            let mut emitted = [0.0; LANES];
            for (l, e) in emitted[..LABELS].iter_mut().enumerate() {
                if open >> l & 1 == 1 {
                    *e = exp(scores[l] - top).max(1e-20);
                }
            }
            let mut alpha = [0.0; LANES];
            if i == 0 {
                alpha = table[LABELS];
            } else {
                for (before, &a) in self.alpha[i - 1][..LABELS].iter().enumerate() {
                    for l in 0..LANES {
                        alpha[l] += a * table[before][l];
                    }
                }
            }
            let mut sum = 0.0;
            for l in 0..LANES {
                alpha[l] *= emitted[l];
                sum += alpha[l];
            }
            let sum = sum.max(1e-35);
            for a in &mut alpha {
                *a /= sum;
            }
            // Emissions carry the scale, so that the backward pass stays in range.
            for e in &mut emitted {
                *e /= sum;
            }
            log += top + ln(sum);
            self.alpha[i] = alpha;
            self.emitted[i] = emitted;
        }
        let mut beta = [1.0; LANES];
        for i in (0..count).rev() {
            for (expected, (alpha, beta)) in self.expected[i].iter_mut().zip(self.alpha[i].iter().zip(&beta))
            {
                *expected = alpha * beta;
            }
            let mut ahead = beta;
            for (ahead, emitted) in ahead.iter_mut().zip(&self.emitted[i]) {
                *ahead *= emitted;
            }
            if i == 0 {
                for l in 0..LANES {
                    self.expected_steps[LABELS][l] += self.expected[0][l];
                }
                break;
            }
            let mut next = [0.0; LANES];
            for before in 0..LABELS {
                let a = self.alpha[i - 1][before];
                let mut sum = 0.0;
                for l in 0..LANES {
                    let path = table[before][l] * ahead[l];
                    sum += path;
                    self.expected_steps[before][l] += a * path;
                }
                next[before] = sum;
            }
            beta = next;
        }
        log
    }
}

/// A multiplicative congruential generator; its numbers are part of the model.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let x = self.0 ^ self.0 >> 33;
        x.wrapping_mul(0xFF51_AFD7_ED55_8CCD) >> 16
    }

    pub(crate) fn fraction(&mut self) -> f32 {
        (self.next() & 0xFF_FFFF) as f32 / 16_777_216.0
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// The exponential by range reduction and a polynomial; relative error below 3e-7.
fn exp(x: f32) -> f32 {
    let x = x.clamp(-80.0, 80.0);
    let k = (x * std::f32::consts::LOG2_E).round();
    let r = x - k * 0.693_359_4 + k * 2.121_944_4e-4;
    let p = 1.0
        + r * (1.0
            + r * (0.5 + r * (0.166_666_55 + r * (0.041_665_8 + r * (0.008_333_4 + r * 0.001_393_3)))));
    f32::from_bits((((k as i32) + 127) << 23) as u32) * p
}

/// The natural logarithm of a positive number, for reports.
fn ln(x: f32) -> f32 {
    let bits = x.to_bits();
    let k = ((bits >> 23) as i32 - 127) as f32;
    let m = f32::from_bits(bits & 0x007F_FFFF | 0x3F80_0000);
    let y = (m - 1.0) / (m + 1.0);
    let s = y * y;
    k * std::f32::consts::LN_2 + 2.0 * y * (1.0 + s * (1.0 / 3.0 + s * (0.2 + s * (1.0 / 7.0 + s / 9.0))))
}

/// Only "outside".
pub(crate) const ONLY_OUTSIDE: u32 = 1 << OUTSIDE;
