use super::field::Field;
use super::focus::Focus;
use super::*;
use crate::text::Region;
use crate::{Document, ErrorKind};
use proptest::prelude::*;

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

#[test]
fn copies_speak_with_one_voice() {
    let report = "The river rose two metres overnight after days of heavy rain in the hills.\nFirefighters brought forty \
        families to a school on higher ground.\nThe bridge at the mill was closed to all traffic.";
    let other = "A museum in the old harbour opens its new wing with a show of early maps.\nThe wing cost nine million \
        euros and took three years to build.\nEntrance is free on the first Sunday of every month.";
    let field_of = |texts: &[&str]| analyses(texts);
    let documents = field_of(&[report, other, report]);
    let field = Field::new(&documents);
    assert_eq!(field.groups, [0, 1, 0]);
    let copies = field_of(&[report, report]);
    let once = summarize(&field_of(&[report]), None, &SummaryOptions::new().max_sentences(3)).unwrap();
    let twice = summarize(&copies, None, &SummaryOptions::new().max_sentences(3)).unwrap();
    let texts = |summary: &Summary| summary.sentences.iter().map(|s| s.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&once), texts(&twice));
}

#[test]
fn what_was_read_is_left_out() {
    let read: Vec<Document> = news().iter().map(|analysis| Document::new(&*analysis.text)).collect();
    let options = SummaryOptions::new().since(read.clone());
    assert_eq!(summarize(&news(), None, &options).unwrap(), Summary::default());
    let more = format!("{}\nA crack in the eastern pier was found on Friday.", read[0].text());
    let summary = summarize(&analyses(&[&more]), None, &options).unwrap();
    assert_eq!(summary.sentences.len(), 1);
    assert_eq!(summary.sentences[0].text, "A crack in the eastern pier was found on Friday.");
}

/// The sample articles of the repository.
fn articles() -> Vec<Document> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/story");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths.iter().map(|path| Document::new(std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn of_articles_read_before_only_the_sentence_that_was_missing_is_told() {
    let articles = articles();
    let options = SummaryOptions::new().max_sentences(9).since(articles.clone());
    let story: Vec<Analysis> = articles.iter().map(Analysis::new).collect();
    assert_eq!(summarize(&story, None, &options).unwrap(), Summary::default());
    let (mut told, mut all) = (0, 0);
    for (document, analysis) in articles.iter().zip(&story) {
        let once = std::slice::from_ref(analysis);
        for sentence in analysis.sentences.iter().filter(|sentence| sentence.region == Region::Body) {
            let range = sentence.span.range();
            let shorter = format!("{}{}", &document.text()[..range.start], &document.text()[range.end..]);
            let options = SummaryOptions::new().max_sentences(9).since([Document::new(shorter)]);
            let summary = summarize(once, None, &options).unwrap();
            let missing = sentence.span.slice(document.text());
            assert!(summary.sentences.iter().all(|told| told.text == missing), "{missing}: {summary:?}");
            told += summary.sentences.len();
            all += 1;
        }
    }
    // The others say nothing that the rest of their article does not say.
    assert!(all > 50 && told * 20 > all * 19, "{told} of {all}");
}

#[test]
fn a_pronoun_waits_for_the_sentence_it_points_to() {
    let documents = |opening: &str| {
        analyses(&[
            &format!(
                "The harbour of Vedra closed on Monday.\nA storm had sunk nine boats.\n{opening} will open the harbour of \
                Vedra again on Friday."
            ),
            "The harbour of Vedra stays closed until Friday, officials said.\nFishers lost nine boats in the storm.",
        ])
    };
    // One sentence is taken, so the one before is left out.
    let options = SummaryOptions::new().max_sentences(1);
    let told = |opening: &str| explain(&documents(opening), None, &options, (0, 2)).unwrap();
    let lost = |told: &Explanation| -> f64 {
        told.reasons.iter().filter(|reason| reason.name == "opening").map(|reason| reason.value).sum()
    };
    let (plain, pointing) = (told("Mayors"), told("They"));
    assert!(lost(&pointing) < 0.0 && !pointing.chosen, "{pointing:?}");
    assert!(lost(&told("However they")) < 0.0 && lost(&plain) == 0.0 && lost(&told("This week they")) == 0.0);
}

#[test]
fn a_question_is_answered_first_and_alone_when_required() {
    let options = SummaryOptions::new().max_sentences(1).about(["rain"]);
    let summary = summarize(&news(), None, &options).unwrap();
    assert_eq!(summary.sentences[0].text, "Rain fell in the evening.");
    let required = SummaryOptions::new().about(["the mayor"]).about_required(true);
    let summary = summarize(&news(), None, &required).unwrap();
    assert_eq!(summary.sentences.len(), 2);
    assert!(summary.sentences.iter().all(|sentence| sentence.text.contains("mayor")));
}

