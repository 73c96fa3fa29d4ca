//! Results as pages for people: plain text for a terminal, HTML for a notebook.
//!
//! In: results, and for highlighting the document they were made of. Out: text without control characters, or one
//! HTML element, escaped, without script or outside resource, readable on light and dark grounds. Decides nothing:
//! every line stands in the result.

mod answer;
mod html;
mod markdown;
mod text;
mod whole;
