"""What an editor gets wrong, and what the report says: here the inputs, in `cases/bad_inputs.md` the reports.

The reports are held word for word. `python -m tests.content.test_bad_inputs` writes them anew, to be read before
they are believed.
"""

import re
from io import BytesIO

import pytest
import yaml
from hypothesis import given, settings, strategies
from PIL import Image

from tests.sites import (
    ABLE,
    ABOUT,
    CASES,
    MAKERS,
    NEW,
    QUIZ,
    ROOT,
    SITE,
    SUMMARY,
    Files,
    add,
    append,
    audience,
    edit,
    level,
    load,
    read_reports,
    real_words,
    report,
    text_of,
    without,
    write_reports,
)

REPORTS = CASES / "bad_inputs.md"
PAGE = """\
---
title: Another page
summary: A sentence of fifty characters and a few more, for another page.
---
"""
SVG = "http://www.w3.org/2000/svg"


def draw(width: int, height: int) -> bytes:
    """A PNG of so many pixels."""
    result = BytesIO()
    Image.effect_mandelbrot((width, height), (-2, -1, 1, 1), 20).save(result, "PNG")
    return result.getvalue()


PHOTO, DOT = draw(400, 300), draw(40, 30)
WITH_MEDIA: Files = {**SITE, "media/team.png": PHOTO, "media/terms.pdf": b"%PDF-1.7"}


def show(text: str) -> Files:
    """The small site with a picture and a file, and with a text more on the page about us."""
    return {**WITH_MEDIA, ABOUT: f"{text_of(ABOUT)}\n{text}\n"}


def named(picture: str) -> Files:
    """The same with a picture for that page."""
    return {**WITH_MEDIA, ABOUT: text_of(ABOUT).replace("summary:", f"picture: {picture}\nsummary:")}


def blocks(*entries: str, path: str = NEW) -> Files:
    """The small site with blocks, each as YAML in a line."""
    lines = "".join(f"  - {entry}\n" for entry in entries)
    files = {**WITH_MEDIA, **edit(path, "title:", f"blocks:\n{lines}title:")}
    files["site.yaml"] = text_of("site.yaml") + "leads: {action: https://mail.small-site.org/, consent: Write to me.}\n"
    return files


def bill(**fields: str) -> Files:
    """A block with a bill, some of whose fields are others."""
    sound = {"sentence": "'It is {amount}.'", "label": "It", "amount": "10", "from": "30", "to": "50", "maximum": "15"}
    sound |= {"rest": "Left", "part": "Gone", "result": "'{part} less, {year} a year.'"}
    return blocks(f"{{kind: bill, {', '.join(f'{name}: {value}' for name, value in (sound | fields).items())}}}")


def bars(*items: str, more: str = "scale: linear") -> Files:
    """A block with bars: the fields of each, besides its name."""
    return blocks(f"{{kind: bars, items: [{', '.join(f'{{name: A, {item}}}' for item in items)}], {more}}}")


def ranges(*items: str, more: str = "axis: {from: 50, to: 100}") -> Files:
    """A block with ranges: the fields of each, besides its name."""
    return blocks(f"{{kind: ranges, items: [{', '.join(f'{{name: A, {item}}}' for item in items)}], {more}}}")


QUERY = "{word: one, query: [1]"


def network(edge: str = "", more: str = "biases: []") -> str:
    """A block with a network of three nodes in a row, and perhaps another edge."""
    edges = ["{from: a, to: h, weight: 1}", "{from: h, to: y, weight: 1}", *([edge] if edge else [])]
    return f"{{kind: network, layers: [[a], [h], [y]], edges: [{', '.join(edges)}], {more}}}"


FONT = (ROOT / "layouts/fonts/archivo-basic.woff2").read_bytes()


def branded(brand: str, **media: bytes) -> Files:
    """The small site with a brand, and files for it."""
    files = {f"media/{name.replace('_', '.')}": data for name, data in media.items()}
    return {**WITH_MEDIA, **files, "site.yaml": text_of("site.yaml") + f"brand:\n  {brand}\n"}


TEAM = text_of(ABOUT).replace("about us", "team").replace("About us", "Team")
LISTEN = "{text: Listen, url: https://shop.small-site.org/talk}"
TALK = "https://shop.small-site.org/talk"


def falling(*bands: str) -> Files:
    """The small site with makers who get faster, level by level."""
    files = edit(MAKERS, "{name: annual salary, unit: $, period: year}", "{name: pace, unit: min/km, direction: down}")
    for number, band in enumerate(bands, 1):
        files[f"makers/{number}-step-{number}.md"] = level(f"Pace {number}", 1, None).replace("{from: 1}", band)
    return {path: text for path, text in files.items() if path not in (NEW, ABLE, QUIZ)}


def published(*addresses: str, redirects: str = "{}", base: Files = SITE) -> Files:
    """The small site, or another, with addresses that were published before, and redirects."""
    lines = "".join(f"  - {address}\n" for address in addresses)
    return {**base, "addresses.yaml": f"redirects: {redirects}\npublished:{' []' if not lines else ''}\n{lines}"}


