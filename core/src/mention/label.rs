//! The tags that the tagger gives to tokens: outside, or the begin, inside, last or only token of a name of a kind.

use crate::catalog::EntityKind;

/// The kinds of names that the tagger tells apart, in the order of their labels.
pub(crate) const KINDS: [EntityKind; 7] = [
    EntityKind::Person,
    EntityKind::Organization,
    EntityKind::Place,
    EntityKind::Nationality,
    EntityKind::Event,
    EntityKind::Work,
    EntityKind::Product,
];

/// Labels of one kind: begin, inside.
pub(crate) const PARTS: usize = 2;
/// The number of labels.
pub(crate) const LABELS: usize = 1 + PARTS * KINDS.len();
/// The labels rounded up, for vector arithmetic.
pub(crate) const LANES: usize = 16;
/// The label of a token that belongs to no name.
pub(crate) const OUTSIDE: usize = 0;

/// The label of the first token of a name of the kind with this number.
pub(crate) fn begin(kind: usize) -> usize {
    1 + PARTS * kind
}

/// The label of a later token of a name of the kind with this number.
pub(crate) fn inside(kind: usize) -> usize {
    begin(kind) + 1
}

/// The number of the kind of a label, or `None` outside.
pub(crate) fn kind_of(label: usize) -> Option<usize> {
    label.checked_sub(1).map(|l| l / PARTS)
}

/// Whether a label begins a name.
pub(crate) fn is_begin(label: usize) -> bool {
    label != OUTSIDE && (label - 1).is_multiple_of(PARTS)
}

#[cfg(any(feature = "train", test))]
/// Whether the second label may follow the first; `None` stands for the start of a sentence.
pub(crate) fn may_follow(before: Option<usize>, label: usize) -> bool {
    label == OUTSIDE
        || is_begin(label)
        || before.is_some_and(|b| b != OUTSIDE && kind_of(b) == kind_of(label))
}
