"""Losses on a picture from a frozen prior: one file, one method, which exports `Config` and `Method`."""
