"""The content security policy: what a page may load, and where it may send something."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from generator.schema.site import SiteFile

# The host of a web address that stands somewhere in a text, with its scheme if that is said.
HOST = re.compile(r"(?:(https?:)|(?<![\w:/.-]))//(?:[^\s/?#@]*@)?((?:\*\.)?[\w.-]+(?::\d+)?)")
Sources = tuple[str, ...]
OWN: Sources = ("'self'",)
# Stands for the digest of the styles within a page, which is known only once the page is.
STYLE = "{style}"
# What single pages have beyond the policy of the site. A header is for all pages, and browsers keep to both policies.
BEYOND: dict[str, Sources] = {"style_src": ("'unsafe-inline'",), "media_src": OWN}


class Policy(NamedTuple):
    """The sources that each directive allows: by default what a page needs that has everything from its own site."""

    default_src: Sources = ("'none'",)
    script_src: Sources = OWN
    style_src: Sources = (STYLE,)
    img_src: Sources = (*OWN, "data:")
    font_src: Sources = OWN
    connect_src: Sources = OWN
    frame_src: Sources = ()
    media_src: Sources = ()
    manifest_src: Sources = OWN
    form_action: Sources = OWN
    base_uri: Sources = ("'none'",)

    def allow(self, **more: Iterable[str]) -> "Policy":
        """The same with more sources: `policy.allow(frame_src=["https://video.org"])`."""
        return self._replace(**{name: tuple(dict.fromkeys((*getattr(self, name), *more[name]))) for name in more})

    def write(self) -> str:
        """The policy as a browser reads it. No sign in it means anything in HTML within double quotes."""
        named = zip(self._fields, self, strict=True)
        return "; ".join(f"{name.replace('_', '-')} {' '.join(sources)}" for name, sources in named if sources)


def site_policy(settings: SiteFile) -> Policy:
    """What every page of a site may: also load the script of its statistics, and send its form."""
    policy, analytics, leads = Policy(), settings.analytics, settings.leads
    if analytics:
        loaded = [*find_hosts(analytics.script), *find_hosts(*analytics.hosts)]
        called = [*loaded, *find_hosts(*analytics.attributes.values())]
        policy = policy.allow(script_src=loaded, connect_src=called, img_src=called)
    if leads:  # the hosts of redirects count, too
        policy = policy.allow(form_action=find_hosts(leads.action, *leads.hosts))
    return policy


def header_policy(settings: SiteFile, players: Iterable[str] = ()) -> str:
    """The policy that is sent with everything. Only a header can say who may show a page in a frame. `players` are the
    sites whose videos any page shows.

    Hosts join the headers of all rules for an address. So nothing else is said where the editor has another policy.
    """
    if settings.admin:  # which shows pages beside their forms
        return "frame-ancestors 'self'"
    policy = site_policy(settings)._replace(style_src=()).allow(**BEYOND, frame_src=players)
    return f"{policy.write()}; frame-ancestors 'none'"


def find_hosts(*texts: str) -> Iterator[str]:
    """The origins of the web addresses in some texts, as a policy names them: in ASCII."""
    for scheme, host in HOST.findall("\n".join(texts)):
        with suppress(UnicodeError):  # of a name that no host can have
            name = host if host.isascii() else host.encode("idna").decode()
            yield f"{scheme}//{name}" if scheme else name
