//! The annotated sample stories in `seeds/`: floors under what a digest makes of them, so that a clone tests itself.
//!
//! The floors stand a little below what is measured; `benches/accuracy.py` measures more, and on more stories.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops at the first fault and says what it measured"
)]

use nutgraf::{Digest, DigestOptions, Document, Engine, QuoteKind};
use serde_json::Value;
use std::path::Path;

const STORIES: [&str; 2] = ["story", "flood"];

fn gold(story: &str) -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds").join(story).join("gold.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

fn documents(gold: &Value) -> Vec<Document> {
    let articles = gold["articles"].as_array().unwrap().iter();
    articles
        .map(|article| {
            let document =
                Document::new(article["text"].as_str().unwrap()).with_id(article["file"].as_str().unwrap());
            match article["published"].as_str() {
                Some(day) => document.with_published(day.parse().unwrap()),
                None => document,
            }
        })
        .collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The place of an annotation in code points.
fn place(mark: &Value) -> (usize, usize) {
    (mark["start"].as_u64().unwrap() as usize, mark["end"].as_u64().unwrap() as usize)
}

fn meets(a: (usize, usize), b: (usize, usize)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

fn chars(span: &nutgraf::Span) -> (usize, usize) {
    (span.char_span().start, span.char_span().end)
}

/// Shares of what is annotated that a digest has, and of what it reports that is annotated.
#[derive(Default, Debug)]
struct Shares {
    furniture: [usize; 2],
    body_lost: usize,
    sentences: [usize; 2],
    mentions: [usize; 2],
    quotes: [usize; 2],
    speakers: [usize; 2],
    times: [usize; 2],
    values: [usize; 2],
    claims: [usize; 2],
}

fn count(share: &mut [usize; 2], found: bool) {
    share[0] += usize::from(found);
    share[1] += 1;
}

fn measure(gold: &Value, digest: &Digest) -> Shares {
    let mut shares = Shares::default();
    for (article, found) in list(&gold["articles"]).iter().zip(&digest.documents) {
        for line in list(&article["lines"]) {
            let dropped = found.furniture.iter().any(|mark| meets(chars(&mark.span), place(line)));
            match line["class"].as_str().unwrap() {
                "furniture" => count(&mut shares.furniture, dropped),
                "body" => shares.body_lost += usize::from(dropped),
                _ => {}
            }
        }
        for sentence in list(&article["sentences"]) {
            count(&mut shares.sentences, found.sentences.iter().any(|s| chars(s) == place(sentence)));
        }
        for mention in list(&article["mentions"]).iter().filter(|mention| mention["region"] == "body") {
            count(&mut shares.mentions, found.mentions.iter().any(|m| chars(&m.span) == place(mention)));
        }
        for quote in list(&article["quotes"]).iter().filter(|quote| quote["kind"] == "direct") {
            let direct = found.quotes.iter().filter(|q| q.kind == QuoteKind::Direct);
            let same = direct.clone().find(|q| meets(chars(&q.span), place(quote)));
            count(&mut shares.quotes, same.is_some());
            let Some(speaker) = quote["speaker"].as_str() else { continue };
            let named = same.and_then(|q| q.speaker.as_deref()).and_then(|entity| variants(digest, entity));
            let known = gold["entities"][speaker]["variants"].as_object();
            let right =
                named.zip(known).is_some_and(|(named, known)| named.iter().any(|n| known.contains_key(*n)));
            // Who is no entity is named by words.
            count(
                &mut shares.speakers,
                right || known.is_none() && same.is_some_and(|q| q.speaker.is_none()),
            );
        }
        for time in list(&article["times"]) {
            let same = found.dates.iter().find(|t| meets(chars(&t.span), place(time)));
            count(&mut shares.times, same.is_some());
            if time["resolvable"] != "none" {
                count(&mut shares.values, same.is_some_and(|t| t.value.as_str() == time["value"]));
            }
        }
    }
    for claim in list(&gold["claims"]) {
        let sentences: Vec<(usize, (usize, usize))> =
            list(&claim["sentences"]).iter().map(|id| sentence(gold, id)).collect();
        let right = digest.claims.iter().filter(|c| c.relation.as_str() == claim["kind"]).any(|c| {
            let met = |(document, place): &(usize, (usize, usize))| {
                c.spans.iter().any(|s| s.document == *document && meets(chars(&s.span), *place))
            };
            sentences.iter().filter(|s| met(s)).count() > 1
        });
        count(&mut shares.claims, right);
    }
    shares
}

fn variants<'a>(digest: &'a Digest, entity: &str) -> Option<Vec<&'a str>> {
    let member = digest.cast.iter().find(|member| member.entity == entity)?;
    Some(member.variants.iter().map(|variant| variant.text.as_str()).collect())
}

/// The document and place of a sentence called `2.7`.
fn sentence(gold: &Value, id: &Value) -> (usize, (usize, usize)) {
    let (document, _) = id.as_str().unwrap().split_once('.').unwrap();
    let document: usize = document.parse().unwrap();
    let sentences = list(&gold["articles"][document]["sentences"]);
    (document, place(sentences.iter().find(|sentence| sentence["id"] == *id).unwrap()))
}

