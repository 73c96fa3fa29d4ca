//! What the user typed.

use crate::binding::DEFAULT_TOPICS;
use crate::{Date, SummaryOptions};
use std::ffi::OsString;
use std::str::FromStr;

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Match,
    Summarize,
    Digest,
    Group,
    Topics,
    Headline,
    Explain,
    Names,
    Help,
    Version,
}

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Json,
    Html,
    Markdown,
}

/// A mention: the index of its document and a byte inside it.
pub(super) type Place = (usize, usize);

/// A command line that makes sense.
#[derive(Debug)]
pub(super) struct Args {
    pub(super) command: Command,
    pub(super) format: Format,
    pub(super) catalog: Option<OsString>,
    pub(super) tagger: Option<OsString>,
    pub(super) discovery: bool,
    pub(super) published: Option<Date>,
    pub(super) threads: usize,
    pub(super) jsonl: bool,
    pub(super) html: bool,
    pub(super) budget: SummaryOptions,
    pub(super) about: Vec<String>,
    pub(super) since: Vec<OsString>,
    pub(super) together: Vec<(Place, Place)>,
    pub(super) apart: Vec<(Place, Place)>,
    pub(super) count: usize,
    pub(super) document: usize,
    pub(super) sentence: Option<usize>,
    /// What stands before the files: a headline, two names.
    pub(super) words: Vec<String>,
    pub(super) files: Vec<OsString>,
}

impl Default for Args {
    fn default() -> Self {
        Args {
            command: Command::Help,
            format: Format::Text,
            catalog: None,
            tagger: None,
            discovery: true,
            published: None,
            threads: 1,
            jsonl: false,
            html: false,
            budget: SummaryOptions::new(),
            about: Vec::new(),
            since: Vec::new(),
            together: Vec::new(),
            apart: Vec::new(),
            count: DEFAULT_TOPICS,
            document: 0,
            sentence: None,
            words: Vec::new(),
            files: Vec::new(),
        }
    }
}

/// Reads the command line, without the program's name.
pub(super) fn parse(given: impl IntoIterator<Item = OsString>) -> Result<Args, String> {
    let mut args = Args::default();
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
            "--html" if !has_value => args.html = true,
            "--no-discovery" if !has_value => args.discovery = false,
            "--about-required" if !has_value => args.budget = args.budget.about_required(true),
            "--" => only_files = true,
            _ => args.set(&option, &mut value).unwrap_or_else(|| Err(format!("unknown option {text}")))?,
        }
    }
    args.command = command.ok_or(format!("no command; accepted are {COMMANDS}"))?;
    if args.html && args.jsonl {
        return Err("--html and --jsonl both say what standard input holds; accepted is one".to_string());
    }
    args.check()?;
    Ok(args)
}

const COUNT: &str = "a whole number";
const PLACES: &str = "two mentions as DOCUMENT:BYTE,DOCUMENT:BYTE, documents counted from 0";
const COMMANDS: &str = "match, summarize, digest, group, topics, headline, explain, names, catalog";

impl Args {
    /// Sets an option that has a value; `None` when there is no such option.
    fn set(
        &mut self,
        option: &str,
        value: &mut dyn FnMut() -> Result<OsString, String>,
    ) -> Option<Result<(), String>> {
        let limit = |value: &OsString| parsed(option, value, COUNT);
        let mut set = |args: &mut Args| -> Result<bool, String> {
            let budget = || args.budget.clone();
            match option {
                "--format" => args.format = format_of(&value()?)?,
                "--catalog" => args.catalog = Some(value()?),
                "--tagger" => args.tagger = Some(value()?),
                "--published" => args.published = Some(parsed(option, &value()?, "a day, YYYY-MM-DD")?),
                "--threads" => args.threads = limit(&value()?)?,
                "--max-sentences" => args.budget = budget().max_sentences(limit(&value()?)?),
                "--max-words" => args.budget = budget().max_words(limit(&value()?)?),
                "--max-chars" => args.budget = budget().max_chars(limit(&value()?)?),
                "--max-bytes" => args.budget = budget().max_bytes(limit(&value()?)?),
                "--ratio" => args.budget = budget().ratio(parsed(option, &value()?, "a share such as 0.2")?),
                "--about" => args.about.push(word(&value()?)?),
                "--since" => args.since.push(value()?),
                "--pin-together" => args.together.push(pin(option, &value()?)?),
                "--pin-apart" => args.apart.push(pin(option, &value()?)?),
                "--count" => args.count = limit(&value()?)?,
                "--document" => args.document = limit(&value()?)?,
                "--sentence" => args.sentence = Some(limit(&value()?)?),
                _ => return Ok(false),
            }
            Ok(true)
        };
        match set(self) {
            Ok(true) => Some(Ok(())),
            Ok(false) => None,
            Err(message) => Some(Err(message)),
        }
    }

