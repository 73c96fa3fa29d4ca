//! Handles: boxes that C holds.

use nutgraf::{Error, ErrorKind};

/// Borrows a handle that may be null.
///
/// # Safety
/// `handle` must be null or come from this library, not freed, and not changed during `'a`.
pub(crate) unsafe fn borrow<'a, T>(handle: *const T) -> Option<&'a T> {
    // SAFETY: the caller promises that it is null or live.
    unsafe { handle.as_ref() }
}

/// Borrows a handle that must be there.
///
/// # Safety
/// As for [`borrow`].
pub(crate) unsafe fn required<'a, T>(handle: *const T, what: &str) -> Result<&'a T, Error> {
    // SAFETY: the caller keeps the promise of `borrow`.
    unsafe { borrow(handle) }.ok_or_else(|| missing(what))
}

/// Borrows a handle that must be there, for change.
///
/// # Safety
/// As for [`borrow`], and nobody else may use the handle during `'a`.
pub(crate) unsafe fn required_mut<'a, T>(handle: *mut T, what: &str) -> Result<&'a mut T, Error> {
    // SAFETY: the caller promises that it is null or live, and used by nobody else.
    unsafe { handle.as_mut() }.ok_or_else(|| missing(what))
}

/// Borrows an array of handles; cloning a document shares its text.
///
/// # Safety
/// `handles` must point to `count` handles that are null or live, or be null when `count` is 0.
pub(crate) unsafe fn shared<T: Clone>(handles: *const *const T, count: usize) -> Result<Vec<T>, Error> {
    if handles.is_null() && count > 0 {
        let message =
            format!("the array of {count} handles is NULL; accepted is a pointer to that many handles");
        return Err(Error::new(ErrorKind::Option, message));
    }
    // SAFETY: not null when `count` is more than 0, and the caller promises `count` handles.
    (0..count).map(|at| unsafe { required(*handles.add(at), "document") }.cloned()).collect()
}

fn missing(what: &str) -> Error {
    Error::new(
        ErrorKind::Option,
        format!("the {what} is NULL; accepted is what nutgraf.h asks for in its place"),
    )
}

/// Defines the function that gives a handle back.
macro_rules! free {
    ($name:ident, $type:ty) => {
        /// Gives the handle back; null does nothing.
        ///
        /// # Safety
        /// The handle must be null or live; it is dead afterwards.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(handle: *mut $type) {
            $crate::boundary::infallible((), || {
                if !handle.is_null() {
                    // SAFETY: it came from `Box::into_raw` in this library and the caller gives it up.
                    drop(unsafe { Box::from_raw(handle) });
                }
            });
        }
    };
}
pub(crate) use free;
