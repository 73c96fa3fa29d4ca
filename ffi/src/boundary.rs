//! What every entry does: catch panics, turn errors into statuses.

use crate::error::ErrorHandle;
use nutgraf::{Error, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Returned when everything went well.
pub(crate) const OK: u32 = 0;
/// Returned when a broken invariant was caught before it could reach C.
pub(crate) const PANIC: u32 = 100;

/// Runs a fallible entry: nulls the outputs, runs the job, hands over the value or the error.
///
/// # Safety
/// `out` must be null or writable; `error` must be null or writable.
pub(crate) unsafe fn fallible<T>(
    out: *mut *mut T,
    error: *mut *mut ErrorHandle,
    job: impl FnOnce() -> Result<T, Error>,
) -> u32 {
    // SAFETY: the caller promises that it is null or writable.
    unsafe { put(out, std::ptr::null_mut()) };
    let mut value = None;
    let job = || {
        if out.is_null() {
            let message = "the place for the result is NULL; accepted is the address of a handle";
            return Err(Error::new(ErrorKind::Option, message));
        }
        value = Some(job()?);
        Ok(())
    };
    // SAFETY: the caller promises that it is null or writable.
    let status = unsafe { change(error, job) };
    if let Some(value) = value {
        // SAFETY: there is a value only when the place is not null, and the caller promises that it is writable.
        unsafe { out.write(Box::into_raw(Box::new(value))) };
    }
    status
}

/// Runs a fallible entry that hands over nothing.
///
/// # Safety
/// `error` must be null or writable.
pub(crate) unsafe fn change(error: *mut *mut ErrorHandle, job: impl FnOnce() -> Result<(), Error>) -> u32 {
    // SAFETY: the caller promises that it is null or writable.
    unsafe { put(error, std::ptr::null_mut()) };
    let (status, failure) = match catch_unwind(AssertUnwindSafe(job)) {
        Ok(Ok(())) => return OK,
        Ok(Err(failure)) => (failure.kind() as u32, ErrorHandle::new(failure)),
        Err(panic) => (PANIC, ErrorHandle::of_panic(PANIC, &*panic)),
    };
    // SAFETY: the caller promises that it is null or writable.
    unsafe { put(error, Box::into_raw(Box::new(failure))) };
    status
}

/// Runs an entry that cannot fail; a panic yields `fallback`.
pub(crate) fn infallible<T>(fallback: T, job: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(job)).unwrap_or(fallback)
}

/// Writes unless there is no place.
///
/// # Safety
/// `place` must be null or writable.
unsafe fn put<T>(place: *mut *mut T, value: *mut T) {
    if !place.is_null() {
        // SAFETY: not null, and the caller promises that it is writable.
        unsafe { place.write(value) };
    } else if !value.is_null() {
        // SAFETY: the value came from `Box::into_raw` and nobody else holds it.
        drop(unsafe { Box::from_raw(value) });
    }
}
