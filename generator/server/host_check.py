"""Refuses requests for a foreign host.

A website can have its own name resolve to this machine (DNS rebinding). Its scripts could then read what is not
published yet, so the preview answers only for hosts that no website can claim.
"""

from ipaddress import ip_address
from typing import Any

from tornado import web
from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
ALL_INTERFACES = ("", "0.0.0.0", "::")  # noqa: S104 - names them only

REFUSAL = "This preview does not answer for {foreign}. Open it at {url}, or start it with --host {foreign}.\n"


def to_url_host(host: str) -> str:
    """A host to listen at, as it stands in a URL that can be opened on this machine."""
    if host in ALL_INTERFACES:
        return LOOPBACK[0]
    return f"[{host}]" if ":" in host else host


class OwnHost(Matcher):
    """Matches requests for the host that the preview listens at, or for this machine.

    If it listens at all interfaces, any IP address will do: only names can be made to resolve to another machine.
    """

    def __init__(self, host: str) -> None:
        self.names = {*LOOPBACK, to_url_host(host).lower()}
        self.any_address = host in ALL_INTERFACES

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        own = request.host_name in self.names or (self.any_address and _is_ip_address(request.host_name))
        return {} if own else None


def _is_ip_address(name: str) -> bool:
    try:
        return bool(ip_address(name.removeprefix("[").removesuffix("]")))
    except ValueError:
        return False


class ForeignHostHandler(web.RequestHandler):
    """Answers 403 to any request, with a sentence that says where to go instead."""

    def initialize(self, own_host: str) -> None:
        self.own_host = own_host

    def prepare(self) -> None:
        foreign = self.request.host_name
        port = self.request.host.lower().removeprefix(foreign)
        self.set_status(403)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(REFUSAL.format(foreign=foreign, url=f"http://{self.own_host}{port}/"))
