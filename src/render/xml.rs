//! XML, an element a line. The model's texts hold no character that XML 1.0 forbids.

use maud::Escaper;
use std::fmt::Write;

/// A document that is being written.
pub(super) struct Xml {
    text: String,
    /// The names of the elements that have begun, each with where its content does.
    open: Vec<(String, usize)>,
}

impl Xml {
    pub(super) fn new() -> Self {
        Self {
            text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".into(),
            open: Vec::new(),
        }
    }

    /// Begins an element.
    pub(super) fn open(&mut self, name: &str) {
        self.open_with(name, &[]);
    }

    /// Begins an element with attributes.
    pub(super) fn open_with(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.text.push_str(">\n");
        self.open.push((name.to_owned(), self.text.len()));
    }

    /// Ends the element that was begun last.
    pub(super) fn close(&mut self) {
        let Some((name, content)) = self.open.pop() else {
            return;
        };
        if self.text.len() == content {
            self.text.truncate(content - ">\n".len());
            self.text.push_str("/>\n");
        } else {
            self.indent();
            let _ = writeln!(self.text, "</{name}>");
        }
    }

    /// Writes an element that holds a text.
    pub(super) fn leaf(&mut self, name: &str, text: &str) {
        self.leaf_with(name, &[], text);
    }

    /// Writes an element that has attributes and holds a text.
    pub(super) fn leaf_with(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.start(name, attributes);
        if text.is_empty() {
            self.text.push_str("/>\n");
        } else {
            self.text.push('>');
            let _ = Escaper::new(&mut self.text).write_str(text);
            let _ = writeln!(self.text, "</{name}>");
        }
    }

    /// The file, with all elements ended.
    pub(super) fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.text.into_bytes()
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            let _ = write!(self.text, " {name}=\"");
            let _ = Escaper::new(&mut self.text).write_str(value);
            self.text.push('"');
        }
    }

    fn indent(&mut self) {
        for _ in &self.open {
            self.text.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_empty_elements_are_short() {
        let mut xml = Xml::new();
        xml.open_with("room", &[("name", "\"A\" & <B>")]);
        xml.leaf("title", "a < b && c ]]> 'd'");
        xml.leaf("subtitle", "");
        xml.open("persons");
        let text = String::from_utf8(xml.finish()).expect("UTF-8");
        insta::assert_snapshot!(text, @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <room name="&quot;A&quot; &amp; &lt;B&gt;">
         <title>a &lt; b &amp;&amp; c ]]&gt; 'd'</title>
         <subtitle/>
         <persons/>
        </room>
        "#);
    }
}
