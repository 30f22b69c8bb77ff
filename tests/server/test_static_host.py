"""An address leads to the file that a static host serves there, with the content type it has there."""

import pytest

from generator.server.static_host import Response, find_content_type, find_response, read_redirects


@pytest.mark.parametrize(
    ("url_path", "response"),
    [
        ("/", Response(200, "index.html")),
        ("/a/", Response(200, "a/index.html")),
        ("/a", Response(301, None, "/a/")),
        ("/assets/s%20t.css", Response(200, "assets/s t.css")),
        ("/plain", Response(200, "plain.html")),
        ("/_redirects", Response(404, "404.html")),
        ("/old", Response(302, None, "/a/")),
        ("/A/", Response(404, "404.html")),
    ],
)
def test_addresses_lead_to_files_as_on_static_hosts(url_path: str, response: Response) -> None:
    files = {"index.html", "a/index.html", "assets/s t.css", "plain.html", "404.html", "_redirects"}
    assert find_response(url_path, files, read_redirects("# why\n/old/ /a/ 302\n/all/* /a/\n")) == response


@pytest.mark.parametrize(
    ("file", "content_type"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/main.0a1b.js", "text/javascript; charset=utf-8"),
        ("assets/font.0a1b.woff2", "font/woff2"),
        ("picture.png", "image/png"),
        (".nojekyll", "application/octet-stream"),
        ("file", "application/octet-stream"),
    ],
)
def test_a_file_has_the_content_type_of_its_suffix(file: str, content_type: str) -> None:
    assert find_content_type(file) == content_type
