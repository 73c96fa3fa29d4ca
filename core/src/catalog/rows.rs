//! Rows, spellings and owner lists of a compiled catalog.
//!
//! In: the names of all entities, read. Out: their rows, and each key's hash and first row. Names are sorted by the hash
//! of their words, so that spellings of one key lie together and the table is filled from front to back; their rows lie
//! in that order too, short single words before all others.

use super::file::Sections;
use super::name::{MAX_SPELLINGS, MORE, SAME_WORDS, WEAK, folded_words};
use super::sort;
use super::table;
use super::view::{KEY_BITS, OWNER_LIST, ROW_BYTES};
use crate::parallel::both;

/// One name of one entity, before names are put together.
#[derive(Clone, Copy)]
pub(crate) struct Draft {
    /// The hash of its words, with [`place_among_rows`] in its low bits.
    pub(crate) hash: u64,
    pub(crate) start: u32,
    pub(crate) length: u32,
    pub(crate) flags: u32,
    /// Entity and weakness, as a row stores them.
    pub(crate) owner: u32,
}

/// Names that are read together.
const NEAR: usize = 64;

/// Rows lie in groups: texts have short words more often than long ones and than names of several words, so that what is
/// read most lies together.
const ROW_GROUPS: usize = 4;

/// The low bits of a key's hash: [`table::ONE_WORD`], and above it the group of its row.
pub(crate) fn place_among_rows(bytes: usize, words: usize) -> u64 {
    match (words, bytes) {
        (1, ..=4) => table::ONE_WORD,
        (1, ..=7) => 1 << 1 | table::ONE_WORD,
        (1, _) => 2 << 1 | table::ONE_WORD,
        _ => 3 << 1,
    }
}

/// The hashes of all drafts with their numbers, sorted.
pub(crate) fn order(drafts: &[Draft]) -> Vec<(u64, u32)> {
    let order = drafts.iter().enumerate().map(|(i, draft)| (draft.hash, i as u32)).collect();
    sort::by_hash(order, |item: &(u64, u32)| item.0)
}

/// Writes rows, spellings and owner lists; returns the row of every draft, and each key's hash and first row.
pub(crate) fn write(
    names: &Names<'_>,
    threads: usize,
    sections: &mut Sections,
) -> (Vec<u32>, Vec<(u64, u32)>) {
    let mut keys: Vec<(u64, u32)> = Vec::with_capacity(names.order.len());
    // Where each key begins, by group, and its number.
    let mut groups: [Vec<(u32, u32)>; ROW_GROUPS] = Default::default();
    let mut next = 0;
    for key in names.order.chunk_by(|a, b| a.0 & KEY_BITS == b.0 & KEY_BITS) {
        groups[(key[0].0 >> 1) as usize % ROW_GROUPS].push((next, keys.len() as u32));
        keys.push((key.iter().fold(u64::MAX, |hash, draft| hash & draft.0), 0));
        next += key.len() as u32;
    }
    let groups = groups.concat();
    let (front, back) = groups.split_at(if threads > 1 { groups.len() / 2 } else { groups.len() });
    let (back, mut rows) = both(
        threads,
        || Rows::of(back, names, names.order.len() / 2, names.text.len() / 2),
        || Rows::of(front, names, names.order.len(), names.text.len()),
    );
    rows.append(back);
    let mut row_of_draft = vec![0; names.drafts.len()];
    rows.drafts.iter().for_each(|&(draft, row)| row_of_draft[draft as usize] = row);
    for (&(_, key), &row) in groups.iter().zip(&rows.firsts) {
        keys[key as usize].1 = row;
    }
    // A last row tells where the last spelling ends.
    rows.rows.push([rows.text.len() as u32, 0, 0]);
    sections.rows = rows.rows;
    sections.text = rows.text;
    sections.lists = rows.lists;
    sections.shared_names = rows.shared_names;
    sections.duplicate_names = rows.duplicate_names;
    (row_of_draft, keys)
}

/// All names of a catalog to be.
pub(crate) struct Names<'d> {
    pub(crate) drafts: &'d [Draft],
    /// In which the drafts lie.
    pub(crate) text: &'d str,
    /// As [`order`] returns it.
    pub(crate) order: &'d [(u64, u32)],
}

impl<'d> Names<'d> {
    fn spelling(&self, draft: u32) -> &'d str {
        let draft = &self.drafts[draft as usize];
        &self.text[draft.start as usize..(draft.start + draft.length) as usize]
    }
}

/// The rows of some keys.
#[derive(Default)]
struct Rows {
    rows: Vec<[u32; ROW_BYTES / 4]>,
    text: Vec<u8>,
    lists: Vec<u8>,
    /// The first row of each key.
    firsts: Vec<u32>,
    /// Drafts and their rows.
    drafts: Vec<(u32, u32)>,
    shared_names: usize,
    duplicate_names: usize,
}

