//! `nutgraf_error`: what went wrong, owned by C.

use crate::boundary::infallible;
use crate::handle::borrow;
use crate::string::String;
use nutgraf::Error;
use std::any::Any;

/// A status with its word and message.
#[derive(Debug)]
pub struct ErrorHandle {
    status: u32,
    kind: &'static str,
    message: std::string::String,
}

impl ErrorHandle {
    pub(crate) fn new(error: Error) -> Self {
        ErrorHandle { status: error.kind() as u32, kind: error.kind().as_str(), message: error.to_string() }
    }

    pub(crate) fn of_panic(status: u32, payload: &(dyn Any + Send)) -> Self {
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<std::string::String>().map(|s| s.as_str()));
        ErrorHandle { status, kind: "panic", message: text.unwrap_or("a broken invariant").to_owned() }
    }
}

/// Returns the status that the failed call returned.
///
/// # Safety
/// `error` must be null or live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_error_status(error: *const ErrorHandle) -> u32 {
    // SAFETY: the caller promises that it is null or live.
    infallible(0, || unsafe { borrow(error) }.map_or(0, |e| e.status))
}

/// Returns the word for the kind.
///
/// # Safety
/// `error` must be null or live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_error_kind(error: *const ErrorHandle) -> String {
    // SAFETY: the caller promises that it is null or live.
    infallible(String::EMPTY, || unsafe { borrow(error) }.map_or(String::EMPTY, |e| String::lend(e.kind)))
}

/// Returns the message.
///
/// # Safety
/// `error` must be null or live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_error_message(error: *const ErrorHandle) -> String {
    // SAFETY: the caller promises that it is null or live.
    infallible(String::EMPTY, || unsafe { borrow(error) }.map_or(String::EMPTY, |e| String::lend(&e.message)))
}

crate::handle::free!(nutgraf_error_free, ErrorHandle);
