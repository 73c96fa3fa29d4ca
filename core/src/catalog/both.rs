//! Two things done at once.
//!
//! In: two closures. Out: what both return, as if one had run after the other: the first runs on a thread of its own where
//! there is a second processor and a thread can be started.

use std::panic::resume_unwind;
use std::sync::Mutex;
use std::thread;

/// Names from which a thread costs nothing beside what it saves.
const LARGE: usize = 50_000;

/// Whether building from so many names is worth a second thread.
pub(crate) fn worth_a_thread(names: usize) -> bool {
    names >= LARGE && thread::available_parallelism().is_ok_and(|count| count.get() > 1)
}

/// Runs two closures, at once when asked to.
pub(crate) fn both<A: Send, B>(at_once: bool, a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B) -> (A, B) {
    if at_once { both_on(thread::Builder::new(), a, b) } else { (a(), b()) }
}

fn both_on<A: Send, B>(
    thread: thread::Builder,
    a: impl FnOnce() -> A + Send,
    b: impl FnOnce() -> B,
) -> (A, B) {
    // Stays here when no thread can be started.
    let a = Mutex::new(Some(a));
    let run = || a.lock().ok().and_then(|mut a| a.take()).map(|a| a());
    let (a, b) = thread::scope(|scope| {
        let started = thread.spawn_scoped(scope, run);
        let b = b();
        let a = match started {
            Ok(started) => started.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => run(),
        };
        (a, b)
    });
    (a.expect("it runs once"), b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_run_whether_or_not_a_thread_can_be_started() {
        let mut written = [0; 2];
        let [first, second] = &mut written;
        let more_than_any_memory = thread::Builder::new().stack_size(1 << 60);
        for thread in [thread::Builder::new(), more_than_any_memory] {
            let here = thread::current().id();
            let told = both_on(thread, || (*first += 1, "a").1, || (*second += 1, thread::current().id()).1);
            assert_eq!(told, ("a", here));
        }
        assert_eq!(both(false, || 1, || 2), (1, 2));
        assert_eq!(written, [2, 2]);
    }

    #[test]
    #[cfg(target_pointer_width = "64")]
    fn the_second_case_above_starts_no_thread() {
        let started = thread::Builder::new().stack_size(1 << 60).spawn(|| ());
        assert!(started.is_err());
    }

    #[test]
    #[should_panic(expected = "told on")]
    fn a_panic_is_passed_on() {
        both(true, || panic!("told on"), || ());
    }
}
