"""Losses on a picture from a frozen prior: one file, one method; the class has the file's name in capitals."""