    /// Takes the words before the files, and refuses what the command does not do.
    fn check(&mut self) -> Result<(), String> {
        let words = match self.command {
            Command::Headline => 1,
            Command::Names => 2,
            _ => 0,
        };
        if self.files.len() < words || (self.command == Command::Names && self.files.len() > words) {
            let accepted = if words == 1 {
                "headline TITLE [FILE...]"
            } else {
                "names NAME NAME, quoted where they hold blanks"
            };
            return Err(format!("wrong number of words; accepted is {accepted}"));
        }
        self.words = self.files.drain(..words).map(|text| word(&text)).collect::<Result<_, _>>()?;
        if self.command == Command::Explain && self.sentence.is_none() {
            return Err("explain needs --sentence N, counted from 0, headings and noise included".to_string());
        }
        let (accepted, formats): (&[Format], _) = match self.command {
            Command::Match | Command::Summarize => {
                (&[Format::Text, Format::Json, Format::Html], "text, json, html")
            }
            Command::Digest | Command::Help | Command::Version => return Ok(()),
            _ => (&[Format::Text, Format::Json], "text, json"),
        };
        if accepted.contains(&self.format) {
            return Ok(());
        }
        Err(format!("this --format is not made by the command; accepted are {formats}"))
    }
}

fn command_of(arg: &OsString) -> Result<Command, String> {
    match arg.to_str() {
        Some("match") => Ok(Command::Match),
        Some("summarize") => Ok(Command::Summarize),
        Some("digest") => Ok(Command::Digest),
        Some("group") => Ok(Command::Group),
        Some("topics") => Ok(Command::Topics),
        Some("headline") => Ok(Command::Headline),
        Some("explain") => Ok(Command::Explain),
        Some("names") => Ok(Command::Names),
        Some("help") => Ok(Command::Help),
        _ => Err(format!("unknown command {}; accepted are {COMMANDS}", arg.display())),
    }
}

fn format_of(value: &OsString) -> Result<Format, String> {
    match value.to_str() {
        Some("text") => Ok(Format::Text),
        Some("json") => Ok(Format::Json),
        Some("html") => Ok(Format::Html),
        Some("markdown") => Ok(Format::Markdown),
        _ => {
            Err(format!("--format {} is not known; accepted are text, json, html, markdown", value.display()))
        }
    }
}

fn parsed<T: FromStr>(option: &str, value: &OsString, accepted: &str) -> Result<T, String> {
    let parsed = value.to_str().and_then(|text| text.parse().ok());
    parsed.ok_or_else(|| format!("{option} {} is not accepted; accepted is {accepted}", value.display()))
}

fn word(value: &OsString) -> Result<String, String> {
    let text = value.to_str().map(str::to_string);
    text.ok_or_else(|| format!("{} is not UTF-8; accepted is UTF-8", value.display()))
}

fn pin(option: &str, value: &OsString) -> Result<(Place, Place), String> {
    let place = |text: &str| {
        let (document, byte) = text.split_once(':')?;
        Some((document.parse().ok()?, byte.parse().ok()?))
    };
    let read = |text: &str| text.split_once(',').and_then(|(a, b)| Some((place(a)?, place(b)?)));
    let read = value.to_str().and_then(read);
    read.ok_or_else(|| format!("{option} {} is not accepted; accepted is {PLACES}", value.display()))
}
