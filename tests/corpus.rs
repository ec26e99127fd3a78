//! The corpus of the fuzzers, as it is and mutated in ways that are the same in every run: nothing that
//! somebody may feed to a reader makes it panic or hang.

use handbill::source::{self, Input, Options, SOURCES, Source};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often each document is mutated.
const MUTATIONS: u64 = 60;

/// Far more than any document of the corpus needs, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(5);

fn folder(format: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("fuzz/corpus").join(format.replace('-', "_"))
}

/// The documents of a format's corpus, in the order of their names.
fn corpus(format: &str) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder(format)).expect("a corpus");
    let mut documents: Vec<(String, Vec<u8>)> = entries
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.display().to_string();
            (name, fs::read(&path).expect("a document"))
        })
        .collect();
    documents.sort();
    documents
}

/// Numbers that look random and are not (xorshift64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).expect("a length");
        usize::try_from(self.next() % limit).expect("a length")
    }
}

/// What goes wrong with files: bytes are lost, doubled, changed, cut off, or get into the wrong place.
fn mutate(document: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    const SPLINTERS: [&[u8]; 16] = [
        b"\0",
        b"\xFF\xFE",
        b"\xC3",
        b"\r",
        b"\n\n",
        b"\"",
        b"<",
        b"]]>",
        b"&#0;",
        b"{",
        b"[",
        b":",
        b"-1",
        b"99999999999999999999",
        b"\xE2\x80\xA8",
        b"\x1B[31m",
    ];
    let mut bytes = document.to_vec();
    for _ in 0..=numbers.below(4) {
        let (at, length) = (numbers.below(bytes.len() + 1), numbers.below(40));
        let end = (at + length).min(bytes.len());
        match numbers.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            3 => {
                let splinter = SPLINTERS[numbers.below(SPLINTERS.len())];
                bytes.splice(at..at, splinter.iter().copied());
            }
            4 => {
                let piece = bytes[at..end].to_vec();
                let to = numbers.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << numbers.below(8);
                }
            }
        }
    }
    bytes
}

fn read(source: &Source, bytes: &[u8]) -> bool {
    let input = Input {
        file: "input",
        bytes,
        options: &Options::default(),
    };
    let Ok((draft, _)) = (source.read)(&input) else {
        return false;
    };
    let (draft, _) = source::merge(vec![draft]);
    source::assemble(draft, "input").is_ok_and(|assembled| !assembled.conference.talks.is_empty())
}

#[test]
fn no_document_makes_a_reader_panic_or_hang() {
    for source in SOURCES {
        let documents = corpus(source.name);
        assert!(
            documents.len() >= 3,
            "{}: a corpus has good and bad documents",
            source.name
        );
        let mut understood = 0;
        for (name, document) in &documents {
            let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
            let mut variant = document.clone();
            for round in 0..=MUTATIONS {
                let start = Instant::now();
                understood += usize::from(read(source, &variant));
                let needed = start.elapsed();
                assert!(
                    needed < PATIENCE,
                    "{name}, mutation {round}: it took {needed:?}"
                );
                variant = mutate(document, &mut numbers);
            }
        }
        assert!(
            understood > 0,
            "{}: not one document is understood",
            source.name
        );
    }
}

#[test]
fn every_format_has_a_fuzz_target() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    for source in SOURCES {
        let target = root.join(format!("{}.rs", source.name.replace('-', "_")));
        let text = fs::read_to_string(&target).expect("a fuzz target for each format");
        assert!(
            text.contains(&format!("\"{}\"", source.name)),
            "{}",
            target.display()
        );
    }
}

#[test]
fn the_first_document_of_each_corpus_is_recognised_as_what_it_is() {
    for source in SOURCES {
        for (name, document) in corpus(source.name) {
            let is_plain = name
                .rsplit('/')
                .next()
                .is_some_and(|name| name.starts_with("good"));
            if !is_plain {
                continue;
            }
            let found = SOURCES
                .iter()
                .find(|source| (source.detect)("input", &document));
            assert_eq!(found.map(|found| found.name), Some(source.name), "{name}");
        }
    }
}
