"""`{{ data }}` on a page: what is said of the data of visitors is true under every configuration."""

import re

import pytest

from generator.build.check import load_content
from generator.content.placeholders import fill_placeholders
from generator.files.tree import MemoryTree
from generator.i18n.language import Words
from generator.pages.target import Target
from tests import sites

ANALYTICS = "analytics: {script: https://cdn.count.org/count.js, hosts: ['https://*.count.net']}\n"
FORM = "leads: {action: 'https://lists.org/in', consent: Yes, hosts: ['https://thanks.org']}\n"
NETLIFY_FORM = "leads: {action: netlify, consent: Yes}\n"
ADMIN = "admin: {repo: a/b, login: 'https://login.org'}\n"
WORDS: Words = sites.real_words()
ALWAYS = {"data_cookies", "data_host"}
PLAIN = ALWAYS | {"data_quiz", "data_mail", "data_alone", "data_no_statistics"}


def state(more: str = "", host: str = "netlify", files: sites.Files = sites.SITE) -> str:
    """The text of a page that has nothing but the placeholder."""
    page = sites.text_of(sites.ABOUT).replace("We are [here](/makers/).", "{{ data }}")
    files = {**files, sites.ABOUT: page, "site.yaml": sites.text_of("site.yaml") + more}
    target = Target("https://small-site.org/", host=host)
    content, _ = load_content(MemoryTree(files), sites.real_layouts(), sites.CALENDAR, host)
    return str(sites.plan_content(content, target)["about/index.html"].context["article"]["body"])


def find_words(text: str) -> set[str]:
    """The words that the sentences of a statement are."""
    found = set()
    for name, word in WORDS.items():
        if name.startswith("data_") and name != "data_any_host":
            pattern = re.sub(r"\\\{\w+\\\}", ".*", re.escape(str(word)))
            found |= {name} if re.search(f"^- {pattern}$", text, re.MULTILINE) else set()
    return found


@pytest.mark.parametrize(
    ("more", "words", "names"),
    [
        ("", PLAIN, ["Netlify may keep logs"]),
        (
            ANALYTICS,
            PLAIN - {"data_alone", "data_no_statistics"} | {"data_third_parties", "data_statistics"},
            ["`cdn.count.org` and `*.count.net`", "a script from `cdn.count.org` counts"],
        ),
        (FORM, PLAIN - {"data_mail"} | {"data_form"}, ["goes to `lists.org` and `thanks.org`"]),
        (NETLIFY_FORM, PLAIN - {"data_mail"} | {"data_form"}, ["goes to Netlify"]),
        (ADMIN, PLAIN | {"data_editor"}, ["`cdn.jsdelivr.net`", "`api.github.com`", "`login.org`"]),
    ],
    ids=["nothing", "analytics", "form", "form of Netlify", "editor"],
)
def test_the_statement_follows_the_settings(more: str, words: set[str], names: list[str]) -> None:
    text = state(more)
    assert find_words(text) == words
    assert [name for name in names if name not in text] == []
    assert len(text.strip().splitlines()) == len(words)


def test_without_a_quiz_nothing_is_kept_in_the_browser() -> None:
    assert find_words(state(files=sites.without(sites.QUIZ))) == PLAIN - {"data_quiz", "data_mail"} | {
        "data_no_storage"
    }


def test_a_plain_folder_is_of_whoever_hosts_it() -> None:
    assert f"{WORDS['data_any_host']} may keep logs" in state(host="folder")


def test_scripts_keep_nothing_but_what_is_said_of_the_quiz() -> None:
    """The results in the local storage, the answers in the session storage and in the history."""
    layouts = sites.real_layouts()
    text = "".join(layouts.read(path).decode() for path in layouts.paths() if path.endswith(".js"))
    assert set(re.findall(r"\b(localStorage|sessionStorage|indexedDB|cookie\w*|caches|serviceWorker)\b", text)) == {
        "localStorage",
        "sessionStorage",
    }


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{{ data }}", "\n<data>\n"),
        ("Before\n{{data}}  \nafter", "Before\n\n<data>\n\nafter"),
        ("In {{ data }} words", "In {{ data }} words"),
        ("```\n{{ data }}\n```\n\n{{ data }}\n", "```\n{{ data }}\n```\n\n\n<data>\n\n"),
        ("`{{ data }}`", "`{{ data }}`"),
    ],
)
def test_a_line_of_its_own_is_filled_and_code_is_not(text: str, filled: str) -> None:
    assert fill_placeholders(text, lambda name: f"<{name}>") == filled
