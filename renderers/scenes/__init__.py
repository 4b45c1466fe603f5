"""Representations: one file each, a `Config` and a scene class named as the file in capitals. The folder is the registry."""
