//! `nutgraf catalog build` and `nutgraf catalog info`.
//!
//! In: sources of a catalog, or a compiled one. Out: a compiled file, or what it holds. A long build shows how far it is
//! on standard error, when that is a terminal.

use super::io_error;
use crate::catalog::MAGIC;
use crate::{Catalog, CatalogFormat, CatalogInfo, Error, ErrorKind};
use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal, Read, Write};

const USAGE: &str = "accepted are: catalog build [--from FORMAT] IN... OUT, catalog info [--verify] [--format text|json] FILE";
/// Entities between two looks at the progress bar; catalogs below it show none.
const STEP: usize = 1 << 14;
const BAR: usize = 30;

/// What follows the word `catalog`.
#[derive(Debug, Default)]
struct Args {
    words: Vec<OsString>,
    from: Option<CatalogFormat>,
    json: bool,
    verify: bool,
}

/// Does what the arguments behind `catalog` say and returns what is printed.
pub(super) fn run(
    args: impl Iterator<Item = OsString>,
    stdin: &mut dyn Read,
    stderr: &mut dyn Write,
) -> Result<String, Error> {
    let mut args = parse(args)?;
    let command = if args.words.is_empty() { OsString::new() } else { args.words.remove(0) };
    match (command.to_str(), &args.words[..]) {
        (Some("build"), [sources @ .., out]) if !sources.is_empty() && !args.json && !args.verify => {
            build(sources, out, args.from, stdin, stderr)
        }
        (Some("info"), [file]) if args.from.is_none() => info(file, &args),
        _ => Err(refuse(format!("this is no catalog command; {USAGE}"))),
    }
}

fn refuse(message: String) -> Error {
    Error::new(ErrorKind::Option, message)
}

fn parse(mut given: impl Iterator<Item = OsString>) -> Result<Args, Error> {
    let mut args = Args::default();
    let mut only_files = false;
    while let Some(arg) = given.next() {
        let option = arg.to_str().filter(|text| text.starts_with('-') && *text != "-" && !only_files);
        let Some(option) = option else {
            args.words.push(arg);
            continue;
        };
        let (name, inline) =
            option.split_once('=').map_or((option, None), |(name, value)| (name, Some(value)));
        let mut value = || -> Result<String, Error> {
            let value = inline.map(OsString::from).or_else(|| given.next());
            let value = value.and_then(|value| value.into_string().ok());
            value.ok_or_else(|| refuse(format!("{name} needs a value")))
        };
        match name {
            "--" => only_files = true,
            "--verify" => args.verify = true,
            "--from" => args.from = Some(value()?.parse()?),
            "--format" => {
                args.json = match value()?.as_str() {
                    "text" => false,
                    "json" => true,
                    other => {
                        return Err(refuse(format!(
                            "--format {other} is not known; accepted are text, json"
                        )));
                    }
                }
            }
            _ => return Err(refuse(format!("unknown option {option}; {USAGE}"))),
        }
    }
    Ok(args)
}

fn build(
    sources: &[OsString],
    out: &OsStr,
    from: Option<CatalogFormat>,
    stdin: &mut dyn Read,
    stderr: &mut dyn Write,
) -> Result<String, Error> {
    let mut bar = Bar { out: io::stderr().is_terminal().then_some(stderr), shown: false };
    let built = compile(sources, from, stdin, &mut bar).and_then(|catalog| {
        bar.say(format_args!("writing {}", out.display()));
        catalog.save(out)?;
        Ok(catalog.info())
    });
    bar.clear();
    let info = built?;
    let CatalogInfo { entities, names, bytes, .. } = info;
    Ok(format!("{}: {entities} entities, {names} names, {bytes} bytes\n", out.display()))
}

