//! What the user typed.

use crate::{Date, SummaryOptions};
use std::ffi::OsString;
use std::str::FromStr;

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Match,
    Summarize,
    Digest,
    Help,
    Version,
}

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Json,
    Html,
}

/// A command line that makes sense.
#[derive(Debug)]
pub(super) struct Args {
    pub(super) command: Command,
    pub(super) format: Format,
    pub(super) catalog: Option<OsString>,
    pub(super) published: Option<Date>,
    pub(super) threads: usize,
    pub(super) jsonl: bool,
    pub(super) budget: SummaryOptions,
    pub(super) files: Vec<OsString>,
}

/// Reads the command line, without the program's name.
pub(super) fn parse(given: impl IntoIterator<Item = OsString>) -> Result<Args, String> {
    let mut args = Args {
        command: Command::Help,
        format: Format::Text,
        catalog: None,
        published: None,
        threads: 1,
        jsonl: false,
        budget: SummaryOptions::new(),
        files: Vec::new(),
    };
    let mut given = given.into_iter();
    let mut command = None;
    let mut only_files = false;
    while let Some(arg) = given.next() {
        let text = arg.to_str().filter(|text| text.starts_with('-') && *text != "-" && !only_files);
        let Some(text) = text else {
            match command {
                None => command = Some(command_of(&arg)?),
                Some(_) => args.files.push(arg),
            }
            continue;
        };
        let (option, inline) = match text.split_once('=') {
            Some((option, value)) => (option.to_string(), Some(OsString::from(value))),
            None => (text.to_string(), None),
        };
        let has_value = inline.is_some();
        let mut value = || inline.clone().or_else(|| given.next()).ok_or(format!("{option} needs a value"));
        match option.as_str() {
            "-h" | "--help" if !has_value => return Ok(Args { command: Command::Help, ..args }),
            "-V" | "--version" if !has_value => return Ok(Args { command: Command::Version, ..args }),
            "--jsonl" if !has_value => args.jsonl = true,
            "--" => only_files = true,
            "--format" => args.format = format_of(&value()?)?,
            "--catalog" => args.catalog = Some(value()?),
            "--published" => args.published = Some(parsed(&option, &value()?, "a day, YYYY-MM-DD")?),
            "--threads" => args.threads = parsed(&option, &value()?, COUNT)?,
            "--max-sentences" => args.budget = args.budget.max_sentences(parsed(&option, &value()?, COUNT)?),
            "--max-words" => args.budget = args.budget.max_words(parsed(&option, &value()?, COUNT)?),
            "--max-chars" => args.budget = args.budget.max_chars(parsed(&option, &value()?, COUNT)?),
            "--max-bytes" => args.budget = args.budget.max_bytes(parsed(&option, &value()?, COUNT)?),
            "--ratio" => args.budget = args.budget.ratio(parsed(&option, &value()?, "a share such as 0.2")?),
            _ => return Err(format!("unknown option {text}")),
        }
    }
    args.command = command.ok_or("no command; accepted are match, summarize, digest")?;
    Ok(args)
}

const COUNT: &str = "a whole number";

fn command_of(arg: &OsString) -> Result<Command, String> {
    match arg.to_str() {
        Some("match") => Ok(Command::Match),
        Some("summarize") => Ok(Command::Summarize),
        Some("digest") => Ok(Command::Digest),
        Some("help") => Ok(Command::Help),
        _ => Err(format!("unknown command {}; accepted are match, summarize, digest", arg.display())),
    }
}

fn format_of(value: &OsString) -> Result<Format, String> {
    match value.to_str() {
        Some("text") => Ok(Format::Text),
        Some("json") => Ok(Format::Json),
        Some("html") => Ok(Format::Html),
        _ => Err(format!("--format {} is not known; accepted are text, json, html", value.display())),
    }
}

fn parsed<T: FromStr>(option: &str, value: &OsString, accepted: &str) -> Result<T, String> {
    let parsed = value.to_str().and_then(|text| text.parse().ok());
    parsed.ok_or_else(|| format!("{option} {} is not accepted; accepted is {accepted}", value.display()))
}
