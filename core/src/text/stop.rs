//! Words that carry no matter of their own.
//!
//! In: a folded word. Out: whether it is a function word. The words are data, one list per language in `stop.txt`.

use super::known::Known;
use super::word::hash_bytes;

/// The function words.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    include_str!("stop.txt").lines().filter(|line| !line.starts_with('#'))
}

/// Whether the hash of a folded word is that of a function word.
pub(crate) fn is_stop_hash(hash: u64) -> bool {
    Known::of(hash).has(Known::STOP)
}

/// Whether a folded word is a function word.
pub(crate) fn is_stop(folded: &str) -> bool {
    is_stop_hash(hash_bytes(folded.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_told_from_matter() {
        assert!(["the", "of", "don't", "'s", "said"].into_iter().all(is_stop));
        assert!(!["bridge", "", "moscow", "# english"].into_iter().any(is_stop));
    }
}
