use super::*;
use crate::history::ledger::{Held, Verdict};
use crate::publish::fixture::UPDATED;
use std::sync::Mutex;

const TOKEN: &str = "correct horse battery staple";
const AUTHORIZED: (&str, &str) = ("Authorization", "Bearer correct horse battery staple");

/// A ledger in which something of `example` is held, and that writes down what it is told.
#[derive(Default)]
struct Desk(Mutex<Vec<String>>);

impl Desk {
    fn told(&self, what: String) -> Result<String, Refusal> {
        self.0.lock().expect("no panic before").push(what);
        Ok("done".into())
    }
}

impl Admin for Desk {
    fn held(&self, slug: &str) -> Result<Option<Held>, Refusal> {
        match slug {
            "example" => Ok(Some(Held {
                digest: "d1".into(),
                since: UPDATED,
                reasons: vec!["3 of 4 talks would vanish".into()],
                verdict: Verdict::Pending,
            })),
            "pycascades-2022" => Ok(None),
            _ => Err(Refusal::Unknown(format!("there is no conference {slug}"))),
        }
    }

    fn approve(&self, slug: &str) -> Result<String, Refusal> {
        if self.held(slug)?.is_none() {
            return Err(Refusal::NothingHeld(format!("nothing of {slug} is held")));
        }
        self.told(format!("approve {slug}"))
    }

    fn discard(&self, _: &str) -> Result<String, Refusal> {
        Err(Refusal::Failed("the ledger is locked".into()))
    }

    fn note(&self, slug: &str, number: u64, note: Option<&str>) -> Result<String, Refusal> {
        self.told(format!("note {slug} {number} {note:?}"))
    }
}

fn office() -> (Arc<Desk>, Option<Arc<Office>>) {
    let desk = Arc::new(Desk::default());
    let admin = Arc::clone(&desk) as Arc<dyn Admin>;
    (
        desk,
        Some(Arc::new(Office::new(
            Token::new(TOKEN).expect("a token"),
            admin,
        ))),
    )
}

fn ask(
    method: Method,
    address: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> (Answer, Vec<String>) {
    let (desk, office) = office();
    let answer = send_to(&live(), office, method, address, headers, body);
    let told = desk.0.lock().expect("no panic").clone();
    (answer, told)
}

#[test]
fn without_a_token_configured_there_is_nothing() {
    for address in ["/admin/example/held", "/admin/example/editions/1/note"] {
        let answer = send(&live(), Method::GET, address, &[AUTHORIZED]);
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}

#[test]
fn nobody_gets_in_without_the_token() {
    let wrong = [
        &[][..],
        &[("Authorization", "Bearer wrong")],
        &[("Authorization", "Bearer ")],
        &[("Authorization", "Basic correct horse battery staple")],
        &[("Authorization", "correct horse battery staple")],
        &[("Authorization", "Bearer correct horse battery staple ?")],
    ];
    for headers in wrong {
        for (method, address) in [
            (Method::GET, "/admin/example/held"),
            (Method::POST, "/admin/example/held/approve"),
            (Method::POST, "/admin/example/editions/1/note"),
        ] {
            let (answer, told) = ask(method, address, headers, "");
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{headers:?}");
            let challenge = answer.header("www-authenticate").expect("a challenge");
            assert!(challenge.starts_with("Bearer "), "{challenge}");
            assert_eq!(answer.header("cache-control"), Some("no-store"));
            assert_eq!(told, [""; 0]);
        }
    }
}

#[test]
fn a_blank_token_is_none() {
    assert!(Token::new("").is_none() && Token::new(" \n").is_none());
}

#[test]
fn what_is_held_is_shown_and_approved() {
    let (answer, _) = ask(Method::GET, "/admin/example/held", &[AUTHORIZED], "");
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let held = serde_json::json!({"conference": "example", "held": {
        "since": "2022-02-04T18:00:00Z", "digest": "d1", "verdict": "pending",
        "reasons": ["3 of 4 talks would vanish"],
    }});
    assert_eq!(answer.json(), held);
    let (answer, _) = ask(
        Method::GET,
        "/admin/pycascades-2022/held",
        &[AUTHORIZED],
        "",
    );
    assert_eq!(answer.json()["held"], Value::Null);
    let (answer, told) = ask(
        Method::POST,
        "/admin/example/held/approve",
        &[AUTHORIZED],
        "",
    );
    assert_eq!(
        answer.json(),
        serde_json::json!({"conference": "example", "done": "done"})
    );
    assert_eq!(told, ["approve example"]);
}

#[test]
fn what_cannot_be_done_says_why() {
    for (address, status, detail) in [
        (
            "/admin/nowhere/held/approve",
            404,
            "there is no conference nowhere",
        ),
        (
            "/admin/pycascades-2022/held/approve",
            409,
            "nothing of pycascades-2022 is held",
        ),
        ("/admin/example/held/discard", 503, "the ledger is locked"),
    ] {
        let (answer, told) = ask(Method::POST, address, &[AUTHORIZED], "");
        assert_eq!((answer.status.as_u16(), &*told), (status, &[][..]));
        assert_eq!(answer.json()["detail"], detail);
    }
    let (answer, told) = ask(
        Method::GET,
        "/admin/example/held/approve",
        &[AUTHORIZED],
        "",
    );
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!((answer.header("allow"), &*told), (Some("POST"), &[][..]));
}

#[test]
fn a_note_is_a_text_of_a_bounded_length() {
    let address = "/admin/example/editions/2/note";
    let text = ("Content-Type", "text/plain; charset=utf-8");
    let note = |headers: &[(&str, &str)], body: &str| {
        let (answer, told) = ask(Method::POST, address, headers, body);
        (answer.status.as_u16(), told)
    };
    let said = |note: &str| (200, vec![format!("note example 2 {note}")]);
    assert_eq!(
        note(&[AUTHORIZED, text], " Día 2: ☂\n"),
        said("Some(\"Día 2: ☂\")")
    );
    assert_eq!(note(&[AUTHORIZED], " \n"), said("None"));
    let longest = "☂".repeat(2000);
    assert_eq!(
        note(&[AUTHORIZED, text], &longest),
        said(&format!("Some({longest:?})"))
    );
    let refused = |status| (status, Vec::new());
    assert_eq!(note(&[AUTHORIZED, text], &"a".repeat(2001)), refused(413));
    assert_eq!(
        note(&[AUTHORIZED, text], &"a".repeat(100_000)),
        refused(413)
    );
    let json = ("Content-Type", "application/json");
    assert_eq!(note(&[AUTHORIZED, json], "{}"), refused(415));
}

#[test]
fn documents_are_served_as_ever_beside_the_operators_addresses() {
    let (answer, _) = ask(Method::GET, ICS, &[], "");
    assert_eq!(answer.status, StatusCode::OK);
    for address in ["/admin/", "/admin/example", "/admin/example/held/other"] {
        let (answer, _) = ask(Method::GET, address, &[AUTHORIZED], "");
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
    }
}
