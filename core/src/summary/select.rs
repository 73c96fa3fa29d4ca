//! Which sentences are chosen.
//!
//! In: a model that values every candidate given those taken, the focus, the budget. Out: choices in reading order.
//! The most valuable candidate per cost that fits is taken until none fits; then, under a limit on length, candidates
//! are exchanged until nine tenths of it are filled or no exchange helps.

use super::budget::{Budget, Used};
use super::field::{Field, Opening};
use super::focus::Focus;
use super::knapsack::{Item, knapsack};
use super::option::Counter;
use super::{Choice, Reason};
use crate::Error;

/// The reason told of a sentence whose opening points to one that is left out.
const OPENING: &str = "opening";

/// Values candidates, given those taken so far.
pub(crate) trait Model {
    /// What a candidate adds to those taken.
    fn value(&self, candidate: usize) -> f64;
    /// The parts of that value; they sum to it.
    fn reasons(&self, candidate: usize) -> Vec<Reason>;
    /// Takes a candidate.
    fn take(&mut self, candidate: usize);
    /// What a candidate costs, given the largest share of a limit on length that it uses (0: none is given).
    fn cost(&self, candidate: usize, share: f64) -> f64;
    /// The share of its value that a sentence loses when its opening points to a sentence that is left out.
    fn leaning(&self, opening: Opening) -> f64;
    /// Whether a candidate may be taken before all others that are not plain.
    fn is_plain(&self, candidate: usize) -> bool;
}

/// Values follow what is taken for so many sentences; later ones are filled in by the values as they stand then,
/// which keeps the work linear when a budget admits most of a long text.
const FOLLOWED: usize = 48;
/// A limit on length is used well when this share of it is filled.
const FILLED: f64 = 0.9;
/// Exchanges are sought among so many candidates of the highest value.
const EXCHANGED: usize = 2048;

/// What selection knows while it works.
pub(crate) struct Selection<'a, M> {
    pub(crate) field: &'a Field<'a>,
    pub(crate) focus: Focus,
    pub(crate) budget: &'a Budget,
    pub(crate) model: M,
    pub(crate) used: Used,
    /// In the order of taking.
    pub(crate) taken: Vec<Choice>,
    pub(crate) is_taken: Vec<bool>,
}

impl<'a, M: Model> Selection<'a, M> {
    pub(crate) fn new(field: &'a Field<'a>, mut focus: Focus, budget: &'a Budget, model: M) -> Self {
        if focus.asks() {
            let values = (0..field.candidates.len()).map(|candidate| model.value(candidate));
            focus.lift_over(values.fold(0.0, f64::max));
        }
        let is_taken = vec![false; field.candidates.len()];
        Selection { field, focus, budget, model, used: budget.empty(), taken: Vec::new(), is_taken }
    }

