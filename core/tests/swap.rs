//! Replacing an engine's catalog while other threads read.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

use nutgraf::{Catalog, Document, Engine};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Names that every catalog gives to another owner.
fn catalog(version: char) -> Catalog {
    let rows: String = ["Brno", "Tamsel", "Orlin Vasek"]
        .iter()
        .map(|name| format!("{{\"id\":\"{version}:{name}\",\"name\":\"{name}\",\"kind\":\"place\"}}\n"))
        .collect();
    Catalog::from_jsonl_str(&rows).unwrap()
}

#[test]
fn every_call_sees_one_catalog_while_it_is_swapped() {
    let engine = Engine::with_catalog(catalog('a'));
    let documents: Vec<Document> =
        (0..8).map(|_| Document::new("From Brno to Tamsel, past Orlin Vasek and back to Brno.")).collect();
    let (done, seen) = (AtomicBool::new(false), [AtomicUsize::new(0), AtomicUsize::new(0)]);
    let versions = |results: &[nutgraf::Matches]| -> Vec<char> {
        let owners =
            results.iter().flat_map(|result| &result.mentions).flat_map(|mention| &mention.candidates);
        let mut versions: Vec<char> = owners.map(|owner| owner.catalog_id.chars().next().unwrap()).collect();
        assert!(versions.len() >= 4 * results.len());
        versions.dedup();
        versions
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..16)
            .map(|number| {
                let (engine, documents, done, seen, versions) =
                    (&engine, &documents, &done, &seen, &versions);
                scope.spawn(move || {
                    while !done.load(Ordering::Relaxed) {
                        let results = if number % 2 == 0 {
                            engine.match_entities_batch(documents, 2).unwrap()
                        } else {
                            vec![engine.match_entities(&documents[0]).unwrap()]
                        };
                        let versions = versions(&results);
                        assert!(versions == ['a'] || versions == ['b'], "a mix: {versions:?}");
                        seen[usize::from(versions == ['b'])].fetch_add(1, Ordering::Relaxed);
                    }
                })
            })
            .collect();
        let (a, b) = (catalog('a'), catalog('b'));
        let mut swaps = 0;
        // Until every thread could see both often.
        while (swaps < 2 || seen.iter().any(|count| count.load(Ordering::Relaxed) < 50))
            && workers.iter().all(|worker| !worker.is_finished())
        {
            let next = if swaps % 2 == 0 { &b } else { &a };
            let old = engine.swap_catalog(next.clone());
            let owner = old.entity(0).unwrap().id;
            assert_eq!(owner, format!("{}:Brno", if swaps % 2 == 0 { 'a' } else { 'b' }));
            swaps += 1;
            std::thread::yield_now();
        }
        done.store(true, Ordering::Relaxed);
        assert!(swaps > 1);
    });
}
