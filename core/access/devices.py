"""What a person recognises of a device: browser, system, a part of the network."""

from ipaddress import ip_address, ip_network

from flask import request

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
PREFIX = {4: 24, 6: 48}
"""How much of an address is kept: enough to recognise a place, not a single machine."""


def device_of_request() -> str:
    """A short label such as ``Firefox, Windows``; empty when the browser does not say."""
    agent = request.user_agent.string
    found = (next((name for mark, name in known if mark in agent), "") for known in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found))


def network_of_request() -> str:
    """The network that a request came from, such as ``192.0.2.0/24``; empty when it is unknown."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    return str(ip_network((address, PREFIX[address.version]), strict=False))
