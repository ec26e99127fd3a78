//! What the pages of chosen talks, and the button that chooses one, say.

use crate::render::pages::speech::Speech;

pub(in crate::render::pages) struct Words {
    pub my_talks: &'static str,
    /// The button beside a talk, before its title; pressed, the talk is chosen.
    pub choose: &'static str,
    pub remove: &'static str,
    pub none: &'static str,
    /// How choosing works, a paragraph each.
    pub explained: [&'static str; 3],
    pub needs_script: &'static str,
    pub to_programme: &'static str,
    pub adopt: &'static str,
    pub adopt_button: &'static str,
    pub differs: &'static str,
    pub merge_button: &'static str,
    pub replace_button: &'static str,
    pub show_mine: &'static str,
    pub all_times_in: &'static str,
    pub no_hour: &'static str,
    pub no_day: &'static str,
    pub cancelled: &'static str,
    pub tentative: &'static str,
    pub was: &'static str,
    pub overlaps: &'static str,
    pub overlaps_explained: &'static str,
    pub overlap: &'static str,
    pub and: &'static str,
    pub free: &'static str,
    pub take_along: &'static str,
    pub take_along_explained: &'static str,
    pub page_address: &'static str,
    pub calendar_address: &'static str,
    pub step_by_step: &'static str,
    pub feeds: &'static str,
    pub feeds_of_changes: &'static str,
    pub qr: &'static str,
    pub qr_hint: &'static str,
}

pub(in crate::render::pages) fn of(speech: Speech) -> &'static Words {
    speech.pick(&ENGLISH, &GERMAN)
}

impl Speech {
    /// How many talks a choice has.
    pub(in crate::render::pages) fn talks(self, count: usize) -> String {
        match count {
            1 => self.pick("1 talk", "1 Vortrag").to_owned(),
            _ => format!("{count} {}", self.pick("talks", "Vorträge")),
        }
    }

    /// How many chosen talks nobody knows.
    pub(in crate::render::pages) fn unknown(self, count: usize) -> String {
        let of_list = self.pick(
            "of this list are no longer in the programme. The others are not affected.",
            "dieser Liste stehen nicht mehr im Programm. Die übrigen sind davon nicht betroffen.",
        );
        match count {
            1 => self
                .pick(
                    "1 talk of this list is no longer in the programme. The others are not affected.",
                    "1 Vortrag dieser Liste steht nicht mehr im Programm. Die übrigen sind davon \
                     nicht betroffen.",
                )
                .to_owned(),
            _ => format!("{} {of_list}", self.talks(count)),
        }
    }
}

static ENGLISH: Words = Words {
    my_talks: "My talks",
    choose: "Add to my talks:",
    remove: "Remove",
    none: "Nothing is chosen yet",
    explained: [
        "Mark talks with the star beside them, in the programme or on their own pages. They are listed \
         here, and you can have them in your calendar.",
        "There is no account and no cookie: your choice stays on this device, and its address is all \
         that it takes. Whoever has the address sees the same list; so does your other device.",
        "A subscription to your talks follows the programme: it tells you when one of them moves or is \
         cancelled.",
    ],
    needs_script: "The stars need JavaScript, which is switched off in this browser. Every talk has a \
                   calendar entry of its own on its page, and every track, room and day can be \
                   subscribed to.",
    to_programme: "To the programme",
    adopt: "These talks are not kept on this device yet.",
    adopt_button: "Keep them as my talks",
    differs: "These are not the talks that are kept on this device.",
    merge_button: "Add them to my talks",
    replace_button: "Replace my talks by them",
    show_mine: "Show my talks",
    all_times_in: "All times in",
    no_hour: "Time to be announced",
    no_day: "Day and time to be announced",
    cancelled: "Cancelled",
    tentative: "Tentative",
    was: "Moved: was",
    overlaps: "You cannot hear them all",
    overlaps_explained: "These talks take place at the same time:",
    overlap: "Overlaps with",
    and: "and",
    free: "You are free for it on",
    take_along: "In your calendar",
    take_along_explained: "Subscribe once; moves and cancellations of your talks arrive by themselves. \
                           When you choose further talks, the address is another: subscribe again then.",
    page_address: "The address of this list",
    calendar_address: "The address of the calendar",
    step_by_step: "Step by step, for each calendar",
    feeds: "For feed readers:",
    feeds_of_changes: "Changes to these talks only:",
    qr: "QR code with the address of this list",
    qr_hint: "Scan it to have these talks on your phone.",
};

static GERMAN: Words = Words {
    my_talks: "Meine Vorträge",
    choose: "Zu meinen Vorträgen:",
    remove: "Entfernen",
    none: "Noch nichts ausgewählt",
    explained: [
        "Markieren Sie Vorträge mit dem Stern daneben, im Programm oder auf ihrer eigenen Seite. Hier \
         stehen sie dann beisammen, und Sie können sie in Ihren Kalender übernehmen.",
        "Ein Konto oder Cookies braucht es nicht: Ihre Auswahl bleibt auf diesem Gerät, und alles \
         Nötige steckt in ihrer Adresse. Wer die Adresse hat, sieht dieselbe Liste, auch Sie auf einem \
         anderen Gerät.",
        "Ein Abonnement Ihrer Vorträge folgt dem Programm: Sie erfahren, wenn einer verschoben wird \
         oder ausfällt.",
    ],
    needs_script: "Die Sterne brauchen JavaScript, das in diesem Browser abgeschaltet ist. Auf der Seite \
                   jedes Vortrags gibt es einen Kalendereintrag, und jede Reihe, jeden Raum und jeden \
                   Tag können Sie abonnieren.",
    to_programme: "Zum Programm",
    adopt: "Diese Vorträge sind auf diesem Gerät noch nicht gespeichert.",
    adopt_button: "Als meine Vorträge speichern",
    differs: "Auf diesem Gerät sind andere Vorträge gespeichert.",
    merge_button: "Zu meinen hinzufügen",
    replace_button: "Meine durch diese ersetzen",
    show_mine: "Meine Vorträge zeigen",
    all_times_in: "Alle Zeiten in",
    no_hour: "Uhrzeit steht noch nicht fest",
    no_day: "Tag und Uhrzeit stehen noch nicht fest",
    cancelled: "Fällt aus",
    tentative: "Unter Vorbehalt",
    was: "Verschoben, vorher",
    overlaps: "Nicht alles lässt sich hören",
    overlaps_explained: "Diese Vorträge finden gleichzeitig statt:",
    overlap: "Überschneidet sich mit",
    and: "und",
    free: "Frei sind Sie dafür am",
    take_along: "In Ihrem Kalender",
    take_along_explained: "Einmal abonnieren, dann erfahren Sie von selbst, wenn Ihre Vorträge \
                           verschoben werden oder ausfallen. Wenn Sie weitere Vorträge auswählen, ändert \
                           sich die Adresse: Abonnieren Sie dann neu.",
    page_address: "Adresse dieser Liste",
    calendar_address: "Adresse des Kalenders",
    step_by_step: "Schritt für Schritt, für jeden Kalender",
    feeds: "Für Feedreader:",
    feeds_of_changes: "Nur Änderungen dieser Vorträge:",
    qr: "QR-Code mit der Adresse dieser Liste",
    qr_hint: "Scannen Sie ihn, um diese Vorträge auf Ihrem Telefon zu haben.",
};
