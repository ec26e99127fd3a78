//! What the page of all ways to subscribe says.

use crate::render::pages::speech::Speech;

pub(in crate::render::pages) struct Words {
    pub title: &'static str,
    pub lead: &'static str,
    pub address: &'static str,
    pub address_hint: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub local: &'static str,
    pub where_: &'static str,
    pub steps: &'static str,
    pub add: &'static str,
    pub clients: [Client; 7],
    pub reader: &'static str,
    pub reader_delay: &'static str,
    pub reader_text: &'static str,
    pub opml: &'static str,
    pub rather: &'static str,
    pub qr: &'static str,
    pub qr_hint: &'static str,
    pub selected: &'static str,
    pub everything: &'static str,
    pub preview: &'static str,
    pub preview_empty: &'static str,
    pub preview_list: &'static str,
    pub cancelled: &'static str,
    pub untimed: &'static str,
    pub cancelled_mark: &'static str,
    pub cancelled_keep: &'static str,
    pub cancelled_hide: &'static str,
    pub wishes: &'static str,
    pub wishes_hint: &'static str,
    pub alarm: &'static str,
    pub no_alarm: &'static str,
    pub minutes_before: &'static str,
    pub zone: &'static str,
    pub zone_of_conference: &'static str,
    pub zone_own: &'static str,
    pub when_cancelled: &'static str,
    pub mark: &'static str,
    pub keep: &'static str,
    pub hide: &'static str,
    pub apply: &'static str,
}

/// A calendar program.
pub(in crate::render::pages) struct Client {
    pub name: &'static str,
    /// How long changes take to arrive.
    pub delay: &'static str,
    /// What to do, step by step.
    pub steps: &'static [&'static str],
}

pub(in crate::render::pages) fn of(speech: Speech) -> &'static Words {
    speech.pick(&ENGLISH, &GERMAN)
}

impl Speech {
    /// What a subscription holds: "12 entries for 10 talks, from … to …".
    pub(in crate::render::pages) fn held(
        self,
        entries: usize,
        talks: usize,
        dates: Option<(String, String)>,
    ) -> String {
        let entries = match entries {
            1 => self
                .pick("1 calendar entry", "1 Kalendereintrag")
                .to_owned(),
            _ => format!(
                "{entries} {}",
                self.pick("calendar entries", "Kalendereinträge")
            ),
        };
        let items = match talks {
            1 => self
                .pick("for 1 item of the programme", "zu 1 Programmpunkt")
                .to_owned(),
            _ => match self {
                Self::English => format!("for {talks} items of the programme"),
                Self::German => format!("zu {talks} Programmpunkten"),
            },
        };
        let when = match dates {
            None => String::new(),
            Some((first, last)) if first == last => format!(", {} {first}", self.pick("on", "am")),
            Some((first, last)) => match self {
                Self::English => format!(", from {first} to {last}"),
                Self::German => format!(", vom {first} bis {last}"),
            },
        };
        format!("{entries} {items}{when}.")
    }
}

