"""The base of the library's errors, by itself: what opens a bundle imports no diagnostics."""


class MutandisError(Exception):
    """The base of every error this library raises on purpose."""
