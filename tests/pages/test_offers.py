"""Offers: what visitors read of them, and what happens if the content does not say it."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from generator.cli.status import describe_status
from generator.content.status import read_status
from generator.files.tree import MemoryTree
from generator.i18n.words import load_words
from generator.schema.offers import OFFER_FACTS
from tests import sites
from tests.sites import SITE, TODAY, Files, edit

OFFERS = "offers.yaml"
TEXTS = {fact: f"What there is to say of {fact}" for fact in OFFER_FACTS}
TALK = "  name: A talk\n"
FULL = edit(OFFERS, TALK, TALK + "".join(f"  {fact}: {text}\n" for fact, text in TEXTS.items()))
URL = "action: {text: Listen, url: https://shop.small-site.org/talk}"
BY_MAIL = edit(OFFERS, URL, "action: {text: Listen}", edit(OFFERS, TALK, "  name: A *talk* & more\n"))


def open_page(files: Files, path: str, folder: Path) -> BeautifulSoup:
    page = sites.build(files, folder / "site", sites.real_layouts()) / path / "index.html"
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("fact", OFFER_FACTS)
def test_what_is_known_of_an_offer_stands_on_its_card_and_in_the_table(fact: str, tmp_path: Path) -> None:
    files = edit(OFFERS, TALK, f"{TALK}  {fact}: {TEXTS[fact]}\n")
    name = str(load_words(sites.real_layouts(), MemoryTree({}))[0][OFFER_FACTS[fact]])
    card = open_page(files, "makers/new", tmp_path).select_one(".offer__facts")
    assert card and list(card.stripped_strings) == [name, TEXTS[fact]]
    table = open_page(files, "offers", tmp_path / "again").select(".comparison_table")[-1]
    assert name in [head.get_text(strip=True) for head in table.select("thead th")]
    assert TEXTS[fact] in table.get_text()


def test_a_table_with_more_columns_than_there_is_room_for_scrolls(tmp_path: Path) -> None:
    many = open_page(FULL, "offers", tmp_path).select(".comparison_table--many")
    assert len(many) == 1 and many[0].select(".comparison_table__region[tabindex]")
    assert not open_page(SITE, "offers", tmp_path / "again").select(".comparison_table--many")


def test_only_one_offer_of_a_level_is_the_one_to_start_with(tmp_path: Path) -> None:
    files = edit("makers/1-new.md", "offers: [talk]", "offers: [talk, course]")
    starts = [one.get_text() for one in open_page(files, "makers/new", tmp_path).select(".offer__start")]
    assert [bool(start) for start in starts] == [True, False]
    page = open_page(files, "offers", tmp_path / "again")
    assert page.select(".offer a.action") and not page.select(".offer__start")


def test_what_is_not_known_leaves_no_gap(tmp_path: Path) -> None:
    page = open_page(SITE, "makers/new", tmp_path)
    assert page.select(".offer") and not page.select(".offer__facts")


def test_without_an_address_an_offer_leads_to_a_mail_that_has_begun_and_says_so(tmp_path: Path) -> None:
    page = open_page(BY_MAIL, "makers/new", tmp_path)
    link = page.select_one(".offer a.action")
    assert link and link.get_text() == "Listen"
    address = urlsplit(str(link["href"]))
    fields = parse_qs(address.query, strict_parsing=True)
    assert (address.scheme, address.path) == ("mailto", "hello@small-site.org")
    assert fields["subject"] == ["A talk & more"]
    assert "about A talk & more:" in fields["body"][0]
    assert "\r\n" in fields["body"][0] and "+" not in unquote(address.query)
    note = page.select_one(".offer__note")
    assert note and "e-mail" in note.get_text()


def test_an_offer_with_an_address_says_nothing_of_a_mail(tmp_path: Path) -> None:
    assert not open_page(SITE, "makers/new", tmp_path).select(".offer__note, a[href^='mailto:']")


def describe(files: Files) -> list[str]:
    folder = MemoryTree(files)
    return list(describe_status(read_status(folder, load_words(sites.real_layouts(), folder)[0], TODAY), "content"))


@pytest.mark.parametrize("fact", [fact for fact in OFFER_FACTS if fact != "format"])
def test_status_lists_what_visitors_will_ask(fact: str) -> None:
    assert f"  {fact:<9}  content/offers.yaml: course, talk" in describe(SITE)
    assert f"  {fact:<9}  content/offers.yaml: course" in describe(FULL)
