//! Follows the tags of a page.
//!
//! In: HTML. Out: [`Page`]: the text in lines, the containers that the lines stand in, and what the head says. Elements
//! are kept on a stack; an end tag closes the nearest element of its name and all inside it, which a list of open elements
//! by name finds without looking through the stack. Decides nothing about furniture.

use super::line::{Line, Lines, Place};
use super::meta::Meta;
use super::role::{Role, hidden, role};
use crate::text::lexicon::lexicon;
use crate::text::word::hash_bytes;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::collections::BTreeMap;
use std::convert::Infallible;

lexicon!(elements, "elements.txt", tagged);

/// What was read of a page.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) text: String,
    pub(super) lines: Vec<Line>,
    /// Every container after the one that holds it; the first is the page.
    pub(super) containers: Vec<Container>,
    pub(super) meta: Meta,
}

/// An element that says something about the lines inside it.
#[derive(Clone, Debug)]
pub(super) struct Container {
    pub(super) parent: u32,
    pub(super) role: Role,
    /// What says so, in words.
    pub(super) reason: String,
}

pub(super) fn read(html: &str) -> Page {
    let mut reader = Reader::new();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| {
        reader.follow(event);
        None::<Infallible>
    });
    emitter.naively_switch_states(true);
    match Tokenizer::new_with_emitter(html, emitter).finish() {
        Ok(()) => reader.finish(),
        Err(never) => match never {},
    }
}

/// What an open element changes for what stands inside it; each is counted while it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    Nothing = 0,
    /// Its content is not read.
    Dropped,
    /// Drawings and formulas, which an element of running text ends.
    Foreign,
    Title,
    /// A description of the page in JSON.
    Data,
    Link,
    Verbatim,
    Quotation,
    Article,
}

const INSIDE: usize = Inside::Article as usize + 1;

/// One open element.
#[derive(Debug)]
struct Open {
    name: u64,
    inside: Inside,
    container: u32,
    /// The innermost container of a block, and the innermost open block.
    block_container: u32,
    block: u32,
    heading: u8,
    /// Line breaks that its end brings.
    gap: usize,
    /// Closed before the blocks inside it.
    closed: bool,
}

/// A start tag that is being read.
#[derive(Debug, Default)]
struct Tag {
    name: String,
    attribute: String,
    attributes: BTreeMap<String, String>,
}

#[derive(Debug)]
struct Reader {
    lines: Lines,
    containers: Vec<Container>,
    meta: Meta,
    stack: Vec<Open>,
    /// The places on the stack of the open elements of a name.
    named: BTreeMap<u64, Vec<u32>>,
    inside: [u32; INSIDE],
    tag: Option<Tag>,
    data: String,
}

impl Reader {
    fn new() -> Self {
        Reader {
            lines: Lines::default(),
            containers: vec![Container { parent: 0, role: Role::Page, reason: String::new() }],
            meta: Meta::default(),
            stack: Vec::new(),
            named: BTreeMap::new(),
            inside: [0; INSIDE],
            tag: None,
            data: String::new(),
        }
    }

    fn follow(&mut self, event: CallbackEvent<'_>) {
        let word = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Some(Tag { name: word(name), ..Tag::default() });
            }
            CallbackEvent::AttributeName { name } => {
                if let Some(tag) = &mut self.tag {
                    tag.attribute = word(name);
                    tag.attributes.entry(tag.attribute.clone()).or_default();
                }
            }
            CallbackEvent::AttributeValue { value } => {
                // Of two attributes of one name the first counts.
                if let Some(tag) = &mut self.tag
                    && let Some(given) = tag.attributes.get_mut(&tag.attribute)
                    && given.is_empty()
                {
                    *given = word(value);
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some(tag) = self.tag.take() {
                    self.start(&tag, self_closing);
                }
            }
            CallbackEvent::EndTag { name } => {
                self.tag = None;
                self.end(name);
            }
            CallbackEvent::String { value } => self.text(&String::from_utf8_lossy(value)),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn is_inside(&self, what: Inside) -> bool {
        self.inside[what as usize] > 0
    }

    fn text(&mut self, text: &str) {
        if self.is_inside(Inside::Data) {
            self.data.push_str(text);
        } else if self.is_inside(Inside::Title) && !self.is_inside(Inside::Foreign) {
            self.meta.page_title.push_str(text);
        } else if !self.is_dropped() {
            let place = self.place();
            self.lines.add(text, place);
        }
    }

    fn is_dropped(&self) -> bool {
        [Inside::Dropped, Inside::Foreign, Inside::Title, Inside::Data].iter().any(|w| self.is_inside(*w))
    }

    fn place(&self) -> Place {
        let top = self.stack.last();
        Place {
            container: top.map_or(0, |open| open.container),
            block: top.map_or(0, |open| open.block_container),
            heading: top.map_or(0, |open| open.heading),
            linked: self.is_inside(Inside::Link),
            verbatim: self.is_inside(Inside::Verbatim),
        }
    }

    fn start(&mut self, tag: &Tag, self_closing: bool) {
        let name = tag.name.as_str();
        let layout = elements().tag(name).unwrap_or("");
        let block = matches!(layout, "block" | "item");
        if self.is_inside(Inside::Foreign) {
            if !block || self_closing {
                return;
            }
            self.close_foreign();
        }
        self.meta.see(name, &tag.attributes, self.is_inside(Inside::Article));
        let gap = match layout {
            "block" => 2,
            "item" | "break" => 1,
            _ => 0,
        };
        if gap > 0 && !self.is_dropped() {
            self.close_implied(name, layout);
            self.lines.end(gap);
        } else if layout == "cell" {
            self.close_implied(name, layout);
            self.lines.part();
        }
        if matches!(layout, "void" | "break") {
            return;
        }
        let top = self.stack.last();
        let (mut container, mut block_container) =
            top.map_or((0, 0), |open| (open.container, open.block_container));
        let mut inside = inside(name, layout, &tag.attributes);
        if inside == Inside::Foreign && self_closing {
            return;
        }
        let article = self.is_inside(Inside::Article);
        if inside == Inside::Nothing && !self.is_dropped() {
            if let Some((role, reason)) = role(name, &tag.attributes, article, layout == "block") {
                self.containers.push(Container { parent: container, role, reason });
                container = self.containers.len() as u32 - 1;
                if block {
                    block_container = container;
                }
                if role == Role::Article {
                    inside = Inside::Article;
                }
            } else if !block && hidden(&tag.attributes).is_some() {
                inside = Inside::Dropped;
            }
        }
        match inside {
            Inside::Link => self.lines.between_links(),
            Inside::Quotation if !self.is_dropped() => {
                let place = self.place();
                self.lines.add("\u{201c}", place);
                self.lines.glue();
            }
            _ => {}
        }
        let at = self.stack.len() as u32;
        let above = self.stack.last();
        let heading = match name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => level - b'0',
            _ => above.map_or(0, |open| open.heading),
        };
        let outer = above.map_or(0, |open| open.block);
        self.inside[inside as usize] += 1;
        let name = hash_bytes(name.as_bytes());
        self.named.entry(name).or_default().push(at);
        self.stack.push(Open {
            name,
            inside,
            container,
            block_container,
            block: if block || layout == "cell" { at } else { outer },
            heading,
            gap,
            closed: false,
        });
    }

