"""The gallery of blocks: made anew for each look at it, since nothing else needs it."""

from generator.build.cache import Cache
from generator.build.load import Resources, load_site
from generator.build.render import RenderSettings, SiteRenderer
from generator.content.loader import Calendar
from generator.files.tree import Tree
from generator.pages.block_gallery import add_samples, plan_block_gallery
from generator.pages.target import Target
from generator.rendering.assets import collect_assets
from generator.rendering.brand import Look


def render_block_gallery(content: Tree, layouts: Tree, calendar: Calendar) -> str:
    """The page, with the words and the settings of a site. Raises `SiteError` if its templates are wrong."""
    loaded = load_site(content, layouts, calendar, Cache(), Resources())
    assets = collect_assets(layouts, loaded.site.level_totals, loaded.characters, look=Look(content, loaded.site))
    target = Target().complete(None, assets.for_pages)
    renderer = SiteRenderer(RenderSettings(add_samples(loaded.site, target), layouts, target))
    return renderer.renderer.render(plan_block_gallery(renderer.factory))
