//! The command line, the same in Rust and Python.
//!
//! In: arguments and standard input. Out: results on standard output, errors on standard error, an exit code: 0
//! done, 1 the input was not accepted, 2 the command line was not accepted. Not part of the public interface.

mod args;
mod catalog;
mod input;
#[cfg(test)]
mod tests;

use crate::{DigestOptions, Document, Engine, Error, ErrorKind, SummaryOptions, name_similarity};
use args::{Args, Command, Format};
use std::ffi::OsString;
use std::io::{self, Read, Write};

const HELP: &str = include_str!("help.txt");

/// Does what the arguments (without the program's name) say and returns the exit code.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    stdin: &mut dyn Read,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> u8 {
    let mut args = args.into_iter().peekable();
    let outcome = if args.next_if(|arg| arg == "catalog").is_some() {
        catalog::run(args, stdin, stderr).and_then(|output| print(&output, stdout))
    } else {
        match args::parse(args) {
            Ok(args) => execute(&args, stdin, stdout),
            Err(message) => Err(Error::new(ErrorKind::Option, message)),
        }
    };
    let Err(error) = outcome else { return 0 };
    let (code, hint) = match error.kind() {
        ErrorKind::Option => (2, "; see nutgraf --help"),
        _ => (1, ""),
    };
    // Nothing is left to tell the user when standard error is closed.
    writeln!(stderr, "nutgraf: {error}{hint}").map_or(code, |()| code)
}

fn execute(args: &Args, stdin: &mut dyn Read, stdout: &mut dyn Write) -> Result<(), Error> {
    let output = match args.command {
        Command::Help => HELP.to_string(),
        Command::Version => format!("nutgraf {}\n", env!("CARGO_PKG_VERSION")),
        Command::Names => {
            let likeness = name_similarity(&args.words[0], &args.words[1]);
            shown(args.format, || likeness.to_text(), || likeness.to_json())
        }
        _ => {
            let engine = input::engine(args)?;
            let documents = input::documents(args, stdin)?;
            answer(&engine, &documents, args, &budget(args, stdin)?)?
        }
    };
    print(&output, stdout)
}

fn print(output: &str, stdout: &mut dyn Write) -> Result<(), Error> {
    match stdout.write_all(output.as_bytes()).and_then(|()| stdout.flush()) {
        // The reader has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(|e| io_error("write standard output", e)),
    }
}

fn budget(args: &Args, stdin: &mut dyn Read) -> Result<SummaryOptions, Error> {
    let since = input::documents_of(&args.since, args, stdin)?;
    Ok(args.budget.clone().about(args.about.clone()).since(since))
}

/// What a job on documents prints.
fn answer(
    engine: &Engine,
    documents: &[Document],
    args: &Args,
    budget: &SummaryOptions,
) -> Result<String, Error> {
    Ok(match args.command {
        Command::Match => {
            let results = engine.match_entities_batch(documents, args.threads)?;
            let pages = results.iter().zip(documents).map(|(result, document)| match args.format {
                Format::Html => result.to_html(document),
                Format::Json => Ok(result.to_json()),
                _ => Ok(result.to_text()),
            });
            assemble(args.format, documents, &pages.collect::<Result<Vec<_>, _>>()?)
        }
        Command::Summarize => {
            let results = engine.summarize_batch(documents, budget, args.threads)?;
            let pages = results.iter().map(|result| match args.format {
                Format::Html => result.to_html(),
                Format::Json => result.to_json(),
                _ => result.to_text(),
            });
            assemble(args.format, documents, &pages.collect::<Vec<_>>())
        }
        Command::Group => {
            let stories = engine.group_stories(documents)?;
            let text = || stories.to_text_of(|document| documents[document].id().to_string());
            shown(args.format, text, || stories.to_json())
        }
        Command::Topics => {
            let topics = engine.key_topics(documents, args.count)?;
            shown(args.format, || topics.to_text(), || topics.to_json())
        }
        Command::Headline => {
            let check = engine.check_headline(documents, &args.words[0])?;
            shown(args.format, || check.to_text(), || check.to_json())
        }
        Command::Explain => {
            let sentence = args.sentence.unwrap_or_default();
            let explanation = engine.explain(documents, budget, args.document, sentence)?;
            shown(args.format, || explanation.to_text(), || explanation.to_json())
        }
        _ => digest(engine, documents, args, budget)?,
    })
}

fn digest(
    engine: &Engine,
    documents: &[Document],
    args: &Args,
    budget: &SummaryOptions,
) -> Result<String, Error> {
    let mut options = DigestOptions::new().summary(budget.clone()).threads(args.threads);
    for &(first, second) in &args.together {
        options = options.pin_together(first, second);
    }
    for &(first, second) in &args.apart {
        options = options.pin_apart(first, second);
    }
    let result = engine.digest(documents, &options)?;
    match args.format {
        Format::Html => result.to_html(documents),
        Format::Markdown => Ok(result.to_markdown()),
        format => Ok(shown(format, || result.to_text(), || result.to_json())),
    }
}

/// One result as text, or as a line of JSON.
fn shown(format: Format, text: impl Fn() -> String, json: impl Fn() -> String) -> String {
    if format == Format::Json { json() + "\n" } else { text() }
}

/// Puts the results of several documents on one page.
fn assemble(format: Format, documents: &[Document], results: &[String]) -> String {
    match format {
        Format::Json => results.iter().map(|line| format!("{line}\n")).collect(),
        Format::Html => format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\
             <meta name=\"color-scheme\" content=\"light dark\"><title>nutgraf</title></head>\n<body>\n{}\n</body>\n</html>\n",
            results.join("\n<hr>\n")
        ),
        _ if results.len() == 1 => results[0].clone(),
        _ => {
            let parts = results.iter().zip(documents);
            let parts: Vec<String> =
                parts.map(|(result, document)| format!("== {}\n{result}", document.id())).collect();
            parts.join("\n")
        }
    }
}

fn io_error(what: &str, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("cannot {what}: {error}")).with_source(error)
}
