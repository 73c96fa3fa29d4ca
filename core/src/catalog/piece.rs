//! Pieces of text compared byte by byte, many at once.
//!
//! In: two pieces of one length. Out: whether they are the same but for the case of ASCII letters, and whether they are
//! the same.

/// Whether two pieces of one length are the same but for the case of ASCII letters, and whether they are the same.
/// Up to sixteen bytes are compared without a branch that depends on them or on their number.
#[inline(always)]
pub(crate) fn compare(a: &[u8], a_start: usize, b: &[u8], b_start: usize, length: usize) -> (bool, bool) {
    let (a_rest, b_rest) = (a.get(a_start..).unwrap_or_default(), b.get(b_start..).unwrap_or_default());
    if let (1..=16, Some(a), Some(b)) = (length, a_rest.first_chunk(), b_rest.first_chunk()) {
        return differences(a, b, &BEFORE[length & 31]);
    }
    let (Some(a), Some(b)) = (a_rest.get(..length), b_rest.get(..length)) else { return (false, false) };
    let (Some(a_last), Some(b_last)) = (a.last_chunk(), b.last_chunk()) else {
        return (a.eq_ignore_ascii_case(b), a == b);
    };
    let (mut same, mut equal) = differences(a_last, b_last, &BEFORE[16]);
    for (a, b) in a.as_chunks().0.iter().zip(b.as_chunks().0) {
        let (this_same, this_equal) = differences(a, b, &BEFORE[16]);
        same &= this_same;
        equal &= this_equal;
    }
    (same, equal)
}

/// For a number of bytes: which of sixteen come before, all bits each.
pub(crate) const BEFORE: [[u8; 16]; 32] = {
    let mut before = [[0xFF; 16]; 32];
    let mut length = 0;
    while length < 16 {
        let mut at = length;
        while at < 16 {
            before[length][at] = 0;
            at += 1;
        }
        length += 1;
    }
    before
};

/// Whether the bytes that count are the same but for the case of ASCII letters, and whether they are the same.
#[inline(always)]
fn differences(a: &[u8; 16], b: &[u8; 16], counts: &[u8; 16]) -> (bool, bool) {
    let (mut cased, mut exact) = ([0u8; 16], [0u8; 16]);
    for at in 0..16 {
        let other = (a[at] ^ b[at]) & counts[at];
        let letter = (a[at] | 0x20).wrapping_sub(b'a') < 26;
        exact[at] = other;
        cased[at] = other & if letter { !0x20 } else { 0xFF };
    }
    (u128::from_ne_bytes(cased) == 0, u128::from_ne_bytes(exact) == 0)
}

#[cfg(test)]
mod tests {
    use super::compare;

    #[test]
    fn pieces_compare_as_their_bytes_do() {
        for (a, b) in (0..=u8::MAX).flat_map(|a| (0..=u8::MAX).map(move |b| (a, b))) {
            // The byte at every place of pieces with and without readable bytes behind them.
            let length = 1 + usize::from(a ^ b) % 24;
            for (place, behind) in [(0, 30), (length - 1, 30), (length / 2, 0)] {
                let (mut left, mut right) =
                    (vec![b'x'; 2 + length + behind], vec![b'X'; 1 + length + behind]);
                (left[2 + place], right[1 + place]) = (a, b);
                right[1 + length..].fill(b'?');
                let (one, other) = (&left[2..2 + length], &right[1..1 + length]);
                let expected = (one.eq_ignore_ascii_case(other), one == other);
                assert_eq!(compare(&left, 2, &right, 1, length), expected, "{one:?} {other:?}");
                assert_eq!(compare(&left, 2, &left, 2, length), (true, true));
            }
        }
    }
}
