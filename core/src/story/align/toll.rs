//! Tolls: the dead, injured and homeless that each document gives first; later ones count on.

use super::compare::{self, Fact};
use super::pair::{Context, Said};
use super::statement::{DEATH, HOME, HURT};
use super::{Finding, Relation};
use std::collections::BTreeMap;

/// A document's toll is what it says within its first sentences.
const HEAD: u32 = 8;
/// Tolls of so many documents are set side by side.
const DOCUMENTS: usize = 20;

impl Context<'_, '_> {
    /// The toll that each document gives first: later ones count on.
    pub(super) fn tolls(&self) -> Vec<Finding> {
        let mut out = Vec::new();
        for (kind, name) in [(DEATH, "death toll"), (HURT, "injured"), (HOME, "homeless")] {
            let mut first: BTreeMap<usize, (usize, &Fact)> = BTreeMap::new();
            for (number, statement) in self.all.list.iter().enumerate() {
                let told = self.facts[number].iter().find(|f| {
                    f.toll == kind
                        && f.measured.figure.value >= 10.0
                        && !f.measured.vague
                        && !f.measured.ordinal
                });
                if let Some(fact) = told.filter(|_| {
                    statement.sentence < HEAD && self.sources.copies[statement.document] == statement.document
                }) {
                    first.entry(statement.document).or_insert((number, fact));
                }
            }
            let order: Vec<(usize, &Fact)> = first.into_values().take(DOCUMENTS).collect();
            for (i, (a, p)) in order.iter().enumerate() {
                for (b, q) in &order[i + 1..] {
                    let (low, high) =
                        (p.measured.amount.min(q.measured.amount), p.measured.amount.max(q.measured.amount));
                    if low.scaled(20).is_none_or(|most| most < high) {
                        continue;
                    }
                    let same = compare::is_compatible(p.measured, q.measured);
                    let relation = if same { Relation::Agree } else { Relation::Revised };
                    let how = if same { "agree" } else { "differ, and tolls are counted on" };
                    let (x, y) = (&p.measured.figure.text, &q.measured.figure.text);
                    let said = Said {
                        key: if same { p.measured.amount.to_string() + " " } else { name.into() },
                        topic: name.into(),
                        reason: format!("the first tolls of two documents, \"{x}\" and \"{y}\", {how}"),
                        values: [x.clone(), y.clone()],
                    };
                    out.push(self.finding(relation, 0.5, (*a, *b), said));
                }
            }
        }
        out
    }
}