    fn end(&mut self, name: &[u8]) {
        let layout = std::str::from_utf8(name).ok().and_then(|name| elements().tag(name)).unwrap_or("");
        let hash = hash_bytes(name);
        let Some(&at) = self.named.get(&hash).and_then(|places| places.last()) else {
            if matches!(name, b"p" | b"br") && !self.is_dropped() {
                self.lines.end(if name == b"p" { 2 } else { 1 });
            }
            return;
        };
        // `<b><p>one</b> two</p>`: what is part of a line does not end the blocks inside it.
        let inner = self.stack.last().map_or(0, |open| open.block);
        if !matches!(layout, "block" | "item" | "cell") && inner > at {
            self.shut(at);
            return;
        }
        self.close_to(at);
    }

    /// Ends the effect of the element at a place; it leaves the stack with what stands inside it.
    fn shut(&mut self, at: u32) {
        let open = &mut self.stack[at as usize];
        if std::mem::replace(&mut open.closed, true) {
            return;
        }
        let (inside, name) = (open.inside, open.name);
        self.inside[inside as usize] -= 1;
        if let Some(places) = self.named.get_mut(&name) {
            // The innermost open element of the name is the one that is closed.
            places.pop();
        }
        match inside {
            Inside::Data => self.meta.read_data(&std::mem::take(&mut self.data)),
            Inside::Quotation if !self.is_dropped() => {
                let place = self.place();
                self.lines.glue();
                self.lines.add("\u{201d}", place);
            }
            _ => {}
        }
    }

    /// Closes the element at a place and all inside it.
    fn close_to(&mut self, at: u32) {
        while self.stack.len() > at as usize {
            let last = self.stack.len() as u32 - 1;
            self.shut(last);
            if let Some(open) = self.stack.pop()
                && open.gap > 0
                && !self.is_dropped()
            {
                self.lines.end(open.gap);
            }
        }
    }

    /// Closes the outermost drawing or formula.
    fn close_foreign(&mut self) {
        let first =
            |name: &str| self.named.get(&hash_bytes(name.as_bytes())).and_then(|p| p.first()).copied();
        if let Some(at) = ["svg", "math"].into_iter().filter_map(first).min() {
            self.close_to(at);
        }
    }

    /// Closes what the start of an element ends without a tag: a paragraph, the list item before, the cell before.
    fn close_implied(&mut self, name: &str, layout: &str) {
        let (ended, within): (&[&str], &[&str]) = match name {
            "li" => (&["p", "li"], &["ul", "ol", "menu", "dir"]),
            "dd" | "dt" => (&["p", "dd", "dt"], &["dl"]),
            "option" | "optgroup" => (&["option"], &["select"]),
            "td" | "th" => (&["td", "th"], &["table", "tr"]),
            "tr" => (&["tr"], &["table"]),
            _ if layout == "block" => (&["p"], &["table", "button"]),
            _ => return,
        };
        let last = |name: &&str| {
            self.named.get(&hash_bytes(name.as_bytes())).and_then(|places| places.last()).copied()
        };
        let floor = within.iter().filter_map(last).max();
        if let Some(at) = ended.iter().filter_map(last).filter(|&at| Some(at) > floor).min() {
            self.close_to(at);
        }
    }

    fn finish(mut self) -> Page {
        self.close_to(0);
        self.lines.end(0);
        let Lines { text, lines, .. } = self.lines;
        Page { text, lines, containers: self.containers, meta: self.meta }
    }
}

fn inside(name: &str, layout: &str, attributes: &BTreeMap<String, String>) -> Inside {
    match name {
        "title" => Inside::Title,
        "svg" | "math" => Inside::Foreign,
        "script" if attributes.get("type").is_some_and(|kind| kind.eq_ignore_ascii_case(LD_JSON)) => {
            Inside::Data
        }
        "a" if attributes.contains_key("href") => Inside::Link,
        "pre" => Inside::Verbatim,
        "q" => Inside::Quotation,
        _ if layout == "drop" => Inside::Dropped,
        _ => Inside::Nothing,
    }
}

const LD_JSON: &str = "application/ld+json";
