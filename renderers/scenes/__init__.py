"""Representations: one file each, which exports `Config` and `Scene`. The folder is the registry."""
