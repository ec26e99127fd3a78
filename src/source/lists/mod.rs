//! What a reader gathers from a file, each in a list with a bound: what was found wrong (`findings`), the
//! talks (`talk_list`), the rooms, tracks and speakers by name (`named_list`), and what is not for the
//! public (`publication`). `limit` refuses a file that holds too much of something.

pub(super) mod findings;
pub(super) mod limit;
pub(super) mod named_list;
pub(super) mod publication;
pub(super) mod talk_list;