static ENGLISH: Words = Words {
    title: "Subscribe",
    lead: "Subscribe once, and the programme stays up to date in your calendar: what is moved moves, \
           what is cancelled says so.",
    address: "The address of the calendar",
    address_hint: "It works in every calendar that can subscribe.",
    copy: "Copy",
    copied: "Copied",
    local: "This page comes from your own computer. Applications on it can subscribe; Google and \
            Outlook cannot reach it until it is published under a public address.",
    where_: "Where is your calendar?",
    steps: "Step by step",
    add: "Add to",
    clients: [
        Client {
            name: "Google Calendar",
            delay: "Changes take 4 to 24 hours, and nobody can hurry Google.",
            steps: &[
                "Try the link first. Sometimes it does nothing; then go on here.",
                "Copy the address above.",
                "Open calendar.google.com on a computer; the app cannot subscribe.",
                "Beside “Other calendars” choose “+”, then “From URL”.",
                "Paste the address and choose “Add calendar”. It appears on your phone, too.",
            ],
        },
        Client {
            name: "Apple Calendar",
            delay: "You choose: from every 5 minutes to once a week.",
            steps: &[
                "Tap or click the link and confirm “Subscribe”.",
                "If nothing happens on an iPhone or iPad: Calendar, “Calendars”, “Add Calendar”, “Add \
                 Subscription Calendar”, and paste the address.",
                "If nothing happens on a Mac: Calendar, “File”, “New Calendar Subscription”, and paste \
                 the address. Set “Auto-refresh” to “Every hour”: a Mac looks only once a week \
                 otherwise.",
            ],
        },
        Client {
            name: "Outlook.com",
            delay: "Changes take 3 to 24 hours.",
            steps: &[
                "Try the link first; it asks you to sign in. If it does nothing, go on here.",
                "Copy the address above and open the calendar at outlook.live.com.",
                "Choose “Add calendar”, then “Subscribe from web”, and paste the address.",
            ],
        },
        Client {
            name: "Microsoft 365",
            delay: "Changes take 3 to 24 hours.",
            steps: &[
                "Try the link first; it asks you to sign in. If it does nothing, go on here.",
                "Copy the address above and open the calendar at outlook.office.com.",
                "Choose “Add calendar”, then “Subscribe from web”, and paste the address. Some \
                 organisations do not allow it.",
            ],
        },
        Client {
            name: "Thunderbird",
            delay: "It looks every 30 minutes unless you choose otherwise.",
            steps: &[
                "Copy the address above.",
                "In the calendar choose “New Calendar”, then “On the Network”.",
                "Paste the address, no user name, and choose “Find Calendars”, then “Subscribe”.",
            ],
        },
        Client {
            name: "GNOME Calendar",
            delay: "It looks regularly while the computer is on.",
            steps: &[
                "Copy the address above.",
                "Choose “Manage Calendars”, then “Add Calendar”.",
                "Paste the address and choose “Add”.",
            ],
        },
        Client {
            name: "Android",
            delay: "ICSx⁵ looks as often as you choose; Google takes 4 to 24 hours.",
            steps: &[
                "With the free app ICSx⁵: choose “+”, paste the address, and allow it to write to your \
                 calendar.",
                "Without another app: subscribe in Google Calendar on a computer, as above; it appears \
                 on the phone.",
            ],
        },
    ],
    reader: "Feed readers",
    reader_delay: "Most readers look every 30 to 60 minutes.",
    reader_text: "Each talk is an entry:",
    opml: "all feeds at once (OPML)",
    rather: "Subscribe rather than import: an imported file is a copy that never changes.",
    qr: "QR code with the address of this page",
    qr_hint: "Scan it to subscribe on your phone.",
    selected: "These are the ways to subscribe to a part of the programme:",
    everything: "Subscribe to everything instead",
    preview: "What you will get",
    preview_empty: "Nothing of the programme fits at the moment. The subscription fills itself when \
                    something does.",
    preview_list: "Show the list",
    cancelled: "Cancelled",
    untimed: "Without a time yet; they come into the calendar when it is known:",
    cancelled_mark: "What is cancelled stays, marked as cancelled. Google hides such entries.",
    cancelled_keep: "What is cancelled stays with “CANCELLED” before its title, in Google Calendar, too.",
    cancelled_hide: "What is cancelled disappears.",
    wishes: "Adjust",
    wishes_hint: "The addresses on this page change with it.",
    alarm: "Reminder",
    no_alarm: "None",
    minutes_before: "minutes before",
    zone: "Times in",
    zone_of_conference: "conference",
    zone_own: "your zone",
    when_cancelled: "Cancelled talks",
    mark: "Mark them as cancelled",
    keep: "Keep them visible everywhere",
    hide: "Leave them out",
    apply: "Apply",
};

