"""Videos of other sites: where the player of one is, and which sites a page asks for theirs."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from generator.content.model import Site
from generator.schema.block import Block
from generator.schema.blocks import VideoBlock

# The pages of videos by service, and their players, which set no cookies before a video is played, or none at all.
PLAYERS = (
    (
        re.compile(
            r"https://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:\S*&)?v=|embed/|shorts/|live/)|youtu\.be/)"
            r"([\w-]+)\S*"
        ),
        "https://www.youtube-nocookie.com/embed/{}?autoplay=1",
    ),
    (
        re.compile(
            r"https://(?:www\.|player\.)?vimeo\.com/(?:video/|(?:channels|groups|album|showcase)/\S+/)?(\d+)\S*"
        ),
        "https://player.vimeo.com/video/{}?autoplay=1&dnt=1",
    ),
)


# Their hosts, on which no other page may be shown within a page.
SERVICES = re.compile(r"https://([\w-]+\.)*(youtube(-nocookie)?\.com|youtu\.be|vimeo\.com)/")


def is_other_page(url: str) -> bool:
    """Whether it is a page of such a service, and none of a video: a channel or a list."""
    return bool(SERVICES.match(url)) and find_player(url) == url


def find_player(url: str) -> str:
    """The address of the player of a video."""
    for pattern, player in PLAYERS:
        if found := pattern.fullmatch(url):
            return player.format(found[1])
    return url


def list_player_hosts(blocks: Iterable[Block]) -> Iterator[str]:
    """The origins of the players that some blocks load on a click: `https://player.vimeo.com`."""
    for block in blocks:
        if isinstance(block, VideoBlock) and block.url:
            yield "/".join(find_player(block.url).split("/")[:3])


def list_players(site: Site) -> list[str]:
    """The same for all pages of a site, once each."""
    own = (list_player_hosts(getattr(file.fields, "blocks", ())) for file in site.files.values())
    return list(dict.fromkeys(chain(*own, *(audience.players for audience in site.audiences))))
