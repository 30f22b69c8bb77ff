"""`site.yaml`."""

from typing import Annotated, Literal

from msgspec import field

from generator.schema.brand import Brand
from generator.schema.seo import ListedSeo
from generator.schema.types import Address, AttributeName, Email, Fields, Origin, Repository, Text, Url, doc

Token = Annotated[str, doc("A word from a search engine.", "0A1B2C", pattern=r"^[\w-]+$", title="letters and digits")]
VerificationFile = Annotated[
    str,
    doc(
        "The name of a file.",
        "google1234567890abcdef.html",
        pattern=r"^(?!(index|404|robots|llms|sitemap[\w-]*)\.)[\w-]+\.(html|xml|txt)$",
        title="the name of a file such as google1234567890abcdef.html, which the site does not have itself",
    ),
]


class Link(Fields, frozen=True, kw_only=True):
    """A link to a page of this site or of another."""

    text: Annotated[Text, doc("What the link says.", "For guides")]
    to: Annotated[Address, doc("A page of this site, or a full web address.", "/guides/")]


class MenuEntry(Fields, frozen=True, kw_only=True):
    """An entry of the navigation: a link, with `to`, or a group of them, with `links`."""

    text: Annotated[Text, doc("What the link or the group is called.", "For guides")]
    to: Annotated[Address | None, doc("For a link: a page of this site, or a full web address.", "/guides/")] = None
    links: Annotated[
        tuple[Link, ...], doc("For a group: the links in it.", [{"text": "Offers", "to": "/offers/"}])
    ] = ()


class Header(Fields, frozen=True, kw_only=True):
    """What stands at the top of every page, besides the name of the site and the navigation."""

    action: Annotated[
        Link | None,
        doc("A button; default: `Find your level`, where there is a quiz.", {"text": "Join us", "to": "/offers/"}),
    ] = None


class FooterGroup(Fields, frozen=True, kw_only=True):
    """Links at the bottom of every page, below a title."""

    title: Annotated[Text, doc("What the links have in common.", "The school")]
    links: Annotated[
        tuple[Link, ...],
        doc("The links.", [{"text": "Our office", "to": "https://mountain-school.org/office"}], min_length=1),
    ]


class Contact(Fields, frozen=True, kw_only=True):
    """Where an offer without an address of its own leads: an e-mail address or a page. Give one of the two."""

    text: Annotated[Text | None, doc("What the link says; default: the word `contact_us`.", "Write to us")] = None
    email: Annotated[Email | None, doc("The e-mail address.", "hello@mountain-school.org")] = None
    url: Annotated[Address | None, doc("A page of this site, or a full web address.", "/contact/")] = None


class Leads(Fields, frozen=True, kw_only=True):
    """A form on landing pages that sends an e-mail address to you. It never sends a quiz answer."""

    action: Annotated[
        str,
        doc(
            "`netlify` for Netlify Forms, or the address of a form service.",
            "netlify",
            pattern=r"^(netlify|https://\S+)$",
            title="`netlify`, or a web address with https://",
        ),
    ]
    consent: Annotated[
        Text,
        doc(
            "The sentence beside the box a visitor has to tick.", "Send me a letter a month. I can stop it at any time."
        ),
    ]
    hosts: Annotated[
        tuple[Origin, ...],
        doc(
            "Further hosts, where the service leads visitors on to another one.", ["https://thanks.mountain-school.org"]
        ),
    ] = ()


class Analytics(Fields, frozen=True, kw_only=True):
    """One script of a statistics service, loaded on every page. Without this field no page loads any."""

    script: Annotated[Url, doc("Address of the script.", "https://count.mountain-school.org/count.js")]
    attributes: Annotated[
        dict[AttributeName, str],
        doc("Attributes of the script tag; none that runs a script.", {"data-domain": "mountain-school.org"}),
    ] = field(default_factory=dict)
    hosts: Annotated[
        tuple[Origin, ...],
        doc(
            "Further hosts that the script sends to or loads from, besides its own and those in its attributes.",
            ["https://count.mountain-school.org"],
        ),
    ] = ()


class Organisation(Fields, frozen=True, kw_only=True):
    """Who is behind the site; goes into the structured data that search engines read."""

    name: Annotated[Text, doc("Name of the organisation.", "Mountain School")]
    url: Annotated[Url | None, doc("Its web address; default: that of the site.", "https://mountain-school.org/")] = (
        None
    )
    email: Annotated[Email | None, doc("Its e-mail address.", "hello@mountain-school.org")] = None


class Verification(Fields, frozen=True, kw_only=True):
    """What search engines give to those who have to show that a site is theirs: for a tag on each page, or a file."""

    google: Annotated[Token | None, doc("What Google's tag `google-site-verification` says.", "rXOxyZo_Z8")] = None
    bing: Annotated[Token | None, doc("What Bing's tag `msvalidate.01` says.", "0A1B2C3D4E5F")] = None
    files: Annotated[
        dict[VerificationFile, str],
        doc(
            "Files at the top of the site, each with what is in it.",
            {"google1234567890abcdef.html": "google-site-verification: google1234567890abcdef.html"},
        ),
    ] = field(default_factory=dict)


