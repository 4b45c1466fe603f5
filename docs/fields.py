"""For the API reference: the comment behind a dataclass field is the field's description (an extension of griffe).

    lr: float = 1e-4                # of the student        ->      lr (float, default 1e-4): of the student

The settings of losses and scenes are described so in the code, where they can be read beside their defaults.
"""

import io
import tokenize
from functools import cache
from pathlib import Path

import griffe


class Fields(griffe.Extension):
    def on_attribute_instance(self, *, attr: griffe.Attribute, **others) -> None:
        if attr.docstring is None and attr.parent is not None and attr.parent.is_class and attr.lineno is not None:
            if text := comments(Path(attr.filepath)).get(attr.endlineno or attr.lineno):
                attr.docstring = griffe.Docstring(text, parent=attr)


@cache
def comments(path: Path) -> dict[int, str]:
    """The text behind # at the end of each line of code; a comment that is a line of its own goes on with the one above."""
    found: dict[int, str] = {}
    lines = path.read_text(encoding="utf-8")
    last = 0
    for token in tokenize.generate_tokens(io.StringIO(lines).readline):
        if token.type != tokenize.COMMENT:
            continue
        text, alone = token.string.lstrip("# "), not token.line[:token.start[1]].strip()
        if alone and found and token.start[0] == last + 1:
            found[max(found)] += f" {text}"
        elif not alone:
            found[token.start[0]] = text
        last = token.start[0]
    return found