impl Rows {
    /// The rows of keys, each with its place in the order; with room for so many names and bytes.
    fn of(keys: &[(u32, u32)], names: &Names<'_>, room: usize, bytes: usize) -> Rows {
        let mut rows = Rows::default();
        rows.rows.reserve(room + 1);
        rows.drafts.reserve(room);
        rows.text.reserve(bytes);
        rows.firsts.reserve(keys.len());
        let mut several = Vec::new();
        for (number, &(start, _)) in keys.iter().enumerate() {
            if number % NEAR == 0 {
                // Brings the names near: independent reads overlap, the comparisons after them would not.
                let next = keys[number..].iter().take(NEAR);
                let near = next.fold(0, |sum, &(start, _)| {
                    let draft = &names.drafts[names.order[start as usize].1 as usize];
                    sum ^ names.text.as_bytes()[draft.start as usize]
                });
                std::hint::black_box(near);
            }
            let rest = &names.order[start as usize..];
            let hash = rest[0].0 & KEY_BITS;
            let mut key = &rest[..rest.iter().take_while(|item| item.0 & KEY_BITS == hash).count()];
            if key.len() > 1 {
                several.clear();
                several.extend_from_slice(key);
                several.sort_by_key(|&(_, i)| (names.spelling(i), i));
                key = &several;
            }
            rows.add_key(key, names);
        }
        rows
    }

    /// Adds the spellings of a key.
    fn add_key(&mut self, key: &[(u64, u32)], names: &Names<'_>) {
        let first = self.rows.len();
        self.firsts.push(first as u32);
        let mut rest = key;
        let mut words_before: Option<Vec<String>> = None;
        while let Some(&(_, lead)) = rest.first() {
            let spelling = names.spelling(lead);
            // Spellings beyond the last that is told apart share its rules.
            let own = if self.rows.len() - first == MAX_SPELLINGS as usize - 1 {
                rest.len()
            } else {
                1 + rest[1..].iter().take_while(|&&(_, i)| names.spelling(i) == spelling).count()
            };
            let (these, others) = rest.split_at(own);
            rest = others;
            let (owner, mut flags) = self.add_owners(these, names);
            if !rest.is_empty() {
                flags |= MORE;
            }
            if words_before.is_some() || !rest.is_empty() {
                let words = folded_words(spelling);
                if words_before.as_ref() == Some(&words) {
                    flags |= SAME_WORDS;
                }
                words_before = Some(words);
            }
            self.rows.push([self.text.len() as u32, flags, owner]);
            self.text.extend_from_slice(spelling.as_bytes());
        }
    }

    /// Notes the drafts of the next row; returns its owner or list of them, and its flags.
    fn add_owners(&mut self, drafts: &[(u64, u32)], names: &Names<'_>) -> (u32, u32) {
        let row = self.rows.len() as u32;
        self.drafts.extend(drafts.iter().map(|&(_, i)| (i, row)));
        let mut drafts = drafts.iter().map(|&(_, i)| &names.drafts[i as usize]);
        let Some(lead) = drafts.next() else { return (0, 0) };
        let mut flags = lead.flags;
        if drafts.len() == 0 {
            return (lead.owner, if lead.owner & 1 != 0 { flags | WEAK } else { flags });
        }
        let mut owners = vec![lead.owner];
        for draft in drafts {
            owners.push(draft.owner);
            flags |= draft.flags & 0xFF00;
        }
        owners.sort_unstable();
        let before = owners.len();
        owners.dedup_by_key(|owner| *owner >> 1);
        self.duplicate_names += before - owners.len();
        if owners.iter().all(|owner| owner & 1 != 0) {
            flags |= WEAK;
        }
        if let [one] = owners[..] {
            return (one, flags);
        }
        self.shared_names += 1;
        let at = self.lists.len() as u32 / 4;
        for number in std::iter::once(owners.len() as u32).chain(owners) {
            self.lists.extend_from_slice(&number.to_le_bytes());
        }
        (at | OWNER_LIST, flags)
    }

    /// Puts other rows behind these.
    fn append(&mut self, other: Rows) {
        let (row, text, list) = (self.rows.len() as u32, self.text.len() as u32, self.lists.len() as u32 / 4);
        self.rows.extend(other.rows.iter().map(|&[start, flags, owner]| {
            [start + text, flags, if owner & OWNER_LIST == 0 { owner } else { owner + list }]
        }));
        self.text.extend_from_slice(&other.text);
        self.lists.extend_from_slice(&other.lists);
        self.firsts.extend(other.firsts.iter().map(|first| first + row));
        self.drafts.extend(other.drafts.iter().map(|&(draft, of)| (draft, of + row)));
        self.shared_names += other.shared_names;
        self.duplicate_names += other.duplicate_names;
    }
}
