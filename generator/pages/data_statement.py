"""What a site does with the data of its visitors, worked out from its settings: for `{{ data }}` in the text of a page.

Every sentence follows from a fact that also decides what the site does, such as the policy of its pages.
"""

from collections.abc import Iterable, Iterator

from generator.content.videos import list_players
from generator.pages.hosts import find_host
from generator.pages.page import PageFactory
from generator.pages.policy import Policy, find_hosts


def state_data(factory: PageFactory) -> str:
    """The statement as Markdown: a list with a sentence or two for each fact."""
    return "\n".join(f"- {sentence}" for sentence in _list_sentences(factory))


def _list_sentences(factory: PageFactory) -> Iterator[str]:
    site, language, settings = factory.site, factory.language, factory.site.settings
    host = find_host(factory.target.host, site)

    def name(hosts: Iterable[str]) -> str:
        return language.join([f"`{each.rpartition('/')[2]}`" for each in hosts])

    yield language.say("data_cookies")
    if any(audience.has("quiz") for audience in site.audiences):
        yield language.say("data_quiz", forget=language.say("forget"))
        if not settings.leads:
            yield language.say("data_mail")
    else:
        yield language.say("data_no_storage")
    elsewhere = list_hosts(factory.policy)
    yield language.say("data_third_parties", hosts=name(elsewhere)) if elsewhere else language.say("data_alone")
    if players := list_players(site):
        yield language.say("data_videos", hosts=name(players))
    if settings.analytics:
        yield language.say("data_statistics", host=name(find_hosts(settings.analytics.script)))
    else:
        yield language.say("data_no_statistics")
    if settings.leads:
        to = host.title if settings.leads.action == "netlify" else name(factory.policy.form_action[1:])
        yield language.say("data_form", host=to)
    if settings.admin:
        from generator.pages.admin import editor_policy  # most sites go without, and without what it loads

        public = [each for each in list_hosts(editor_policy(settings.admin)) if each.startswith("https:")]
        yield language.say("data_editor", hosts=name(public))
    yield language.say("data_host", host=language.say("data_any_host") if host.name == "folder" else host.title)


def list_hosts(policy: Policy) -> list[str]:
    """The hosts besides the site's own that a page may load from or call, in their order."""
    sources = (*policy.script_src, *policy.style_src, *policy.img_src, *policy.connect_src, *policy.frame_src)
    return list(dict.fromkeys(source for source in sources if "." in source and not source.startswith("'")))
