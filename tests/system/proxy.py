"""A TCP proxy that passes, refuses, or swallows bytes as a half-open link does."""

import contextlib
import selectors
import socket
import threading
from types import TracebackType

from shangda.ports import free_port


class Proxy:
    """``mode`` is "refuse", "pass" or "swallow" and may be changed at any time; a swallowed connection stays dead."""

    def __init__(self, target: int) -> None:
        self.port = free_port()
        self.target = target
        self.mode = "refuse"
        self._server: socket.socket | None = None
        self._dead: set[socket.socket] = set()
        self._peers: dict[socket.socket, socket.socket] = {}
        self._selector = selectors.DefaultSelector()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Proxy":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join(5)
        for peer in (*self._peers, *self._dead):
            peer.close()
        if self._server:
            self._server.close()

    def refuse(self) -> None:
        """From now on nothing passes; returns when that is so."""
        self.mode = "refuse"
        while self._server or self._peers:
            self._stop.wait(0.02)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._listen_or_not()
            if not self._selector.get_map():
                self._stop.wait(0.05)
                continue
            for key, _ in self._selector.select(0.1):
                source = key.fileobj
                assert isinstance(source, socket.socket)
                if source is self._server:
                    self._accept()
                else:
                    self._forward(source)

    def _listen_or_not(self) -> None:
        if self.mode == "refuse" and self._server:
            self._selector.unregister(self._server)
            self._server.close()
            self._server = None
            for peer in list(self._peers):
                self._close(peer)
        elif self.mode != "refuse" and self._server is None:
            self._server = socket.create_server(("127.0.0.1", self.port))
            self._selector.register(self._server, selectors.EVENT_READ)

    def _accept(self) -> None:
        assert self._server
        near, _ = self._server.accept()
        if self.mode == "swallow":
            self._dead.add(near)
            return
        far = socket.create_connection(("127.0.0.1", self.target))
        for one, other in ((near, far), (far, near)):
            self._peers[one] = other
            self._selector.register(one, selectors.EVENT_READ)

    def _forward(self, source: socket.socket) -> None:
        if source not in self._peers:
            return
        try:
            data = source.recv(65536)
            if data and self.mode != "swallow":
                self._peers[source].sendall(data)
        except OSError:
            data = b""
        if self.mode == "swallow":
            self._bury(source)
        elif not data:
            self._close(source)

    def _bury(self, source: socket.socket) -> None:
        """Both ends stay open and nothing passes any more."""
        other = self._peers[source]
        for one in (source, other):
            self._selector.unregister(one)
            del self._peers[one]
            self._dead.add(one)

    def _close(self, source: socket.socket) -> None:
        other = self._peers.get(source)
        for one in (source, other):
            if one is not None and one in self._peers:
                with contextlib.suppress(KeyError):
                    self._selector.unregister(one)
                del self._peers[one]
                one.close()
