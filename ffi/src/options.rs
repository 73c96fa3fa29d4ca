//! `nutgraf_summary_options` and `nutgraf_digest_options`: what the caller asks for.

use crate::boundary::{change, fallible};
use crate::error::ErrorHandle;
use crate::handle::{free, required, required_mut};
use nutgraf::{DigestOptions, SummaryOptions};

/// Creates options with no limit given.
///
/// # Safety
/// `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_summary_options_new(
    out: *mut *mut SummaryOptions,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || Ok(SummaryOptions::new())) }
}

/// Defines a setter of one limit.
macro_rules! limit {
    ($name:ident, $method:ident, $type:ty) => {
        /// Sets this limit.
        ///
        /// # Safety
        /// `options` must be null or live and used by nobody else; `error` must be null or writable.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            options: *mut SummaryOptions,
            $method: $type,
            error: *mut *mut ErrorHandle,
        ) -> u32 {
            let job = || {
                // SAFETY: the caller keeps the promises of this function.
                let options = unsafe { required_mut(options, "summary_options")? };
                *options = options.clone().$method($method);
                Ok(())
            };
            // SAFETY: the caller keeps the promises of this function.
            unsafe { change(error, job) }
        }
    };
}

limit!(nutgraf_summary_options_set_max_sentences, max_sentences, usize);
limit!(nutgraf_summary_options_set_max_words, max_words, usize);
limit!(nutgraf_summary_options_set_max_chars, max_chars, usize);
limit!(nutgraf_summary_options_set_max_bytes, max_bytes, usize);
limit!(nutgraf_summary_options_set_ratio, ratio, f64);

free!(nutgraf_summary_options_free, SummaryOptions);

/// Creates options with every part at its default.
///
/// # Safety
/// `out` and `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_digest_options_new(
    out: *mut *mut DigestOptions,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { fallible(out, error, || Ok(DigestOptions::new())) }
}

/// Sets the budget of the digest's summary; copies it.
///
/// # Safety
/// `options` must be null or live and used by nobody else; `summary` must be null or live; `error` must be null or
/// writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_digest_options_set_summary(
    options: *mut DigestOptions,
    summary: *const SummaryOptions,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let (options, summary) =
            unsafe { (required_mut(options, "digest_options")?, required(summary, "summary_options")?) };
        *options = options.clone().summary(summary.clone());
        Ok(())
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { change(error, job) }
}

free!(nutgraf_digest_options_free, DigestOptions);
