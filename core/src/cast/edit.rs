//! How far two words are apart.
//!
//! In: two folded words. Out: the Damerau-Levenshtein distance (restricted: neighbours swapped count one edit;
//! Damerau 1964, Levenshtein 1966) and the Jaro-Winkler similarity (Winkler 1990). Words are cut at 64 characters.

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

/// Compares two words by shared letters in nearly the same order, with a bonus for a shared beginning; 0 to 1.
pub(crate) fn jaro_winkler(a: &str, b: &str) -> f64 {
    let (mut x, mut y) = (['\0'; LONGEST], ['\0'; LONGEST]);
    let (n, m) = (chars(a, &mut x), chars(b, &mut y));
    if n == 0 || m == 0 {
        return if n == m { 1.0 } else { 0.0 };
    }
    let window = (n.max(m) / 2).saturating_sub(1);
    let (mut of_x, mut of_y) = ([false; LONGEST], [false; LONGEST]);
    let mut shared = 0usize;
    for i in 0..n {
        let (low, high) = (i.saturating_sub(window), (i + window + 1).min(m));
        if let Some(j) = (low..high).find(|&j| !of_y[j] && x[i] == y[j]) {
            of_x[i] = true;
            of_y[j] = true;
            shared += 1;
        }
    }
    if shared == 0 {
        return 0.0;
    }
    let left = (0..n).filter(|&i| of_x[i]).map(|i| x[i]);
    let right = (0..m).filter(|&j| of_y[j]).map(|j| y[j]);
    let moved = left.zip(right).filter(|(p, q)| p != q).count() as f64 / 2.0;
    let s = shared as f64;
    let jaro = (s / n as f64 + s / m as f64 + (s - moved) / s) / 3.0;
    let prefix = (0..n.min(m).min(4)).take_while(|&i| x[i] == y[i]).count() as f64;
    jaro + prefix * 0.1 * (1.0 - jaro)
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

    #[test]
    fn jaro_winkler_equals_the_published_examples() {
        assert!((jaro_winkler("martha", "marhta") - 0.9611).abs() < 1e-3);
        assert!((jaro_winkler("dixon", "dicksonx") - 0.8133).abs() < 1e-3);
        assert!((jaro_winkler("dwayne", "duane") - 0.84).abs() < 1e-3);
    }
}
