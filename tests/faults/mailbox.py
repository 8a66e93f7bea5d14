"""A mail server that keeps what it is given, and can be told to leave a sender waiting."""

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

ANSWERS = {b"EHLO": b"250 mailbox", b"HELO": b"250 mailbox", b"DATA": b"354 go on", b"QUIT": b"221 bye"}


class Mailbox(socketserver.ThreadingTCPServer):
    """`received`: messages, as often as they came. `open`: while not set, nobody is answered before a message is sent;
    `acknowledges`: while not set, nobody is told that it has arrived. `kept_waiting`: somebody is.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.received: list[Message] = []
        self.open, self.acknowledges = threading.Event(), threading.Event()
        self.kept_waiting = threading.Event()
        self.answer_everybody()

    @property
    def environment(self) -> dict[str, str]:
        """For a service that sends its e-mails here."""
        return {
            "OUTBOX_DELIVERY": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.server_address[1]),
        }

    def leave_waiting(self, at: threading.Event) -> None:
        """`at`: `open` or `acknowledges`."""
        self.kept_waiting.clear()
        at.clear()

    def answer_everybody(self) -> None:
        self.open.set()
        self.acknowledges.set()

    def wait_for(self, event: threading.Event) -> None:
        if not event.is_set():
            self.kept_waiting.set()
        event.wait()


class _Conversation(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # the sender was killed
            self.server.wait_for(self.server.open)
            self._say(b"220 mailbox")
            while line := self.rfile.readline():
                word = line[:4].upper()
                self._say(ANSWERS.get(word, b"250 ok"))
                if word == b"DATA":
                    self._receive()

    def _receive(self) -> None:
        self.server.received.append(message_from_bytes(b"".join(self._read_message())))
        self.server.wait_for(self.server.acknowledges)
        self._say(b"250 ok")

    def _read_message(self) -> Iterator[bytes]:
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            yield line

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


@contextlib.contextmanager
def open_mailbox() -> Iterator[Mailbox]:
    with Mailbox() as mailbox:
        thread = threading.Thread(target=mailbox.serve_forever, daemon=True)
        thread.start()
        try:
            yield mailbox
        finally:
            mailbox.answer_everybody()
            mailbox.shutdown()
            thread.join()
