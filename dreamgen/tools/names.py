r"""Does a reader's word name the thing that a prompt named?

Articles, colors, patterns, number and case do not count ("two red chairs" is a chair), nor what a name adds ("a snowman with a
red hat"); words of SAME are one name. A name that is only the last words of the right one ("ball" for a beach ball) is general.
"""

import re

UNSAID = {"a", "an", "the", "of", "some", "one", "two", "toy", "small", "big", "red", "orange", "yellow", "green", "blue",
          "purple", "violet", "pink", "brown", "black", "white", "grey", "gray", "wooden", "golden", "silver", "spotted",
          "striped", "checkered"}
SAME = tuple(map(frozenset, (
    ("airplane", "aeroplane", "plane"), ("bike", "bicycle"), ("car", "automobile"), ("sofa", "couch", "settee"),
    ("hamburger", "burger"), ("rocket", "space rocket"), ("teddy bear", "teddy"), ("rabbit", "bunny"),
    ("mushroom", "toadstool", "toadstool mushroom"),
    ("bookshelf", "bookcase"), ("bathtub", "bath"), ("backpack", "rucksack"), ("trash can", "dustbin", "garbage can"),
    ("traffic light", "stoplight"), ("eggplant", "aubergine"), ("donut", "doughnut"), ("phone", "telephone"),
    ("motorbike", "motorcycle"), ("soccer ball", "football"), ("present", "gift"), ("tv", "television"),
    ("christmas tree", "xmas tree"))))


def verdict(name: str, truth: str) -> str:
    """Of a name that was said; what it adds, "with a red hat" or in brackets, does not count."""
    named, meant = heads(re.split(r" with | \(", name, maxsplit=1)[0]), heads(truth)
    if not named:
        return "unsaid"
    if named == meant or any(named in group and meant in group for group in SAME):
        return "right"
    return "general" if meant.endswith(f" {named}") else "wrong"


def heads(text: str) -> str:
    """The words that name a thing, in the singular; an orange is no color."""
    words = list(filter(None, ("".join(filter(str.isalnum, word)) for word in text.lower().replace("-", " ").split())))
    return " ".join(map(singular, [word for word in words if word not in UNSAID] or words[-1:]))


def singular(word: str) -> str:
    """Of an English noun, as far as its end tells."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "xes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word
