//! The command line, the same in Rust and Python.
//!
//! In: arguments and standard input. Out: results on standard output, errors on standard error, an exit code: 0
//! done, 1 the input was not accepted, 2 the command line was not accepted. Not part of the public interface.

mod args;
mod catalog;
#[cfg(test)]
mod tests;

use crate::binding::utf8;
use crate::{DigestOptions, Document, Engine, Error, ErrorKind};
use args::{Args, Command, Format};
use std::ffi::{OsStr, OsString};
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
        Command::Match | Command::Summarize | Command::Digest => {
            let engine = match &args.catalog {
                Some(file) => Engine::with_catalog(catalog::load(file)?),
                None => Engine::new(),
            };
            let documents = documents(args, stdin)?;
            let results = match args.command {
                Command::Match => matches(&engine, &documents, args)?,
                Command::Summarize => summaries(&engine, &documents, args)?,
                _ => vec![digest(&engine, &documents, args)?],
            };
            assemble(args.format, &documents, &results)
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

fn matches(engine: &Engine, documents: &[Document], args: &Args) -> Result<Vec<String>, Error> {
    let results = engine.match_entities_batch(documents, args.threads)?;
    let shown = results.iter().zip(documents).map(|(result, document)| match args.format {
        Format::Text => Ok(result.to_text()),
        Format::Json => Ok(result.to_json()),
        Format::Html => result.to_html(document),
    });
    shown.collect()
}

fn summaries(engine: &Engine, documents: &[Document], args: &Args) -> Result<Vec<String>, Error> {
    let results = engine.summarize_batch(documents, &args.budget, args.threads)?;
    let shown = results.iter().map(|result| match args.format {
        Format::Text => result.to_text(),
        Format::Json => result.to_json(),
        Format::Html => result.to_html(),
    });
    Ok(shown.collect())
}

fn digest(engine: &Engine, documents: &[Document], args: &Args) -> Result<String, Error> {
    let options = DigestOptions::new().summary(args.budget.clone());
    let result = engine.digest(documents, &options)?;
    Ok(match args.format {
        Format::Text => result.to_text(),
        Format::Json => result.to_json(),
        Format::Html => result.to_html(),
    })
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
        Format::Text if results.len() == 1 => results[0].clone(),
        Format::Text => {
            let parts = results.iter().zip(documents);
            let parts: Vec<String> =
                parts.map(|(result, document)| format!("== {}\n{result}", document.id())).collect();
            parts.join("\n")
        }
    }
}

fn documents(args: &Args, stdin: &mut dyn Read) -> Result<Vec<Document>, Error> {
    let mut documents = Vec::new();
    let standard_input = [OsString::from("-")];
    for file in if args.files.is_empty() { &standard_input[..] } else { &args.files[..] } {
        let name = file.to_string_lossy();
        let bytes = if name == "-" {
            let mut bytes = Vec::new();
            stdin.read_to_end(&mut bytes).map_err(|e| io_error("read standard input", e))?;
            bytes
        } else {
            read(file)?
        };
        let located = |e: Error| Error::new(e.kind(), format!("{name}: {e}")).with_source(e);
        let text = utf8(&bytes, "text").map_err(located)?;
        if name.ends_with(".jsonl") || (name == "-" && args.jsonl) {
            documents.extend(Document::from_jsonl(text).map_err(located)?);
        } else {
            documents.push(Document::new(text).with_id(&*name));
        }
    }
    if let Some(day) = args.published {
        let dated =
            documents.into_iter().map(|d| if d.published().is_some() { d } else { d.with_published(day) });
        documents = dated.collect();
    }
    Ok(documents)
}

fn read(file: &OsStr) -> Result<Vec<u8>, Error> {
    std::fs::read(file).map_err(|e| io_error(&format!("read {}", file.display()), e))
}

fn io_error(what: &str, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("cannot {what}: {error}")).with_source(error)
}
