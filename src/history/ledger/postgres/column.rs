//! What a statement is given, and what is read of its rows.

use postgres::types::{ToSql, Type};
use postgres::{Error, Row};

/// A parameter with its type: a statement whose types are known takes one journey, not two.
pub(super) type Parameter<'a> = (&'a (dyn ToSql + Sync), Type);

/// A text, or none.
pub(super) fn text<T: ToSql + Sync>(value: &T) -> Parameter<'_> {
    (value, Type::TEXT)
}

/// Texts, a row each.
pub(super) fn texts<T: ToSql + Sync>(values: &T) -> Parameter<'_> {
    (values, Type::TEXT_ARRAY)
}

/// A whole number, or none; a moment is one, in microseconds since 1970.
pub(super) fn integer<T: ToSql + Sync>(value: &T) -> Parameter<'_> {
    (value, Type::INT8)
}

/// A number as PostgreSQL has it. What is too large for it is larger than everything there.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number that is never negative.
pub(super) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

/// A column with such a number.
pub(super) fn counted(row: &Row, column: usize) -> Result<u64, Error> {
    Ok(unsigned(row.try_get(column)?))
}
