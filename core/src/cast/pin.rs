//! What the caller decides: two mentions are one entity, or are not.
//!
//! In: places in documents. Out: a form of its own for each mention named, joined or kept apart before anything else
//! is decided.

use super::cluster::Clusters;
use super::form::Forms;
use crate::mention::RawMention;

/// Names two mentions by document and byte offset, and says whether they are one entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pin {
    /// The index of the document and a byte inside the mention.
    pub(crate) first: (usize, usize),
    /// The other mention.
    pub(crate) second: (usize, usize),
    pub(crate) together: bool,
}

/// Gives every pinned mention a form of its own; places without a mention are passed over.
pub(crate) fn forms_of(
    pins: &[Pin],
    mentions: &[Vec<RawMention>],
    forms: &mut Forms,
) -> Vec<(u32, u32, bool)> {
    let at = |(document, byte): (usize, usize)| -> Option<(usize, usize)> {
        let list = mentions.get(document)?;
        let position = list.partition_point(|m| m.span.end as usize <= byte);
        (list.get(position)?.span.start as usize <= byte).then_some((document, position))
    };
    let mut out = Vec::new();
    for pin in pins {
        let (Some(first), Some(second)) = (at(pin.first), at(pin.second)) else { continue };
        if first == second {
            continue;
        }
        if let (Some(a), Some(b)) = (forms.own(first.0, first.1), forms.own(second.0, second.1)) {
            out.push((a, b, pin.together));
        }
    }
    out
}

/// Joins and keeps apart as the caller says.
pub(crate) fn apply(pins: &[(u32, u32, bool)], forms: &Forms, clusters: &mut Clusters) {
    for &(a, b, together) in pins {
        if together {
            let names = [forms.forms[a as usize].text.as_str(), forms.forms[b as usize].text.as_str()];
            clusters.join(a, b, names, "pinned together by the caller".to_owned());
        } else {
            clusters.keep_apart(a, b);
        }
    }
}
