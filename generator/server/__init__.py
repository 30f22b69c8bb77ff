"""The preview: a server that shows every save at once, in every open page."""

__all__ = ["app", "hosting", "live_site", "restart", "watcher", "worker"]
