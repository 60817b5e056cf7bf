"""Where a class is found: its code, this machine's addresses in the local network, and the picture of the address."""

import ipaddress
import secrets
import socket
from collections.abc import Collection

import segno

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 O, 1 I L, and U
LENGTH = 5


def new_code(taken: Collection[str]) -> str:
    """A code that no class has. It always holds a digit, so it is never a word."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if code not in taken and any(sign.isdigit() for sign in code):
            return code


def code_of(text: object) -> str | None:
    """The code as it was meant: case, spaces and hyphens do not matter. None for what cannot be one."""
    code = "".join(text.replace("-", " ").split()).upper() if isinstance(text, str) and len(text) <= 40 else ""
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def local() -> list[str]:
    """The private IPv4 addresses of this machine's interfaces that are up, the likeliest to be reached first."""
    import psutil

    up = {name for name, state in psutil.net_if_stats().items() if state.isup}
    found = [
        entry.address for name, entries in psutil.net_if_addrs().items() if name in up
        for entry in entries if entry.family == socket.AF_INET and _is_private(entry.address)
    ]  # fmt: skip
    routed = _routed()
    return sorted(dict.fromkeys(found), key=lambda address: address != routed)


def qr(address: str) -> str:
    """The address as a QR code: SVG that fits any box."""
    return segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=2, dark="#000", light="#fff")


def qr_lines(address: str) -> str:
    """The same for a terminal."""
    import io

    out = io.StringIO()
    segno.make(address, error="m", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue()


def _is_private(address: str) -> bool:
    known = ipaddress.ip_address(address)
    return known.is_private and not known.is_loopback and not known.is_link_local


def _routed() -> str:
    """The address that a packet to the outside would bear. 192.0.2.1 is nobody's (RFC 5737), and nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return probe.getsockname()[0]
        except OSError:
            return ""
