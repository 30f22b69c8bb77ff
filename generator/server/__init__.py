"""The preview: a server that shows every save at once, in every open page."""

__all__ = ["app", "host_check", "live_site", "program"]
