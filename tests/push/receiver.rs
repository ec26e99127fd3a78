//! A server for tests that takes notices, or refuses them.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// A message as it arrived.
#[derive(Debug, Clone)]
pub(super) struct Message {
    /// The request line and the headers.
    pub(super) head: String,
    /// The body.
    pub(super) body: String,
}

impl Message {
    /// The value of a header.
    #[track_caller]
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let mut named = lines.filter(|(header, _)| header.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value)
    }
}

struct Shared {
    answer: Mutex<String>,
    messages: Mutex<Vec<Message>>,
    is_over: AtomicBool,
}

/// A receiver on a free port of this machine; it stops when dropped.
pub(super) struct Receiver {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl Receiver {
    /// A receiver that answers with a status and headers, such as `204 No Content`.
    pub(super) fn that_answers(answer: &str) -> Self {
        Self::listening("127.0.0.1:0", answer)
    }

    /// A receiver that takes everything at an address at which nobody answered before.
    pub(super) fn at(address: &str) -> Self {
        Self::listening(address, "200 OK")
    }

    fn listening(address: &str, answer: &str) -> Self {
        let listener = TcpListener::bind(address).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared {
            answer: Mutex::new(answer.into()),
            messages: Mutex::default(),
            is_over: AtomicBool::new(false),
        });
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for connection in listener.incoming() {
                if serving.is_over.load(Ordering::SeqCst) {
                    return;
                }
                serving.take(&mut connection.expect("a connection"));
            }
        });
        Self { address, shared }
    }

    /// From now on answers with this status.
    pub(super) fn now_answers(&self, answer: &str) {
        *self.shared.answer.lock().expect("the answer") = answer.into();
    }

    /// The address of a path.
    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The messages so far.
    pub(super) fn messages(&self) -> Vec<Message> {
        self.shared.messages.lock().expect("the messages").clone()
    }

    /// The bodies so far.
    pub(super) fn bodies(&self) -> Vec<String> {
        let messages = self.messages().into_iter();
        messages.map(|message| message.body).collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

impl Shared {
    fn take(&self, connection: &mut TcpStream) {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            match connection.read(&mut byte) {
                Ok(1) => head.push(byte[0]),
                _ => return,
            }
        }
        let head = String::from_utf8(head).expect("a head in ASCII");
        let mut message = Message {
            head,
            body: String::new(),
        };
        let length = message.header("Content-Length").expect("a length");
        let mut body = vec![0; length.parse().expect("a number")];
        connection.read_exact(&mut body).expect("a body");
        message.body = String::from_utf8(body).expect("a text");
        self.messages.lock().expect("the messages").push(message);
        let answer = self.answer.lock().expect("the answer").clone();
        let (answer, endless) = match answer.strip_suffix(" without end") {
            Some(status) => (format!("{status}\r\nContent-Length: 99999999999"), true),
            None => (format!("{answer}\r\nContent-Length: 0"), false),
        };
        let _ = write!(connection, "HTTP/1.1 {answer}\r\n\r\n");
        while endless && connection.write_all(&[b'0'; 1 << 16]).is_ok() {}
    }
}
