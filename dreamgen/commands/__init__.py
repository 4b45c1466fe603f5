"""The command line, one file a command: ``add(commands)`` says what may be typed, and sets ``call`` to what is called.

A command's file imports nothing heavy at its top; what it needs is imported when its arguments are known to be right.
"""
