"""Paths over each other, for ``fill`` on a GPU."""
