//! `nutgraf_summary_options` and `nutgraf_digest_options`: what the caller asks for.

use crate::boundary::{change, fallible};
use crate::error::ErrorHandle;
use crate::handle::{free, required, required_mut, shared};
use crate::string::String;
use nutgraf::{Counter, DigestOptions, Document, Error, ErrorKind, SummaryOptions};
use std::ffi::c_void;

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

/// Changes options in place.
///
/// # Safety
/// `options` must be null or live and used by nobody else; `error` must be null or writable.
unsafe fn set(
    options: *mut SummaryOptions,
    error: *mut *mut ErrorHandle,
    with: impl FnOnce(SummaryOptions) -> Result<SummaryOptions, Error>,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let options = unsafe { required_mut(options, "summary_options")? };
        *options = with(options.clone())?;
        Ok(())
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { change(error, job) }
}

/// `nutgraf_counter`: the caller's way to count a text.
pub type CounterFunction = unsafe extern "C" fn(*mut c_void, String, *mut usize) -> u32;

/// What the caller's counter works with, given back when the last copy of the options is gone.
struct Context {
    pointer: *mut c_void,
    release: Option<unsafe extern "C" fn(*mut c_void)>,
}

// SAFETY: the header asks for a counter and a context that may be used from any thread.
unsafe impl Send for Context {}
// SAFETY: as above.
unsafe impl Sync for Context {}

impl Drop for Context {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: the caller promises that the function takes this context, once.
            unsafe { release(self.pointer) };
        }
    }
}

/// Allows at most so many units as the caller's function counts them.
///
/// # Safety
/// `options` must be null or live and used by nobody else; `counter` and `release` must be null or callable with the
/// context from any thread; `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_summary_options_set_max_tokens(
    options: *mut SummaryOptions,
    max_tokens: usize,
    counter: Option<CounterFunction>,
    context: *mut c_void,
    release: Option<unsafe extern "C" fn(*mut c_void)>,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let with = |options: SummaryOptions| {
        let missing =
            || Error::new(ErrorKind::Option, "the counter is NULL; accepted is a function that counts");
        let counter = counter.ok_or_else(missing)?;
        let context = Context { pointer: context, release };
        let count = move |text: &str| {
            // The closure holds the whole context, not its pointer alone.
            let context = &context;
            let mut count = 0;
            // SAFETY: the caller promises a function that may be called so.
            match unsafe { counter(context.pointer, String::lend(text), &raw mut count) } {
                0 => Ok(count),
                status => {
                    Err(Error::new(ErrorKind::Callback, format!("the counter failed with status {status}")))
                }
            }
        };
        Ok(options.max_tokens(max_tokens, Counter::new(count)))
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { set(options, error, with) }
}

/// Prefers sentences on these names or phrases.
///
/// # Safety
/// `options` must be null or live and used by nobody else; `phrases` must point to `count` strings that describe
/// readable bytes, or be null when `count` is 0; `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_summary_options_set_about(
    options: *mut SummaryOptions,
    phrases: *const String,
    count: usize,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller promises `count` strings.
    let phrase = |at: usize| unsafe { required(phrases.wrapping_add(at), "string")?.text("phrase") };
    let with = |options: SummaryOptions| {
        Ok(options.about((0..count).map(phrase).collect::<Result<Vec<&str>, Error>>()?))
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { set(options, error, with) }
}

/// Admits no other sentences than those when not 0.
///
/// # Safety
/// `options` must be null or live and used by nobody else; `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_summary_options_set_about_required(
    options: *mut SummaryOptions,
    required: u32,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { set(options, error, |options| Ok(options.about_required(required != 0))) }
}

/// Leaves out what these documents, already read, say.
///
/// # Safety
/// `options` must be null or live and used by nobody else; `documents` must point to `count` live handles, or be null
/// when `count` is 0; `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_summary_options_set_since(
    options: *mut SummaryOptions,
    documents: *const *const Document,
    count: usize,
    error: *mut *mut ErrorHandle,
) -> u32 {
    // SAFETY: the caller keeps the promises of this function.
    unsafe { set(options, error, |options| Ok(options.since(shared(documents, count)?))) }
}

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

/// Reads the articles on up to so many threads.
///
/// # Safety
/// `options` must be null or live and used by nobody else; `error` must be null or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nutgraf_digest_options_set_threads(
    options: *mut DigestOptions,
    threads: usize,
    error: *mut *mut ErrorHandle,
) -> u32 {
    let job = || {
        // SAFETY: the caller keeps the promises of this function.
        let options = unsafe { required_mut(options, "digest_options")? };
        *options = options.clone().threads(threads);
        Ok(())
    };
    // SAFETY: the caller keeps the promises of this function.
    unsafe { change(error, job) }
}

/// Defines a decision of the caller on two mentions.
macro_rules! pin {
    ($name:ident, $method:ident) => {
        /// Decides on two mentions, each named by the index of its document and a byte inside it.
        ///
        /// # Safety
        /// `options` must be null or live and used by nobody else; `error` must be null or writable.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            options: *mut DigestOptions,
            first_document: usize,
            first_byte: usize,
            second_document: usize,
            second_byte: usize,
            error: *mut *mut ErrorHandle,
        ) -> u32 {
            let job = || {
                // SAFETY: the caller keeps the promises of this function.
                let options = unsafe { required_mut(options, "digest_options")? };
                let (first, second) = ((first_document, first_byte), (second_document, second_byte));
                *options = options.clone().$method(first, second);
                Ok(())
            };
            // SAFETY: the caller keeps the promises of this function.
            unsafe { change(error, job) }
        }
    };
}

pin!(nutgraf_digest_options_pin_together, pin_together);
pin!(nutgraf_digest_options_pin_apart, pin_apart);

free!(nutgraf_digest_options_free, DigestOptions);
