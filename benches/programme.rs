//! An invented conference of any size, the same on every run.

use std::fmt::Write;

/// How many people speak; the talks are shared out among them.
const SPEAKERS: usize = 500;
const ROOMS: usize = 20;
const TRACKS: usize = 12;
/// Talks a room and day.
const HOURS: usize = 8;

const SENTENCES: [&str; 6] = [
    "We look at *what breaks first*, and why nobody sees it coming.",
    "The numbers come from two years in production; they are not all pretty.",
    "Bring a question, or take one home.",
    "Everything shown is on [the project's page](https://example.org/project).",
    "A café in Zürich, a train and a `HashMap` play a part.",
    "No knowledge of the matter is needed, only patience; tea helps.",
];

/// The conference as a `conference.toml`.
pub(crate) fn toml(talks: usize) -> String {
    let mut file = String::from(
        "name = \"A Large Conference\"\n\
         slug = \"large\"\n\
         time_zone = \"Europe/Berlin\"\n\
         url = \"https://example.org/large/\"\n\
         description = \"Invented, to measure with.\"\n\
         updated = 2026-05-01T12:00:00Z\n\n\
         [venue]\n\
         name = \"Old Printing House\"\n\
         address = \"Setzkasten 1, 10115 Berlin; Germany\"\n\
         latitude = 52.5306\n\
         longitude = 13.3846\n",
    );
    for room in 0..ROOMS {
        let _ = write!(file, "\n[[rooms]]\nname = \"Room {room}, upper floor\"\n");
    }
    for track in 0..TRACKS {
        let _ = write!(
            file,
            "\n[[tracks]]\nname = \"Track {track}\"\ncolour = \"#{:06x}\"\n",
            track * 0x0012_3456 % 0x0100_0000
        );
    }
    for speaker in 0..SPEAKERS.min(talks) {
        let _ = write!(
            file,
            "\n[[speakers]]\nname = \"Speaker {speaker} Ødegård\"\nbiography = \"Builds *things*.\"\n"
        );
    }
    for number in 0..talks {
        talk(&mut file, number);
    }
    file
}

fn talk(file: &mut String, number: usize) {
    let slot = number / ROOMS;
    let (room, hour, day) = (number % ROOMS, slot % HOURS + 9, slot / HOURS);
    let (month, day) = (day / 28 % 6 + 4, day % 28 + 1);
    let first = number % SPEAKERS;
    let second = (number * 7 + 3) % SPEAKERS;
    let abstract_text: Vec<&str> = (0..4)
        .map(|place| SENTENCES[(number + place) % SENTENCES.len()])
        .collect();
    let _ = write!(
        file,
        "\n[[talks]]\n\
         code = \"T{number:05}\"\n\
         title = \"Talk {number}: on moving parts, and on parts that do not\"\n\
         abstract = \"{}\\n\\n{}\"\n\
         speakers = [\"Speaker {first} Ødegård\", \"Speaker {second} Ødegård\"]\n\
         track = \"Track {}\"\n\
         url = \"https://example.org/large/talks/T{number:05}\"\n\
         tags = [\"measured\", \"invented\"]\n\
         start = 2026-{month:02}-{day:02}T{hour:02}:00:00\n\
         duration = 45\n\
         room = \"Room {room}, upper floor\"\n",
        abstract_text[..2].join(" "),
        abstract_text[2..].join(" "),
        number % TRACKS,
    );
}
