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

/// Each text with the words that name the speaker of each of its quotations.
fn speakers_are(cases: &[(&str, &[&str])]) {
    for (text, speakers) in cases {
        let found: Vec<String> = spoken(text).into_iter().map(|(_, who)| who.unwrap_or_default()).collect();
        assert_eq!(&found, speakers, "{text}");
    }
}

#[test]
fn a_role_with_its_holder_in_apposition_is_the_holder() {
    speakers_are(&[
        ("\"We will not sign,\" said the finance minister of Norland, John Smith.", &["John Smith"]),
        ("\"We will not sign,\" said Norland's finance minister, John Smith, who left.", &["John Smith"]),
        (
            "\"We will not sign,\" said a source close to the minister, John Smith.",
            &["a source close to the minister"],
        ),
        ("\"It was chaos,\" John Smith, a nurse at the Hill Hospital in Boston, recalled.", &["John Smith"]),
        ("The mayor, Mary Miller, resigned. \"Nobody asked me about it,\" the mayor said.", &["Mary Miller"]),
        (
            "\"A waste of our time,\" an unnamed source close to the command of Unit Nine, who also said more, told reporters.",
            &["an unnamed source close to the command of Unit Nine"],
        ),
    ]);
}

#[test]
fn a_cue_with_words_of_its_own_leaves_the_quotation_before_it_alone() {
    speakers_are(&[
        (
            "While Mary Miller called the bridge \"safe for a hundred years\", John Smith said it was \"a trap for drivers\".",
            &["Mary Miller", "John Smith"],
        ),
        (
            "\"It may end in the courts\" if we are met with \"threats,\" added John Smith. Mary Miller left.",
            &["John Smith", "John Smith"],
        ),
    ]);
}

#[test]
fn who_is_quoted_and_who_describes_speak_in_the_passive_as_well() {
    speakers_are(&[
        ("Reuters quoted John Smith as saying the talks were \"a waste of our time\".", &["John Smith"]),
        (
            "Mary Miller was told by Judge John Smith that she had \"shown no remorse at all\".",
            &["John Smith"],
        ),
        ("John Smith, described by Mary Miller as \"a man without any shame\", stays.", &["Mary Miller"]),
        ("\"A licence to spy on everyone\" is how Mary Miller described the law.", &["Mary Miller"]),
        ("\"A licence to spy on everyone,\" John Smith called it.", &["John Smith"]),
    ]);
}

#[test]
fn names_in_what_is_told_are_not_who_tells_it() {
    speakers_are(&[
        ("John Smith, she said, was \"unfit to lead a parish council\".", &["she"]),
        (
            "Coming from a meeting with Prime Minister John Smith, the leader Mark Miller denounced what he called \"a coup in slow motion\".",
            &["Mark Miller"],
        ),
        (
            "The Consul said that \"British soldiers had surrounded the office\" calling it a \"provocative act\".",
            &["Consul", "Consul"],
        ),
    ]);
}

#[test]
fn the_company_is_the_one_body_named_before() {
    speakers_are(&[
        ("The Harrow Group fell 3%. \"We are aware of the reports,\" the company said.", &["Harrow Group"]),
        (
            "Told that Mary Miller would sign, John Smith laughed and said: \"She will not sign this.\"",
            &["John Smith"],
        ),
        ("\"We will not sign this\" - John Smith", &["John Smith"]),
        ("**\"We will not sign this,\"** said John Smith.", &["John Smith"]),
    ]);
}

#[test]
fn who_is_told_something_and_what_only_looks_like_telling_do_not_speak() {
    let indirect = |text| read(text).into_iter().map(|(_, words, who, _)| (words, who)).collect::<Vec<_>>();
    assert_eq!(indirect("The jury were told that the film was taken nine days before the fire."), []);
    assert_eq!(
        indirect("No warning was given, contradicting some media reports that said there was one."),
        []
    );
    assert_eq!(
        indirect("The mayor of Hill said that that repair could take several years."),
        [pair("repair could take several years", "The mayor of Hill")]
    );
    assert_eq!(
        indirect("An analyst for the Sea Agency in Oslo said that there could be more waves."),
        [pair("there could be more waves", "An analyst for the Sea Agency in Oslo")]
    );
}

#[test]
fn the_speaker_ends_where_the_source_begins() {
    let text = "\"It is not the first time,\" said an official according to the state broadcaster.";
    assert_eq!(spoken(text), [pair("It is not the first time,", "an official")]);
    let text = "\"It is not the first time,\" said the news report which also showed the ships.";
    assert_eq!(spoken(text), [pair("It is not the first time,", "the news report")]);
}

#[test]
fn titles_are_speech_only_beside_a_cue() {
    let text = "The mayor said on Monday that the choir performed \"Ode to the Sea\" in the hall.";
    assert_eq!(spoken(text), []);
    let text = "The lawyer said the papers promoted the games with the \"We Are Ready\" slogan.";
    assert_eq!(spoken(text), []);
    let text = "The crowd fell silent when the mayor said \"Long Live the Sea\" and bowed.";
    assert_eq!(spoken(text), [pair("Long Live the Sea", "the mayor")]);
}

#[test]
fn a_sentence_that_leads_to_a_quotation_comes_before_the_paragraph_above() {
    let text = "John Smith said: \"I call on all friends of the town.\"\nMary Miller promised that her office would help. \
                \"We offer our full support to the town.\"";
    let last = spoken(text).pop();
    assert_eq!(last, Some(pair("We offer our full support to the town.", "Mary Miller")));
}

#[test]
fn a_signature_may_stand_as_a_sentence_of_its_own() {
    let text = "\"We have to mend the bridge.\" – John Smith, mayor of the town";
    assert_eq!(spoken(text), [pair("We have to mend the bridge.", "John Smith")]);
}

#[test]
fn a_pronoun_means_the_subject_and_not_an_owner() {
    let text = "Smith's spokesman Peter Brown called it a coincidence. In an interview with a paper, he said that \"the list was \
                filed months ago\".";
    assert_eq!(spoken(text), [pair("the list was filed months ago", "Peter Brown")]);
    let text = "\"This is an incredible photo,\" Vicki Miller said. The resemblance to Mary Brown is \"strikingly similar,\" she added.";
    assert_eq!(spoken(text)[1], pair("strikingly similar,", "Vicki Miller"));
}

#[test]
fn attributions_stand_in_clauses_of_their_own() {
    speakers_are(&[
        (
            "Peter Smith had doubts. As he put it, the aim was to \"build up a society in which people will be rewarded.\"",
            &["Peter Smith"],
        ),
        (
            "Anna Brown spoke of results. In her words, \"the test of a law is what comes of it.\"",
            &["Anna Brown"],
        ),
        (
            "The stars \"made France shine so brightly\" during their careers, the statement said.",
            &["the statement"],
        ),
        (
            "The city is attacked \"from all directions,\" with rebels firing rockets, John Doe said, and cars were used.",
            &["John Doe"],
        ),
    ]);
}

#[test]
fn joined_paragraphs_of_a_quotation_are_one_speech() {
    let text = "\"It is a bit for fun,\" John Smith explained. \"I want to breed the best horse. But it is hard. \"My dream is that \
                she wins. That is a long way to go.\" Yet she does not ride.";
    let found = spoken(text);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().all(|(_, who)| who.as_deref() == Some("John Smith")), "{found:?}");
}
