//! Files that pages load: scripts, and the icon. Pages are whole without them.

/// A file that is the same for every site.
#[derive(Debug)]
pub struct Asset {
    /// Its path below the root.
    pub path: &'static str,
    /// Its media type with charset.
    pub media_type: &'static str,
    /// Its content.
    pub text: &'static str,
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// What the programme page adds to itself: choosing without another page, the reader's clock, what
/// changed since their last visit. One file is one request.
pub(super) const PROGRAMME: &Asset = &Asset {
    path: "assets/programme.js",
    media_type: SCRIPT,
    text: concat!(
        include_str!("assets/programme.js"),
        include_str!("assets/clock.js"),
        include_str!("assets/seen.js"),
    ),
};

/// Choosing talks.
pub(super) const MY: &Asset = &Asset {
    path: "assets/my.js",
    media_type: SCRIPT,
    text: include_str!("assets/my.js"),
};

/// The programme in pages of other sites, which name it without a version for years.
pub(super) const SCHEDULE: &Asset = &Asset {
    path: "assets/handbill-schedule.js",
    media_type: SCRIPT,
    text: include_str!("assets/handbill-schedule.js"),
};

/// Buttons that copy.
pub(super) const COPY: &Asset = &Asset {
    path: "assets/copy.js",
    media_type: SCRIPT,
    text: include_str!("assets/copy.js"),
};

/// The visitor's own zone.
pub(super) const SUBSCRIBE: &Asset = &Asset {
    path: "assets/subscribe.js",
    media_type: SCRIPT,
    text: include_str!("assets/subscribe.js"),
};

/// Reading without a network: registers the conference's worker ([`super::worker`]).
pub(super) const OFFLINE: &Asset = &Asset {
    path: "assets/offline.js",
    media_type: SCRIPT,
    text: include_str!("assets/offline.js"),
};

/// The order of the page of all conferences.
pub(super) const INDEX: &Asset = &Asset {
    path: "assets/index.js",
    media_type: SCRIPT,
    text: include_str!("assets/index.js"),
};

/// The icon: a notice on a board.
pub(super) const ICON: &Asset = &Asset {
    path: "assets/icon.svg",
    media_type: "image/svg+xml",
    text: include_str!("assets/icon.svg"),
};

/// Every file that pages load.
pub static ASSETS: &[&Asset] = &[
    PROGRAMME, MY, SUBSCRIBE, SCHEDULE, COPY, OFFLINE, INDEX, ICON,
];

impl Asset {
    /// Its address as a page below `root` names it, which changes with its content: no cache gives an
    /// old script to a new page.
    pub(super) fn address(&self, root: &str) -> String {
        let hash = blake3::hash(self.text.as_bytes()).to_hex();
        format!(
            "{root}{}?v={}",
            self.path,
            hash.get(..8).unwrap_or_default()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_changes_with_the_content() {
        let asset = |text| Asset {
            path: "assets/a.js",
            media_type: SCRIPT,
            text,
        };
        let address = asset("1").address("../");
        assert!(address.starts_with("../assets/a.js?v="), "{address}");
        assert_ne!(address, asset("2").address("../"));
    }

    #[test]
    fn scripts_are_small_and_ask_nobody_else() {
        for asset in ASSETS {
            assert!(
                asset.text.len() < 20 * 1024,
                "{}: {}",
                asset.path,
                asset.text.len()
            );
            assert!(!asset.text.contains("https://"), "{}", asset.path);
        }
    }
}
