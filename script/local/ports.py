"""Ports on this machine: the demo's own, and free ones for the servers behind it."""

import os
import socket

LOOPBACKS = ("127.0.0.1", "::1")


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACKS[0], 0))
        return probe.getsockname()[1]


def is_port_free(port: int, host=LOOPBACKS[0]) -> bool:
    """Asked as gunicorn will ask: an address still cooling from the last run is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def list_loopbacks() -> list[str]:
    """Both where there are both: a browser may take `localhost` for either."""
    return [host for host in LOOPBACKS if ":" not in host or (socket.has_ipv6 and is_port_free(0, host))]


def list_bindings(port: int) -> list[str]:
    return [f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host in list_loopbacks()]


def get_demo_port() -> int:
    told = os.environ.get("PORT") or "8000"
    if not (told.isdigit() and 0 < int(told) < 65536):
        raise SystemExit(f"PORT is {told!r}, which is no port.")
    return int(told)


def refuse_taken_port() -> None:
    port = get_demo_port()
    if not all(is_port_free(port, host) for host in list_loopbacks()):
        raise SystemExit(
            f"Port {port} is taken by another program. Choose another: PORT={port + 1} script/demo"
        )
