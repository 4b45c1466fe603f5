"""Types of settings in words, for the line that answers a wrong value; and how a word is written for OmegaConf."""

import re
from dataclasses import is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from guidance.ramp import Ramp

WANTED = {int: "a whole number", float: "a number", bool: "true or false", str: "text",
          list: "a list, as [a, b]", Ramp: "a number, or a map of start and end"}


@cache
def hints(config: type) -> dict[str, Any]:
    """The types of a dataclass's fields, by name: ``get_type_hints`` evaluates them anew each time."""
    return get_type_hints(config)


def is_union(hint: Any) -> bool:
    return get_origin(hint) in (Union, UnionType)


def bare(hint: Any) -> Any:
    """``int`` of ``int | None``."""
    if not is_union(hint):
        return hint
    inner = [each for each in get_args(hint) if each is not NoneType]
    return inner[0] if len(inner) == 1 else hint


def choices(hint: Any) -> list[str]:
    """The words of a Literal or an Enum; none of another type."""
    if isinstance(hint, type) and issubclass(hint, Enum):
        return list(hint.__members__)
    return [str(each) for each in get_args(hint)] if get_origin(hint) is Literal else []


def wanted(hint: Any) -> str:
    kind, args = get_origin(hint) or hint, get_args(hint)
    if choices(hint):
        return f"one of {', '.join(choices(hint))}"
    if kind is tuple and Ellipsis in args:
        return WANTED[list]
    if kind is tuple:
        return f"a list of {len(args)} numbers, as [1, 2]"
    if kind is list and is_dataclass(args[0]):
        return f"a list of maps, as [{{{next(iter(get_type_hints(args[0])))}: ...}}]"
    return WANTED.get(kind, "a map")


def read_as(hint: Any, word: str | None) -> Any:
    """What OmegaConf does not make of a text by itself: ``1e3`` is the whole number 1000, ``1`` the 1 of Literal[1, 2]."""
    if get_origin(hint) is Literal:
        return next((each for each in get_args(hint) if str(each) == word), word)
    if hint is not int or word is None or "e" not in word.lower():
        return word
    try:
        return str(int(float(word))) if float(word).is_integer() else word
    except ValueError:
        return word


def literal(word: str | None) -> str | None:
    r"""``word``, escaped so that OmegaConf, to which ``${x}`` is a reference and ``???`` a missing value, reads it as
    it is: a backslash before either, and the backslashes that stand there doubled before ``${``."""
    if word is None or re.fullmatch(r"\\*\?\?\?", word) is None:
        return word and re.sub(r"(\\*)\$\{", r"\1\1\\${", word)
    return "\\" + word
