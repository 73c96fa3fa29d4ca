//! What the command reads: documents, catalogs, weights.

use super::args::Args;
use super::{catalog, io_error};
use crate::binding::utf8;
use crate::wire::of_html;
use crate::{Catalog, Document, Engine, Error, Tagger};
use std::ffi::{OsStr, OsString};
use std::io::Read;

/// The engine that the options ask for.
pub(super) fn engine(args: &Args) -> Result<Engine, Error> {
    let catalog = match &args.catalog {
        Some(file) => catalog::load(file)?,
        None => Catalog::world(),
    };
    let mut builder = Engine::builder(catalog);
    if let Some(file) = &args.tagger {
        builder = builder.tagger(Tagger::from_bytes(read(file)?)?);
    }
    if !args.discovery {
        builder = builder.without_discovery();
    }
    Ok(builder.build())
}

/// The documents of the files, or of standard input when no file is named.
pub(super) fn documents(args: &Args, stdin: &mut dyn Read) -> Result<Vec<Document>, Error> {
    let standard_input = [OsString::from("-")];
    let files = if args.files.is_empty() { &standard_input[..] } else { &args.files[..] };
    let documents = documents_of(files, args, stdin)?;
    Ok(match args.published {
        None => documents,
        Some(day) => {
            let dated = |d: Document| if d.published().is_some() { d } else { d.with_published(day) };
            documents.into_iter().map(dated).collect()
        }
    })
}

pub(super) fn documents_of(
    files: &[OsString],
    args: &Args,
    stdin: &mut dyn Read,
) -> Result<Vec<Document>, Error> {
    let mut documents = Vec::new();
    for file in files {
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
        } else if is_page(&name) || (name == "-" && args.html) {
            documents.push(of_html(text).map_err(located)?.with_id(&*name));
        } else {
            documents.push(Document::new(text).with_id(&*name));
        }
    }
    Ok(documents)
}

/// Whether a file is a web page by its ending.
fn is_page(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["html", "htm", "xhtml"].iter().any(|page| ending.eq_ignore_ascii_case(page))
}

fn read(file: &OsStr) -> Result<Vec<u8>, Error> {
    std::fs::read(file).map_err(|e| io_error(&format!("read {}", file.display()), e))
}
