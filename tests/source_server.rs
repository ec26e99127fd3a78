//! A server for tests that has other people's schedules, and every way to fail.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What the server does with a request.
#[derive(Clone)]
pub(crate) enum Reply {
    /// Sends these bytes and closes the connection.
    Bytes(Vec<u8>),
    /// Sends these bytes, then zeros until nobody listens any more.
    Endless(String),
    /// Says nothing, and keeps the connection open.
    Silence,
}

/// A whole answer.
pub(crate) fn reply(status: &str, headers: &[&str], body: &[u8]) -> Reply {
    let mut answer = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
    for header in headers {
        answer.push_str(header);
        answer.push_str("\r\n");
    }
    let mut answer = format!("{answer}\r\n").into_bytes();
    answer.extend(body);
    Reply::Bytes(answer)
}

/// A whole answer with a text.
pub(crate) fn text(body: &str) -> Reply {
    reply("200 OK", &[], body.as_bytes())
}

/// An answer that leads elsewhere.
pub(crate) fn redirect(location: &str) -> Reply {
    reply("302 Found", &[&format!("Location: {location}")], b"")
}

type Script = Box<dyn Fn(&str) -> Reply + Send>;

struct Shared {
    script: Mutex<Script>,
    requests: Mutex<Vec<String>>,
    connections: AtomicUsize,
    sent: AtomicUsize,
    is_over: AtomicBool,
}

/// A server on a free port of this machine; it stops when dropped.
pub(crate) struct SourceServer {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl SourceServer {
    /// A server that answers each path as `script` says.
    pub(crate) fn start(script: impl Fn(&str) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared {
            script: Mutex::new(Box::new(script)),
            requests: Mutex::default(),
            connections: AtomicUsize::new(0),
            sent: AtomicUsize::new(0),
            is_over: AtomicBool::new(false),
        });
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for connection in listener.incoming() {
                if serving.is_over.load(Ordering::SeqCst) {
                    return;
                }
                serving.connections.fetch_add(1, Ordering::SeqCst);
                let shared = Arc::clone(&serving);
                thread::spawn(move || shared.answer(connection.expect("a connection")));
            }
        });
        Self { address, shared }
    }

    /// A server with one answer to everything.
    pub(crate) fn always(reply: Reply) -> Self {
        Self::start(move |_| reply.clone())
    }

    /// From now on answers each path as `script` says.
    pub(crate) fn now(&self, script: impl Fn(&str) -> Reply + Send + 'static) {
        *self.shared.script.lock().expect("the script") = Box::new(script);
    }

    /// From now on answers everything alike.
    pub(crate) fn now_always(&self, reply: Reply) {
        self.now(move |_| reply.clone());
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The requests so far, as they came.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.shared.requests.lock().expect("the requests").clone()
    }

    /// The paths that were asked for so far, in order.
    pub(crate) fn paths(&self) -> Vec<String> {
        let requests = self.requests();
        let path = |request: &String| request.split(' ').nth(1).unwrap_or_default().to_owned();
        requests.iter().map(path).collect()
    }

    /// How often somebody connected so far, with or without asking anything.
    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// How many bytes were sent so far.
    pub(crate) fn sent(&self) -> usize {
        self.shared.sent.load(Ordering::SeqCst)
    }
}

impl Drop for SourceServer {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

impl Shared {
    fn answer(&self, mut connection: TcpStream) {
        let mut request = Vec::new();
        let mut byte = [0];
        while !request.ends_with(b"\r\n\r\n") {
            match connection.read(&mut byte) {
                Ok(1) => request.push(byte[0]),
                _ => return,
            }
        }
        let request = String::from_utf8(request).expect("a request in ASCII");
        let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
        self.requests.lock().expect("the requests").push(request);
        let reply = (self.script.lock().expect("the script"))(&path);
        match reply {
            Reply::Bytes(bytes) => {
                let _ = connection.write_all(&bytes);
                self.sent.fetch_add(bytes.len(), Ordering::SeqCst);
            }
            Reply::Endless(head) => {
                let mut bytes = head.into_bytes();
                while connection.write_all(&bytes).is_ok() {
                    self.sent.fetch_add(bytes.len(), Ordering::SeqCst);
                    bytes = vec![b'0'; 1 << 16];
                }
            }
            Reply::Silence => {
                let _ = connection.set_read_timeout(Some(Duration::from_secs(20)));
                while connection
                    .read(&mut byte)
                    .is_err_and(|error| error.kind() == ErrorKind::Interrupted)
                {}
            }
        }
    }
}