fn compile(
    sources: &[OsString],
    from: Option<CatalogFormat>,
    stdin: &mut dyn Read,
    bar: &mut Bar<'_>,
) -> Result<Catalog, Error> {
    let mut builder = Catalog::builder();
    for source in sources {
        let name = source.to_string_lossy();
        let located = |error: Error| Error::new(error.kind(), format!("{name}: {error}")).with_source(error);
        let format = from.or_else(|| CatalogFormat::of_file_name(&name)).ok_or_else(|| {
            let known: Vec<&str> = CatalogFormat::ALL.iter().map(|format| format.as_str()).collect();
            refuse(format!("{name}: the ending tells no format; accepted is --from {}", known.join("|")))
        })?;
        let bytes = read(source, stdin)?;
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            let message =
                format!("{name}: byte {} is not UTF-8; accepted is UTF-8 text", error.valid_up_to());
            Error::new(ErrorKind::Catalog, message).with_source(error)
        })?;
        let lines = memchr::memchr_iter(b'\n', text.as_bytes()).count().max(1);
        let mut show = |entities: usize| bar.show(&name, entities, lines);
        builder.add_source_showing(text, format, &mut show).map_err(located)?;
    }
    if bar.shown {
        bar.say(format_args!("building the table"));
    }
    builder.build()
}

fn info(file: &OsStr, args: &Args) -> Result<String, Error> {
    let catalog = Catalog::open(file)?;
    if args.verify {
        catalog.verify()?;
    }
    let info = catalog.info();
    if args.json {
        let json = serde_json::to_string(&info).map_err(|error| refuse(error.to_string()))?;
        return Ok(json + "\n");
    }
    let mut text = String::new();
    for (what, number) in [
        ("entities", info.entities),
        ("names", info.names),
        ("shared names", info.shared_names),
        ("duplicate names", info.duplicate_names),
        ("bytes", info.bytes),
        ("index bytes", info.index_bytes),
    ] {
        text += &format!("{what:<16}{number:>12}\n");
    }
    if args.verify {
        text += "the file is whole\n";
    }
    Ok(text)
}

/// Reads the catalog that `--catalog` names: a compiled file, or a source in the format of its ending, JSON lines when
/// the ending tells none.
pub(super) fn load(file: &OsStr) -> Result<Catalog, Error> {
    let mut start = [0; 8];
    let compiled = std::fs::File::open(file).and_then(|mut opened| opened.read_exact(&mut start));
    if compiled.is_ok() && start == *MAGIC {
        return Catalog::open(file);
    }
    let bytes = read(file, &mut io::empty())?;
    match CatalogFormat::of_file_name(&file.to_string_lossy()) {
        None | Some(CatalogFormat::Jsonl) => Catalog::from_jsonl(&bytes),
        Some(format) => Catalog::from_source(crate::binding::utf8(&bytes, "catalog")?, format),
    }
}

fn read(file: &OsStr, stdin: &mut dyn Read) -> Result<Vec<u8>, Error> {
    if file == "-" {
        let mut bytes = Vec::new();
        return match stdin.read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(io_error("read standard input", error)),
        };
    }
    std::fs::read(file).map_err(|error| io_error(&format!("read {}", file.display()), error))
}

/// One line on the terminal, written over and over.
struct Bar<'w> {
    out: Option<&'w mut dyn Write>,
    shown: bool,
}

impl Bar<'_> {
    fn show(&mut self, name: &str, entities: usize, lines: usize) {
        if !entities.is_multiple_of(STEP) {
            return;
        }
        self.shown = true;
        let filled = (entities * BAR / lines).min(BAR);
        let percent = (entities * 100 / lines).min(100);
        let bar: String = (0..BAR).map(|at| if at < filled { '#' } else { '.' }).collect();
        self.say(format_args!("{name} [{bar}] {percent:3} % {entities} entities"));
    }

    fn say(&mut self, line: std::fmt::Arguments<'_>) {
        if let Some(out) = &mut self.out {
            // A terminal that has gone is no reason to stop building.
            drop(write!(out, "\r\x1b[K{line}").and_then(|()| out.flush()));
        }
    }

    fn clear(&mut self) {
        self.say(format_args!(""));
    }
}
