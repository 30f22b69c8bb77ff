"""The preview answers for hosts that no website can claim, and for the one it was asked to listen at."""

import pytest
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine
from tornado.routing import HostMatches

from generator.server.host_check import ALL_INTERFACES, own_hosts, to_url_host

EVERY_KIND = ["127.0.0.1", "::1", "192.168.1.5", "my-box.local", *ALL_INTERFACES]


def is_own(host: str, listening_at: str) -> bool:
    line = RequestStartLine("GET", "/", "HTTP/1.1")
    request = HTTPServerRequest(headers=HTTPHeaders({"Host": host}), start_line=line)
    return HostMatches(own_hosts(listening_at)).match(request) is not None


@pytest.mark.parametrize("listening_at", EVERY_KIND)
def test_this_machine_is_always_an_own_host(listening_at: str) -> None:
    for host in ("127.0.0.1:8000", "localhost:8000", "LocalHost", "[::1]:8000", "[::1]", to_url_host(listening_at)):
        assert is_own(host, listening_at), host


@pytest.mark.parametrize("listening_at", EVERY_KIND)
def test_a_name_that_was_not_asked_for_is_foreign(listening_at: str) -> None:
    for host in ("evil.test", "evil.test:8000", "localhost.evil.test", "127.0.0.1.evil.test", "127.0.0.1evil"):
        assert not is_own(host, listening_at), host


@pytest.mark.parametrize("host", ["192.168.1.7:8000", "[fe80::1]:8000"])
def test_an_ip_address_is_an_own_host_only_if_the_preview_listens_at_all_interfaces(host: str) -> None:
    assert all(is_own(host, listening_at) for listening_at in ALL_INTERFACES)
    assert not is_own(host, "127.0.0.1")


def test_a_host_to_listen_at_has_a_form_for_urls() -> None:
    assert {to_url_host(host) for host in ALL_INTERFACES} == {"127.0.0.1"}
    assert [to_url_host(host) for host in ("::1", "my-box")] == ["[::1]", "my-box"]
