use super::*;
use crate::{Document, ErrorKind};

fn analyses(texts: &[&str]) -> Vec<Analysis> {
    texts.iter().map(|text| Analysis::new(&Document::new(*text))).collect()
}

fn news() -> Vec<Analysis> {
    analyses(&[
        "The mayor opened the bridge on Monday.\nThousands crossed the bridge on foot.\nThe bridge cost \
        two million dollars and took four years.\nRain fell in the evening.\nThe mayor thanked the workers who built it.",
    ])
}

#[test]
fn reasons_sum_to_the_score() {
    let summary = summarize(&news(), None, &SummaryOptions::new()).unwrap();
    assert_eq!(summary.sentences.len(), 3);
    for sentence in &summary.sentences {
        let sum: f64 = sentence.reasons.iter().map(|reason| reason.value).sum();
        assert!((sum - sentence.score).abs() < 1e-9);
    }
}

#[test]
fn limits_are_named_when_they_are_not_accepted() {
    for (options, expected) in [
        (SummaryOptions::new().max_words(0), "max_words is 0; it must be at least 1"),
        (SummaryOptions::new().ratio(1.5), "ratio is 1.5; it must be more than 0 and at most 1"),
        (SummaryOptions::new().about([" "]), "about[0] is empty"),
    ] {
        let error = summarize(&news(), None, &options).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Option);
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}

#[test]
fn nothing_is_summarised_to_nothing() {
    for texts in [&[][..], &[""], &["", ""], &["...", "--"]] {
        assert_eq!(summarize(&analyses(texts), None, &SummaryOptions::new()).unwrap(), Summary::default());
    }
}
