use super::*;
use crate::{Catalog, Document, Engine};

/// The quotations of a text by the built-in tagger: kind, words, speaker's words, cue.
fn read(text: &str) -> Vec<(QuoteKind, String, Option<String>, Option<String>)> {
    let digest =
        Engine::with_catalog(Catalog::empty()).digest(&[Document::new(text)], &Default::default()).unwrap();
    let quotes = digest.documents.into_iter().flat_map(|document| document.quotes);
    quotes.map(|quote| (quote.kind, quote.text, quote.speaker_text, quote.cue)).collect()
}

fn spoken(text: &str) -> Vec<(String, Option<String>)> {
    let direct = read(text).into_iter().filter(|quote| quote.0 == QuoteKind::Direct);
    direct.map(|(_, words, speaker, _)| (words, speaker)).collect()
}

fn pair(words: &str, speaker: &str) -> (String, Option<String>) {
    (words.to_owned(), (!speaker.is_empty()).then(|| speaker.to_owned()))
}

#[test]
fn cue_after_before_and_inside() {
    let text = "\"The bridge is safe,\" said Mary Miller, an engineer. \"We tested it twice.\"\n\
                Mayor John Smith said: \"It will open on Monday.\"\n\
                \"It will open,\" Smith added, \"in the morning.\"";
    assert_eq!(
        spoken(text),
        [
            pair("The bridge is safe,", "Mary Miller"),
            pair("We tested it twice.", "Mary Miller"),
            pair("It will open on Monday.", "John Smith"),
            pair("It will open,", "Smith"),
            pair("in the morning.", "Smith"),
        ]
    );
}

#[test]
fn the_one_who_tells_speaks_and_not_the_one_told() {
    let text = "John Smith told Mary Miller that \"the bridge is safe for now\".";
    assert_eq!(spoken(text), [pair("the bridge is safe for now", "John Smith")]);
}

#[test]
fn groups_have_words_and_no_member() {
    let text = "\"The bridge is safe,\" city officials said on Monday.";
    assert_eq!(spoken(text), [pair("The bridge is safe,", "city officials")]);
}

#[test]
fn terms_and_titles_are_no_speech() {
    let kinds: Vec<QuoteKind> =
        read("The town built a so-called \"bridge to nowhere\" over the river.\nThe \"Golden Gate\" opened on Monday in the town.")
            .into_iter()
            .map(|quote| quote.0)
            .collect();
    assert_eq!(kinds, [QuoteKind::Scare, QuoteKind::Scare]);
}

#[test]
fn reported_speech_is_its_own_kind() {
    let found =
        read("John Smith said on Monday. Mary Miller said that the bridge would open in the morning.");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, QuoteKind::Indirect);
    assert_eq!(found[0].1, "the bridge would open in the morning");
    assert_eq!(found[0].2.as_deref(), Some("Mary Miller"));
}

#[test]
fn apostrophes_are_no_marks_and_single_marks_are() {
    assert_eq!(spoken("The workers' union and the drivers' club don't agree, they said in the '90s."), []);
    let text = "'The bridge isn't safe,' said Mary Miller.";
    assert_eq!(spoken(text), [pair("The bridge isn't safe,", "Mary Miller")]);
}

#[test]
fn a_quotation_over_paragraphs_keeps_its_speaker() {
    let text = "\"The bridge is safe,\" said Mary Miller. \"We tested it twice.\n\
                \"We will test it again next year and the year after.\"";
    let found = spoken(text);
    assert_eq!(found.len(), 3);
    assert_eq!(found[2], pair("We will test it again next year and the year after.", "Mary Miller"));
}

#[test]
fn any_marks_end_in_a_result() {
    for text in
        ["\"", "\"\"\"\"", "“”“”““”", "'' ' '' '", "\"a", "a\"", "?x? ?y", "“a “b ”c", "\" \n \" \n \""]
    {
        read(text);
    }
    let long = "\" 'a ".repeat(20_000);
    read(&long);
}
