"""A port that stays while the server behind it stops, starts anew, or is slow."""

import http.client
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Forwarder(ThreadingHTTPServer):
    """Passes each request on to `target`, a port of this machine, until it is closed."""

    daemon_threads = True

    def __init__(self, target):
        super().__init__(("127.0.0.1", 0), Handler)
        self.target = target
        self.is_stopped = False
        self.delay = 0
        """Seconds that an answer takes."""
        self.rewritten = {}
        """What is replaced in scripts: another version of them."""
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.close_connection = True
        if self.server.is_stopped:
            # As a host whose server is down: the connection ends without an answer.
            return
        time.sleep(self.server.delay)
        connection = http.client.HTTPConnection("127.0.0.1", self.server.target, timeout=20)
        kept_back = {"connection", "accept-encoding"}
        if self.server.rewritten:
            # The server does not know what the visitor has.
            kept_back.add("if-none-match")
        sent = {name: value for name, value in self.headers.items() if name.lower() not in kept_back}
        connection.request(self.command, self.path, headers=sent)
        answer = connection.getresponse()
        body = answer.read()
        if "javascript" in (answer.headers["Content-Type"] or ""):
            for old, new in self.server.rewritten.items():
                body = body.replace(old, new)
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", answer.headers["Content-Length"] if self.command == "HEAD" else str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        connection.close()

    do_HEAD = do_GET
