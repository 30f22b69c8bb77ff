"""Refuses requests for a foreign host.

A website can have its own name resolve to this machine (DNS rebinding). Its scripts could then read what is not
published yet, so the preview answers only for hosts that no website can claim.
"""

import re

from tornado import web

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
ALL_INTERFACES = ("", "0.0.0.0", "::")  # noqa: S104 - names them only
IP_ADDRESS = r"[\d.]+|\[.+\]"

REFUSAL = "This preview does not answer for {foreign}. Open it at {url}, or start it with --host {foreign}.\n"


def to_url_host(host: str) -> str:
    """A host to listen at, as it stands in a URL that can be opened on this machine."""
    if host in ALL_INTERFACES:
        return LOOPBACK[0]
    return f"[{host}]" if ":" in host else host


def own_hosts(host: str) -> str:
    """A pattern that matches this machine and the host that the preview listens at.

    If it listens at all interfaces, any IP address will do: only names can be made to resolve to another machine.
    """
    names = [re.escape(name) for name in (*LOOPBACK, to_url_host(host).lower())]
    return f"({'|'.join([*names, IP_ADDRESS] if host in ALL_INTERFACES else names)})$"


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
