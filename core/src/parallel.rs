//! Work on several threads with the results of one.
//!
//! In: items and a job for each, or two jobs. Out: the results in the order of the items. Where the system gives no further
//! thread the work is done by those there are.

use std::panic::resume_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, scope};

/// Does a job for every item on up to `threads` threads, each with what `begin` makes and `end` takes back. Whoever is
/// free takes the next item, so that long ones are shared out.
pub(crate) fn map_with<T: Sync, R: Send, S>(
    items: &[T],
    threads: usize,
    begin: impl Fn() -> S + Sync,
    job: impl Fn(&mut S, &T) -> R + Sync,
    end: impl Fn(S) + Sync,
) -> Vec<R> {
    let others = threads.min(items.len()).saturating_sub(1);
    if others == 0 {
        let mut state = begin();
        let done = items.iter().map(|item| job(&mut state, item)).collect();
        end(state);
        return done;
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut state, mut done) = (begin(), Vec::new());
        while let number = next.fetch_add(1, Ordering::Relaxed)
            && let Some(item) = items.get(number)
        {
            done.push((number, job(&mut state, item)));
        }
        end(state);
        done
    };
    let mut done = scope(|scope| {
        let others: Vec<_> =
            (0..others).map_while(|_| Builder::new().spawn_scoped(scope, work).ok()).collect();
        let mut done = work();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Does a job for every item on up to `threads` threads.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], threads: usize, job: impl Fn(&T) -> R + Sync) -> Vec<R> {
    map_with(items, threads, || (), |(), item| job(item), drop)
}

/// Does two jobs, the first on a thread of its own where `threads` are two or more.
pub(crate) fn both<A: Send, B>(
    threads: usize,
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B,
) -> (A, B) {
    if threads < 2 { (first(), second()) } else { both_on(Builder::new(), first, second) }
}

fn both_on<A: Send, B>(
    thread: Builder,
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B,
) -> (A, B) {
    // Stays here when no thread can be started.
    let first = Mutex::new(Some(first));
    let run = || first.lock().ok().and_then(|mut first| first.take()).map(|first| first());
    let (first, second) = scope(|scope| {
        let started = thread.spawn_scoped(scope, run);
        let second = second();
        let first = match started {
            Ok(started) => started.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => run(),
        };
        (first, second)
    });
    (first.expect("it runs once"), second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread::current;

    #[test]
    fn results_keep_the_order_on_any_number_of_threads() {
        let items: Vec<u64> = (0..100).collect();
        let squares: Vec<u64> = items.iter().map(|n| n * n).collect();
        for threads in [0, 1, 2, 7, 1000] {
            assert_eq!(map(&items, threads, |n| n * n), squares);
        }
        assert!(map(&[] as &[u64], 3, |n| *n).is_empty());
    }

    #[test]
    fn every_thread_gives_back_what_it_began_with() {
        let (begun, ended) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let count = |of: &AtomicUsize| {
            of.fetch_add(1, Ordering::Relaxed);
        };
        map_with(&[1, 2, 3, 4], 3, || count(&begun), |(), item| *item, |()| count(&ended));
        assert_eq!(begun.into_inner(), ended.into_inner());
    }

    #[test]
    fn both_jobs_are_done_whether_or_not_a_thread_can_be_started() {
        let mut written = [0; 2];
        let [first, second] = &mut written;
        let more_than_any_memory = Builder::new().stack_size(1 << 60);
        for thread in [Builder::new(), more_than_any_memory] {
            let here = current().id();
            let told = both_on(thread, || (*first += 1, "a").1, || (*second += 1, current().id()).1);
            assert_eq!(told, ("a", here));
        }
        assert_eq!(both(1, || 1, || 2), (1, 2));
        assert_eq!(written, [2, 2]);
    }

    #[test]
    #[cfg(target_pointer_width = "64")]
    fn the_second_case_above_starts_no_thread() {
        let started = Builder::new().stack_size(1 << 60).spawn(|| ());
        assert!(started.is_err());
    }

    #[test]
    #[should_panic(expected = "told on")]
    fn a_panic_of_one_of_two_reaches_the_caller() {
        both(2, || panic!("told on"), || ());
    }

    #[test]
    #[should_panic(expected = "the third")]
    fn a_panic_reaches_the_caller() {
        map(&[1, 2, 3], 2, |n| assert!(*n < 3, "the third"));
    }
}
