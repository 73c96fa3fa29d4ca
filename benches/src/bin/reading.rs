//! Reads annotated stories and writes what nutgraf makes of them in the form that the gold's scorer takes.
//!
//! `reading GOLD.json OUT.json [--published]`: the articles' texts are read from GOLD (nothing else of it, except
//! the publication dates when `--published` is given), the reading is written to OUT. `reading HEAP.json OUT.json
//! --group` takes the articles of HEAP for a heap of stories and writes its groups, copies and the articles grouped in
//! a second.

use nutgraf::{Catalog, Digest, DigestOptions, Document, Engine, QuoteKind, Relation, Span, SummaryOptions};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [gold, out, flags @ ..] = args.as_slice() else {
        return Err("usage: reading GOLD.json OUT.json [--published]".into());
    };
    let gold: Value = serde_json::from_str(&std::fs::read_to_string(gold)?)?;
    let dated = flags.iter().any(|flag| flag == "--published");
    let articles = gold["articles"].as_array().ok_or("the gold has no articles")?;
    let documents = articles
        .iter()
        .map(|article| {
            let document = Document::new(article["text"].as_str().ok_or("an article has no text")?);
            Ok(match article["published"].as_str() {
                Some(day) if dated => document.with_published(day.parse()?),
                _ => document,
            })
        })
        .collect::<Result<Vec<_>, Box<dyn std::error::Error>>>()?;
    let engine = Engine::with_catalog(Catalog::world());
    if flags.iter().any(|flag| flag == "--group") {
        let start = std::time::Instant::now();
        let groups = engine.group_stories(&documents)?.groups;
        let rate = documents.len() as f64 / start.elapsed().as_secs_f64();
        let copies: Vec<_> = groups.iter().flat_map(|group| group.copies.clone()).collect();
        let groups: Vec<_> = groups.into_iter().map(|group| group.documents).collect();
        let system = json!({"groups": groups, "copies": copies, "articles_per_second": rate});
        std::fs::write(out, serde_json::to_string(&system)?)?;
        return Ok(());
    }
    let digest = engine.digest(&documents, &DigestOptions::new())?;
    let five = engine.summarize_story(&documents, &SummaryOptions::new().max_sentences(5))?;
    let hundred = engine.summarize_story(&documents, &SummaryOptions::new().max_words(100))?;
    let mut system = system(&digest);
    system["summary_5s"] = spans(five.sentences.iter().map(|s| (s.document, s.span)));
    system["summary_100w"] = spans(hundred.sentences.iter().map(|s| (s.document, s.span)));
    std::fs::write(out, serde_json::to_string(&system)?)?;
    Ok(())
}

fn ends(span: Span) -> (usize, usize) {
    (span.char_span().start, span.char_span().end)
}

fn spans(places: impl Iterator<Item = (usize, Span)>) -> Value {
    places
        .map(|(article, span)| {
            let (start, end) = ends(span);
            json!({"article": article, "start": start, "end": end})
        })
        .collect()
}

fn system(digest: &Digest) -> Value {
    let articles: Vec<Value> = digest
        .documents
        .iter()
        .map(|document| {
            let pair = |span: Span| json!([ends(span).0, ends(span).1]);
            let mentions = document.mentions.iter().enumerate().map(|(i, mention)| {
                let (start, end) = ends(mention.span);
                let entity = mention.entity.clone().unwrap_or_else(|| format!("undecided:{start}:{i}"));
                json!({"start": start, "end": end, "type": mention.kind.as_str(), "entity": entity})
            });
            let quotes = document.quotes.iter().filter(|quote| quote.kind == QuoteKind::Direct).map(|quote| {
                let (start, end) = ends(quote.span);
                let speaker = quote.speaker.as_ref().or(quote.speaker_text.as_ref());
                json!({"start": start, "end": end, "speaker": speaker, "speaker_text": quote.speaker_text})
            });
            let times = document.dates.iter().map(|time| {
                let (start, end) = ends(time.span);
                json!({"start": start, "end": end, "value": time.value})
            });
            json!({
                "furniture": document.furniture.iter().map(|f| pair(f.span)).collect::<Vec<_>>(),
                "sentences": document.sentences.iter().map(|&span| pair(span)).collect::<Vec<_>>(),
                "mentions": mentions.collect::<Vec<_>>(),
                "quotes": quotes.collect::<Vec<_>>(),
                "times": times.collect::<Vec<_>>(),
            })
        })
        .collect();
    let entities: serde_json::Map<String, Value> = digest
        .cast
        .iter()
        .map(|member| {
            let roles: Vec<&str> = member.roles.iter().map(|role| role.text.as_str()).collect();
            (member.entity.clone(), json!({"name": member.name, "roles": roles}))
        })
        .collect();
    let claims = digest.claims.iter().map(|claim| {
        let relation = if claim.relation == Relation::Agree { "agree" } else { "conflict" };
        json!({
            "relation": relation,
            "kind": claim.relation.as_str(),
            "topic": claim.topic,
            "reason": claim.reason,
            "spans": spans(claim.spans.iter().map(|s| (s.document, s.span))),
        })
    });
    json!({"articles": articles, "entities": entities, "claims": claims.collect::<Vec<_>>()})
}
