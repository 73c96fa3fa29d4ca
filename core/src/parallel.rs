//! Work on several threads with the results of one.
//!
//! In: items and a job for each, or two jobs. Out: the results in the order of the items. Where the system gives no further
//! thread the work is done by those there are.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
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
    if threads < 2 {
        return (first(), second());
    }
    // Still here when no thread could be had.
    let first = Mutex::new(Some(first));
    let take = || first.lock().unwrap_or_else(PoisonError::into_inner).take();
    scope(|scope| {
        let other = Builder::new().spawn_scoped(scope, || take().map(|first| first()));
        let here = if other.is_err() { take().map(|first| first()) } else { None };
        let second = second();
        let there = other.ok().and_then(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        (here.or(there).expect("one of the two has done it"), second)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn both_jobs_are_done() {
        for threads in [0, 1, 2] {
            assert_eq!(both(threads, || 1, || 2), (1, 2));
        }
    }

    #[test]
    #[should_panic(expected = "the third")]
    fn a_panic_reaches_the_caller() {
        map(&[1, 2, 3], 2, |n| assert!(*n < 3, "the third"));
    }
}
