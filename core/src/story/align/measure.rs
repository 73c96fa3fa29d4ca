//! The figures of two statements: whether they are of one thing, and what it means that they differ.

use super::compare::{self, Fact, Verdict};
use super::pair::{Context, Said};
use super::statement::{ANOTHER, CONTRAST, FIRST, Likeness, REVISE, SOURCE, Statement, TOLLS};
use super::{Finding, Relation};

/// Thresholds on the score, chosen on the annotated stories so that about seven of ten findings hold.
const FIGURES_AGREE: f64 = 0.24;
const FIGURES_DIFFER: f64 = 0.30;
const CLASH: f64 = 0.22;
/// Further score that an agreement between documents of different events needs.
const APART: f64 = 0.25;
/// A statement that sets itself against the one before it has this much more to do with it.
const CONTRASTED: f64 = 0.15;
/// How many sentences a statement may stand after the one that it replaces or contrasts.
const CLOSE: u32 = 6;

impl Context<'_, '_> {
    /// Compares the figures of two statements; returns whether they were of one thing.
    pub(super) fn figures(&self, (a, b): (usize, usize), like: Likeness, out: &mut Vec<Finding>) -> bool {
        let (x, y) = (&self.all.list[a], &self.all.list[b]);
        let (fx, fy) = (&self.facts[a], &self.facts[b]);
        if fx.is_empty() || fy.is_empty() {
            return false;
        }
        let same_document = x.document == y.document;
        let apart = self.events.are_apart(x.document, y.document);
        let occasions = self.occasions(x, y);
        let mut best: [Option<(Verdict, &Fact, &Fact)>; 2] = [None, None];
        for p in fx {
            for q in fy {
                let Some(mut verdict) = compare::compare(p, q, like, same_document) else { continue };
                if verdict.agrees && apart && !self.events.is_common(p) {
                    verdict.score -= APART;
                }
                let slot = &mut best[usize::from(!verdict.agrees)];
                if slot.is_none_or(|(known, ..)| verdict.score > known.score) {
                    *slot = Some((verdict, p, q));
                }
            }
        }
        if let Some((verdict, p, q)) = best[0].filter(|(v, ..)| v.score >= FIGURES_AGREE) {
            if occasions {
                return true;
            }
            let reason = format!("\"{}\" and \"{}\" agree", p.measured.figure.text, q.measured.figure.text);
            // A large number without its currency is the sum that others give with it.
            let unit = if p.measured.figure.value >= 1e5 { "" } else { p.measured.figure.unit.as_str() };
            let key = format!("{} {unit}", p.measured.amount);
            out.push(self.finding(
                Relation::Agree,
                verdict.score,
                (a, b),
                Said::figures(key, (p, q), reason),
            ));
            return true;
        }
        let Some((mut verdict, p, q)) = best[1] else { return false };
        let follows = same_document && y.sentence - x.sentence <= CLOSE;
        let sources = same_document && x.cues & y.cues & SOURCE != 0 && verdict.toll != 0;
        if follows && y.cues & (CONTRAST | REVISE) != 0 || sources {
            verdict.score += CONTRASTED;
        }
        if verdict.range && !occasions {
            return true;
        }
        if verdict.score < FIGURES_DIFFER {
            // Figures of one thing that differ: the statements do not say the same, however alike their words.
            return verdict.score >= CLASH;
        }
        // A value that the other statement gives of the same thing as well is no other value.
        let given = |value: &Fact, list: &[Fact]| {
            list.iter().any(|f| f.toll == value.toll && compare::is_compatible(f.measured, value.measured))
        };
        let replaces = follows && y.cues & REVISE != 0;
        if given(p, fy) || given(q, fx) || !replaces && !occasions && !self.same_scope(x, y) {
            return false;
        }
        let Some((relation, why)) = self.conflict((x, y), (p, q), verdict, occasions) else { return false };
        let (p_text, q_text) = (&p.measured.figure.text, &q.measured.figure.text);
        let reason = format!("\"{p_text}\" against \"{q_text}\": {why}");
        let key = format!("{} {}", p.measured.figure.unit, p.measured.figure.counted);
        out.push(self.finding(relation, verdict.score, (a, b), Said::figures(key, (p, q), reason)));
        true
    }

    /// Whether two statements go back or forward to different years, or only one of them does.
    fn occasions(&self, x: &Statement, y: &Statement) -> bool {
        self.events.occasion(x) != self.events.occasion(y)
    }

    /// What it means that two figures of one thing differ.
    fn conflict(
        &self,
        (x, y): (&Statement, &Statement),
        (p, _): (&Fact, &Fact),
        verdict: Verdict,
        occasions: bool,
    ) -> Option<(Relation, &'static str)> {
        if occasions {
            return Some((Relation::DifferentEvent, "the years differ"));
        }
        if x.document == y.document {
            if (x.cues | y.cues) & ANOTHER != 0 {
                return None;
            }
            let sources = x.cues & SOURCE != 0 && y.cues & SOURCE != 0 || y.cues & CONTRAST != 0;
            return match (y.cues & REVISE != 0, sources) {
                (true, _) => Some((Relation::Revised, "the later statement replaces the earlier one")),
                (_, true) => Some((Relation::Differ, "two sources in one document")),
                _ => None,
            };
        }
        let (days_x, days_y) = (&x.days, &y.days);
        let apart = !days_x.is_empty() && !days_y.is_empty() && !days_x.iter().any(|d| days_y.contains(d));
        let weeks = self.published_apart(x.document, y.document) > 5;
        Some(if self.events.are_apart(x.document, y.document) {
            (Relation::DifferentEvent, "the documents measure different events")
        } else if verdict.toll & TOLLS != 0 {
            (Relation::Revised, "tolls are counted on")
        } else if apart {
            (Relation::DifferentEvent, "the days differ")
        } else if weeks && !matches!(p.measured.figure.unit.as_str(), "points" | "%") && verdict.toll == 0 {
            (Relation::DifferentEvent, "the documents are days apart")
        } else if (x.cues | y.cues) & (REVISE | FIRST) != 0 {
            (Relation::Revised, "one statement says that it replaces another")
        } else {
            (Relation::Differ, "the values exclude each other")
        })
    }

    fn published_apart(&self, a: usize, b: usize) -> i64 {
        let day = |d: usize| self.sources.documents.get(d).and_then(|d| d.published()).map(|d| d.days());
        match (day(a), day(b)) {
            (Some(a), Some(b)) => (a - b).abs(),
            _ => 0,
        }
    }

    /// Whether two statements are of the same people and places: neither names one that the other lacks, or nearly.
    fn same_scope(&self, x: &Statement, y: &Statement) -> bool {
        let lacks =
            |p: &Statement, q: &Statement| p.members.iter().filter(|m| !q.members.contains(m)).count();
        let (own_x, own_y) = (lacks(x, y), lacks(y, x));
        let shared = x.members.len() - own_x;
        own_x == 0 || own_y == 0 || shared >= 2 && own_x.min(own_y) <= 1
    }
}
