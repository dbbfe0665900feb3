"""A mail server in miniature: it listens on this machine only and keeps what it gets."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class PostOffice:
    """What came in, and each command that was ``heard``.

    ``refuses`` answers each mail with a temporary error; ``offers_encryption`` offers it, and then hangs up;
    ``knows_nobody`` is the answer to every recipient.
    """

    port: int = 0
    refuses: bool = False
    knows_nobody: str = ""
    offers_encryption: bool = False
    heard: list[str] = field(default_factory=list)
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address for ``MAIL_URL``."""
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Open for the length of a block."""
    office = PostOffice()

    class Counter(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _serve(self, office)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Counter) as server:
        server.daemon_threads = True
        office.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield office
        finally:
            server.shutdown()


def _serve(line: socketserver.StreamRequestHandler, office: PostOffice) -> None:
    _say(line, "220 ready")
    while command := line.rfile.readline().decode().strip():
        verb = command.upper()
        office.heard.append(verb)
        if verb == "DATA":
            _say(line, "354 go ahead")
            _receive(line, office)
        elif verb.startswith("EHLO") and office.offers_encryption:
            _say(line, "250-here\r\n250 STARTTLS")
        elif verb == "STARTTLS":
            _say(line, "220 but we cannot")
            return
        elif verb == "QUIT":
            _say(line, "221 bye")
            return
        else:
            if verb.startswith("RCPT") and office.knows_nobody:
                _say(line, office.knows_nobody)
                continue
            if verb.startswith("RCPT"):
                office.recipients.append(command.partition("<")[2].partition(">")[0])
            _say(line, "250 ok")


def _receive(line: socketserver.StreamRequestHandler, office: PostOffice) -> None:
    rows = []
    while (row := line.rfile.readline()) not in {b".\r\n", b""}:
        rows.append(row.removeprefix(b".") if row.startswith(b"..") else row)
    if office.refuses:
        _say(line, "451 not now")
        return
    message = message_from_bytes(b"".join(rows), policy=policy.default)
    if isinstance(message, EmailMessage):
        office.letters.append(message)
    _say(line, "250 kept")


def _say(line: socketserver.StreamRequestHandler, answer: str) -> None:
    line.wfile.write(f"{answer}\r\n".encode())