#[test]
fn every_sentence_is_explained() {
    let options = SummaryOptions::new().max_sentences(2);
    let documents = news();
    let summary = summarize(&documents, None, &options).unwrap();
    let mut chosen = 0;
    for sentence in 0..documents[0].sentences.len() {
        let told = explain(&documents, None, &options, (0, sentence)).unwrap();
        let sum: f64 = told.reasons.iter().map(|reason| reason.value).sum();
        assert!((sum - told.score).abs() < 1e-9 && !told.decision.is_empty());
        assert_eq!(told.chosen, summary.sentences.iter().any(|s| s.text == told.text));
        chosen += usize::from(told.chosen);
    }
    assert_eq!(chosen, 2);
    let error = explain(&documents, None, &options, (0, 99)).unwrap_err();
    assert_eq!(error.to_string(), "document 0 has no sentence 99; it has 5");
}

#[test]
fn a_headline_is_supported_by_what_says_it() {
    let check = check_headline(&news(), "Mayor opens bridge for Martians");
    assert_eq!(check.supports[0].text, "The mayor opened the bridge on Monday.");
    assert_eq!(check.missing, ["Martians"]);
    assert!(check.score > 0.5 && check.score < 1.0);
}

#[test]
fn phrases_carry_their_places() {
    let text = "Crowds came early on Monday when the Harbour Bridge opened to the public at last.\nMany of them walked over \
        the Harbour Bridge in both directions before noon.\nThe toll road beside it stays closed for now, and for weeks \
        nobody has paid for the toll road at all.";
    let topics = key_topics(&analyses(&[text]), None, 2);
    assert_eq!(topics.phrases[0].text, "Harbour Bridge");
    assert_eq!(topics.phrases[1].text, "toll road", "{topics:?}");
    for phrase in &topics.phrases {
        assert_eq!(phrase.places.len(), 2);
        assert!(phrase.places.iter().all(|place| text[place.span.byte_span()] == phrase.text));
    }
}

#[test]
fn tokens_are_counted_by_the_caller() {
    let counter = Counter::new(|text| Ok(text.len().div_ceil(4)));
    let options = SummaryOptions::new().max_tokens(25, counter);
    let summary = summarize(&news(), None, &options).unwrap();
    let text = summary.sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ");
    assert!(!text.is_empty() && text.len().div_ceil(4) <= 25);
    let failing = Counter::new(|_| Err(Error::new(ErrorKind::Callback, "the tokenizer is gone")));
    let error = summarize(&news(), None, &SummaryOptions::new().max_tokens(9, failing)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Callback);
}

#[test]
fn what_the_callers_counting_drops_is_told_of_sentences_that_lean_on_it() {
    let texts = [
        "The mayor opened the bridge in Velden on Monday. She thanked the engineers of the bridge who had worked for nine years.",
        "Engineers had worked on the bridge in Velden for nine years. It was opened by the mayor with all engineers present.",
    ];
    let mut told = 0;
    for allowed in 10..60 {
        // The whole costs more than its sentences: the counter punishes every full stop inside.
        let counter = Counter::new(|text| Ok(text.split(' ').count() + 4 * text.matches(". ").count()));
        let summary =
            summarize(&analyses(&texts), None, &SummaryOptions::new().max_tokens(allowed, counter)).unwrap();
        let starts: Vec<(usize, &str)> =
            summary.sentences.iter().map(|s| (s.document, s.text.as_str())).collect();
        for sentence in
            summary.sentences.iter().filter(|s| s.text.starts_with("She") || s.text.starts_with("It "))
        {
            let comes_along = starts.iter().any(|(d, t)| *d == sentence.document && *t != sentence.text);
            let is_told = sentence.reasons.iter().any(|reason| reason.name == "opening");
            assert_eq!(is_told, !comes_along, "{allowed} {}", sentence.text);
            told += usize::from(is_told);
        }
    }
    assert!(told > 0);
}

/// A text of sentences of 5 to 24 words from a small vocabulary.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(
        &[
            "mayor", "bridge", "river", "rain", "Paris", "opened", "the", "of", "café", "seven", "70", "Kim",
            "said",
        ][..],
    );
    let sentence = prop::collection::vec(word, 5..25).prop_map(|words| format!("A {}.", words.join(" ")));
    prop::collection::vec(sentence, 0..30).prop_map(|sentences| sentences.join("\n"))
}

