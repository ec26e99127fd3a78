use super::*;

/// The outermost element with everything in it.
fn whole<'a>(file: &'a XmlFile<'a>) -> Result<Option<Element<'a>>, Problem> {
    let mut reader = file.reader();
    let root = reader.child()?.expect("an element");
    let root = reader.whole(root)?;
    reader.finish().map(|()| root)
}

/// The text of the outermost element, of XML that is whole.
fn text_of(text: &str) -> Option<String> {
    let file = XmlFile::new("s.xml", text);
    let root = whole(&file).expect("XML").expect("an element");
    root.text().map(str::to_owned)
}

fn refusal(text: &str) -> String {
    let file = XmlFile::new("s.xml", text);
    whole(&file).expect_err("no XML").to_string()
}

#[test]
fn elements_know_their_line_their_attributes_and_their_text() {
    let text = "<?xml version='1.0'?>\n<!-- by hand -->\n<day date=' 2026-10-24 ' index=''>\n  <x:room xmlns:x='urn:x' name='Caf&eacute; &#38; &quot;Bar&quot;'>\n    <title>Tea</title>\n    <title/>\n  </x:room>\n</day>\n";
    let file = XmlFile::new("s.xml", text);
    let day = whole(&file).expect("XML").expect("an element");
    assert_eq!(day.attribute("date"), Some("2026-10-24"));
    assert_eq!(day.attribute("index"), None);
    assert_eq!(day.attribute_names().collect::<Vec<_>>(), ["date"]);
    assert_eq!(
        day.text().map(str::trim).map(|text| &text[..7]),
        Some("<x:room")
    );
    let room = day.child("room").expect("a room");
    assert_eq!(room.attribute("name"), Some("Café & \"Bar\""));
    assert_eq!(file.place_of(room).to_string(), "s.xml:4:3");
    let titles: Vec<Option<Plain>> = room.children().map(Element::plain).collect();
    assert_eq!(titles, [Plain::non_empty("Tea"), None]);
}

#[test]
fn elements_can_be_walked_through_without_keeping_them() {
    let file = XmlFile::new("s.xml", "<a><b><c/></b>stray<d>e</d></a>");
    let mut reader = file.reader();
    let mut names = Vec::new();
    assert_eq!(
        reader.child().expect("XML").map(|root| root.name),
        Some("a")
    );
    while let Some(child) = reader.child().expect("XML") {
        names.push(child.name);
        while let Some(inner) = reader.child().expect("XML") {
            names.push(inner.name);
            assert!(reader.whole(inner).expect("XML").is_some());
        }
    }
    assert_eq!(names, ["b", "c", "d"]);
    assert_eq!(reader.stray_texts, 2);
    assert_eq!(reader.finish(), Ok(()));
}

#[test]
fn text_and_cdata_are_one_text() {
    let text = text_of("<a>1 &lt; 2 <![CDATA[&amp; <b>]]><!-- no --> &#x263A;&nbsp;R&D</a>");
    assert_eq!(text.as_deref(), Some("1 < 2 &amp; <b> ☺\u{a0}R&D"));
}

#[test]
fn markup_in_a_text_stays_in_it_and_goes_from_a_line() {
    let file = XmlFile::new("s.xml", "<a>On <b>both &amp; all</b><br/> sides</a>");
    let root = whole(&file).expect("XML").expect("an element");
    assert_eq!(root.text(), Some("On <b>both &amp; all</b><br/> sides"));
    assert_eq!(root.plain().as_deref(), Some("On both & all sides"));
}

#[test]
fn entities_of_the_document_itself_are_not_expanded() {
    let text = "<!DOCTYPE a [\n<!ENTITY lol 'lol'>\n<!ENTITY lots '&lol;&lol;&lol;'>\n<!ENTITY file SYSTEM 'file:///etc/passwd'>\n]>\n<a b='&lots;'>&lots;&file;&#0;&#xFFFFFFFF;</a>";
    let file = XmlFile::new("s.xml", text);
    let mut reader = file.reader();
    let root = reader.child().expect("XML").expect("an element");
    let root = reader.whole(root).expect("XML").expect("an element");
    assert_eq!(root.text(), Some("&lots;&file;\u{0}&#xFFFFFFFF;"));
    assert_eq!(root.attribute("b"), Some("&lots;"));
    let (count, place) = reader.unknown_references.expect("some");
    assert_eq!((count, place.line), (4, Some(6)));
}

#[test]
fn half_a_document_is_refused() {
    assert_eq!(
        refusal("<schedule>\n <day>\n  <title>Half"),
        "s.xml:3:14: error: this XML ends before it is complete: the `<title>` of line 3 is not closed; fetch or export the file again"
    );
    assert_eq!(
        refusal("<schedule>\n <day>\n  <title>Half</titl"),
        "s.xml:3:14: error: this XML ends before it is complete: tag not closed: `>` not found before end of input; the `<title>` of line 3 is open; fetch or export the file again"
    );
    for whole in ["<a><b>t &amp; u</b><!-- c --><![CDATA[d]]></a>"] {
        for end in 3..whole.len() {
            let found = refusal(&whole[..end]);
            assert!(found.contains("ends before it is complete"), "{found}");
        }
    }
}

#[test]
fn tags_that_do_not_match_are_refused() {
    assert_eq!(
        refusal("<a>\n <b>\n </a>"),
        "s.xml:3:2: error: there is a `</a>`, and the `<b>` of line 2 is open; fetch or export the file again"
    );
    assert_eq!(
        refusal("<a/>\n<b/>"),
        "s.xml:2:1: error: there is more after the end of this XML; fetch or export the file again"
    );
    assert!(refusal("<a/>more").contains("more after the end"));
    assert!(refusal("<a b=c/>").contains("this is no XML"));
}

#[test]
fn nesting_without_end_and_elements_without_number_are_left_out() {
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let wide = format!("<a>{}</a>", "<b/>".repeat(100_000));
    for text in [deep, wide] {
        let file = XmlFile::new("s.xml", &text);
        assert!(whole(&file).expect("XML").is_none());
    }
    assert!(refusal(&"<a>".repeat(100_000)).contains("of line 1 is not closed"));
}

#[test]
fn ampersands_and_attributes_without_number_cost_no_more_than_they_are_long() {
    let text = format!("<a b='{0}'>{0}</a>", "&".repeat(300_000));
    assert_eq!(text_of(&text).map(|text| text.len()), Some(300_000));
    let many: String = (0..50_000).map(|at| format!(" a{at}='x'")).collect();
    assert_eq!(text_of(&format!("<a{many}>t</a>")).as_deref(), Some("t"));
}

#[test]
fn latin_1_is_read_where_the_document_says_so() {
    let bytes = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>Caf\xE9</a>";
    let (read, problems) = text("s.xml", bytes).expect("text");
    assert!(read.ends_with("<a>Café</a>"));
    assert_eq!(problems, []);
    let utf_8 = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>Café</a>".as_bytes();
    let (read, _) = text("s.xml", utf_8).expect("text");
    assert!(read.ends_with("<a>Café</a>"));
}
