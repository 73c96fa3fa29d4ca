//! Python interface of nutgraf.
