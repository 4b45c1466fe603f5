"""One file, one architecture; the folder is the registry. A family's file has two functions:

    recognises(folder) -> bool                                  from the folder's configuration files alone
    load(folder, device, precision, options) -> Prior
"""
