//! The page for organisers: how to show the programme on their own site.

use crate::render::pages::speech::Speech;

pub(in crate::render::pages) struct Words {
    pub title: &'static str,
    pub intro: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub example: &'static str,

    pub links: &'static str,
    pub links_why: &'static str,

    pub block: &'static str,
    pub block_why: &'static str,
    pub block_heading: &'static str,
    pub block_delay: &'static str,
    pub block_other: &'static str,
    pub block_reader: &'static str,

    pub component: &'static str,
    pub component_why: &'static str,
    pub fallback: &'static str,
    pub first_day: &'static str,
    pub needs_script: &'static str,
    pub attributes: &'static str,
    pub of_attributes: [(&'static str, &'static str); 5],
    pub looks: &'static str,
    pub looks_how: &'static str,
    pub policy: &'static str,
    pub policy_how: &'static str,
    pub static_host: &'static str,

    pub frame: &'static str,
    pub frame_why: &'static str,
    pub frame_policy: &'static str,

    pub address: &'static str,
    pub address_why: &'static str,
    pub address_endpoint: &'static str,
}

pub(in crate::render::pages) fn of(speech: Speech) -> &'static Words {
    speech.pick(&ENGLISH, &GERMAN)
}

static ENGLISH: Words = Words {
    title: "For your site",
    intro: "How to have the programme on the conference’s own website. Copy what you need; later changes of the programme show by themselves.",
    copy: "Copy",
    copied: "Copied",
    example: "This is how it looks:",

    links: "Let programs find the feeds",
    links_why: "These lines go into the head of your pages. Feed readers, calendars and conference apps then find the programme from your own address.",

    block: "Ways to subscribe",
    block_why: "Plain HTML for any page: it needs neither script nor style of ours, and works under every Content Security Policy. Its look is that of your site.",
    block_heading: "Subscribe to the programme",
    block_delay: "Google and Outlook show changes after up to a day.",
    block_other: "Any other calendar, by this address:",
    block_reader: "In a feed reader:",

    component: "The programme itself",
    component_why: "An element that shows the whole programme in your page, in its type and colours. It loads when a visitor comes near it, asks nobody but this server, and sets no cookie. What stands inside it is shown until then, and to visitors without JavaScript.",
    fallback: "The programme of",
    first_day: "The first day alone, by the attribute",
    needs_script: "To see it here, allow scripts for this page.",
    attributes: "Attributes",
    of_attributes: [
        (
            "src",
            "The address of the conference on this server. It is all that is needed.",
        ),
        (
            "day, room, track, kind, q",
            "Which talks: a date, the names that the addresses of the feeds use, words to look for. Several values are joined by commas.",
        ),
        (
            "filter",
            "The same in one: what stands behind the question mark in the address of a programme page on which you have chosen.",
        ),
        (
            "zone",
            "“viewer” for the times of whoever looks, or a zone such as “Asia/Tokyo”. Without it, times are those of the venue.",
        ),
        (
            "heading-level, lang",
            "The level of the days’ headings, 3 unless you say otherwise; and the language of its own words, “en” or “de”.",
        ),
    ],
    looks: "Its look",
    looks_how: "Type and colours are those of the page around it, light or dark. For more there are custom properties and, in a style sheet, ::part():",
    policy: "Content Security Policy",
    policy_how: "If your site has one, add this server to two of its directives. Nothing else is needed: no inline style, no inline script.",
    static_host: "These files must be served with the header Access-Control-Allow-Origin: *, or browsers keep them from other sites. Many hosts of static files send it by themselves.",

    frame: "The programme page in a frame",
    frame_why: "The whole page with its search and its filters, for sites in which nothing but a frame is possible.",
    frame_policy: "A Content Security Policy needs this server in frame-src.",

    address: "Just the address",
    address_why: "Systems that know oEmbed, such as WordPress, Drupal or Discourse, turn a pasted address into the programme; some want this server allowed first. The addresses of talks and speakers, and of a programme page on which you have chosen, work too.",
    address_endpoint: "Whatever asks for the endpoint itself:",
};

