"""In the way of every Python that a test starts: connections are refused, and written down.

Sockets between processes of this machine are let through.
"""

import os
import socket

_LOG = os.environ.get("WORKBENCH_OFFLINE_LOG")
_HERE = ("127.", "::1", "localhost")


def _refuse(what, address):
    with open(_LOG, "a", encoding="utf-8") as log:  # noqa: PTH123
        log.write(f"{what} {address!r}\n")
    raise OSError(101, "Network is unreachable")


def _guard(name):
    original = getattr(socket.socket, name)

    def guarded(self, *arguments):
        address = arguments[-1]
        inet = self.family in (socket.AF_INET, socket.AF_INET6)
        if inet and not str(address[0]).startswith(_HERE):
            _refuse(name, address)
        return original(self, *arguments)

    setattr(socket.socket, name, guarded)


def _guard_names():
    original = socket.getaddrinfo

    def guarded(host, *arguments, **options):
        if host and not str(host).startswith(_HERE):
            _refuse("getaddrinfo", host)
        return original(host, *arguments, **options)

    socket.getaddrinfo = guarded


if _LOG:
    for _name in ("connect", "connect_ex", "sendto"):
        _guard(_name)
    _guard_names()