INPUTS: dict[str, dict[str, Files]] = {
    "YAML": {
        "a tab for indentation": edit("site.yaml", "contact:\n  email", "contact:\n\temail"),
        "a tab among spaces": edit(
            "site.yaml", "  email: hello@small-site.org", "  email: hello@small-site.org\n\turl: /about/"
        ),
        "a colon in a text": edit("site.yaml", "Small Site", "Small: the site"),
        "a colon in a text of front matter": edit(NEW, "You are new.", "New: you are."),
        "a field that is indented too far": edit("site.yaml", "tagline:", "  tagline:"),
        "a field that is indented too little": edit(NEW, "  pain:", " pain:"),
        "a double quote that is not closed": edit("site.yaml", "Small Site", '"Small Site'),
        "a single quote that is not closed": edit(NEW, "You are new.", "'You are new."),
        "an apostrophe within single quotes": edit(NEW, "You are new.", "'It's you.'"),
        "a text that only begins in quotes": edit(NEW, "You are new.", '"You" are new.'),
        "a bracket that is not closed": edit(NEW, "[talk]", "[talk"),
        "a brace that is not closed": edit(NEW, "{from: 0, to: 1000}", "{from: 0, to: 1000"),
        "a colon in the first text of a group": append(
            "site.yaml", "header:\n  action:\n    text: Join: us\n    to: /\n"
        ),
        "a line without a colon": edit("site.yaml", "tagline: A line", "tagline A line"),
        "a list on the line of its field": edit("site.yaml", "tagline: A", "tagline: - A"),
        "emphasis at the start of a text": edit(NEW, "You are new.", "*You* are new."),
        "bold at the start of a text": edit(NEW, "You are new.", "**You** are new."),
        "an alias": edit(NEW, "You are new.", "*you"),
        "an anchor": edit(NEW, "You are new.", "&you You are new."),
        "an anchor on a group of fields": edit(NEW, "message:", "message: &message"),
        "a tag of one's own": edit(NEW, "You are new.", "!important You are new."),
        "a tag that would make an object": edit(NEW, "You are new.", "!!python/object/apply:os.system [ls]"),
        "a tag that would make a date": edit(NEW, "You are new.", "!!timestamp 2027-01-31"),
        "a percent sign at the start of a text": edit(NEW, "You are new.", "%You are new."),
        "an at sign at the start of a text": edit(NEW, "You are new.", "@you are new."),
        "a backtick at the start of a text": edit(NEW, "You are new.", "`You` are new."),
        "a greater-than sign at the start of a text": edit(NEW, "You are new.", "> 100 of you are new."),
        "a second document": edit("site.yaml", "tagline:", "---\ntagline:"),
        "a line of three dots": edit("site.yaml", "tagline:", "...\ntagline:"),
        "a directive": edit("site.yaml", "name: Small Site", "%name: Small Site"),
        "a name that is a list": edit("site.yaml", "tagline: A line below it", "? [tagline]\n: A line"),
        "values in brackets without end": edit("site.yaml", "Small Site", "[" * 60 + "]" * 60),
        "brackets by the hundred": edit("site.yaml", "Small Site", "[" * 900),
        "aliases that grow without end": add("site.yaml", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"),
        "a value that contains itself": edit("site.yaml", "Small Site", "&a [*a]"),
    },
    "Texts that a sign cuts short": {
        "a number sign": edit("site.yaml", "A line below it", "We are #1 in Europe"),
        "a number sign in front": edit("site.yaml", "A line below it", "#1 in Europe"),
        "the name of a language": edit(NEW, "You are new.", "Learn C # fast"),
        "the name of a language at the end": edit(NEW, "You are new.", "Learn C #"),
        "a comment with two blanks before it, and a text of many": {
            **edit(NEW, "You are new.", "You are new.  # the headline"),
            "site.yaml": edit("site.yaml", "A line below it", "A line  #below it")["site.yaml"],
            "offers.yaml": edit("offers.yaml", "All of it.", "All #of it.")["offers.yaml"],
        },
        "a summary that is too short for a sign": edit(NEW, SUMMARY.format("New"), "We # are"),
        "a comment with one blank before it": edit(NEW, "You are new.", "You are new. # the headline"),
        "a summary": edit(NEW, SUMMARY.format("New"), "We are #1 in Europe, and have been so for many years"),
        "a text of two lines": edit(NEW, "You are new.", "You are\n  the #1 of the\n  new."),
        "in braces": edit("offers.yaml", "{text: Start", "{text: Start #1"),
        "in a list": edit("curriculum.yaml", "[You know the basics]", "\n      - You are #1"),
        "in a list in brackets": edit("curriculum.yaml", "[You know the basics]", "[You are #1]"),
        "a word": add("words.yaml", "home: Start #1\n"),
        "a text of a quiz": edit(QUIZ, "title: Where are you?", "title: Where is #1?"),
        "a number behind a tab": edit("site.yaml", "A line below it", "We are\t#1 in Europe"),
        "a number behind two blanks": edit("site.yaml", "A line below it", "We are  #1 in Europe"),
        "a number on the next line": edit(NEW, "You are new.", "You are\n  #1 in Europe."),
        "a line of a text that is indented like a comment": edit(
            "site.yaml", "tagline: A line below it", "tagline: A line below it\n# one\n  # two\n#three"
        ),
        "a colour in brackets": append("site.yaml", "brand: {colors: [#123a63, #8a2f6b]}\n"),
    },
    "Signs at the wrong place": {
        "no blank behind a colon": edit("site.yaml", "tagline: A", "tagline:A"),
        "no blank behind the first colon": edit("site.yaml", "name: Small", "name:Small"),
        "no blank behind the only colon of a group": edit("site.yaml", "  email: hello", "  email:hello"),
        "no blank behind a colon in braces": edit(NEW, "{from: 0,", "{from:0,"),
        "a space that is none behind a colon": edit("site.yaml", "tagline: A", "tagline:\u00a0A"),
        "no blank behind a dash": edit("curriculum.yaml", "  - {number: 2}", "  -{number: 2}"),
        "a bracket at the start of a text": edit(NEW, "You are new.", "[You] are new."),
        "a brace at the start of a text": edit(NEW, "You are new.", "{You} are new."),
        "a comma at the start of a text": edit(NEW, "You are new.", ", you are new."),
        "a question mark at the start of a text": edit(NEW, "You are new.", "? You are new."),
        "a comma behind a value in quotes": edit(NEW, "You are new.", '"You are new.",'),
        "a colon between curly quotes": edit(NEW, "You are new.", "\u201cYou: new\u201d"),
    },
    "Merge conflicts": {
        "in a text": append(ABOUT, "<<<<<<< HEAD\nIt costs $79.\n=======\nIt costs $99.\n>>>>>>> new-prices\n"),
        "in YAML": add("site.yaml", "<<<<<<< HEAD\nname: One\n=======\nname: Two\n>>>>>>> other\n"),
        "in front matter": edit(
            NEW, "title: You are new.\n", "<<<<<<< ours\ntitle: A\n||||||| base\n=======\ntitle: B\n>>>>>>> theirs\n"
        ),
        "in a list": edit(
            NEW, "- You have the second", "<<<<<<< HEAD\n- You have the\n=======\n>>>>>>> x\n- You have the second"
        ),
        "in words": add("words.yaml", "<<<<<<< HEAD\nhome: A\n=======\nhome: B\n>>>>>>> x\n"),
        "two in one file": append(ABOUT, "<<<<<<< HEAD\nA\n=======\n>>>>>>> x\n\n<<<<<<< a\n=======\nB\n>>>>>>> b\n"),
        "with Windows line ends": append(ABOUT, "<<<<<<< HEAD\r\nA\r\n=======\r\nB\r\n>>>>>>> x\r\n"),
        "of which only the end is left": append(ABOUT, "B\n>>>>>>> new-prices\n"),
        "behind a fence that was never closed": append(ABOUT, "```\na\n\n<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> x\n"),
        "around a block of code": append(ABOUT, "<<<<<<< HEAD\n```\nA\n```\n=======\n```\nB\n```\n>>>>>>> x\n"),
    },
    "Fields: twice, unknown, missing": {
        "a field twice": edit("site.yaml", "tagline:", "name: Again\ntagline:"),
        "a field twice in a group": edit(NEW, "  pain:", "  focus: Again\n  pain:"),
        "two fields twice in one file": append("site.yaml", "name: Again\ntagline: Again\n"),
        "an unknown field that is near a known one": edit(NEW, "message:", "mesage:"),
        "an unknown field within a group": edit(NEW, "  pain:", "  paine:"),
        "an unknown field that is near none": append("site.yaml", "zzz: 1\n"),
        "an unknown field of an entry": edit("offers.yaml", "summary: All of it.", "sumary: All of it."),
        "a merge key": append("site.yaml", "<<: {name: Other}\n"),
        "a missing field": edit(NEW, "title: You are new.\n", ""),
        "a missing field of a group": edit(NEW, "  pain: Pain of New\n", ""),
        "an empty field": edit(NEW, "You are new.", ""),
        "a field of spaces": edit(NEW, "You are new.", '"   "'),
        "an empty group": edit("offers.yaml", f"action: {LISTEN}", "action:"),
        "an empty front matter": add("home.md", "---\n---\n"),
        "an empty YAML file": add("site.yaml", ""),
        "an empty list of offers": add("offers.yaml", "# none yet\n"),
    },
    "Texts that show nothing": {
        "a title that is a blank": edit(NEW, "You are new.", "'&nbsp;'"),
        "a title that is a line break": edit(ABOUT, "About us", "<br>"),
        "a title that is a link without words": edit(NEW, "You are new.", "'[](/makers/)'"),
        "a title of a character without ink": edit("home.md", "The top of the site", "\u200b"),
        "a title that is a filler": edit(ABOUT, "About us", "\u3164"),
        "a title in tags": edit(ABOUT, "About us", "<b></b>"),
        "a summary of blanks": edit(ABOUT, SUMMARY.format("the page about us"), f"'{'&nbsp;' * 10}'"),
        "fields of all other kinds": {
            **edit("site.yaml", "Small Site", "'&nbsp;'"),
            MAKERS: edit(MAKERS, "name: Makers", "name: '&nbsp;'")[MAKERS],
            QUIZ: edit(QUIZ, "text: Little", "text: <br>")[QUIZ],
            "offers.yaml": edit("offers.yaml", "All of it.", "'&#8203;'")["offers.yaml"],
            "curriculum.yaml": edit("curriculum.yaml", "name: Foundation", "name: '&zwnj;'")["curriculum.yaml"],
            "words.yaml": "home: \u200b\n",
        },
        "texts of blocks": blocks(
            "{kind: text, text: <br>, title: '&nbsp;'}",
            "{kind: action, text: '[](/about/)', to: /about/}",
            "{kind: faq, items: [{question: '&nbsp;', answer: '<!-- soon -->'}]}",
        ),
        "points and headings of a list": edit(NEW, "- You have the second symptom", "### &nbsp;\n\n- <br>"),
        "what a picture shows": named("{file: /media/team.png, alt: '&nbsp;'}"),
        "what pictures of a text show": show('![&nbsp;](/media/team.png)\n\n<img src="/media/team.png" alt="&nbsp;">'),
        "headings of a text": show("## &nbsp;\n\n###\n\n## <br>\n\n## ![](/media/team.png)\n\nWords.\n\n&nbsp;\n==="),
        "links of a text": show(
            "Here [](/makers/), [&nbsp;](/makers/), <a href='/makers/'></a> and [![](/media/team.png)](/makers/).\n\n"
            "<div>\n<h2>&nbsp;</h2>\n<a href='/makers/'> </a> <a href='/makers/'><b>Us</b></a>\n</div>"
        ),
    },
    "Wrong types": {
        "a list where fields are expected": add("site.yaml", "- name\n"),
        "a text where fields are expected": add("site.yaml", "Small Site\n"),
        "a list for front matter": add("home.md", "---\n- title\n---\n"),
        "fields where a list is expected": add("offers.yaml", "id: course\n"),
        "texts where entries are expected": add("offers.yaml", "- course\n- talk\n"),
        "a number where text is expected": edit(NEW, "You are new.", "2027"),
        "a truth value where text is expected": edit(NEW, "You are new.", "true"),
        "a list where text is expected": edit(NEW, "You are new.", "[You]"),
        "a group where text is expected": edit(NEW, "You are new.", "{you: new}"),
        "a text where a group is expected": edit("offers.yaml", f"action: {LISTEN}", "action: Listen"),
        "a text where a list is expected": edit(NEW, "[talk]", "talk"),
        "a text where a list of numbers is expected": edit(NEW, "[1, 2]", "1-2"),
        "a number in words": edit(NEW, "[1, 2]", "[one, 2]"),
        "a module number of zero": edit(NEW, "[1, 2]", "[0, 2]"),
        "a price with its sign": edit("offers.yaml", "price: 1997", "price: $1,997"),
        "a price with a comma": edit("offers.yaml", "price: 1997", "price: 1,997"),
        "a price with a currency behind it": edit("offers.yaml", "price: 1997", "price: 1997 USD"),
        "a price with a currency before it": edit("offers.yaml", "price: 1997", "price: EUR 1,997"),
        "a price from a number to the same": edit("offers.yaml", "price: 1997", "price: {from: 97, to: 97}"),
        "a price below zero": edit("offers.yaml", "price: 1997", "price: -5"),
        "a price that is misspelt": edit("offers.yaml", "price: free", "price: fre"),
        "a price without end": edit("offers.yaml", "price: 1997", "price: .inf"),
        "a price of nineteen digits": edit("offers.yaml", "price: 1997", "price: 1234567890123456789"),
        "an empty price": edit("offers.yaml", "price: 1997", "price:"),
        "a price range with a misspelt end": edit("offers.yaml", "price: 1997", "price: {from: 97, too: 297}"),
        "a price range of texts": edit("offers.yaml", "price: 1997", "price: {from: cheap, to: 297}"),
        "a band with a comma in its number": edit(NEW, "to: 1000}", "to: 1,000}"),
        "a band with a sign in its number": edit(NEW, "from: 0,", "from: $0,"),
        "a band in thousands": edit(NEW, "to: 1000}", "to: 1K}"),
        "a number in quotes": edit(NEW, "to: 1000}", "to: '1000'}"),
        "a choice that is misspelt": edit(MAKERS, "period: year", "period: yearly"),
        "a summary that is too short": edit(
            ABOUT, "A sentence of fifty characters and a few more, for the page about us.", "Too short."
        ),
        "a summary of one letter": edit(
            ABOUT, "A sentence of fifty characters and a few more, for the page about us.", "T"
        ),
        "a summary that is too long": edit(ABOUT, "A sentence of fifty", "A sentence of fifty" + " or many more" * 10),
        "a weight of one and a half": edit(QUIZ, "  - id: skill", "  - weight: 1.5\n    id: skill"),
        "an e-mail address that is none": edit("site.yaml", "hello@small-site.org", "hello"),
        "an address without its scheme": edit("site.yaml", "https://small-site.org", "small-site.org"),
        "a currency by its sign": edit("offers.yaml", "currency: USD", "currency: $"),
        "an id with capitals": edit("offers.yaml", "id: talk", "id: The Talk"),
        "a language by its name": append("site.yaml", "language: English\n"),
        "a language that nobody speaks": append("site.yaml", "language: xx\n"),
        "a language of nowhere": append("site.yaml", "language: en-XX\n"),
        "a repository by its address": append("site.yaml", "admin: {repo: https://github.com/small-site/site.git}\n"),
        "a script attribute that is a list": append(
            "site.yaml", "analytics: {script: https://x.org/a.js, attributes: [defer]}\n"
        ),
        "a script attribute with a number": append(
            "site.yaml", "analytics: {script: https://x.org/a.js, attributes: {data-site: 5}}\n"
        ),
        "a script attribute that would run": append(
            "site.yaml", "analytics: {script: https://x.org/a.js, attributes: {onload: run()}}\n"
        ),
    },
    "YAML's traps": {
        "no for a truth value": edit(ABOUT, "title: About us", "title: About us\ndraft: no"),
        "yes for a truth value": edit(ABOUT, "title: About us", "title: About us\ndraft: yes"),
        "no for a choice": edit(ABOUT, "title: About us", "title: About us\nmenu: no"),
        "a time for a price": edit("offers.yaml", "price: 1997", "price: 1:30"),
        "a leading zero": edit("offers.yaml", "price: 1997", "price: 010"),
        "a hexadecimal number": edit("offers.yaml", "price: 1997", "price: 0x10"),
        "a number with an exponent": edit("offers.yaml", "price: 1997", "price: 1e3"),
        "a number with underscores": edit("offers.yaml", "price: 1997", "price: 1_997"),
        "a German price": edit("offers.yaml", "price: 1997", "price: 1.997"),
        "a German date": edit(ABOUT, "title: About us", "title: About us\npublish: 31.1.2027"),
        "a date that is none": edit(ABOUT, "title: About us", "title: About us\npublish: 2027-02-30"),
        "a date without hyphens": edit(ABOUT, "title: About us", "title: About us\npublish: 20270131"),
        "a date without hyphens in quotes": edit(ABOUT, "title: About us", 'title: About us\npublish: "20270131"'),
        "a date with a time": edit(ABOUT, "title: About us", "title: About us\npublish: 2027-01-31 10:00:00"),
    },
    "Escapes within double quotes": {
        "a bell": edit(NEW, "You are new.", '"You\\are new."'),
        "an escape of no meaning": edit(NEW, "You are new.", '"You\\care new."'),
        "half a character": edit(NEW, "You are new.", '"You\\ud800 new."'),
    },
    "Files and folders": {
        "no site.yaml": without("site.yaml"),
        "no home page": without("home.md"),
        "an empty folder": {},
        "no audience": {path: text for path, text in SITE.items() if path.split("/")[0] not in ("makers", "users")},
        "an audience without its file": without(MAKERS),
        "an audience without levels": without(NEW, ABLE),
        "an audience of one level": without(ABLE),
        "a gap in the level numbers": {**without(ABLE), "makers/3-able.md": text_of(ABLE)},
        "levels that begin with 2": {
            **without(NEW, ABLE),
            "makers/2-new.md": text_of(NEW),
            "makers/3-able.md": text_of(ABLE),
        },
        "a level number twice": add("makers/1-other.md", level("Other", 0, 10)),
        "a level number of zero": add("makers/0-none.md", level("None", 0, 10)),
        "a level number with a leading zero": add("makers/03-more.md", level("More", 0, 10)),
        "a level's name with a space": add("makers/3 more.md", level("More", 0, 10)),
        "a level's name with a capital": add("makers/3-More.md", level("More", 0, 10)),
        "a folder with a capital": add("Makers2/audience.md", audience("Others")),
        "a folder with an umlaut": add("gründer/audience.md", audience("Others")),
        "a folder in an audience's folder": add("makers/more/3-more.md", level("More", 0, 10)),
        "a misspelt file": add("ofers.yaml", ""),
        "another ending": add("makers/quiz.yml", ""),
        "a picture": add("makers/logo.png", b"\x89PNG"),
        "a free page with a capital": add("pages/Imprint.md", text_of(ABOUT)),
        "two files in a folder that is misnamed": {
            **add("gründer/audience.md", audience("Others")),
            "gründer/1-new.md": text_of(NEW),
        },
        "a level as a text file": add("makers/3-more.txt", level("More", 0, 10)),
        "a level of another ending": add("makers/3-more.markdown", level("More", 0, 10)),
        "a level with its ending in capitals": add("makers/3-more.MD", level("More", 0, 10)),
        "a level with two endings": add("makers/3-more.md.txt", level("More", 0, 10)),
        "a text file beside a level": add("makers/1-new.txt", text_of(NEW)),
        "words of another ending": add("words.yml", "home: Start\n"),
        "a document of a word processor": add("makers/3-more.docx", b"PK"),
        "a copy by a file manager": add("makers/1-new (1).md", text_of(NEW)),
        "a copy by a file manager in German": add("makers/1-new - Kopie.md", text_of(NEW)),
        "a copy by a file manager, with the name at its end": add("pages/Copia de about.md", text_of(ABOUT)),
        "a copy of a sync conflict": add("pages/about (Ann's conflicted copy 2024-05-01).md", text_of(ABOUT)),
        "a copy of a sync conflict in German": add("site (in Konflikt stehende Kopie 1.5.2024).yaml", ""),
        "a copy of another sync conflict": add("makers/quiz.sync-conflict-20240501-101112-ABCDEF.yaml", ""),
        "a copy named for a computer": add("makers/1-new-DESKTOP-AB12.md", text_of(NEW)),
        "a copy of a folder": {
            path.replace("users/", "users - Copy/"): text for path, text in SITE.items() if path.startswith("users/")
        }
        | SITE,
        "a name that differs in capitals only": add("pages/About.md", text_of(ABOUT)),
        "a page named like a device of Windows": add("pages/con.md", PAGE),
        "a level named like a device of Windows": {**without(ABLE), "makers/2-aux.md": text_of(ABLE)},
        "an audience named like a device of Windows": {
            path.replace("users/", "com1/"): text for path, text in SITE.items()
        },
        "a name with a line break in it": add("makers/3\nmore.md", ""),
        "a name that is not UTF-8": add("makers/3-\udcff.md", ""),
    },
    "Two sources for one address": {
        "a free page and an audience": add("pages/makers.md", PAGE),
        "a free page and the offers": add("pages/offers.md", PAGE),
        "a free page and the curriculum": add("pages/curriculum.md", PAGE),
        "a free page and the quizzes": add("pages/quiz.md", PAGE),
        "a free page and the comparisons": add("pages/compare.md", PAGE),
        "a free page and the assets": add("pages/assets.md", PAGE),
        "an audience and the comparisons": {path.replace("users/", "compare/"): text for path, text in SITE.items()},
        "a level and the comparison": {**without(ABLE), "makers/2-compare.md": text_of(ABLE)},
        "a level and the quiz": {**without(ABLE), "makers/2-quiz.md": text_of(ABLE)},
        "two levels": add("makers/3-able.md", level("Third", 2000, None)),
    },
    "Promises between files": {
        "bands that overlap": edit(ABLE, "from: 1000", "from: 900"),
        "bands with a gap": edit(ABLE, "from: 1000", "from: 1100"),
        "a band without an end": edit(NEW, "{from: 0, to: 1000}", "{from: 0}"),
        "a last band with an end": edit(ABLE, "{from: 1000}", "{from: 1000, to: 2000}"),
        "a band that ends before it begins": edit(NEW, "from: 0, to: 1000", "from: 2000, to: 1000"),
        "an empty band": edit(NEW, "from: 0, to: 1000", "from: 1000, to: 1000"),
        "a typical figure below the last level": edit(NEW, "to: 1000}", "to: 1000, typical_to: 900}"),
        "a typical figure below its band": edit(ABLE, "from: 1000", "from: 1000, typical_to: 900"),
        "a level without a band among others": edit(NEW, "metric: {from: 0, to: 1000}\n", ""),
        "bands of nothing that is named": edit(MAKERS, "metric: {name: annual salary, unit: $, period: year}\n", ""),
        "a band without a start": edit(ABLE, "{from: 1000}", "{note: and more}"),
        "a step where levels have bands": edit(NEW, "{from: 0, to: 1000}", "White belt"),
        "a band where levels have steps": {
            **edit(MAKERS, "unit: $", "steps: true, unit: $"),
            **edit(ABLE, "{from: 1000}", "Black belt", edit(MAKERS, "unit: $", "steps: true, unit: $")),
        },
        "a level without a step among others": {
            **edit(MAKERS, "unit: $", "steps: true, unit: $"),
            NEW: text_of(NEW).replace("metric: {from: 0, to: 1000}\n", ""),
            ABLE: text_of(ABLE).replace("{from: 1000}", "Black belt"),
        },
        "steps of a metric that has none": {
            **edit(NEW, "{from: 0, to: 1000}", "White belt"),
            ABLE: text_of(ABLE).replace("{from: 1000}", "Black belt"),
        },
        "bands of a metric that has steps": edit(MAKERS, "unit: $", "steps: true, unit: $"),
        "one step for two levels": {
            **edit(MAKERS, "unit: $", "steps: true, unit: $"),
            NEW: text_of(NEW).replace("{from: 0, to: 1000}", "White belt"),
            ABLE: text_of(ABLE).replace("{from: 1000}", "White belt"),
        },
        "a draft without a band among others": {
            **edit(NEW, "{from: 0, to: 1000}", "{from: 0, to: 500}"),
            ABLE: text_of(ABLE).replace("metric: {from: 1000}\n", "draft: true\n"),
            "makers/3-best.md": text_of(ABLE).replace("Able", "Best").replace("able", "best"),
        },
        "a number for a step": edit(NEW, "{from: 0, to: 1000}", "7"),
        "falling bands that overlap": falling("{from: 7}", "{from: 5, to: 8}", "{to: 5}"),
        "falling bands with a gap": falling("{from: 7}", "{from: 5, to: 7}", "{to: 4}"),
        "falling bands in the order of a rising metric": falling("{to: 5}", "{from: 5, to: 7}", "{from: 7}"),
        "rising bands in the order of a falling metric": {
            **edit(NEW, "{from: 0, to: 1000}", "{from: 1000}"),
            ABLE: text_of(ABLE).replace("{from: 1000}", "{to: 1000}"),
        },
        "a falling band without values": falling("{from: 7}", "{from: 7, to: 7}", "{to: 7}"),
        "a falling band with one end in the middle": falling("{from: 7}", "{to: 7}", "{to: 5}"),
        "a falling band without ends": falling("{note: slow}", "{from: 5, to: 7}", "{to: 5}"),
        "a last falling band that ends above zero": falling("{from: 7}", "{from: 5, to: 7}", "{from: 4, to: 5}"),
        "a typical figure of a falling metric": falling("{from: 7}", "{from: 5, to: 7}", "{to: 5, typical_to: 3}"),
        "a direction that is none": edit(MAKERS, "unit: $", "unit: $, direction: left"),
        "an unknown offer near a known one": edit(NEW, "[talk]", "[tolk]"),
        "an unknown offer near none": edit(NEW, "[talk]", "[zzz]"),
        "offers without a file of offers": without("offers.yaml"),
        "an offer named twice": edit(NEW, "[talk]", "[talk, talk]"),
        "an unknown module": edit(NEW, "[1, 2]", "[1, 7]"),
        "a module named twice": edit(NEW, "[1, 2]", "[1, 1]"),
        "modules without a curriculum": without("curriculum.yaml"),
        "two offers of one id": edit("offers.yaml", "id: talk", "id: course"),
        "two modules of one number": edit("curriculum.yaml", "{number: 2}", "{number: 1}"),
        "two stages of one name": edit(
            "curriculum.yaml",
            "modules:\n  - {number: 1",
            "  - {name: Foundation, modules: [1]}\nmodules:\n  - {number: 1",
        ),
        "a stage with an unknown module": edit("curriculum.yaml", "[1, 2]", "[1, 2, 3]"),
        "a stage without modules": edit("curriculum.yaml", "[1, 2]", "[]"),
        "a curriculum without stages": add("curriculum.yaml", "stages: []\nmodules: []\n"),
        "a module in no stage": edit("curriculum.yaml", "[1, 2]", "[1]"),
        "a stage to a level that is not there": edit("curriculum.yaml", "to: 2", "to: 5"),
        "a stage that leads down": edit("curriculum.yaml", "from: 1\n    to: 2", "from: 2\n    to: 1"),
        "two audiences of one name": edit("users/audience.md", "name: Users", "name: Makers"),
        "two levels of one name": edit(ABLE, "name: Able", "name: New"),
        "two levels of one summary": edit(ABLE, SUMMARY.format("Able"), SUMMARY.format("New")),
        "two audiences' levels of one summary": edit("users/1-lost.md", SUMMARY.format("Lost"), SUMMARY.format("New")),
        "a level with the summary of the home page": edit(
            NEW, SUMMARY.format("New"), "A sentence of fifty characters and a few more, for the home page."
        ),
        "two free pages of one title": add("pages/us.md", PAGE.replace("Another page", "About us")),
        "a free page with the title of the curriculum": add(
            "pages/us.md", PAGE.replace("Another page", "What is taught")
        ),
        "a price without a currency": edit("offers.yaml", "  currency: USD\n", ""),
        "a currency that is none": edit("offers.yaml", "currency: USD", "currency: UDS"),
        "a price range upside down": edit("offers.yaml", "price: 1997", "price: {from: 297, to: 97}"),
        "a price range without a start": edit("offers.yaml", "price: 1997", "price: {to: 297}"),
        "a former price that is not higher": edit("offers.yaml", "price: 1997", "price: 1997\n  was: 1997"),
        "a former price of what has none": edit("offers.yaml", "price: 1997", "price: on application\n  was: 1997"),
        "a former price without a currency": edit("offers.yaml", "price: free", "price: free\n  was: 20"),
        "a former price that nobody can pay": edit("offers.yaml", "price: 1997", "price: 1997\n  was: 2499.999"),
        "a unit of a price that is free": edit("offers.yaml", "price: free", "price: free\n  per: month"),
        "an offer without an address": edit("offers.yaml", f", url: {TALK}", ""),
        "an offer without an address on a site without contact": {
            **edit("offers.yaml", f", url: {TALK}", ""),
            "site.yaml": "name: Small Site\n",
        },
        "a contact that leads nowhere": edit("site.yaml", "  email: hello@small-site.org\n", "  text: Write to us\n"),
        "an address on a placeholder domain": edit(
            "site.yaml", "https://small-site.org", "https://small-site.example:8000/course/"
        ),
        "an e-mail address on a placeholder domain": edit(
            "site.yaml", "hello@small-site.org", "hello@mail.example.com"
        ),
    },
    "Hosts": {
        "a host that nobody knows": append("site.yaml", "host: netlfy\n"),
        "a host that is near none": append("site.yaml", "host: geocities\n"),
        "a form of Netlify in a plain folder": append("site.yaml", "leads: {action: netlify, consent: Yes}\n"),
        "a form of Netlify on another host": append(
            "site.yaml", "host: github-pages\nleads:\n  action: netlify\n  consent: Yes\n"
        ),
        "an editor that nobody gets into": append("site.yaml", "host: vercel\nadmin: {repo: a/b}\n"),
        "a placeholder that nobody knows": append(ABOUT, "\n{{ date }}\n"),
        "a placeholder in another text": append("home.md", "\n{{ data }}\n"),
        "a further host with a path": append(
            "site.yaml", "analytics: {script: https://x.org/a.js, hosts: [https://y.org/count]}\n"
        ),
        "a further host without a scheme": append(
            "site.yaml", "leads: {action: https://x.org/in, consent: Yes, hosts: [y.org]}\n"
        ),
    },
    "Blocks": {
        "a block without a kind": blocks("{text: We meet at the hut.}"),
        "a kind that does not exist": blocks("{kind: qoute, text: Good.}"),
        "a kind that is no word": blocks("{kind: 3, text: Good.}"),
        "a kind without a word": blocks("{kind: , text: Good.}"),
        "the field for the kind misspelt": blocks("{knid: text, text: Good.}"),
        "a field of another kind": blocks("{kind: text, text: Good., answer: Yes.}"),
        "a field of another kind that stands for a missing one": bars("from: 1, to: 10"),
        "a field of another kind that stands for two missing ones": ranges("value: 60"),
        "an unknown field that is near none of a kind": blocks("{kind: action, text: Go, to: /makers/, duration: 3}"),
        "a misspelt field of an entry": blocks("{kind: faq, items: [{question: Why?, anwser: So.}]}"),
        "words where a block is expected": blocks("text"),
        "one block that is no list": edit(NEW, "title:", "blocks: {kind: text, text: Good.}\ntitle:"),
        "questions without one": blocks("{kind: faq, items: []}"),
        "a quote without source and consent": blocks("{kind: quote, text: Good., name: Ines}"),
        "a consent that is no date": blocks("{kind: quote, text: Good., name: Ines, source: A letter, consent: yes}"),
        "a figure without a source": blocks("{kind: figures, items: [{value: 75%, text: margin}]}"),
        "a section that a level has not": blocks("{kind: text, text: Good., after: promises}"),
        "a section on a page without any": blocks("{kind: text, text: Good., after: promise}", path=ABOUT),
        "a section on the front page": blocks("{kind: text, text: Good., after: promise}", path="home.md"),
        "a section on the page of an audience": blocks("{kind: text, text: Good., after: promise}", path=MAKERS),
        "an offer that does not exist": blocks("{kind: offers, offers: [talk, corse]}"),
        "an offer twice": blocks("{kind: offers, offers: [talk, talk]}", path=ABOUT),
        "a recommended offer that is not there": blocks("{kind: offers, offers: [talk], recommended: tlak}"),
        "a button that leads nowhere": blocks("{kind: action, text: Go, to: /maker/}"),
        "a button without an address": blocks("{kind: action, text: Go}", path="home.md"),
        "a form that does not exist": blocks("{kind: form, form: newsletter}", path=MAKERS),
        "a form of a site without any": edit(NEW, "title:", "blocks: [{kind: form, form: leads}]\ntitle:"),
        "a row with a cell too few": blocks("{kind: table, head: [A, B], rows: [[a, b], [c]]}"),
        "a table with the name of a column too few": blocks("{kind: table, head: [A], rows: [[a, b], [c, d]]}"),
        "a row with a cell too many": blocks("{kind: table, head: [A, B], rows: [[a, 1,000 m, b]]}"),
        "a number in a cell": blocks("{kind: table, head: [A, B], rows: [[a, 100]]}"),
        "code in a language that cannot be one": blocks("{kind: code, code: x = 1, language: Python 3}"),
        "code that a sign cuts short": edit(NEW, "title:", "blocks:\n  - kind: code\n    code: x = 1 # y\ntitle:"),
        "a link within a page": blocks('{kind: text, text: "[x](#why)"}'),
        "HTML in an answer": blocks("{kind: faq, items: [{question: Why?, answer: <iframe>}]}"),
        "a text that is to be written": blocks("{kind: steps, items: [{title: TODO}]}"),
        "a bill of nothing": bill(amount="0"),
        "a bill of less than nothing": bill(amount="-10"),
        "a bill that is no number": bill(amount="ten"),
        "a bill that is not a number": bill(amount=".nan"),
        "a bill with separators": bill(amount='"10,000"'),
        "a bill that is too large to write": bill(amount="10000000000000"),
        "a bill longer than its scale": bill(amount="16"),
        "a bill with its percent upside down": bill(**{"from": "50", "to": "30"}),
        "a bill of more than a hundred percent": bill(to="150"),
        "a bill of percent with their sign": bill(to="50%"),
        "a usual range upside down": bill(usual="{text: Usual, from: 9, to: 5}"),
        "a usual range beyond the scale": bill(usual="{text: Usual, from: 5, to: 20}"),
        "a bill whose number stands nowhere": bill(sentence="It costs a lot."),
        "a bill whose number stands twice": bill(sentence="'{amount} is {amount}.'"),
        "a placeholder with a slip": bill(sentence="'It is {amuont}.'", result="'{parts} less, {part}.'"),
        "a result in the sentence": bill(sentence="'{amount} is {year} a year.'"),
        "a period that there is not": bill(period="quarter"),
        "a range upside down on an axis": ranges("from: 70, to: 60"),
        "a range beyond its axis": ranges("from: 60, to: 120", "from: 40, to: 60"),
        "a range that is not numbers": ranges("from: .inf, to: -1"),
        "a mark beyond the axis": ranges(
            "from: 60, to: 70", more="axis: {from: 50, to: 100}, mark: {at: 40, text: Here}"
        ),
        "an axis upside down": ranges("from: 60, to: 70", more="axis: {from: 100, to: 50}"),
        "an axis without a length": ranges("from: 60, to: 70", more="axis: {from: 50, to: 50}"),
        "ranges of nothing": ranges("from: 0, to: 0", more="unit: m"),
        "no ranges": ranges(),
        "a bar upside down": bars("from: 100, value: 10"),
        "a negative bar": bars("value: -5"),
        "a zero on a logarithmic scale": bars("value: 0", "from: 0, value: 10", more="scale: log"),
        "a scale that there is not": bars("value: 5", more="scale: logarithmic"),
        "bars of nothing": bars("value: 0", "value: 0"),
        "no bars": bars(),
        "more bars than fit": bars(*["value: 1"] * 13),
        "parts that are not the whole": bars("value: 60", "value: 30", more="scale: share"),
        "a part that is a range": bars("from: 50, value: 60", "value: 40, open: true", more="scale: share"),
        "a level of a bar that there cannot be": bars("value: 5, level: 0"),
        "a decimal comma": bars('value: "0,5"'),
        "a learning rate as people write it": blocks("{kind: schedule, up: Rate, across: Step, total: 9, peak: 6e-4}"),
        "a number with a sign of percent": ranges("from: 60%, to: 70"),
        "a decimal comma within braces": bars("value: 0,5"),
        "a level of a bar that the site has not": bars("value: 5, level: 7"),
        "a level of a range that the site has not": ranges("from: 60, to: 70, level: 3"),
        "a number that is none in a vector": blocks(f"{{kind: matrix, words: [{QUERY}, key: [.nan]}}]}}"),
        "an endless number": blocks("{kind: schedule, up: Rate, across: Step, total: 9, peak: .inf}"),
        "a number that is too large to draw": blocks(f"{{kind: matrix, words: [{QUERY}, key: [1000000]}}]}}"),
        "a number that is too small to draw": blocks("{kind: schedule, up: Rate, across: Step, total: 9, peak: 0}"),
        "a schedule of no steps": blocks("{kind: schedule, up: Rate, across: Step, total: 0, peak: 1}"),
        "a schedule of one step": blocks("{kind: schedule, up: Rate, across: Step, total: 1, peak: 1}"),
        "a schedule of negative steps": blocks("{kind: schedule, up: Rate, across: Step, total: -5, peak: 1}"),
        "a schedule that only warms up": blocks(
            "{kind: schedule, up: Rate, across: Step, total: 100, warm_up: 100, peak: 1}"
        ),
        "a floor above the peak": blocks("{kind: schedule, up: Rate, across: Step, total: 9, peak: 1, floor: 2.5}"),
        "vectors of several lengths": blocks(f"{{kind: matrix, words: [{QUERY}, key: [1, 2]}}]}}"),
        "a vector of nothing": blocks(f"{{kind: matrix, words: [{QUERY}, key: []}}]}}"),
        "a vector that is shorter than all others": blocks(
            f"{{kind: matrix, words: [{QUERY}, key: [1, 2]}}, {{word: two, query: [1, 2], key: [1, 2]}}]}}"
        ),
        "a word that is two": blocks("{kind: matrix, words: [{word: two words, query: [1], key: [1]}]}"),
        "more words than fit": blocks(f"{{kind: matrix, words: [{', '.join([QUERY + ', key: [1]}'] * 13)}]}}"),
        "a matrix of nothing": blocks("{kind: matrix, caption: Attention}"),
        "a matrix of words and a pattern": blocks(
            f"{{kind: matrix, words: [{QUERY}, key: [1]}}], sparse: {{size: 9, window: 2}}}}"
        ),
        "a window that is wider than its pattern": blocks("{kind: matrix, sparse: {size: 9, window: 10, columns: 12}}"),
        "a pattern of negative size": blocks("{kind: matrix, sparse: {size: -9, window: 2}}"),
        "an edge from a node that is not there": blocks(network("{from: z, to: y, weight: 1}")),
        "an edge that leaps over a layer": blocks(network("{from: a, to: y, weight: 1}")),
        "an edge that is there twice": blocks(network("{from: h, to: y, weight: 2}")),
        "a weight of words": blocks(network("{from: h, to: y, weight: heavy}")),
        "a weight that is too heavy": blocks(network("{from: h, to: y, weight: 1000}")),
        "a node without edges": blocks("{kind: network, layers: [[a, b], [y]], edges: [{from: a, to: y, weight: 1}]}"),
        "a node that is there twice": blocks(
            "{kind: network, layers: [[a, a], [y]], edges: [{from: a, to: y, weight: 1}]}"
        ),
        "a layer without nodes": blocks("{kind: network, layers: [[], [y]], edges: [{from: a, to: y, weight: 1}]}"),
        "a network of one layer": blocks("{kind: network, layers: [[a]], edges: [{from: a, to: a, weight: 1}]}"),
        "a bias of an input": blocks(network(more="biases: [{node: a, bias: 1}]")),
        "a node that is named in another way in all its edges": blocks(
            "{kind: network, layers: [[x1], [h], [y]], biases: [{node: h1, bias: 1}], "
            "edges: [{from: x1, to: h1, weight: 1}, {from: h1, to: y, weight: 1}]}"
        ),
        "a bias of a node that is not there": blocks(network(more="biases: [{node: hh, bias: 1}]")),
        "a bias given twice": blocks(network(more="biases: [{node: h, bias: 1}, {node: h, bias: 2}]")),
        "a case with inputs too many": blocks(network(more="cases: [{inputs: [1, 2], outputs: [1]}]")),
        "an output that it does not compute": blocks(network(more="cases: [{inputs: [2], outputs: [3]}]")),
        "a video of nowhere": blocks("{kind: video, title: A, poster: /media/team.png}"),
        "a video of two places": blocks(
            "{kind: video, title: A, poster: /media/team.png, file: /media/a.mp4, url: 'https://vimeo.com/1'}"
        ),
        "a picture that is not there": blocks("{kind: picture, file: /media/taem.png, alt: ''}"),
        "a file that is none to load down": blocks("{kind: download, file: /media/terms.pfd, text: Terms}"),
        "videos that are channels and lists": blocks(
            *(
                f"{{kind: video, title: A, poster: /media/team.png, url: '{url}'}}"
                for url in (
                    "https://www.youtube.com/@summits",
                    "https://www.youtube.com/playlist?list=PL1",
                    "https://www.youtube.com/watch?v=",
                    "https://vimeo.com/summits",
                )
            )
        ),
        "buttons without the beginning of their addresses": blocks(
            *(
                f"{{kind: action, text: Go, to: '{to}'}}"
                for to in ("www.x.org/a", "us@x.org", "tel:089 12 34", "makers")
            )
        ),
        "a kind in capitals": blocks("{kind: FAQ, items: [{question: Why?, answer: So.}]}"),
        "a logo without words that is a link": blocks(
            "{kind: logos, items: [{file: /media/team.png, alt: '', to: https://x.org/}]}"
        ),
        "a video without https": blocks("{kind: video, title: A, poster: /media/team.png, url: 'http://vimeo.com/1'}"),
        "a source nobody reaches": blocks(
            "{kind: quote, text: Good., name: Ines, consent: 2026-11-03, source: https://example.com/}"
        ),
    },
    "Dates": {
        "a page that ends before it begins": edit(ABOUT, "title:", "publish: 2027-03-01\nexpire: 2027-02-01\ntitle:"),
        "a level that ends on the day it begins": edit(
            ABLE, "title:", "publish: 2027-03-01\nexpire: 2027-03-01\ntitle:"
        ),
        "an offer that ends before it begins": edit(
            "offers.yaml", "price: 1997", "price: 1997\n  publish: 2027-03-01\n  expire: 2027-02-01"
        ),
        "no level that is live": {
            **edit("users/1-lost.md", "name: Lost", "name: Lost\ndraft: true"),
            "users/2-found.md": text_of("users/2-found.md").replace("name: Found", "name: Found\ndraft: true"),
        },
        "no audience that is live": {
            **edit("users/audience.md", "name: Users", "name: Users\ndraft: true"),
            MAKERS: text_of(MAKERS).replace("name: Makers", "name: Makers\npublish: 2027-03-01"),
            ABOUT: text_of(ABOUT).replace("[here](/makers/)", "here"),
        },
        "a level that is a draft, with answers in the quiz": edit(ABLE, "name: Able", "name: Able\ndraft: true"),
        "an audience that is a draft and ends before it begins": edit(
            MAKERS, "title:", "draft: true\npublish: 2027-03-01\nexpire: 2027-02-01\ntitle:"
        ),
    },
    "Sections of a level": {
        "symptoms are missing": edit(
            NEW, "## Symptoms\n\n- You have the first symptom\n- You have the second symptom\n\n", ""
        ),
        "all sections are missing": add(NEW, text_of(NEW).partition("## Symptoms")[0]),
        "a section without a list": edit(NEW, "- You have the first symptom\n- You have the second symptom\n", ""),
        "a section with an empty bullet": edit(NEW, "- You have the first symptom", "-"),
        "a section with an empty bullet within another": edit(NEW, "first symptom\n", "first symptom\n  -\n"),
        "a section that is misspelt": edit(NEW, "## Symptoms", "## Symtoms"),
        "a section with a colon": edit(NEW, "## Symptoms", "## Symptoms:"),
        "a section nobody knows": edit(NEW, "## Success", "## Testimonials"),
        "a section twice": append(NEW, "\n## Symptoms\n\n- You have it again\n"),
        "a section one level too deep": edit(NEW, "## Symptoms", "### Symptoms"),
        "a heading without points below it": edit(NEW, "## Symptoms\n", "## Symptoms\n\n### Of old\n\n### Of late\n"),
        "a section without the space": edit(NEW, "## Symptoms", "##Symptoms"),
        "a section with a line below it": edit(NEW, "## Symptoms\n", "Symptoms\n--------\n"),
        "a paragraph before the list": edit(NEW, "## Symptoms\n", "## Symptoms\n\nYou know these:\n"),
        "a paragraph after the list": edit(NEW, "second symptom\n", "second symptom\n\nAnd so on.\n"),
        "a heading within the list": edit(NEW, "- You have the second", "### More\n- You have the second"),
        "a heading within the list without its space": edit(
            NEW, "- You have the second", "###More\n- You have the second"
        ),
        "a heading within the list that is empty": edit(NEW, "- You have the second", "###\n- You have the second"),
        "a heading of another rank within the list": edit(
            NEW, "- **Do** the second", "#### More\n\n- **Do** the second"
        ),
        "a heading of the first rank within the list": edit(
            NEW, "- You have the second", "# More\n- You have the second"
        ),
        "a section without a name": edit(NEW, "## Success", "## "),
        "a section between others without the space": edit(NEW, "## Keys to success", "##Keys to success"),
        "a section in bold": edit(NEW, "## Keys to success", "**Keys to success**"),
        "a bullet without its space": edit(NEW, "- You have the second", "-You have the second"),
        "a bullet from a word processor": edit(NEW, "- You have the second", "• You have the second"),
        "a line below the list": edit(NEW, "second symptom\n", "second symptom\n---\n"),
        "a table instead of a list": edit(NEW, "- You have the second symptom", "| You | have |\n|---|---|"),
        "sections and front matter at once": edit(NEW, "## Symptoms", "## Symtoms", edit(NEW, "title:", "titel:")),
    },
    "Front matter": {
        "none": add("home.md", "# Welcome\n"),
        "an empty file": add("home.md", ""),
        "a line above it": add("home.md", "\n" + text_of("home.md")),
        "no end": edit("home.md", "the home page.\n---", "the home page.\n"),
        "four hyphens": add("home.md", text_of("home.md").replace("---", "----")),
        "spaces before its end": edit("home.md", "the home page.\n---", "the home page.\n ---"),
    },
    "Bytes": {
        "Latin-1": add(ABOUT, text_of(ABOUT).encode() + b"caf\xe9\n"),
        "UTF-16": add(ABOUT, text_of(ABOUT).encode("utf-16")),
        "half a character": add(ABOUT, text_of(ABOUT).encode() + "é".encode()[:1]),
        "a lone surrogate": add(ABOUT, text_of(ABOUT).encode() + b"\xed\xa0\x80"),
        "UTF-16 without a mark": add(ABOUT, text_of(ABOUT).encode("utf-16-le")),
        "UTF-16 in YAML": add("site.yaml", text_of("site.yaml").encode("utf-16")),
        "curly quotes of Windows": add(ABOUT, text_of(ABOUT).replace("here", "\u201chere\u201d").encode("cp1252")),
        "a NUL": append(ABOUT, "a\0b"),
        "a NUL in YAML": append("site.yaml", "# a\0b\n"),
        "a control character of Windows": append(ABOUT, "don\x92t"),
        "a line separator": append(ABOUT, "one\u2028two"),
        "a noncharacter": append(ABOUT, "one\uffffe"),
        "a space that is none, for indentation": edit("site.yaml", "  email", "\u00a0 email"),
        "an invisible character before a field": edit("site.yaml", "tagline", "\u200btagline"),
        "a line in a file with Windows line ends": add(NEW, edit(NEW, "[talk]", "[tolk]")[NEW].replace("\n", "\r\n")),
        "a line in a file with old Mac line ends": add(NEW, edit(NEW, "[talk]", "[tolk]")[NEW].replace("\n", "\r")),
        "a line in a file with a byte order mark": add(NEW, "\ufeff" + edit(NEW, "[talk]", "[tolk]")[NEW]),
    },
    "HTML that never reaches a page": {
        "a script": append(ABOUT, "\n<script>alert(1)</script>\n"),
        "a script in capitals": append(ABOUT, "\nHi <SCRIPT SRC=//x.org/a.js></SCRIPT>\n"),
        "a script in a title": edit(NEW, "You are new.", "You <script>run()</script>"),
        "an event handler": append(ABOUT, '\n<a href="/makers/" onclick="run()">us</a>\n'),
        "an event handler in capitals": append(ABOUT, '\n<a href="/makers/" onClick="run()">us</a>\n'),
        "a style": append(ABOUT, '\n<p style="color: red">us</p>\n'),
        "a class": append(ABOUT, '\n<p class="red">us</p>\n'),
        "a frame": append(ABOUT, '\n<iframe src="https://x.org/"></iframe>\n'),
        "a form": append(ABOUT, '\n<form action="https://x.org/"><input></form>\n'),
        "an image that runs": append(ABOUT, "\n<svg onload=alert(1)>\n"),
        "an element of one's own": append(ABOUT, "\n<my-thing>us</my-thing>\n"),
        "a heading of the page's own level": append(ABOUT, "\n<h1>Us</h1>\n"),
        "a paragraph in a line of words": edit("offers.yaml", "All of it.", "<p>All of it.</p>"),
        "a picture in a title": edit(NEW, "You are new.", "You ![new](/new.png)"),
        "a video in HTML": append(ABOUT, '\n<video src="/a.mp4"></video>\n'),
        "a picture from elsewhere": append(ABOUT, "\n![us](https://x.org/us.png)\n"),
        "a picture that is not there": append(ABOUT, "\n![us](/us.png)\n"),
        "a class beside code that has one": append(ABOUT, "\n```sh\n<p class=x>\n```\n\n<p class=x>us</p>\n"),
        "a script beside one in code": append(ABOUT, "\n`<script>`, and <script>alert(1)</script>.\n"),
        "a script twice": append(ABOUT, "\n<script>a</script>\n\n> <script>b</script>\n"),
        "a script without an end": append(ABOUT, "\n<script"),
        "a style in a table": append(ABOUT, '\n| a |\n|---|\n| <b style="x">b</b> |\n'),
        "an id with a blank": append(ABOUT, '\n<a id="us two"></a>\n'),
        "an id in a line of words": edit(NEW, "You are new.", "You are <b id=x>new</b>."),
        "an id that the page has": append(ABOUT, '\n<b id="main">a</b> <b id="us">b</b> <b id="us">c</b>\n'),
        "an id that a heading has": append(ABOUT, '\n<a id="us"></a>\n\n## Us\n'),
        "a comment without an end": append(ABOUT, "\n<!-- a note\n\nAll the rest.\n"),
        "a task box": append(ABOUT, "\n<input type=checkbox>\n"),
        "what looks like HTML": append(ABOUT, "\nThis is for a<b and c>d.\n"),
    },
    "Pictures and files": {
        "a picture with a slip in its name": show("![Us](/media/taem.png)"),
        "a picture without its folder": show("![Us](/team.png)"),
        "a picture by its place on Windows": show("![Us](\\media\\team.png)"),
        "a link to a folder": show("[All](/media/)"),
        "a file that is empty": {**show("[Terms](/media/all.pdf)"), "media/all.pdf": b""},
        "a picture without its slash": show("![Us](media/team.png)"),
        "a picture named by a field with a slip in it": named("{file: /media/taem.png, alt: Us}"),
        "a picture that was never there": show("![Us](/media/xyz.jpg)"),
        "a picture in a format of cameras": show("![Us](/media/xyz.HEIC)"),
        "a picture without a word on what it shows": show("![](/media/team.png)"),
        "a picture in HTML without a word on what it shows": show('<img src="/media/team.png">'),
        "a field without a word on what the picture shows": named("{file: /media/team.png}"),
        "a field that names another file": named("{file: /media/terms.pdf, alt: Terms}"),
        "a field with the name of a picture only": named("/media/team.png"),
        "a focus that is none": named("{file: /media/team.png, alt: Us, focus: middle}"),
        "a file shown as a picture": show("![Terms](/media/terms.pdf)"),
        "a link to a file with a slip in its name": show("[Terms](/media/term.pdf)"),
        "a link to a file without its folder": show("[Terms](/terms.pdf)"),
        "a link of a field to a file that is not there": {
            **WITH_MEDIA,
            "offers.yaml": text_of("offers.yaml").replace(TALK, "/media/talk.pdf"),
        },
        "a picture that is too small for a page": {**named("{file: /media/team.png, alt: Us}"), "media/team.png": DOT},
        "a picture that ends too early": {**show("![Us](/media/team.png)"), "media/team.png": PHOTO[:-200]},
        "a text that is named like a picture": {**show("![Us](/media/team.jpg)"), "media/team.jpg": "Hello."},
        "an empty picture, shown twice": {**show("![Us](/media/a.jpg) ![Us](/media/a.jpg)"), "media/a.jpg": b""},
        "a picture of an iPhone": {**show("![Us](/media/a.jpg)"), "media/a.jpg": b"\0\0\0 ftypheic" + bytes(99)},
        "a broken picture that no page shows": {**WITH_MEDIA, "media/a.jpg": b"Hello."},
        "a drawing without a size": {**show("![Us](/media/a.svg)"), "media/a.svg": f'<svg xmlns="{SVG}"/>'},
        "a drawing as large as its place": {
            **show("![Us](/media/a.svg)"),
            "media/a.svg": f'<svg xmlns="{SVG}" width="100%" height="50%"/>',
        },
        "an empty drawing": {**show("![Us](/media/a.svg)"), "media/a.svg": "\n"},
        "a drawing that is a page of the web": {**show("![Us](/media/a.svg)"), "media/a.svg": "<html>Not found</html>"},
        "a drawing that is a copy of a photograph": {**show("![Us](/media/a.svg)"), "media/a.svg": PHOTO},
        "a drawing without an end": {**show("![Us](/media/a.svg)"), "media/a.svg": f'<svg xmlns="{SVG}">'},
        "a drawing with entities": {
            **show("![Us](/media/a.svg)"),
            "media/a.svg": f'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="{SVG}"/>',
        },
        "a file that no page can show": {**WITH_MEDIA, "media/team.psd": b"8BPS", "media/team.exe": b"MZ"},
        "two files with one address": {**WITH_MEDIA, "media/Terms.pdf": b"%PDF"},
        "a name that Windows cannot have": {**WITH_MEDIA, "media/con.pdf": b"%PDF"},
        "a name with a question mark, shown twice": {
            **show("![Us](/media/us?.png) ![Us](/media/us%3F.png)"),
            "media/us?.png": PHOTO,
        },
        "a name with a question mark, in a field": {
            **named("{file: '/media/us?.png', alt: Us}"),
            "media/us?.png": PHOTO,
        },
        "a name with a number sign": {**show("![Us](/media/us#1.png)"), "media/us#1.png": PHOTO},
        "a name with a number sign, in a field": {
            **named("{file: '/media/us#1.png', alt: Us}"),
            "media/us#1.png": PHOTO,
        },
        "a link to a file that no page can show": {**show("[Tool](/media/tool.exe)"), "media/tool.exe": b"MZ"},
        "a short name that is near none": show("![Us](/media/a.png)"),
        "a file in the place of the folder": add("media", b"x"),
        "a folder in capitals": add("Media/team.png", PHOTO),
        "an archive beside the folder": add("media.zip", b"PK"),
        "a page in the place of the files": add("pages/media.md", PAGE),
    },
    "Brand": {
        "colours that cannot be read": branded('colors: {low: "#ffcc00", high: "#FFF"}'),
        "an accent that cannot be read": branded('colors: {accent: "#3fa9f5"}'),
        "one of two colours": branded('colors: {low: "#123a63"}'),
        "all three colours": branded('colors: {low: "#123a63", high: "#8a2f6b", accent: "#8a2f6b"}'),
        "no colour": branded("colors: {}"),
        "a colour without its group": branded('accent: "#8a2f6b"'),
        "two colours that are one": branded('colors: {low: "#123a63", high: "#123a63"}'),
        "the name of a colour": branded("colors: {accent: red}"),
        "five digits": branded('colors: {accent: "#12345"}'),
        "a colour without quotes": branded("colors:\n    accent: #123a63"),
        "colours without their sign": branded('colors: {low: 123a63, high: "8a2f6b"}'),
        "a colour that is a number": branded("colors: {accent: 112233}"),
        "a colour that looks like a number": branded("colors: {accent: 1e3}"),
        "a colour of programs": branded("colors: {accent: 0x123a63}"),
        "a colour with its transparency": branded('colors: {accent: "#123a63ff"}'),
        "two colours without quotes": branded("colors:\n    low: #123a63\n    high: #8a2f6b"),
        "a colour without quotes in braces": branded("colors: {accent: #123a63}"),
        "a logo that is not there": branded("logo: /media/logo.svg"),
        "a logo that is a PDF": branded("logo: /media/terms.pdf"),
        "a logo for dark screens only": branded("logo_dark: /media/team.png"),
        "one logo that is not there for all screens": branded("logo: /media/a.svg\n  logo_dark: /media/a.svg"),
        "an icon that is not square": branded("icon: /media/team.png"),
        "an icon that is too small": branded("icon: /media/dot.png", dot_png=draw(32, 32)),
        "an icon of one pixel": branded("icon: /media/dot.png", dot_png=draw(1, 1)),
        "a font that is not there": branded("fonts: {text: /media/text.woff2}"),
        "a font that is a picture": branded("fonts: {text: /media/team.png}"),
        "a font for old browsers only": branded("fonts: {text: /media/text.eot}"),
        "a font that is none": branded("fonts: {text: /media/text.woff2}", text_woff2=b"no font"),
        "a font that ends too early": branded("fonts: {display: /media/text.woff2}", text_woff2=FONT[:9000]),
        "an empty font": branded("fonts: {text: /media/text.ttf}", text_ttf=b""),
        "a font without the letters of the site": {
            **branded("fonts: {text: /media/text.woff2}", text_woff2=FONT),
            ABOUT: text_of(ABOUT) + "\nŻółw, ไทย\n",
        },
    },
    "Links": {
        "to a script": append(ABOUT, "\n[us](javascript:alert(1))\n"),
        "to a script in capitals": append(ABOUT, "\n[us](JavaScript:alert(1))\n"),
        "to a script with a tab within": append(ABOUT, '\n<a href="java\tscript:alert(1)">us</a>\n'),
        "to a script in character references": append(ABOUT, "\n[us](&#106;avascript:alert(1))\n"),
        "to a script by reference": append(ABOUT, "\n[us][1]\n\n[1]: javascript:alert(1)\n"),
        "to a script in angle brackets": append(ABOUT, "\n<javascript:alert(1)>\n"),
        "to data": append(ABOUT, "\n[us](data:text/html,hi)\n"),
        "to a file": append(ABOUT, "\n[us](file:///etc/passwd)\n"),
        "to a page that is a draft": {
            **edit(ABOUT, "/makers/", "/held/"),
            "pages/held.md": text_of(ABOUT).replace("title: About us", "draft: true\ntitle: Held"),
        },
        "to an offer that is over": {
            **edit(ABOUT, "/makers/", "/offers/#talk"),
            "offers.yaml": edit("offers.yaml", "  price: free", "  price: free\n  expire: 2026-01-01")["offers.yaml"],
        },
        "to the offers of a level that has none": edit(ABOUT, "/makers/", "/users/lost/#offer"),
        "to the offers of a level of which none is live": {
            **edit(ABOUT, "/makers/", "/makers/new/#offer"),
            "offers.yaml": edit("offers.yaml", "  price: free", "  price: free\n  draft: true")["offers.yaml"],
        },
        "to a page that is not there": append(ABOUT, "\n[us](/nowhere/)\n"),
        "to a page that is near one": append(ABOUT, "\n[us](/maker/)\n"),
        "to a page without the slash at its end": append(ABOUT, "\n[us](/users)\n"),
        "to a page without the slash before it": append(ABOUT, "\n[us](users/)\n"),
        "to a content file": append(ABOUT, "\n[us](about.md)\n"),
        "to a domain without its scheme": append(ABOUT, "\n[us](www.small-site.org)\n"),
        "to a domain by two slashes": append(ABOUT, "\n[us](//x.org/)\n"),
        "to nothing": append(ABOUT, "\n[us]()\n"),
        "to nowhere, in HTML": append(ABOUT, '\n<a href="/nowhere/">us</a>\n'),
        "to nowhere, by reference": append(ABOUT, "\n[us][1]\n\n[1]: /nowhere/\n"),
        "to nowhere, in a bullet": edit(NEW, "first symptom", "[first](/nowhere/) symptom"),
        "to nowhere, in a field": edit(NEW, "Pain of New", "'[Pain](/nowhere/) of New'"),
        "to nowhere, in a field of several lines": edit(NEW, "Pain of New", ">-\n    Pain\n    of [New](/nowhere/)"),
        "to nowhere, in a question": edit(QUIZ, "What can you do?", "What can [you](/nowhere/) do?"),
        "to a part of a page that is not there": append(ABOUT, "\n[us](/makers/#quiz-of-mine)\n"),
        "to a part of a page that is near one": append(ABOUT, "\n[us](/makers/#levl-1)\n"),
        "to a part of its own page": append(ABOUT, "\n## Who we are\n\n[us](#who-were-we)\n"),
        "to the second of two headings that are three": append(ABOUT, "\n## A\n\n## A\n\n[a](#a-1) [b](#a-2)\n"),
        "to a part of a page that is not there, in HTML": append(ABOUT, '\n<a href="/offers/#talks">us</a>\n'),
        "to a part of its page from a line of words": edit(NEW, "You are new.", "'You are [new](#offer)'"),
        "to a part of a page, in a bullet": edit(NEW, "first symptom", "[first](/curriculum/#stage-2) symptom"),
        "of an offer to a part that is not there": edit("offers.yaml", TALK, "/about/#talk"),
        "of the navigation to a part that is not there": append(
            "site.yaml", "navigation: [{text: Us, to: /makers/quiz/#question-9}]\n"
        ),
        "to a heading with a letter too many, in another script": append(ABOUT, "\n## 価格表\n\n[x](#価格表一)\n"),
        "by one slash": append(ABOUT, "\n[us](https:/x.org/)\n"),
        "without a colon": append(ABOUT, "\n[us](http//x.org/)\n"),
        "to an e-mail address": append(ABOUT, "\n[us](me@small-site.org)\n"),
        "with its address on the next line": append(ABOUT, "\nSee [us]\n(/makers/).\n"),
        "with its brackets the wrong way round": append(ABOUT, "\nSee (us)[/makers/].\n"),
        "with a quote that belongs to its address": append(ABOUT, "\nSee «https://x.org/».\n"),
        "a footnote that no text names": append(ABOUT, "\nMany.\n\n> [^1]: So they say.\n"),
        "a text that looks like an address for a link": append(ABOUT, "\n[News]: Today\n\n[a]: /b/\n"),
        "with a blank before its address": append(ABOUT, "\nSee [us] (/makers/).\n"),
        "with a blank within its address": append(ABOUT, "\nSee [us](/our makers/).\n"),
        "a footnote without a text": append(ABOUT, "\nMany.[^1]\n"),
        "to a draft": {
            **edit("users/2-found.md", "name: Found", "name: Found\ndraft: true"),
            ABOUT: text_of(ABOUT) + "\n[found](/users/found/)\n",
        },
        "to an audience that is a draft": {
            **edit("users/audience.md", "name: Users", "name: Users\ndraft: true"),
            ABOUT: text_of(ABOUT) + "\n[found](/users/found/)\n",
        },
        "of an offer to a script": edit("offers.yaml", TALK, "'javascript:alert(1)'"),
        "of an offer to a page that is not there": edit("offers.yaml", TALK, "/nowhere/"),
        "of an offer to a name": edit("offers.yaml", TALK, "talk"),
        "of the contact to a page that is not there": edit(
            "site.yaml", "email: hello@small-site.org", "url: /contact/"
        ),
        "of the navigation to a script": append("site.yaml", 'navigation: [{text: Us, to: "javascript:alert(1)"}]\n'),
        "of the navigation to a page that is not there": append("site.yaml", "navigation: [{text: Us, to: /maker/}]\n"),
        "of the navigation to a page without slashes": append("site.yaml", "navigation: [{text: Us, to: makers}]\n"),
        "of seo to a page with a file of its own": append("site.yaml", "seo: [{page: /about/, noindex: true}]\n"),
        "of seo to the front page": append("site.yaml", "seo: [{page: /, noindex: true}]\n"),
        "of seo to a part of a page": append("site.yaml", "seo: [{page: /offers/#course}]\n"),
        "of seo to another site": append("site.yaml", 'seo: [{page: "https://blog.small-site.org/"}]\n'),
        "of seo to one page twice": append("site.yaml", "seo: [{page: /offers/}, {page: /offers/}]\n"),
        "of seo to a page that is not there": append("site.yaml", "seo: [{page: /offer/}]\n"),
        "of the navigation as texts": append("site.yaml", "navigation: [/makers/]\n"),
        "of a form without encryption": append("site.yaml", 'leads: {action: "http://x.org/", consent: Yes}\n'),
    },
    "What looks like a slip": {
        "bold without an end": append(ABOUT, "\nThis is **bold.\n"),
        "bold with blanks inside": append(ABOUT, "\nThis is ** bold ** too.\n"),
        "bold without an end, in a bullet": edit(NEW, "**Do** the first", "**Do the first"),
        "bold without an end, in a title": edit(NEW, "You are new.", "You are **new."),
        "struck without an end": append(ABOUT, "\nNow ~~$99 $79.\n"),
        "code without an end": append(ABOUT, "\n```sh\nls\n\nMore words.\n"),
        "code without an end, in a list": append(ABOUT, "\n- ```\n\n- a\n"),
        "Markdown right within HTML": append(ABOUT, "\n<div>\n**bold** and [us](/makers/)\n</div>\n"),
        "a line of a list without its dash": append(ABOUT, "\n- One thing\nAnother thing\n- The third\n"),
        "a point without its blank": append(ABOUT, "\n- One thing\n-two things\n  -three\n"),
        "points without blanks": append(ABOUT, "\nThey\n-teach\n-learn\n\n1.One\n2.Two\n\n*one\n*two\n"),
        "points as word processors write them": append(ABOUT, "\n• One\n• Two\n\n-\u00a0One\n"),
        "headings without blanks": append(ABOUT, "\n##Who we are\n\n#\u00a0Who\n\n#hashtag\n"),
        "a table without its second line": append(ABOUT, "\n| A | B |\n| 1 | 2 |\n"),
        "a table with a second line that is too short": append(ABOUT, "\n| A | B |\n|---|\n| 1 | 2 |\n"),
        "a row with a cell too many": append(ABOUT, "\n> A | B\n> --|--\n> 1 | 2 \\| 3 | four |\n> 5 | 6 | |\n"),
        "HTML without an end": append(ABOUT, "\n<details>\n<summary>A</summary>\n\n<p>B <b>c\n\n<ul><li>a</ul>\n"),
        "underscores without an end": append(ABOUT, "\nThis is __bold. Name: ____ snake__case\n"),
        "a comment without an end, in a line": append(ABOUT, "\nThis <!-- is a note.\n"),
        "a line of a section without its dash": edit(
            NEW, "- You have the second", "You forgot the dash\n- You have the second"
        ),
        "a note to oneself": append(ABOUT, "\nTODO: the rest.\n"),
        "a note to oneself, in a field": edit("offers.yaml", "All of it.", "TBD"),
        "a note to oneself in small letters": append(ABOUT, "\nAll that we know.\ntodo: the rest.\n"),
        "dummy text": append(ABOUT, "\nLorem ipsum dolor sit amet.\n"),
        "dummy text in capitals, on two lines": append(ABOUT, "\nLOREM\nIPSUM\n"),
        "where todo is a word": {
            **append(ABOUT, "\nTODO INCLUIDO, de todo.\nTODO: lo demás.\n"),
            "site.yaml": text_of("site.yaml") + "language: es\n",
        },
        "a starting text": edit(NEW, "Pain of New", "What it costs to stay here."),
        "more signs than a paragraph can have": append(ABOUT, "\n" + "[a](" * 8000 + "\n"),
        "quotes without end": append(ABOUT, "\n" + ">" * 5000 + " a\n"),
        "a text without end": append(ABOUT, "\n" + "- *a* _b_\n" * 20_000),
    },
    "Words": {
        "an unknown word": add("words.yaml", "hoem: Start\n"),
        "a list of words": add("words.yaml", "- home\n"),
        "an empty word": add("words.yaml", "home:\n"),
        "a truth value": add("words.yaml", "home: true\n"),
        "a list for a word": add("words.yaml", "home: [Start]\n"),
        "a placeholder that is misspelt": add("words.yaml", 'level_of: "{nummer}: {name}"\n'),
        "a placeholder where none is given": add("words.yaml", 'home: "{name}"\n'),
        "a placeholder without quotes": add("words.yaml", "comparison_of_level: {number}\n"),
        "a placeholder at the start without quotes": add("words.yaml", "level_of: {number}: {name}\n"),
        "plural forms of a text": add("words.yaml", "home: {one: Start, other: Starts}\n"),
        "plural forms that no language has": add("words.yaml", 'symptoms_count: {single: ein, other: "{count}"}\n'),
        "plural forms without other": add("words.yaml", "symptoms_count: {one: ein}\n"),
        "a word that is missing in the language of the site": {
            **append("site.yaml", "language: fi\n"),
            "words.yaml": yaml.safe_dump({key: word for key, word in real_words().items() if key != "forget"}),
        },
        "a heading that is misspelt in the language of the site": {
            **edit(NEW, "## Symptoms", "## Symtome"),
            "site.yaml": text_of("site.yaml") + "language: de\n",
        },
        "a heading that is missing in the language of the site": {
            **edit(NEW, "## Keys to success", "Schlüssel zum Erfolg:"),
            "site.yaml": text_of("site.yaml") + "language: de\n",
        },
        "a word twice": add("words.yaml", "home: Start\nhome: Anfang\n"),
    },
    "Quiz": {
        "an unknown field": edit(QUIZ, "title: Where", "titel: Where"),
        "a question with one answer": edit(QUIZ, "      - {text: Much, level: 2}\n", ""),
        "a question without answers": edit(
            QUIZ, "    options:\n      - {text: Little, level: 1}\n      - {text: Much, level: 2}\n", ""
        ),
        "no questions": add(QUIZ, "title: Where?\nquestions: []\n"),
        "a level in words": edit(QUIZ, "level: 2", "level: two"),
        "a level that does not exist": edit(QUIZ, "level: 2", "level: 9"),
        "two questions of one id": append(QUIZ, text_of(QUIZ).partition("questions:\n")[2]),
        "a misspelt way": edit(QUIZ, "level: 2}", "level: 2, reached_by: {kee: 1}}"),
        "a gate with yes": edit(QUIZ, "    text: What", "    gate: yes\n    text: What"),
    },
    "Pages in folders": {
        "a folder in capitals": {
            **SITE,
            "pages/Company/team.md": TEAM,
        },
        "a page with a blank in its name": {**SITE, "pages/company/our team.md": text_of(ABOUT)},
        "the folder of an audience": {
            **SITE,
            "pages/makers/team.md": TEAM,
        },
        "the folder of the quizzes": {
            **SITE,
            "pages/quiz/team.md": TEAM,
        },
        "a folder within a folder of an audience": {**SITE, "makers/more/1-new.md": text_of(NEW)},
    },
    "Search engines": {
        "an unknown field": edit(ABOUT, "title:", "seo: {titel: About}\ntitle:"),
        "a canonical page that is not there": edit(ABOUT, "title:", "seo: {canonical: /abuot/}\ntitle:"),
        "a picture that is not there": edit(ABOUT, "title:", "seo: {image: /media/share.jpg}\ntitle:"),
        "a picture that no network shows": {
            **edit(ABOUT, "title:", "seo: {image: /media/share.svg}\ntitle:"),
            "media/share.svg": f'<svg xmlns="{SVG}" viewBox="0 0 1200 630"/>',
        },
        "a picture that is too small to share": {
            **edit(ABOUT, "title:", "seo: {image: /media/team.png}\ntitle:"),
            "media/team.png": PHOTO,
        },
        "a field without its group": edit(ABOUT, "title:", "noindex: true\ntitle:"),
        "a file that the site has itself": append("site.yaml", "verification: {files: {robots.txt: all}}\n"),
        "a tag instead of its content": append("site.yaml", "verification: {google: '<meta name=x>'}\n"),
    },
    "Navigation": {
        "an entry that leads nowhere": append("site.yaml", "navigation: [{text: Empty}]\n"),
        "a link that is a group": append(
            "site.yaml", "navigation: [{text: Both, to: /about/, links: [{text: About, to: /about/}]}]\n"
        ),
        "a dead link in a group": append(
            "site.yaml", "navigation: [{text: More, links: [{text: About, to: /abuot/}]}]\n"
        ),
        "a dead link in the footer": append(
            "site.yaml", "footer: [{title: More, links: [{text: About, to: /abuot/}]}]\n"
        ),
        "a link where a group is expected": append("site.yaml", "footer: [{text: About, to: /about/}]\n"),
        "a button without its name": append("site.yaml", "header: {text: Go, to: /about/}\n"),
        "a footer without links": append("site.yaml", "footer: [{title: More, links: []}]\n"),
        "a button that leads nowhere": append("site.yaml", "header: {action: {text: Go, to: /abuot/}}\n"),
    },
    "Addresses": {
        "a page that is gone": published("/about-us/", base=without(ABOUT)),
        "a level that has another address": published(
            "/makers/", "/makers/compare/", "/makers/first/", "/makers/able/", "/users/"
        ),
        "an audience that is gone": published(
            "/founders/", "/founders/compare/", "/founders/a/", "/makers/", "/users/"
        ),
        "an audience that has another address": published("/founders/", "/founders/a/", "/makers/"),
        "a level that is a draft": published("/makers/able/", base=edit(ABLE, "offers:", "draft: true\noffers:")),
        "an audience that has ended": published(
            "/users/", "/users/lost/", base=edit("users/audience.md", "order: 2", "expire: 2026-06-01")
        ),
        "a comparison that is made no more": published("/compare/7/"),
        "an address that is redirected": published("/old/", redirects="{/old/: /about/}"),
        "an address below one that is redirected": published("/old/a/", "/old/b.html", redirects="{/old/*: /about/}"),
        "a link to an address that is redirected": {
            **published(redirects="{/old/: /makers/}"),
            ABOUT: edit(ABOUT, "[here](/makers/)", "[here](/old/)")[ABOUT],
        },
        "redirects in a circle": published(redirects="{/a/: /b/, /b/: /c/, /c/: /b/}"),
        "a redirect to itself": published(redirects="{/a/: /a}"),
        "a redirect into what is redirected": published(redirects="{/old/*: /old/new/}"),
        "a redirect from a page": published(redirects="{/about: /makers/}"),
        "a redirect from a page in capitals": published(redirects="{/About/: /makers/}"),
        "a redirect to nowhere": published(redirects="{/old/: /makres/}"),
        "a redirect to no part of a page": published(redirects="{/old/: /makers/#nobody}"),
        "a redirect to a draft": published(
            redirects="{/old/: /makers/able/}", base=edit(ABLE, "offers:", "draft: true\noffers:")
        ),
        "a redirect to another site without its scheme": published(redirects="{/old/: shop.small-site.org}"),
        "a redirect to a file": published(redirects="{/old.pdf: /media/terms.pdf}", base=WITH_MEDIA),
        "a redirect to what stood for a sign": published(redirects="{/blog/*: 'https://blog.small-site.org/*'}"),
        "redirects as a list": add("addresses.yaml", "redirects:\n  - {from: /old/, to: /about/}\n"),
        "a redirect twice": published(redirects="{/old: /about/, /old/: /makers/}"),
        "a redirect from files of the program": published(redirects="{/assets/a.css: /, /robots.txt: /}"),
        "a redirect from an address with a query": published(redirects="{'/?p=12': /about/}"),
        "a redirect from within": published(redirects="{/old/*/x/: /about/}"),
        "a redirect out of the site": published(redirects="{/../x: /about/}"),
        "redirects that no file can have": published(redirects="{/%2e%2e/y: /about/, /a%3Cb/: /about/}"),
        "a redirect below a file": published(redirects="{/old.html: /about/, /old.html/x/: /about/}"),
        "redirects that a folder cannot have": published(redirects="{/old/*: /about/, /old.pdf: /about/}"),
        "an address without a slash": published("about/"),
    },
}
CASES_BY_NAME = {f"{group}: {name}": files for group, cases in INPUTS.items() for name, files in cases.items()}


EXPECTED = read_reports(REPORTS)


def test_every_input_has_a_report_and_every_report_an_input() -> None:
    assert list(EXPECTED) == list(CASES_BY_NAME)


@pytest.mark.parametrize("name", CASES_BY_NAME)
def test_the_report_says_where_what_and_how_to_mend_it(name: str) -> None:
    assert report(CASES_BY_NAME[name]) == EXPECTED[name]


@pytest.mark.parametrize("name", CASES_BY_NAME)
def test_a_report_has_a_place_a_sentence_and_a_hint(name: str) -> None:
    for line in EXPECTED[name]:
        assert re.fullmatch(r"content(/[^:]+)(:\d+:\d+)?: (warning: )?\S.*[.?] [A-Z].*([.?]|---)", line), line
        assert not re.search(r"\b1 (?!(address|has|is|was)\b)[a-z]+s\b", line), f"one of many: {line}"


def test_all_mistakes_in_all_files_are_told_at_once() -> None:
    files = edit(NEW, "message:", "mesage:")
    files = edit(ABLE, "from: 1000", "from: [1000]", files)
    files = edit("site.yaml", "name:", "nam:", files)
    files = edit("home.md", "title:", "titel:", files)
    files = edit("offers.yaml", "price: 1997", "price: cheap", files)
    files = edit("curriculum.yaml", "number: 1", "number: one", files)
    files = edit(ABOUT, "[here](/makers/)", "[here](/nowhere/)", files)
    files = edit(QUIZ, "level: 2", "level: two", files)
    files = edit("users/1-lost.md", "to: 500", "to: 400", files)
    files = edit("users/2-found.md", "You are found.", "You are [found](/nowhere/).", files)
    files |= {"ofers.yaml": "", "words.yaml": "hoem: Start\n", MAKERS: b"\xff"}
    found = [line.split(": ")[0] for line in report(files)]
    assert found == [
        "content/curriculum.yaml:9:6",
        "content/home.md:2:1",
        "content/makers/1-new.md:6:1",
        "content/makers/2-able.md:5:10",
        "content/makers/audience.md:1:1",
        "content/makers/quiz.yaml:7:22",
        "content/ofers.yaml",
        "content/offers.yaml:3:3",
        "content/pages/about.md:6:15",
        "content/site.yaml:1:1",
        "content/users/2-found.md:3:24",
        "content/users/2-found.md:5:10",
        "content/words.yaml:1:1",
    ]


@pytest.mark.parametrize("text", ["no", "yes", "on", "1:30", "010", "2027-01-31", "1e3", "0x10", "12_000", ".5", "~a"])
def test_a_text_that_other_programs_take_for_something_else_stays_what_it_is(text: str) -> None:
    content = load(edit(NEW, "You are new.", text))
    assert content.audiences[0].levels[0].title == text


@pytest.mark.parametrize(
    "files",
    [
        edit(NEW, "You are new.", "You are new.  # the headline"),
        edit(NEW, "You are new.", "'We are #1' # the headline"),
        edit(NEW, "You are new.", "C#, F#Sharp and a#1"),
        edit(NEW, "You are new.", "|\n  We are #1"),
        edit("offers.yaml", "price: 1997", "price: 1997 # euros"),
        edit("offers.yaml", "currency: USD", "currency: USD # dollars"),
        edit("offers.yaml", "id: course", "id: course #1 in the list"),
        edit("site.yaml", "A line below it", "# later"),
        edit("site.yaml", "contact:", "contact: # how to reach us"),
        edit("site.yaml", "https://small-site.org", "https://small-site.org/#top # the top"),
        edit(NEW, "[talk]", "[talk] # the talk"),
        append(ABOUT, "\n```\n<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> x\n```\n"),
        append(ABOUT, "\nA heading\n=======\n\nText\n"),
        append(ABOUT, "\nMuch <<<<<<< less, and >>>>>>> more.\n"),
    ],
)
def test_what_is_meant_as_it_stands_is_no_mistake(files: Files) -> None:
    assert report(files) == []


@settings(max_examples=200)
@given(strategies.data())
def test_whatever_happens_to_a_file_there_is_a_report_and_no_crash(data: strategies.DataObject) -> None:
    path = data.draw(strategies.sampled_from(sorted(SITE)))
    text = text_of(path)
    start = data.draw(strategies.integers(0, len(text)))
    end = min(len(text), start + data.draw(strategies.integers(0, 20)))
    piece = data.draw(strategies.text("ab \n\t:-#*&!%@`'\"[]{}<>|,?0é\0\u2028", max_size=6))
    for line in report({**SITE, path: text[:start] + piece + text[end:]}):
        assert line.startswith("content")


if __name__ == "__main__":
    title = "What the program says of each input in `test_bad_inputs.py`."
    write_reports(REPORTS, title, INPUTS, lambda group, name: report(INPUTS[group][name]))
