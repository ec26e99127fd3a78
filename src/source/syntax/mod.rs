//! What files are written in, whatever they say: `decode` makes text of bytes and `lines` knows the line
//! of each place in it; `json`, `xml` and `fields` (TOML) read values that know their place, and
//! `entities` what `&eacute;` stands for; `plain_text` keeps the lines of what people typed.

pub(super) mod decode;
pub(super) mod entities;
pub(super) mod fields;
pub(super) mod json;
pub(super) mod lines;
pub(super) mod plain_text;
pub(super) mod toml_value;
pub(super) mod xml;