static GERMAN: Words = Words {
    title: "Abonnieren",
    lead: "Einmal abonnieren, und das Programm bleibt in Ihrem Kalender aktuell: Verschobenes wandert \
           mit, und was ausfällt, ist so gekennzeichnet.",
    address: "Adresse des Kalenders",
    address_hint: "Sie funktioniert in jedem Kalender, der abonnieren kann.",
    copy: "Kopieren",
    copied: "Kopiert",
    local: "Diese Seite kommt von Ihrem eigenen Rechner. Programme darauf können abonnieren; Google und \
            Outlook erreichen sie erst, wenn sie unter einer öffentlichen Adresse steht.",
    where_: "Wo ist Ihr Kalender?",
    steps: "Schritt für Schritt",
    add: "Hinzufügen zu",
    clients: [
        Client {
            name: "Google Kalender",
            delay: "Änderungen brauchen 4 bis 24 Stunden; beschleunigen lässt sich das nicht.",
            steps: &[
                "Versuchen Sie zuerst den Link. Manchmal bewirkt er nichts, dann geht es hier weiter.",
                "Kopieren Sie die Adresse oben.",
                "Öffnen Sie calendar.google.com am Rechner; die App kann nicht abonnieren.",
                "Wählen Sie neben „Weitere Kalender“ das „+“ und dann „Per URL“.",
                "Fügen Sie die Adresse ein und wählen Sie „Kalender hinzufügen“. Er erscheint auch auf \
                 dem Telefon.",
            ],
        },
        Client {
            name: "Apple Kalender",
            delay: "Sie bestimmen es: alle 5 Minuten bis einmal in der Woche.",
            steps: &[
                "Tippen oder klicken Sie auf den Link und bestätigen Sie „Abonnieren“.",
                "Falls auf iPhone oder iPad nichts geschieht: Kalender, „Kalender“, „Kalender \
                 hinzufügen“, „Kalenderabo hinzufügen“, und die Adresse einfügen.",
                "Falls auf dem Mac nichts geschieht: Kalender, „Ablage“, „Neues Kalenderabonnement“, und \
                 die Adresse einfügen. Stellen Sie „Automatisch aktualisieren“ auf „Stündlich“, sonst \
                 sieht der Mac nur einmal in der Woche nach.",
            ],
        },
        Client {
            name: "Outlook.com",
            delay: "Änderungen brauchen 3 bis 24 Stunden.",
            steps: &[
                "Versuchen Sie zuerst den Link; Sie müssen sich anmelden. Bewirkt er nichts, geht es \
                 hier weiter.",
                "Kopieren Sie die Adresse oben und öffnen Sie den Kalender auf outlook.live.com.",
                "Wählen Sie „Kalender hinzufügen“, dann „Aus dem Internet abonnieren“, und fügen Sie die \
                 Adresse ein.",
            ],
        },
        Client {
            name: "Microsoft 365",
            delay: "Änderungen brauchen 3 bis 24 Stunden.",
            steps: &[
                "Versuchen Sie zuerst den Link; Sie müssen sich anmelden. Bewirkt er nichts, geht es \
                 hier weiter.",
                "Kopieren Sie die Adresse oben und öffnen Sie den Kalender auf outlook.office.com.",
                "Wählen Sie „Kalender hinzufügen“, dann „Aus dem Internet abonnieren“, und fügen Sie die \
                 Adresse ein. Manche Organisationen erlauben das nicht.",
            ],
        },
        Client {
            name: "Thunderbird",
            delay: "Es sieht alle 30 Minuten nach, wenn Sie nichts anderes einstellen.",
            steps: &[
                "Kopieren Sie die Adresse oben.",
                "Wählen Sie im Kalender „Neuer Kalender“, dann „Im Netzwerk“.",
                "Fügen Sie die Adresse ohne Benutzernamen ein, wählen Sie „Kalender suchen“ und dann \
                 „Abonnieren“.",
            ],
        },
        Client {
            name: "GNOME Kalender",
            delay: "Er sieht regelmäßig nach, solange der Rechner läuft.",
            steps: &[
                "Kopieren Sie die Adresse oben.",
                "Wählen Sie „Kalender verwalten“, dann „Kalender hinzufügen“.",
                "Fügen Sie die Adresse ein und wählen Sie „Hinzufügen“.",
            ],
        },
        Client {
            name: "Android",
            delay: "ICSx⁵ sieht so oft nach, wie Sie wollen; Google braucht 4 bis 24 Stunden.",
            steps: &[
                "Mit der freien App ICSx⁵: „+“ wählen, die Adresse einfügen und erlauben, dass sie in \
                 Ihren Kalender schreibt.",
                "Ohne weitere App: am Rechner in Google Kalender abonnieren, wie oben; er erscheint auf \
                 dem Telefon.",
            ],
        },
    ],
    reader: "Feedreader",
    reader_delay: "Die meisten sehen alle 30 bis 60 Minuten nach.",
    reader_text: "Jeder Vortrag ist ein Eintrag:",
    opml: "alle Feeds auf einmal (OPML)",
    rather: "Abonnieren Sie, statt zu importieren: Eine importierte Datei ist eine Kopie, die sich nie \
             ändert.",
    qr: "QR-Code mit der Adresse dieser Seite",
    qr_hint: "Scannen Sie ihn, um auf dem Telefon zu abonnieren.",
    selected: "So abonnieren Sie einen Teil des Programms:",
    everything: "Stattdessen alles abonnieren",
    preview: "Das bekommen Sie",
    preview_empty: "Im Augenblick passt nichts im Programm dazu. Das Abonnement füllt sich von selbst, \
                    sobald etwas passt.",
    preview_list: "Liste zeigen",
    cancelled: "Fällt aus",
    untimed: "Noch ohne Zeit; sie kommen in den Kalender, sobald sie feststeht:",
    cancelled_mark: "Was ausfällt, bleibt stehen und ist als abgesagt gekennzeichnet. Google blendet \
                     solche Einträge aus.",
    cancelled_keep: "Was ausfällt, bleibt mit „CANCELLED“ vor dem Titel stehen, auch in Google Kalender.",
    cancelled_hide: "Was ausfällt, verschwindet.",
    wishes: "Anpassen",
    wishes_hint: "Die Adressen auf dieser Seite ändern sich mit.",
    alarm: "Erinnerung",
    no_alarm: "Keine",
    minutes_before: "Minuten vorher",
    zone: "Zeiten in",
    zone_of_conference: "Konferenz",
    zone_own: "Ihre Zeitzone",
    when_cancelled: "Was ausfällt",
    mark: "Als abgesagt kennzeichnen",
    keep: "Überall sichtbar lassen",
    hide: "Weglassen",
    apply: "Übernehmen",
};