    /// Chooses until nothing fits; the caller's own counting has the last word.
    pub(crate) fn run(&mut self, tokens: Option<&(usize, Counter)>) -> Result<(), Error> {
        while self.taken.len() < FOLLOWED {
            let best = (0..self.field.candidates.len())
                .filter(|&candidate| self.is_open(candidate))
                .map(|candidate| (self.model.is_plain(candidate), self.rate(candidate), candidate))
                .max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(b.2.cmp(&a.2)));
            let Some((_, _, best)) = best else { break };
            self.take(best);
        }
        if self.taken.len() == FOLLOWED {
            self.fill();
        }
        self.exchange();
        if let Some((allowed, counter)) = tokens {
            self.trim(*allowed, counter)?;
        }
        self.settle();
        Ok(())
    }

    /// Gives back the sentences of the lowest value until the caller's function counts the whole, joined by blanks,
    /// within the limit: a tokenizer may make more of a whole than of its parts.
    fn trim(&mut self, allowed: usize, counter: &Counter) -> Result<(), Error> {
        while !self.taken.is_empty() {
            let order = self.reading_order();
            let text = |place: &usize| self.field.text(&self.field.candidates[self.taken[*place].candidate]);
            let whole = order.iter().map(text).collect::<Vec<_>>().join(" ");
            let count = counter.count(&whole)?;
            if count <= allowed as u64 {
                break;
            }
            // Half of what seems too much goes at once, so that few rounds are needed.
            let excess = (count - allowed as u64) as f64 / count as f64;
            let dropped = (self.taken.len() as f64 * excess / 2.0) as usize + 1;
            let mut lowest: Vec<usize> = (0..self.taken.len()).collect();
            lowest.sort_by(|a, b| self.taken[*a].value().total_cmp(&self.taken[*b].value()).then(b.cmp(a)));
            let mut goes = vec![false; self.taken.len()];
            for &place in &lowest[..dropped.min(lowest.len())] {
                goes[place] = true;
                self.budget.remove(&mut self.used, self.taken[place].candidate);
                self.is_taken[self.taken[place].candidate] = false;
            }
            let mut goes = goes.into_iter();
            self.taken.retain(|_| goes.next() == Some(false));
        }
        Ok(())
    }

    /// Whether a candidate may be taken now.
    fn is_open(&self, candidate: usize) -> bool {
        !self.is_taken[candidate] && self.focus.admits(candidate) && self.budget.fits(&self.used, candidate)
    }

    /// The value of a candidate per cost, as the focus shifts it.
    fn rate(&self, candidate: usize) -> f64 {
        let cost = self.model.cost(candidate, self.budget.share(candidate));
        self.value(candidate) / cost
    }

    fn value(&self, candidate: usize) -> f64 {
        let value = self.model.value(candidate);
        value + self.focus.shift(candidate, value) + self.leaning(candidate, value)
    }

    /// Whether the opening of a sentence points to the one before while that is left out.
    fn leans(&self, candidate: usize) -> bool {
        let comes_along = self.field.follows(candidate) && self.is_taken[candidate - 1];
        self.field.candidates[candidate].opening != Opening::Plain && !comes_along
    }

    /// What is taken off a sentence for that.
    fn leaning(&self, candidate: usize, value: f64) -> f64 {
        let share = self.model.leaning(self.field.candidates[candidate].opening);
        if self.leans(candidate) { -share * value.max(0.0) } else { 0.0 }
    }

    /// Tells of every sentence taken whose antecedent left later that it leans.
    fn settle(&mut self) {
        for place in 0..self.taken.len() {
            let choice = &self.taken[place];
            let told = choice.reasons.iter().any(|reason| reason.name == OPENING);
            if !told && self.leans(choice.candidate) {
                let value = self.leaning(choice.candidate, choice.value());
                self.taken[place].reasons.push(Reason::new(OPENING, value));
            }
        }
    }

    /// Whether the opening of a sentence taken points to this one, which therefore stays.
    fn is_leant_on(&self, candidate: usize) -> bool {
        let next = candidate + 1;
        next < self.is_taken.len()
            && self.is_taken[next]
            && self.field.follows(next)
            && self.field.candidates[next].opening != Opening::Plain
    }

    /// The parts of a candidate's score as things stand.
    pub(crate) fn reasons(&self, candidate: usize) -> Vec<Reason> {
        let value = self.model.value(candidate);
        let mut reasons = self.model.reasons(candidate);
        let focus = self.focus.shift(candidate, value);
        if focus != 0.0 {
            reasons.push(Reason::new("focus", focus));
        }
        if self.leans(candidate) {
            reasons.push(Reason::new(OPENING, self.leaning(candidate, value)));
        }
        reasons
    }

    fn take(&mut self, candidate: usize) {
        let reasons = self.reasons(candidate);
        self.budget.add(&mut self.used, candidate);
        self.is_taken[candidate] = true;
        if self.taken.len() < FOLLOWED {
            self.model.take(candidate);
        }
        self.taken.push(Choice { candidate, reasons });
    }

    fn by_rate(&self) -> Vec<usize> {
        let mut open: Vec<(f64, usize)> = (0..self.field.candidates.len())
            .filter(|&candidate| self.is_open(candidate))
            .map(|candidate| (self.rate(candidate), candidate))
            .collect();
        open.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        open.into_iter().map(|(_, candidate)| candidate).collect()
    }

    fn fill(&mut self) {
        for candidate in self.by_rate() {
            if self.is_open(candidate) {
                self.take(candidate);
            }
        }
    }

    /// Gives the least valuable sentence for a longer one while the budget is badly used.
    fn exchange(&mut self) {
        for _ in 0..3 {
            if self.budget.counts_sentences_only() || self.budget.filled(&self.used) >= FILLED {
                return;
            }
            let mut open: Vec<(f64, usize)> = (0..self.field.candidates.len())
                .filter(|&candidate| !self.is_taken[candidate] && self.focus.admits(candidate))
                .map(|candidate| (self.value(candidate), candidate))
                .collect();
            open.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            open.truncate(EXCHANGED);
            let mut best: Option<(f64, f64, Option<usize>, usize)> = None;
            let stays = |out: &usize| self.is_leant_on(self.taken[*out].candidate);
            let outs = (0..self.taken.len().min(FOLLOWED)).filter(|out| !stays(out)).map(Some);
            for out in std::iter::once(None).chain(outs) {
                let mut used = self.used.clone();
                let lost = out.map_or(0.0, |out| {
                    self.budget.remove(&mut used, self.taken[out].candidate);
                    self.taken[out].value()
                });
                for &(value, candidate) in open.iter().filter(|&&(_, c)| self.budget.fits(&used, c)) {
                    let mut after = used.clone();
                    self.budget.add(&mut after, candidate);
                    let filled = self.budget.filled(&after);
                    // Beyond nine tenths the value decides, below it the filling.
                    let key = (filled.min(FILLED), value - lost);
                    let better =
                        best.is_none_or(|best| key.0 > best.0 || (key.0 == best.0 && key.1 > best.1));
                    if better && filled > self.budget.filled(&self.used) {
                        best = Some((key.0, key.1, out, candidate));
                    }
                }
            }
            let Some((_, _, out, candidate)) = best else { break };
            if let Some(out) = out {
                self.give_back(out);
            }
            self.take(candidate);
            self.fill();
        }
        if self.budget.filled(&self.used) < FILLED {
            self.pack();
        }
    }

    fn give_back(&mut self, place: usize) {
        let choice = self.taken.remove(place);
        self.budget.remove(&mut self.used, choice.candidate);
        self.is_taken[choice.candidate] = false;
    }

    /// Takes the best set that fills nine tenths of the first limit on length, where there is one: for limits so
    /// small and choices so few that single exchanges fail.
    fn pack(&mut self) {
        let Some((allowed, separator)) = self.budget.first_limit() else { return };
        let mut items: Vec<Item> = (0..self.field.candidates.len())
            .filter(|&candidate| !self.is_taken[candidate] && self.focus.admits(candidate))
            .map(|candidate| (self.value(candidate), candidate))
            .chain(self.taken.iter().map(|choice| (choice.value(), choice.candidate)))
            .map(|(value, id)| Item { id, value, cost: self.budget.first_cost(id) + separator })
            .collect();
        items.sort_by(|a, b| b.value.total_cmp(&a.value).then(a.id.cmp(&b.id)));
        // The first sentence pays no separator, which a limit larger by one separator expresses.
        let least = separator + (FILLED * allowed as f64).ceil() as usize;
        let Some(set) = knapsack(&items, least, allowed + separator) else { return };
        let mut trial = self.budget.empty();
        for &candidate in &set {
            if !self.budget.fits(&trial, candidate) {
                return;
            }
            self.budget.add(&mut trial, candidate);
        }
        for place in (0..self.taken.len()).rev() {
            if !set.contains(&self.taken[place].candidate) {
                self.give_back(place);
            }
        }
        for candidate in set {
            if !self.is_taken[candidate] {
                self.take(candidate);
            }
        }
    }

    /// The places of the choices in reading order: first the documents of which the opening sentence is taken, since it
    /// tells what happened; of equal ones that of which a sentence was taken first; sentences as they stand in the text.
    fn reading_order(&self) -> Vec<usize> {
        let mut rank = vec![(true, usize::MAX); self.field.documents];
        for (order, choice) in self.taken.iter().enumerate() {
            let candidate = &self.field.candidates[choice.candidate];
            let held = &mut rank[candidate.document as usize];
            *held = (held.0 && candidate.position > 0, held.1.min(order));
        }
        let mut places: Vec<usize> = (0..self.taken.len()).collect();
        places.sort_by_key(|place| {
            let candidate = self.taken[*place].candidate;
            (rank[self.field.candidates[candidate].document as usize], candidate)
        });
        places
    }

    /// The choices in reading order.
    pub(crate) fn into_reading_order(self) -> Vec<Choice> {
        let order = self.reading_order();
        let mut choices: Vec<Option<Choice>> = self.taken.into_iter().map(Some).collect();
        order.into_iter().filter_map(|place| choices[place].take()).collect()
    }
}
