//! How far two words are apart.
//!
//! In: two folded words. Out: the Damerau-Levenshtein distance (restricted: neighbours swapped count one edit;
//! Damerau 1964, Levenshtein 1966). Words are cut at 64 characters.

const LONGEST: usize = 64;

fn chars(word: &str, buffer: &mut [char; LONGEST]) -> usize {
    let mut n = 0;
    for c in word.chars().take(LONGEST) {
        buffer[n] = c;
        n += 1;
    }
    n
}

/// Counts the letters to insert, delete, replace or swap to get from one word to the other.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (mut x, mut y) = (['\0'; LONGEST], ['\0'; LONGEST]);
    let (n, m) = (chars(a, &mut x), chars(b, &mut y));
    let mut rows = [[0usize; LONGEST + 1]; 3];
    for (j, cell) in rows[0].iter_mut().enumerate().take(m + 1) {
        *cell = j;
    }
    for i in 1..=n {
        let (now, before, older) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        rows[now][0] = i;
        for j in 1..=m {
            let replace = rows[before][j - 1] + usize::from(x[i - 1] != y[j - 1]);
            let mut best = replace.min(rows[before][j] + 1).min(rows[now][j - 1] + 1);
            if i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1] {
                best = best.min(rows[older][j - 2] + 1);
            }
            rows[now][j] = best;
        }
    }
    rows[n % 3][m]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swap_is_one_edit() {
        assert_eq!(distance("graner", "garner"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("same", "same"), 0);
    }
}
