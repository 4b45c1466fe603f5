"""From a name to a folder and what is in it: hub, folder, single file; networks, text encoders, memory."""
