"""How a server's processes share connections and threads: gunicorn.conf.py names this class.

gunicorn's own gives a connection a thread at once, and the thread waits for the request: a few
clients that send theirs letter by letter, or never, would hold all of them. This one lets the
system gather the request, and gives it a thread when its headers are there.

And of its own processes whichever is quicker takes a connection, often the same one each time, and
it keeps it: all readers may wait for one processor while another has nothing to do. Here who has
more than others leaves them time to be quicker.
"""

import multiprocessing
import selectors
import socket
import struct
import time
from functools import partial

from gunicorn.workers.gthread import TConn, ThreadWorker

HEADERS_WITHIN = 10  # seconds, from the first byte expected to the last header
BODY_PAUSE = 10  # seconds without a byte of a body that was announced
LARGEST_HEADERS = 32 * 1024  # beyond that gunicorn refuses the request, whatever follows
READ = selectors.EVENT_READ
OTHERS_FIRST = 0.002  # seconds
GONE = -1

# How many connections each process has; the processes are forked, and share it.
held = multiprocessing.RawArray("i", [GONE] * 256)


class Worker(ThreadWorker):
    @property
    def place(self) -> int:
        """Where this process stands in `held`."""
        return self.age % len(held)

    @property
    def nr_conns(self) -> int:
        return held[self.place]

    @nr_conns.setter
    def nr_conns(self, number: int):
        held[self.place] = number

    def has_gone(self):
        """For the process above, which alone knows of one that was killed."""
        held[self.place] = GONE

    def accept(self, listener):
        if any(GONE < others < self.nr_conns for others in held):
            time.sleep(OTHERS_FIRST)
        try:
            client, address = listener.accept()
        except OSError:  # it has gone again, or another process was quicker
            return
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", BODY_PAUSE, 0))
        self.nr_conns += 1
        self.expect(TConn(self.cfg, client, address, listener.getsockname()))

    def expect(self, conn):
        """Keep the connection without a thread until its headers have come."""
        conn.timeout = time.monotonic() + HEADERS_WITHIN
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, READ, partial(self.on_pending_socket_readable, conn))

    def on_client_socket_readable(self, conn, client):
        # The next request of a connection that was kept.
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self.expect(conn)

    def on_pending_socket_readable(self, conn, client):
        try:
            here = client.recv(LARGEST_HEADERS, socket.MSG_PEEK)
        except OSError:
            here = b""
        is_complete = not here or b"\r\n\r\n" in here or len(here) >= LARGEST_HEADERS
        # Wake up for one byte more than there is: what has come would be news for ever.
        wanted = 1 if is_complete else len(here) + 1
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, wanted)
        if is_complete:
            super().on_pending_socket_readable(conn, client)
