"""A run shown while it goes on: a bar in the terminal, a scene in the browser."""
