"""Builds a static marketing site for several audiences, each at several levels.

Content (Markdown and YAML) becomes a `Site`, the site becomes a list of `Page` values, and the pages
that changed become files in the output folder. `pipeline` shows the whole way on one screen.
"""
