"""A small real mail server on a free port, which does wrong what a test asks of it."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

WAIT_SECONDS = 30


class Conversation(socketserver.StreamRequestHandler):
    """One SMTP conversation: enough of RFC 5321 for smtplib."""

    server: SmtpServer

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.say("220 mail.example")
        for line in self.rfile:
            verb = line.split()[0].upper().decode() if line.split() else ""
            if verb == "QUIT":
                self.quit()
                return
            if verb == "RCPT" and any(bad in line.decode() for bad in self.server.refuses):
                self.say("550 no such mailbox")
            elif verb == "DATA":
                self.take()
            else:
                self.say("250 fine")

    def take(self) -> None:
        self.say("354 go on")
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        else:
            return  # the sender went away in the middle: nothing was taken
        self.server.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self.say("250 taken")

    def quit(self) -> None:
        if self.server.holds_on:
            self.server.taken_and_waiting.set()
            self.server.let_go.wait(WAIT_SECONDS)
            return
        self.say("221 bye")


class SmtpServer(socketserver.ThreadingTCPServer):
    """``refuses``: addresses it says no to. ``holds_on``: it takes a mail, says so, and then says no more."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Conversation)
        self.taken: list[EmailMessage] = []
        self.refuses: set[str] = set()
        self.holds_on = False
        self.taken_and_waiting, self.let_go = threading.Event(), threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def took(self) -> list[tuple[str, str]]:
        """(to whom, Message-ID) of every mail it has said yes to."""
        return [(str(mail["To"]), str(mail["Message-ID"])) for mail in self.taken]


@contextmanager
def smtp_server(port: int = 0) -> Iterator[SmtpServer]:
    with SmtpServer(port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.let_go.set()
            server.shutdown()
            thread.join()
