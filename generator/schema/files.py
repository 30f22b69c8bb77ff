"""The fields an editor may write, file by file: one type for each kind of file.

These types are the single source of what is allowed. Loading validates against them, and the JSON
Schema files, the content reference, the starting files of `new` and the forms of the browser editor are
generated from them: so a description here is documentation, the first example is what a starting file
shows, and a title is what a report says was expected.
Markdown may appear in any text that a page shows.
"""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from generator.schema.types import (
    Address,
    AttributeName,
    Currency,
    Email,
    LevelNumber,
    ModuleNumber,
    Number,
    Ordinal,
    Repository,
    Slug,
    Summary,
    Text,
    Url,
)


class Fields(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of everything an editor writes: immutable, and no field but those named."""


class Dated(Fields, frozen=True, kw_only=True):
    """What decides whether a page is live. A day begins at midnight where the site is built."""

    draft: Annotated[
        bool, Meta(description="`true` keeps it off the site, except in a build with `--drafts`.", examples=[True])
    ] = False
    publish: Annotated[date | None, Meta(description="The first day it is on the site.", examples=["2027-01-31"])] = (
        None
    )
    expire: Annotated[
        date | None, Meta(description="The first day it is no longer on the site.", examples=["2027-12-31"])
    ] = None


class Link(Fields, frozen=True, kw_only=True):
    """A link in the navigation."""

    text: Annotated[Text, Meta(description="What the link says.", examples=["For guides"])]
    to: Annotated[Address, Meta(description="A page of this site, or a full web address.", examples=["/guides/"])]


class Contact(Fields, frozen=True, kw_only=True):
    """Where an offer without an address of its own leads: an e-mail address or a page. Give one of the two."""

    text: Annotated[
        Text | None,
        Meta(description="What the link says; default: the word `contact_us`.", examples=["Write to us"]),
    ] = None
    email: Annotated[Email | None, Meta(description="The e-mail address.", examples=["hello@mountain-school.org"])] = (
        None
    )
    url: Annotated[
        Address | None,
        Meta(description="A page of this site, or a full web address.", examples=["/contact/"]),
    ] = None


class Leads(Fields, frozen=True, kw_only=True):
    """A form on landing pages that sends an e-mail address to you. It never sends a quiz answer."""

    action: Annotated[
        str,
        Meta(
            pattern=r"^(netlify|https://\S+)$",
            title="`netlify`, or a web address with https://",
            description="`netlify` for Netlify Forms, or the address of a form service.",
            examples=["netlify"],
        ),
    ]
    consent: Annotated[
        Text,
        Meta(
            description="The sentence beside the box a visitor has to tick.",
            examples=["Send me a letter a month. I can stop it at any time."],
        ),
    ]


class Analytics(Fields, frozen=True, kw_only=True):
    """One script of a statistics service, loaded on every page. Without this field no page loads any."""

    script: Annotated[
        Url, Meta(description="Address of the script.", examples=["https://count.mountain-school.org/count.js"])
    ]
    attributes: Annotated[
        dict[AttributeName, str],
        Meta(
            description="Attributes of the script tag; none that runs a script.",
            examples=[{"data-domain": "mountain-school.org"}],
        ),
    ] = field(default_factory=dict)


class Organisation(Fields, frozen=True, kw_only=True):
    """Who is behind the site; goes into the structured data that search engines read."""

    name: Annotated[Text, Meta(description="Name of the organisation.", examples=["Mountain School"])]
    url: Annotated[
        Url | None,
        Meta(description="Its web address; default: that of the site.", examples=["https://mountain-school.org/"]),
    ] = None
    email: Annotated[Email | None, Meta(description="Its e-mail address.", examples=["hello@mountain-school.org"])] = (
        None
    )


class Admin(Fields, frozen=True, kw_only=True):
    """Where the browser editor at `/admin/` keeps what is written in it."""

    repo: Annotated[Repository, Meta(description="The repository on GitHub.", examples=["mountain-school/site"])]
    branch: Annotated[
        Text, Meta(description="The branch that is published; drafts become pull requests to it.", examples=["main"])
    ] = "main"
    folder: Annotated[
        str,
        Meta(
            pattern=r"^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$",
            title="a folder such as content or sites/school/content",
            description="The content folder within the repository.",
            examples=["content"],
        ),
    ] = "content"
    login: Annotated[
        Url | None,
        Meta(
            description="The service through which GitHub lets people in; default: Netlify's, for sites on Netlify.",
            examples=["https://login.mountain-school.org"],
        ),
    ] = None


class SiteFile(Fields, frozen=True, kw_only=True):
    """`site.yaml`: what is true of the whole site."""

    name: Annotated[
        Text,
        Meta(
            description="Name of the site; stands in the header and in every page title.",
            examples=["Mountain School"],
        ),
    ]
    tagline: Annotated[
        Text | None, Meta(description="One line under the name.", examples=["From the first walk to the summit"])
    ] = None
    address: Annotated[
        Url | None,
        Meta(
            description="Where the site is published. `--base-url` and the host's own settings go first.",
            examples=["https://mountain-school.org/"],
        ),
    ] = None
    language: Annotated[
        str,
        Meta(
            pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
            title="a language tag, such as en or de-CH",
            description="Language of the site as a BCP 47 tag. Decides how numbers and currencies are written and "
            "which way the text runs.",
            examples=["en", "de-CH", "ar"],
        ),
    ] = "en"
    contact: Annotated[
        Contact | None,
        Meta(
            description="Where an offer without an address of its own leads.",
            examples=[{"email": "hello@mountain-school.org"}, {"text": "Write to us", "url": "/contact/"}],
        ),
    ] = None
    navigation: Annotated[
        tuple[Link, ...] | None,
        Meta(
            description="Links in the header; default: the audiences, the curriculum and the offers.",
            examples=[[{"text": "For guides", "to": "/guides/"}, {"text": "Offers", "to": "/offers/"}]],
        ),
    ] = None
    leads: Annotated[
        Leads | None,
        Meta(
            description="A form on landing pages that sends an e-mail address to you.",
            examples=[{"action": "netlify", "consent": "Send me a letter a month. I can stop it at any time."}],
        ),
    ] = None
    analytics: Annotated[
        Analytics | None,
        Meta(
            description="One script of a statistics service. Say so on the page about privacy.",
            examples=[{"script": "https://count.mountain-school.org/count.js"}],
        ),
    ] = None
    organisation: Annotated[
        Organisation | None,
        Meta(
            description="Who is behind the site, for search engines.",
            examples=[{"name": "Mountain School", "url": "https://mountain-school.org/"}],
        ),
    ] = None
    admin: Annotated[
        bool | Admin,
        Meta(
            title="true, false, or the repository: {repo: owner/name}",
            description="The editor in the browser, at `/admin/`. `true`: for the repository the host builds from; "
            "or say which one it is.",
            examples=[True, {"repo": "mountain-school/site", "branch": "main"}],
        ),
    ] = False


class PriceRange(Fields, frozen=True, kw_only=True):
    """A price from .. to, both shown."""

    low: Annotated[Number, Meta(description="Lowest price.", examples=[97])] = field(name="from")
    high: Annotated[Number, Meta(description="Highest price.", examples=[297])] = field(name="to")


class Action(Fields, frozen=True, kw_only=True):
    """A call to action: what the button says and where it leads."""

    text: Annotated[Text, Meta(description="What the button says.", examples=["Start the course"])]
    url: Annotated[
        Address | None,
        Meta(
            description="A page of this site or a full web address. Without one the button leads to `contact`.",
            examples=["https://shop.mountain-school.org/course"],
        ),
    ] = None


class Offer(Fields, frozen=True, kw_only=True):
    """One entry of `offers.yaml`: something that is sold or given away."""

    id: Annotated[
        Slug, Meta(description="What levels call it. Small letters, digits and hyphens.", examples=["course"])
    ]
    name: Annotated[Text, Meta(description="What it is called on the site.", examples=["The course"])]
    price: Annotated[
        Number | PriceRange | Literal["free", "on application"],
        Meta(
            title="a number, {from: 97, to: 297}, `free`, or `on application`",
            description="A number, a range, `free`, or `on application`.",
            examples=[1997, {"from": 97, "to": 297}, "free", "on application"],
        ),
    ]
    currency: Annotated[
        Currency | None, Meta(description="ISO 4217 code; needed where the price has a number.", examples=["USD"])
    ] = None
    summary: Annotated[
        Text | None,
        Meta(description="A sentence or two on what one gets.", examples=["Nine weekends on rock, snow and ice."]),
    ] = None
    action: Annotated[
        Action,
        Meta(
            description="The button: what it says and where it leads.",
            examples=[{"text": "Start the course", "url": "https://shop.mountain-school.org/course"}],
        ),
    ]


class Stage(Fields, frozen=True, kw_only=True):
    """A stage of the curriculum: the modules that serve one step between levels."""

    name: Annotated[Text, Meta(description="What the stage is called.", examples=["Foundation"])]
    modules: Annotated[
        tuple[ModuleNumber, ...],
        Meta(min_length=1, description="Numbers of the modules it consists of.", examples=[[1, 2]]),
    ]
    from_level: Annotated[LevelNumber | None, Meta(description="The level one starts from.", examples=[1])] = field(
        name="from", default=None
    )
    to_level: Annotated[LevelNumber | None, Meta(description="The level it leads to.", examples=[2])] = field(
        name="to", default=None
    )
    topics: Annotated[
        tuple[Text, ...],
        Meta(
            description="What the modules are about, as far as it is known.",
            examples=[["Maps and weather", "Knots"]],
        ),
    ] = ()
    outcomes: Annotated[
        tuple[Text, ...],
        Meta(description="What changes for a person.", examples=[["You find your way without a path"]]),
    ] = ()


class Module(Fields, frozen=True, kw_only=True):
    """A module of the curriculum."""

    number: Annotated[ModuleNumber, Meta(description="Its number, by which stages and levels name it.", examples=[1])]
    name: Annotated[Text | None, Meta(description="Its title, where there is one.", examples=["Maps and weather"])] = (
        None
    )


class CurriculumFile(Fields, frozen=True, kw_only=True):
    """`curriculum.yaml`: what is taught, in which order, for which step. Optional."""

    title: Annotated[
        Text | None,
        Meta(description="Headline of its page; default: the word `curriculum`.", examples=["What you will learn"]),
    ] = None
    summary: Annotated[
        Summary | None,
        Meta(
            description="What its page says first, and the description search engines show: 50 to 160 characters.",
            examples=["Two stages and three modules, from reading a map to leading a rope up the north face."],
        ),
    ] = None
    stages: Annotated[
        tuple[Stage, ...],
        Meta(
            min_length=1,
            description="The stages, in their order.",
            examples=[[{"name": "Foundation", "modules": [1], "from": 1, "to": 2}]],
        ),
    ]
    modules: Annotated[
        tuple[Module, ...],
        Meta(
            min_length=1,
            description="The modules, in their order. Each belongs to a stage.",
            examples=[[{"number": 1, "name": "Maps and weather"}]],
        ),
    ]


class Metric(Fields, frozen=True, kw_only=True):
    """What the levels of an audience are measured in."""

    name: Annotated[Text, Meta(description="What is measured.", examples=["metres climbed", "annual salary", "beds"])]
    unit: Annotated[
        Text | None,
        Meta(
            description="A currency (`$`, `€`, `EUR`), `%`, or a word that follows the number (`beds`).",
            examples=["m", "$", "%"],
        ),
    ] = None
    period: Annotated[
        Literal["year", "month", "week", "day"] | None,
        Meta(description="Shown as `a year`, unless `short` is set.", examples=["year"]),
    ] = None
    short: Annotated[
        Text | None, Meta(description="Short name that follows the number: `$10K–$50K MRR`.", examples=["MRR"])
    ] = None
    whole: Annotated[
        bool,
        Meta(
            description="`true` shows a band up to its last value, one below `to`: `0–10 beds`, then `11–50 beds`.",
            examples=[True],
        ),
    ] = False


class AudienceFields(Dated, frozen=True, kw_only=True):
    """Front matter of `<audience>/audience.md`. The text below it says who they are."""

    name: Annotated[Text, Meta(description="What this audience is called.", examples=["Climbers"])]
    title: Annotated[Text, Meta(description="Headline of the overview page.", examples=["How high do you want to go?"])]
    summary: Summary
    metric: Annotated[
        Metric | None,
        Meta(
            description="What the levels are measured in. Leave it out where nothing is measured.",
            examples=[{"name": "metres climbed", "unit": "m", "period": "year"}],
        ),
    ] = None
    order: Annotated[
        int | None, Meta(description="Place among the audiences; default: by folder name.", examples=[1])
    ] = None


class Band(Fields, frozen=True, kw_only=True):
    """Which values of the audience's metric belong to a level: from ≤ value < to."""

    low: Annotated[Number, Meta(description="Lowest value of the level.", examples=[1000])] = field(name="from")
    high: Annotated[
        Number | None,
        Meta(description="First value of the next level; the last level has none.", examples=[4000]),
    ] = field(name="to", default=None)
    typical_to: Annotated[
        Number | None,
        Meta(description="Only for the last level: a figure to show (`$250K–$400K+`).", examples=[8000]),
    ] = None
    note: Annotated[
        Text | None, Meta(description="A few words beside the band.", examples=["or before the first summit"])
    ] = None


class Message(Fields, frozen=True, kw_only=True):
    """What marketing says to a level."""

    focus: Annotated[
        Text, Meta(description="What the level is about, in a few words.", examples=["From walks to summits"])
    ]
    pain: Annotated[
        Text,
        Meta(
            description="What it costs to stay there.",
            examples=["Every path you know ends where the rock begins."],
        ),
    ]
    promise: Annotated[
        Text,
        Meta(description="What the offer does about it.", examples=["You climb your first peak, and come back safe."]),
    ]


class LevelFields(Dated, frozen=True, kw_only=True):
    """Front matter of a level's file, `<audience>/<number>-<slug>.md`.

    Below it: opening paragraphs, then `## Symptoms`, `## Keys to success` and `## Success`.
    """

    name: Annotated[Text, Meta(description="What the level is called.", examples=["Walker"])]
    title: Annotated[
        Text, Meta(description="Headline of the landing page.", examples=["The path ends here. You need not."])
    ]
    summary: Summary
    tagline: Annotated[
        Text | None,
        Meta(description="The level in half a line, for the pyramid and tables.", examples=["Sure of foot, on paths"]),
    ] = None
    metric: Annotated[
        Band | None,
        Meta(
            description="Which values belong to this level: all levels of an audience have it, or none.",
            examples=[{"from": 1000, "to": 4000}],
        ),
    ] = None
    message: Annotated[
        Message,
        Meta(
            description="What marketing says to this level.",
            examples=[
                {
                    "focus": "From walks to summits",
                    "pain": "Every path you know ends where the rock begins.",
                    "promise": "You climb your first peak, and come back safe.",
                }
            ],
        ),
    ]
    signs: Annotated[
        tuple[Text, ...],
        Meta(
            description="What tells a person that this is their level, for the overview and the comparison.",
            examples=[["You walk all day", "You have never worn a rope"]],
        ),
    ] = ()
    modules: Annotated[
        tuple[ModuleNumber, ...] | Literal["all"],
        Meta(
            description="Numbers of the modules for this level, as in `curriculum.yaml`, or `all`.",
            examples=[[1, 2], "all"],
        ),
    ] = ()
    modules_note: Annotated[
        Text | None, Meta(description="What comes beside the modules.", examples=["with a guide of your own"])
    ] = None
    offers: Annotated[
        tuple[Slug, ...],
        Meta(
            description="Ids of the offers made here, as in `offers.yaml`; the first is the main one.",
            examples=[["course", "talk"]],
        ),
    ] = ()


class PageFields(Dated, frozen=True, kw_only=True):
    """Front matter of a free page, `pages/<slug>.md`. The text below it is the page."""

    title: Annotated[Text, Meta(description="Headline of the page, and what links to it say.", examples=["About us"])]
    summary: Annotated[
        Summary,
        Meta(examples=["Who teaches at the school, where we meet, and what to bring on the first weekend."]),
    ]
    menu: Annotated[
        Literal["header", "footer", "none"],
        Meta(description="Where every page links to it.", examples=["header"]),
    ] = "footer"


class HomeFields(Fields, frozen=True, kw_only=True):
    """Front matter of `home.md`, the front page. The text below it is what the page says first."""

    title: Annotated[Text, Meta(description="Headline of the front page.", examples=["Higher, one step at a time."])]
    summary: Annotated[
        Summary,
        Meta(examples=["A school for people who walk and want to climb. Find your level, and take the next step up."]),
    ]


class Prerequisite(Fields, frozen=True, kw_only=True):
    """What brings a person to an answer: a key to success of the level below, a module."""

    key: Annotated[
        Ordinal | None,
        Meta(description="Which key to success of the level below, counted from 1.", examples=[2]),
    ] = None
    module: Annotated[ModuleNumber | None, Meta(description="Number of the module that teaches it.", examples=[1])] = (
        None
    )


class AnswerBand(Fields, frozen=True, kw_only=True):
    """Which values an answer stands for: from ≤ value < to."""

    low: Annotated[Number | None, Meta(description="Lowest value; the lowest answer has none.", examples=[1000])] = (
        field(name="from", default=None)
    )
    high: Annotated[
        Number | None, Meta(description="First value of the next answer; the highest has none.", examples=[4000])
    ] = field(name="to", default=None)


class Option(Fields, frozen=True, kw_only=True):
    """One answer to a question."""

    text: Annotated[
        Text | None,
        Meta(
            description="What the answer says. It may be left out where there is a `band`.",
            examples=["Only with somebody who does"],
        ),
    ] = None
    band: Annotated[
        AnswerBand | Literal["level"] | None,
        Meta(
            description="The values it stands for, as numbers; their wording comes from the metric, and `text` "
            "follows it. `level`: the band of the level the answer speaks for.",
            examples=["level", {"from": 1000, "to": 4000}],
        ),
    ] = None
    level: Annotated[LevelNumber, Meta(description="The level this answer speaks for.", examples=[2])]
    reached_by: Annotated[
        Prerequisite | None,
        Meta(description="What brings a person to this answer.", examples=[{"key": 2, "module": 1}]),
    ] = None


class Question(Fields, frozen=True, kw_only=True):
    """One question of a quiz."""

    id: Annotated[
        Slug,
        Meta(
            description="Its name within the quiz, which stays when its text changes. Small letters, digits, hyphens.",
            examples=["rope"],
        ),
    ]
    text: Annotated[Text, Meta(description="The question.", examples=["Can you climb on a rope?"])]
    why: Annotated[
        Text | None,
        Meta(description="Why it is asked; shown below the question.", examples=["The rope is where walking ends."]),
    ] = None
    metric: Annotated[
        Metric | None,
        Meta(
            description="What the bands of its answers are measured in; default: the audience's metric.",
            examples=[{"name": "days outdoors", "unit": "days", "period": "month"}],
        ),
    ] = None
    weight: Annotated[int, Meta(ge=1, description="How many times the answer counts.", examples=[2])] = 1
    gate: Annotated[
        bool,
        Meta(description="`true`: the result is at most one level above the answer given here.", examples=[True]),
    ] = False
    draft: Annotated[bool, Meta(description="`true` leaves the question out.", examples=[True])] = False
    options: Annotated[
        tuple[Option, ...],
        Meta(
            min_length=2,
            description="The answers, lowest level first.",
            examples=[[{"text": "Not yet", "level": 1}, {"text": "Yes, also in the lead", "level": 2}]],
        ),
    ]


class Quiz(Fields, frozen=True, kw_only=True):
    """`<audience>/quiz.yaml`: the self-assessment of an audience. Optional."""

    title: Annotated[Text, Meta(description="Headline of the quiz.", examples=["Where are you on the climb?"])]
    intro: Annotated[
        Text | None,
        Meta(
            description="A sentence or two before the first question.",
            examples=["One question, and you know your level. Your answer stays in your browser."],
        ),
    ] = None
    questions: Annotated[
        tuple[Question, ...],
        Meta(
            min_length=1,
            description="The questions, in their order.",
            examples=[
                [
                    {
                        "id": "rope",
                        "text": "Can you climb on a rope?",
                        "options": [{"text": "Not yet", "level": 1}, {"text": "Yes, also in the lead", "level": 2}],
                    }
                ]
            ],
        ),
    ]


class Difference(Fields, frozen=True, kw_only=True):
    """A place where content says deliberately something else than the strategy."""

    where: Annotated[
        Text,
        Meta(description="The place, as `check --strategy` names it.", examples=["guides/2-able.md: keys 3"]),
    ]
    reason: Annotated[Text, Meta(description="Why.", examples=["The office gave us a new figure in May."])]


class StrategyFile(Fields, frozen=True, kw_only=True):
    """`strategy.yaml`: what belongs to the strategy document and is on no page. Optional."""

    title: Annotated[
        Text | None, Meta(description="The title of the document.", examples=["Summit Ladder - Mountain School"])
    ] = None
    facts: Annotated[
        dict[str, Text],
        Meta(
            description="The named lines at its top, such as `Course` and `Framework`.",
            examples=[{"Course": "Mountain School", "Framework": "Summit Ladder"}],
        ),
    ] = field(default_factory=dict)
    about: Annotated[
        tuple[Text, ...],
        Meta(description="Its paragraphs on the framework.", examples=[["The ladder has three levels."]]),
    ] = ()
    notes: Annotated[
        tuple[Text, ...],
        Meta(description="The lines in italics at its end.", examples=[["Last updated: May 2027"]]),
    ] = ()
    differences: Annotated[
        tuple[Difference, ...],
        Meta(
            description="Where content deliberately says something else; `check --strategy` is silent about these.",
            examples=[[{"where": "guides/2-able.md: keys 3", "reason": "The office gave us a new figure in May."}]],
        ),
    ] = ()