#[test]
fn digests_of_the_sample_stories_stay_above_their_floors() {
    // Per hundred, in the order of the fields of `Shares`; the body is lost nowhere.
    for (story, floors) in
        STORIES.into_iter().zip([[100, 96, 96, 100, 93, 82, 76, 20], [100, 97, 93, 100, 88, 94, 83, 45]])
    {
        let gold = gold(story);
        let digest = Engine::new().digest(&documents(&gold), &DigestOptions::new()).unwrap();
        let shares = measure(&gold, &digest);
        println!("{story}: {shares:?}");
        assert_eq!(shares.body_lost, 0, "{story}: {shares:?}");
        let measured = [
            shares.furniture,
            shares.sentences,
            shares.mentions,
            shares.quotes,
            shares.speakers,
            shares.times,
            shares.values,
            shares.claims,
        ];
        for (number, (share, floor)) in measured.into_iter().zip(floors).enumerate() {
            assert!(share[1] > 5, "{story}: too little is annotated of figure {number}");
            assert!(
                share[0] * 100 >= floor * share[1],
                "{story}: figure {number} is below {floor}: {shares:?}"
            );
        }
    }
}

#[test]
fn the_two_meetings_and_the_revised_toll_are_told_apart() {
    let gold = gold("flood");
    let digest = Engine::new().digest(&documents(&gold), &DigestOptions::new()).unwrap();
    let toll = digest.claims.iter().find(|claim| claim.relation == nutgraf::Relation::Revised);
    assert!(toll.is_some_and(|claim| claim.spans.len() > 1), "{:?}", digest.claims);
    // Nothing that two meetings of one week differ in is called a contradiction.
    let said = |claim: &nutgraf::Claim| {
        let texts = claim.spans.iter().map(|s| &digest_text(&gold, s.document)[s.span.byte_span()]);
        texts.map(str::to_string).collect::<Vec<_>>().join(" / ")
    };
    let differ = digest.claims.iter().filter(|claim| claim.relation == nutgraf::Relation::Differ).map(said);
    let mixed: Vec<String> = differ.filter(|c| c.contains("two hours") && c.contains("five hours")).collect();
    assert!(mixed.is_empty(), "{mixed:?}");
}

fn digest_text(gold: &Value, document: usize) -> &str {
    gold["articles"][document]["text"].as_str().unwrap()
}

#[test]
fn a_heap_of_both_stories_falls_into_two_and_names_the_reprint() {
    let (first, second) = (documents(&gold("story")), documents(&gold("flood")));
    let heap: Vec<Document> = first.iter().chain(&second).cloned().collect();
    let stories = Engine::new().group_stories(&heap).unwrap();
    let groups: Vec<&[usize]> = stories.groups.iter().map(|group| group.documents.as_slice()).collect();
    assert_eq!(groups, [&[0, 1, 2, 3, 4][..], &[5, 6, 7, 8, 9]]);
    let copies: Vec<(usize, usize)> = stories.groups.iter().flat_map(|group| group.copies.clone()).collect();
    assert_eq!(copies, [(6, 5)]);
}

#[test]
fn the_sample_stories_carry_the_defects_of_real_feeds() {
    let mut kinds = std::collections::BTreeSet::new();
    let mut text = String::new();
    for story in STORIES {
        for article in list(&gold(story)["articles"]) {
            kinds.extend(
                list(&article["lines"]).iter().map(|line| line["kind"].as_str().unwrap().to_string()),
            );
            kinds.extend(
                list(&article["inline_artefacts"])
                    .iter()
                    .map(|mark| mark["kind"].as_str().unwrap().to_string()),
            );
            text.push_str(article["text"].as_str().unwrap());
        }
        for claim in list(&gold(story)["claims"]) {
            kinds.insert(claim["kind"].as_str().unwrap().to_string());
        }
    }
    let wanted = [
        "breadcrumb",
        "byline",
        "share",
        "cookie",
        "newsletter",
        "adblock",
        "related",
        "caption",
        "comment",
        "lost_apostrophe",
        "markdown_bold",
        "agree",
        "differ",
        "revised",
        "different_event",
    ];
    for kind in wanted {
        assert!(kinds.contains(kind), "no {kind} in the sample stories");
    }
    assert!(text.contains("?We "), "no lost quotation mark");
}

#[test]
fn a_digest_is_the_same_on_any_number_of_threads() {
    let engine = Engine::new();
    for story in STORIES {
        let documents = documents(&gold(story));
        let one = engine.digest(&documents, &DigestOptions::new()).unwrap().to_json();
        for threads in [0, 2, 3, 64] {
            let options = DigestOptions::new().threads(threads);
            assert_eq!(engine.digest(&documents, &options).unwrap().to_json(), one, "{story}, {threads}");
        }
    }
}
