//! Which forms stand for one entity, and why.
//!
//! A union-find over the numbers of forms; the root of a set is its smallest number, so that results do not depend
//! on the order of joins. Every join keeps its evidence.

use super::Evidence;
use std::collections::BTreeSet;

/// Sets of forms that stand for one entity.
#[derive(Debug)]
pub(crate) struct Clusters {
    parent: Vec<u32>,
    members: Vec<Vec<u32>>,
    /// For every join one of the joined forms and the reason.
    pub(crate) evidence: Vec<(u32, Evidence)>,
    /// Pairs of forms that the caller keeps apart, both ways round.
    apart: BTreeSet<(u32, u32)>,
}

impl Clusters {
    pub(crate) fn new(count: usize) -> Self {
        Clusters {
            parent: (0..count as u32).collect(),
            members: (0..count as u32).map(|n| vec![n]).collect(),
            evidence: Vec::new(),
            apart: BTreeSet::new(),
        }
    }

    /// Keeps two forms in different sets from now on.
    pub(crate) fn keep_apart(&mut self, a: u32, b: u32) {
        self.apart.insert((a, b));
        self.apart.insert((b, a));
    }

    /// Whether the caller allows that two forms stand for one entity.
    pub(crate) fn allows(&self, a: u32, b: u32) -> bool {
        if self.apart.is_empty() {
            return true;
        }
        let (x, y) = (self.root(a), self.root(b));
        !self.apart.iter().any(|&(p, q)| self.root(p) == x && self.root(q) == y)
    }

    /// The root of the set that holds a form.
    pub(crate) fn root(&self, mut form: u32) -> u32 {
        while self.parent[form as usize] != form {
            form = self.parent[form as usize];
        }
        form
    }

    /// The forms of a set, given by its root.
    pub(crate) fn members(&self, root: u32) -> &[u32] {
        &self.members[root as usize]
    }

    /// Joins two sets; `names` are the surfaces that showed it.
    pub(crate) fn join(&mut self, a: u32, b: u32, names: [&str; 2], reason: String) {
        let (x, y) = (self.root(a), self.root(b));
        if x == y || !self.allows(x, y) {
            return;
        }
        let (keep, drop) = (x.min(y), x.max(y));
        // The larger list is kept, so that joining costs n log n in all; depth stays logarithmic with it.
        let mut moved = std::mem::take(&mut self.members[drop as usize]);
        let mut kept = std::mem::take(&mut self.members[keep as usize]);
        if moved.len() > kept.len() {
            std::mem::swap(&mut moved, &mut kept);
        }
        for &form in &moved {
            self.parent[form as usize] = keep;
        }
        self.parent[drop as usize] = keep;
        kept.extend(moved);
        self.members[keep as usize] = kept;
        self.note(keep, names, reason);
    }

    /// Keeps a reason for a set without joining.
    pub(crate) fn note(&mut self, form: u32, names: [&str; 2], reason: String) {
        self.evidence.push((form, Evidence { names: names.map(str::to_owned), reason }));
    }
}
