//! Times discovery, digests and batches: the least of many runs, beside counting words.
//!
//! `job_speed ARTICLE.txt ...`: tokens a second of `match_entities` over the articles; the digest of the first five of
//! them; digests of 10 to 100 articles of all lengths (with fewer given, renamed copies follow) on one thread and two; batches on
//! 1 to 4 threads.

use nutgraf::{Catalog, DigestOptions, Document, Engine, SummaryOptions};
use nutgraf_benches::{count_tokens, least_micros, reference_micros, renamed, row};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let texts = paths.iter().map(std::fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    if texts.is_empty() {
        return Err("usage: job_speed ARTICLE.txt ...".into());
    }
    discovery(&texts)?;
    digests(&texts)?;
    batches(&texts)?;
    Ok(())
}

fn discovery(texts: &[String]) -> Result<(), nutgraf::Error> {
    let tokens: usize = texts.iter().map(|text| count_tokens(text)).sum();
    let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
    let reference = reference_micros(20, &borrowed);
    for (name, catalog) in [("no catalog", Catalog::empty()), ("world catalog", Catalog::world())] {
        let engine = Engine::with_catalog(catalog);
        let read = || {
            texts
                .iter()
                .map(|text| engine.match_entities(&Document::new(text.as_str())))
                .collect::<Result<Vec<_>, _>>()
        };
        read()?;
        let micros = least_micros(20, read);
        row(&format!("match_entities, {name}, {tokens} tokens"), micros, reference);
        println!("{:>44} {:>11.0} tokens/s", "", tokens as f64 / micros * 1e6);
    }
    Ok(())
}

fn digests(texts: &[String]) -> Result<(), nutgraf::Error> {
    let engine = Engine::with_catalog(Catalog::world());
    for count in [5.min(texts.len()), 10, 20, 50, 100] {
        let story: Vec<String> =
            (0..count).map(|n| renamed(&texts[n % texts.len()], n / texts.len())).collect();
        let documents: Vec<Document> = story.iter().map(|text| Document::new(text.as_str())).collect();
        let borrowed: Vec<&str> = story.iter().map(String::as_str).collect();
        let runs = 200 / count;
        let reference = reference_micros(runs, &borrowed);
        for threads in [1, 2] {
            let options = DigestOptions::new().threads(threads);
            engine.digest(&documents, &options)?;
            let micros = least_micros(runs, || engine.digest(&documents, &options));
            row(&format!("digest of {count} articles, {threads} threads"), micros, reference);
            println!("{:>44} {:>11.1} us an article", "", micros / count as f64);
        }
    }
    Ok(())
}

fn batches(texts: &[String]) -> Result<(), nutgraf::Error> {
    let engine = Engine::with_catalog(Catalog::world());
    let documents: Vec<Document> =
        (0..200).map(|n| Document::new(renamed(&texts[n % texts.len()], n / texts.len()))).collect();
    let stories: Vec<Vec<Document>> = documents.chunks(5).map(<[Document]>::to_vec).collect();
    let (summary, digest) = (SummaryOptions::new(), DigestOptions::new());
    let mut one = [0.0; 3];
    for threads in [1, 2, 4] {
        let times = [
            least_micros(10, || engine.summarize_batch(&documents, &summary, threads)),
            least_micros(3, || engine.match_entities_batch(&documents, threads)),
            least_micros(3, || engine.digest_batch(&stories, &digest, threads)),
        ];
        if threads == 1 {
            one = times;
        }
        for ((name, time), one) in
            ["summarize_batch", "match_entities_batch", "digest_batch"].iter().zip(times).zip(one)
        {
            println!(
                "{:<44} {time:>11.1} us {:>7.2} x one thread",
                format!("{name}, {threads} threads"),
                one / time
            );
        }
    }
    Ok(())
}
