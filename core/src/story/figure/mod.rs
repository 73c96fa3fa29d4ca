//! Figures.
pub(crate) mod number;
pub(crate) mod table;
