//! JSON in and out: the only file that knows the schema.