class Admin(Fields, frozen=True, kw_only=True):
    """Where the browser editor at `/admin/` keeps what is written in it."""

    repo: Annotated[Repository, doc("The repository on GitHub.", "mountain-school/site")]
    branch: Annotated[Text, doc("The branch that is published; drafts become pull requests to it.", "main")] = "main"
    folder: Annotated[
        str,
        doc(
            "The content folder within the repository.",
            "content",
            pattern=r"^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$",
            title="a folder such as content or sites/school/content",
        ),
    ] = "content"
    login: Annotated[
        Url | None,
        doc(
            "The service through which GitHub lets people in; default: Netlify's, for sites on Netlify.",
            "https://login.mountain-school.org",
        ),
    ] = None


class SiteFile(Fields, frozen=True, kw_only=True):
    """`site.yaml`: what is true of the whole site."""

    name: Annotated[Text, doc("Name of the site; stands in the header and in every page title.", "Mountain School")]
    tagline: Annotated[Text | None, doc("One line under the name.", "From the first walk to the summit")] = None
    address: Annotated[
        Url | None,
        doc(
            "Where the site is published. `--base-url` and the host's own settings go first.",
            "https://mountain-school.org/",
        ),
    ] = None
    host: Annotated[
        Literal["netlify", "github-pages", "cloudflare-pages", "vercel", "render", "folder"] | None,
        doc(
            "Where the site goes, for a build on a machine of your own; a build that a host runs knows it by itself. "
            "Default: a plain folder, which can do less.",
            "netlify",
        ),
    ] = None
    language: Annotated[
        str,
        doc(
            "Language of the site as a BCP 47 tag. Decides which words the program adds to pages, how numbers "
            "and currencies are written and which way the text runs.",
            "en",
            "de-CH",
            "ar",
            pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
            title="a language tag, such as en or de-CH",
        ),
    ] = "en"
    brand: Annotated[
        Brand | None,
        doc(
            "Your colours, logo, icon and fonts.",
            {
                "colors": {"low": "#123a63", "high": "#8a2f6b"},
                "logo": "/media/logo.svg",
                "icon": "/media/icon.svg",
                "fonts": {"text": "/media/fonts/text.woff2"},
            },
        ),
    ] = None
    contact: Annotated[
        Contact | None,
        doc(
            "Where an offer without an address of its own leads.",
            {"email": "hello@mountain-school.org"},
            {"text": "Write to us", "url": "/contact/"},
        ),
    ] = None
    navigation: Annotated[
        tuple[MenuEntry, ...] | None,
        doc(
            "Links in the header, and groups of links; default: the audiences, the curriculum and the offers.",
            [{"text": "For guides", "to": "/guides/"}, {"text": "Offers", "to": "/offers/"}],
            [{"text": "The school", "links": [{"text": "Offers", "to": "/offers/"}]}],
        ),
    ] = None
    header: Annotated[
        Header | None,
        doc("The button at the top of every page.", {"action": {"text": "Join us", "to": "/offers/"}}),
    ] = None
    footer: Annotated[
        tuple[FooterGroup, ...],
        doc(
            "Groups of links at the bottom of every page, above the pages with `menu: footer`.",
            [{"title": "The school", "links": [{"text": "Offers", "to": "/offers/"}]}],
        ),
    ] = ()
    seo: Annotated[
        tuple[ListedSeo, ...],
        doc(
            "What search engines and social networks are told of pages that have no file of their own.",
            [{"page": "/offers/", "title": "Courses and what they cost"}],
        ),
    ] = ()
    leads: Annotated[
        Leads | None,
        doc(
            "A form on landing pages that sends an e-mail address to you.",
            {"action": "netlify", "consent": "Send me a letter a month. I can stop it at any time."},
        ),
    ] = None
    analytics: Annotated[
        Analytics | None,
        doc(
            "One script of a statistics service. Pages with a line `{{ data }}` say so.",
            {"script": "https://count.mountain-school.org/count.js"},
        ),
    ] = None
    organisation: Annotated[
        Organisation | None,
        doc(
            "Who is behind the site, for search engines.",
            {"name": "Mountain School", "url": "https://mountain-school.org/"},
        ),
    ] = None
    verification: Annotated[
        Verification | None,
        doc("Shows search engines whose site it is.", {"google": "rXOxyZo_Z8"}),
    ] = None
    admin: Annotated[
        bool | Admin,
        doc(
            "The editor in the browser, at `/admin/`. `true`: for the repository the host builds from; "
            "or say which one it is.",
            True,
            {"repo": "mountain-school/site", "branch": "main"},
            title="true, false, or the repository: {repo: owner/name}",
        ),
    ] = False
