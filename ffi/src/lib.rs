//! C interface of nutgraf: `include/nutgraf.h` documents every function.
//!
//! Each entry converts its arguments, calls the core once and converts the result; a panic becomes a status. Handles
//! are boxes that C holds; strings that C gets are borrowed from the handle they come from.

pub mod answer;
pub mod boundary;
pub mod catalog;
pub mod document;
pub mod engine;
pub mod error;
pub mod finding;
pub mod handle;
pub mod options;
pub mod result;
pub mod string;

#[cfg(test)]
mod tests;