static GERMAN: Words = Words {
    title: "Für die eigene Seite",
    intro: "So kommt das Programm auf die Website der Konferenz. Kopieren Sie, was Sie brauchen; spätere Änderungen des Programms erscheinen von selbst.",
    copy: "Kopieren",
    copied: "Kopiert",
    example: "So sieht es aus:",

    links: "Die Feeds auffindbar machen",
    links_why: "Diese Zeilen gehören in den Kopf Ihrer Seiten. Feedreader, Kalender und Konferenz-Apps finden das Programm dann unter Ihrer eigenen Adresse.",

    block: "Wege zum Abonnement",
    block_why: "Reines HTML für jede Seite: Es braucht weder Skript noch Stil von uns und funktioniert unter jeder Content Security Policy. Es sieht so aus wie der Rest Ihrer Seite.",
    block_heading: "Das Programm abonnieren",
    block_delay: "Bei Google und Outlook kann es bis zu einem Tag dauern, bis Änderungen erscheinen.",
    block_other: "Jeder andere Kalender, mit dieser Adresse:",
    block_reader: "Im Feedreader:",

    component: "Das Programm selbst",
    component_why: "Ein Element, das das ganze Programm in Ihrer Seite zeigt, in deren Schrift und Farben. Es lädt erst, wenn Besucher in seine Nähe kommen, fragt nur diesen Server und setzt kein Cookie. Was darin steht, wird bis dahin angezeigt, und ebenso allen, die kein JavaScript haben.",
    fallback: "Das Programm von",
    first_day: "Nur der erste Tag, mit dem Attribut",
    needs_script: "Um es hier zu sehen, erlauben Sie Skripte für diese Seite.",
    attributes: "Attribute",
    of_attributes: [
        (
            "src",
            "Die Adresse der Konferenz auf diesem Server. Mehr ist nicht nötig.",
        ),
        (
            "day, room, track, kind, q",
            "Welche Vorträge: ein Datum, die Namen aus den Adressen der Feeds, Suchwörter. Mehrere Werte werden durch Kommas getrennt.",
        ),
        (
            "filter",
            "Alles in einem: was in der Adresse einer Programmseite, auf der Sie ausgewählt haben, hinter dem Fragezeichen steht.",
        ),
        (
            "zone",
            "„viewer“ für die Ortszeit der Betrachter oder eine Zeitzone wie „Asia/Tokyo“. Ohne dieses Attribut gelten die Zeiten des Veranstaltungsorts.",
        ),
        (
            "heading-level, lang",
            "Die Ebene der Überschriften der Tage, ohne Angabe 3; und die Sprache der eigenen Wörter, „en“ oder „de“.",
        ),
    ],
    looks: "Das Aussehen",
    looks_how: "Schrift und Farben sind die der Seite ringsum, ob hell oder dunkel. Für mehr gibt es CSS-Variablen und, im Stylesheet, ::part():",
    policy: "Content Security Policy",
    policy_how: "Hat Ihre Seite eine, nehmen Sie diesen Server in zwei ihrer Direktiven auf. Mehr ist nicht nötig: keine Stile und keine Skripte im HTML.",
    static_host: "Diese Dateien müssen mit dem Header Access-Control-Allow-Origin: * ausgeliefert werden, sonst geben Browser sie nicht an andere Seiten weiter. Viele Anbieter statischer Dateien senden ihn von selbst.",

    frame: "Die Programmseite in einem Rahmen",
    frame_why: "Die ganze Seite mit Suche und Filtern, für Systeme, in denen nur ein Rahmen (iframe) möglich ist.",
    frame_policy: "Eine Content Security Policy braucht diesen Server in frame-src.",

    address: "Nur die Adresse",
    address_why: "Systeme, die oEmbed kennen, etwa WordPress, Drupal oder Discourse, machen aus einer eingefügten Adresse das Programm; manche wollen, dass dieser Server vorher erlaubt wird. Das gilt auch für die Adressen von Vorträgen, von Vortragenden und von Programmseiten, auf denen Sie ausgewählt haben.",
    address_endpoint: "Für alles, was den Endpunkt selbst braucht:",
};