fn words(summary: &Summary) -> usize {
    summary.sentences.iter().map(|sentence| sentence.text.split_whitespace().count()).sum()
}

proptest! {
    #[test]
    fn budgets_are_never_exceeded(
        texts in prop::collection::vec(text(), 0..4),
        sentences in prop::option::of(1usize..9),
        max_words in prop::option::of(1usize..150),
        chars in prop::option::of(1usize..500),
        bytes in prop::option::of(1usize..500),
        ratio in prop::option::of(0.01f64..1.0),
    ) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let options = SummaryOptions {
            max_sentences: sentences, max_words, max_chars: chars, max_bytes: bytes, ratio, ..SummaryOptions::new()
        };
        let documents = analyses(&texts);
        let summary = summarize(&documents, None, &options).unwrap();
        let joined = summary.sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ");
        prop_assert!(summary.sentences.len() <= sentences.unwrap_or(usize::MAX));
        prop_assert!(words(&summary) <= max_words.unwrap_or(usize::MAX));
        prop_assert!(joined.chars().count() <= chars.unwrap_or(usize::MAX));
        prop_assert!(joined.len() <= bytes.unwrap_or(usize::MAX));
        let all: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
        prop_assert!(words(&summary) as f64 <= ratio.unwrap_or(1.0) * all as f64);
        for sentence in &summary.sentences {
            let sum: f64 = sentence.reasons.iter().map(|reason| reason.value).sum();
            prop_assert!((sum - sentence.score).abs() < 1e-9);
            prop_assert_eq!(&documents[sentence.document].text[sentence.span.byte_span()], sentence.text.as_str());
        }
    }

    #[test]
    fn a_word_budget_is_used_well(texts in prop::collection::vec(text(), 1..4), budget in 40usize..150) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let documents = analyses(&texts);
        // Where some set of sentences that are neither repeated nor fragments fills nine tenths.
        let mut reached = vec![false; budget + 1];
        reached[0] = true;
        let field = Field::new(&documents);
        let focus = Focus::new(&field, None, &SummaryOptions::new());
        for candidate in (0..field.candidates.len()).filter(|&candidate| focus.admits(candidate)) {
            let cost = field.text(&field.candidates[candidate]).split_whitespace().count();
            for used in (cost..=budget).rev() {
                reached[used] |= reached[used - cost];
            }
        }
        if !(0..=budget).any(|used| reached[used] && used as f64 >= 0.9 * budget as f64) {
            return Ok(());
        }
        let summary = summarize(&documents, None, &SummaryOptions::new().max_words(budget)).unwrap();
        prop_assert!(words(&summary) as f64 >= 0.9 * budget as f64, "{} of {budget}", words(&summary));
    }

    #[test]
    fn what_points_to_a_sentence_left_out_says_so(
        openings in prop::collection::vec(prop::collection::vec(0usize..4, 1..12), 1..3),
        words in prop::collection::vec(3usize..20, 12),
        budget in 10usize..90,
    ) {
        let openers = ["Mayors", "They", "However they", "This year they"];
        let sentence = |(number, &opener): (usize, &usize)| {
            let matter = ["bridge", "river", "open", "Vedra", "seven"].iter().cycle().skip(number);
            let matter: Vec<&str> = matter.take(words[number]).copied().collect();
            format!("{} closed {} number{number}.", openers[opener], matter.join(" "))
        };
        let texts: Vec<String> =
            openings.iter().map(|all| all.iter().enumerate().map(sentence).collect::<Vec<_>>().join("\n")).collect();
        let documents = analyses(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let summary = summarize(&documents, None, &SummaryOptions::new().max_words(budget)).unwrap();
        for chosen in &summary.sentences {
            let all = &documents[chosen.document].sentences;
            let at = all.iter().position(|s| s.span.range() == chosen.span.byte_span()).unwrap();
            let points = at > 0 && ["They", "However"].iter().any(|opener| chosen.text.starts_with(opener));
            let comes_along = at > 0
                && summary.sentences.iter().any(|other| {
                    other.document == chosen.document && other.span.byte_span() == all[at - 1].span.range()
                });
            if points && !comes_along {
                prop_assert!(chosen.reasons.iter().any(|r| r.name == "opening" && r.value <= 0.0), "{}", chosen.text);
            }
        }
    }

    #[test]
    fn any_text_is_summarised(texts in prop::collection::vec(".{0,200}", 0..4), budget in 1usize..40) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let summary = summarize(&analyses(&texts), None, &SummaryOptions::new().max_words(budget)).unwrap();
        prop_assert!(words(&summary) <= budget);
    }
}
