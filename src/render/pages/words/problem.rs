//! What stands on the page of an address that could not be answered with what was asked for.

use crate::render::pages::speech::Speech;

pub(in crate::render::pages) struct Words {
    pub not_found: Kind,
    pub gone: Kind,
    pub bad_request: Kind,
    pub unavailable: Kind,
    pub failed: Kind,
    pub label: &'static str,
    pub did_you_mean: &'static str,
    pub possible: &'static str,
    pub published_with: &'static str,
}

/// What happened, and what that means.
pub(in crate::render::pages) struct Kind {
    pub title: &'static str,
    pub text: &'static str,
}

pub(in crate::render::pages) fn of(speech: Speech) -> &'static Words {
    speech.pick(&ENGLISH, &GERMAN)
}

static ENGLISH: Words = Words {
    not_found: Kind {
        title: "There is nothing here",
        text: "Perhaps the address has a slip of the pen in it, or what stood here has moved.",
    },
    gone: Kind {
        title: "This is no longer in the programme",
        text: "It was once, but that part of the programme is no more.",
    },
    bad_request: Kind {
        title: "This address says something that is not understood",
        text: "Something in it is not what it should be.",
    },
    unavailable: Kind {
        title: "Not available at the moment",
        text: "Please try again in a moment.",
    },
    failed: Kind {
        title: "This page could not be made",
        text: "The fault is on this side, and the server has taken note of it. The other pages are not affected.",
    },
    label: "From here",
    did_you_mean: "Did you mean this page?",
    possible: "Possible are:",
    published_with: "Published with handbill",
};

static GERMAN: Words = Words {
    not_found: Kind {
        title: "Hier gibt es nichts",
        text: "Vielleicht steckt in der Adresse ein Tippfehler, oder was hier stand, ist umgezogen.",
    },
    gone: Kind {
        title: "Das steht nicht mehr im Programm",
        text: "Es stand einmal hier, aber diesen Teil des Programms gibt es nicht mehr.",
    },
    bad_request: Kind {
        title: "Diese Adresse ist nicht zu verstehen",
        text: "Etwas darin ist nicht so, wie es sein müsste.",
    },
    unavailable: Kind {
        title: "Im Moment nicht erreichbar",
        text: "Bitte gleich noch einmal versuchen.",
    },
    failed: Kind {
        title: "Diese Seite ließ sich nicht erzeugen",
        text: "Der Fehler liegt auf dieser Seite der Leitung und ist vermerkt. Die anderen Seiten sind nicht betroffen.",
    },
    label: "Von hier aus",
    did_you_mean: "War diese Seite gemeint?",
    possible: "Möglich sind:",
    published_with: "Veröffentlicht mit handbill",
};
