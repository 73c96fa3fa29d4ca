//! How alike two words are by their letters.
//!
//! In: two folded words. Out: one less their Damerau-Levenshtein distance (Damerau 1964, Levenshtein 1966), weighted: letters
//! that transcriptions confuse are near, vowels and `h` come and go; the classes are those of the usual romanisations.

/// One less the share of letters that have to change, letters that transcriptions confuse counting half.
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    const LONGEST: usize = 48;
    let x: Vec<char> = a.chars().take(LONGEST).collect();
    let y: Vec<char> = b.chars().take(LONGEST).collect();
    let (n, m) = (x.len(), y.len());
    if n == 0 || m == 0 {
        return if n == m { 1.0 } else { 0.0 };
    }
    let mut rows = vec![vec![0.0f64; m + 1]; 3];
    for j in 1..=m {
        rows[0][j] = rows[0][j - 1] + gap(y[j - 1]);
    }
    for i in 1..=n {
        let (now, before, older) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        rows[now][0] = rows[before][0] + gap(x[i - 1]);
        for j in 1..=m {
            let replace = rows[before][j - 1] + exchange(x[i - 1], y[j - 1]);
            let mut best = replace.min(rows[before][j] + gap(x[i - 1])).min(rows[now][j - 1] + gap(y[j - 1]));
            if i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1] && x[i - 1] != y[j - 1] {
                best = best.min(rows[older][j - 2] + SWAP);
            }
            rows[now][j] = best;
        }
    }
    (1.0 - rows[n % 3][m] * SCALE / n.max(m) as f64).max(0.0)
}

const SWAP: f64 = 0.6;
const VOWEL: f64 = 0.5;
const CLASS: f64 = 0.6;
const VOWEL_GAP: f64 = 0.5;
const H_GAP: f64 = 0.4;
const SCALE: f64 = 1.1;

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// What a letter too many costs.
fn gap(c: char) -> f64 {
    match c {
        'h' => H_GAP,
        _ if is_vowel(c) => VOWEL_GAP,
        _ => 1.0,
    }
}

/// What a letter for another costs.
fn exchange(a: char, b: char) -> f64 {
    const CLASSES: [&str; 7] = ["kgqchx", "bpvfw", "dt", "szcxj", "mn", "lr", "jyg"];
    if a == b {
        0.0
    } else if is_vowel(a) && is_vowel(b) {
        VOWEL
    } else if CLASSES.iter().any(|class| class.contains(a) && class.contains(b)) {
        CLASS
    } else {
        1.0
    }
}
