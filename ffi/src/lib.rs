//! C interface of nutgraf: `include/nutgraf.h` documents every function.
//!
//! Each entry converts its arguments, calls the core once and converts the result; a panic becomes a status. Handles
//! are boxes that C holds; strings that C gets are borrowed from the handle they come from.

mod boundary;
mod document;
mod error;
mod handle;
mod options;
mod string;
