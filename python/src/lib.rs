//! Python interface of nutgraf: converts arguments, calls the core once with the interpreter released, converts the
//! result.

mod catalog;
mod catalog_match;
mod document;
mod engine;
mod entity;
mod error;
mod options;
mod result;

use pyo3::prelude::*;
use std::ffi::OsString;

/// Runs the command line on the arguments after the program's name and returns the exit code.
#[pyfunction]
fn run(py: Python<'_>, args: Vec<OsString>) -> u8 {
    py.detach(|| {
        let (mut stdin, mut stdout) = (std::io::stdin().lock(), std::io::stdout().lock());
        nutgraf::cli::run(args, &mut stdin, &mut stdout, &mut std::io::stderr().lock())
    })
}

#[pymodule(gil_used = false)]
mod _nutgraf {
    #[pymodule_export]
    use super::catalog::Catalog;
    #[pymodule_export]
    use super::catalog_match::{CatalogMatch, FindIter, StreamIter};
    #[pymodule_export]
    use super::document::Document;
    #[pymodule_export]
    use super::engine::{
        Engine, Tagger, check_headline, digest, digest_batch, explain, group_stories, key_topics,
        match_entities, match_entities_batch, summarize, summarize_batch, summarize_story,
    };
    #[pymodule_export]
    use super::entity::Entity;
    #[pymodule_export]
    use super::result::{
        Digest, Explanation, HeadlineCheck, KeyTopics, Matches, NameSimilarity, Stories, Summary,
        name_similarity,
    };
    #[pymodule_export]
    use super::run;

    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "the name that Python gives to versions")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
