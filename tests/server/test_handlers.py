"""What the preview serves is the page as it is, and before its first element a script."""

import pytest

from generator.server.handlers import insert


@pytest.mark.parametrize("page", ["<!DOCTYPE html>\n|<html>", "<!-- </head> --><!doctype html>|<p>", "|<p>", "|"])
def test_the_script_is_inserted_before_anything_that_a_page_may_leave_open(page: str) -> None:
    assert insert(page.replace("|", "").encode(), b"|").decode().replace("\n", "") == page.replace("\n", "")
