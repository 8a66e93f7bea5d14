"""Where a request came from, as far as it may be kept or counted."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

# One household's IPv6 network, whichever of its addresses it uses today.
IPV6_HOUSEHOLD_BITS = 64
# What a log may keep of an address: enough to tell a hospital from another country, too little for a household.
KEPT_BITS = {4: 24, 6: 48}


def get_client_network(address: str) -> str:
    """The address as it is counted by: IPv6 by household."""
    found = ipaddress.ip_address(address)
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network(f"{found}/{IPV6_HOUSEHOLD_BITS}", strict=False))


def get_masked_network(request: HttpRequest) -> str:
    """The request's network as it may be kept: '192.0.2.0/24'; empty when it came by none."""
    if not request.META.get("REMOTE_ADDR"):  # not by a network
        return ""
    found = ipaddress.ip_address(get_adapter().get_client_ip(request))
    return str(ipaddress.ip_network(f"{found}/{KEPT_BITS[found.version]}", strict=False))
