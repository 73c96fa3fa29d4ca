//! One step of decoding: from the best sums of the labels of a token to those of the next.
//!
//! In: the transitions of a weights file. Out: [`Steps`], which finds for every label the best label before it. Names
//! go on only inside what begins or goes on with their kind; no other way is looked at unless it could win.

use super::label::{self, KINDS, LABELS, LANES, OUTSIDE};
use super::weights::Scores;

/// The low bits of a sum that tell the label before; what a token's few dozen features weigh leaves room for them.
pub(crate) const BACK: u32 = LANES.trailing_zeros();

/// The label before that a sum of [`Steps::from`] tells.
pub(crate) fn before(sum: i32) -> usize {
    LANES - 1 - (sum as usize & (LANES - 1))
}

const HALF: usize = LANES / 2;
/// Less than any sum.
const NEVER: i32 = i32::MIN / 4;
/// The place of "outside" among the labels that open.
const OUT: usize = KINDS.len();

/// Sums for all labels, in two halves: the labels that begin a name, by kind, and "outside" behind them; those
/// inside a name, by kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lanes {
    open: [i32; HALF],
    inside: [i32; HALF],
}

impl Lanes {
    pub(crate) fn new(labels: &Scores) -> Self {
        let mut lanes = Lanes { open: [0; HALF], inside: [0; HALF] };
        lanes.add(labels);
        lanes
    }

    /// Adds what stands in the order of labels.
    pub(crate) fn add(&mut self, labels: &Scores) {
        for kind in 0..KINDS.len() {
            self.open[kind] += labels[label::begin(kind)];
            self.inside[kind] += labels[label::inside(kind)];
        }
        self.open[OUT] += labels[OUTSIDE];
    }

    /// The same in the order of labels.
    pub(crate) fn labels(&self) -> Scores {
        let mut labels = [0; LANES];
        (0..LABELS).for_each(|label| labels[label] = self.of(label));
        labels
    }

    pub(crate) fn of(&self, label: usize) -> i32 {
        match label::kind_of(label) {
            None => self.open[OUT],
            Some(kind) if label::is_begin(label) => self.open[kind],
            Some(kind) => self.inside[kind],
        }
    }

    /// The sums of a token without what they tell of the label before.
    pub(crate) fn plain(&self) -> Self {
        Lanes { open: self.open.map(|sum| sum >> BACK), inside: self.inside.map(|sum| sum >> BACK) }
    }
}

/// The transitions between labels, with the label before in the lowest bits: the largest sum tells the best way and
/// where it came from, and of equal ones the one from the first label.
#[derive(Clone, Debug)]
pub(crate) struct Steps {
    /// From the labels of each half.
    open: [Lanes; HALF],
    inside: [Lanes; KINDS.len()],
    /// Into a name from its beginning, and from inside it.
    enter: [i32; HALF],
    stay: [i32; HALF],
    /// No other way into a name weighs more.
    else_in: i32,
    /// How far all other labels must be behind "outside" for the best way to what opens to come from it alone.
    behind: i32,
}

impl Steps {
    pub(crate) fn new(transitions: &[Scores; LABELS + 1]) -> Self {
        let row = |label: usize| {
            let back = (LANES - 1 - label) as i32;
            Lanes::new(&transitions[label].map(|weight| weight << BACK | back))
        };
        let open = |kind: usize| row(if kind == OUT { OUTSIDE } else { label::begin(kind) });
        let (open, inside) =
            (std::array::from_fn(open), std::array::from_fn(|kind| row(label::inside(kind))));
        let mut steps = Steps {
            open,
            inside,
            enter: [0; HALF],
            stay: [NEVER; HALF],
            else_in: i32::MIN,
            behind: i32::MIN,
        };
        for lane in 0..HALF {
            let others = open[..OUT].iter().chain(&inside).map(|row| row.open[lane]);
            let most = others.fold(i32::MIN, i32::max);
            steps.behind = steps.behind.max(most - open[OUT].open[lane]);
        }
        for kind in 0..KINDS.len() {
            steps.enter[kind] = open[kind].inside[kind];
            steps.stay[kind] = inside[kind].inside[kind];
            let rows = open.iter().chain(&inside).enumerate();
            let others = rows.filter(|(lane, _)| lane % HALF != kind).map(|(_, row)| row.inside[kind]);
            steps.else_in = others.fold(steps.else_in, i32::max);
        }
        steps
    }

    /// The best sums at the next token before its own scores, and in their lowest bits the labels before. Only what is
    /// between the labels counts; so sums stay small however long the sentence.
    pub(crate) fn from(&self, sums: &Lanes) -> Lanes {
        let base = sums.open[OUT];
        let scale = |sum: i32| (sum - base) << BACK;
        let from = Lanes { open: sums.open.map(scale), inside: sums.inside.map(scale) };
        let mut next = Lanes { open: [i32::MIN; HALF], inside: [i32::MIN; HALF] };
        best_of(&mut next.open, from.open[OUT], &self.open[OUT].open);
        let named = from.open[..OUT].iter().zip(&self.open).chain(from.inside.iter().zip(&self.inside));
        // Sums count from that of "outside".
        if named.clone().fold(i32::MIN, |most, (from, _)| most.max(*from)) >= -self.behind {
            named.for_each(|(from, row)| best_of(&mut next.open, *from, &row.open));
        }
        let own = |lane: usize| (from.open[lane] + self.enter[lane]).max(from.inside[lane] + self.stay[lane]);
        next.inside = std::array::from_fn(own);
        let most: [i32; HALF] = std::array::from_fn(|lane| from.open[lane].max(from.inside[lane]));
        let most = most.into_iter().fold(i32::MIN, i32::max).saturating_add(self.else_in);
        if next.inside.into_iter().fold(i32::MAX, i32::min) <= most {
            for (from, row) in from.open.iter().zip(&self.open).chain(from.inside.iter().zip(&self.inside)) {
                best_of(&mut next.inside, *from, &row.inside);
            }
        }
        next
    }
}

fn best_of(next: &mut [i32; HALF], from: i32, row: &[i32; HALF]) {
    next.iter_mut().zip(row).for_each(|(next, step)| *next = (*next).max(from + step));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn steps_find_the_best_way(
            weights in prop::array::uniform16(prop::array::uniform16(-300..300i32)),
            sums in prop::array::uniform16(-60_000..60_000i32),
            close in any::<bool>(),
        ) {
            let mut transitions = weights;
            for (before, row) in transitions.iter_mut().enumerate().take(LABELS) {
                for (label, step) in row.iter_mut().enumerate().take(LABELS) {
                    let goes_on = label::kind_of(before) == label::kind_of(label) && before != OUTSIDE;
                    if !goes_on && label != OUTSIDE && !label::is_begin(label) {
                        *step = -32_768;
                    }
                }
            }
            let sums = sums.map(|sum| if close { sum / 16 } else { sum });
            let next = Steps::new(&transitions).from(&Lanes::new(&sums));
            let labels = 0..LABELS;
            for label in labels.clone() {
                let way = |from: usize| sums[from] - sums[OUTSIDE] + transitions[from][label];
                let best = labels.clone().max_by_key(|&l| (way(l), std::cmp::Reverse(l))).unwrap();
                prop_assert_eq!(next.of(label) >> BACK, way(best));
                prop_assert_eq!(before(next.of(label)), best);
            }
        }
    }
}
