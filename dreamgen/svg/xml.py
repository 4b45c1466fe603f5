"""XML from a stranger, read by expat and by nothing that executes, fetches or expands.

What stands in a document is data here: a document type is never looked up, a script is an element like any other. Of
entities only short texts are read, as drawing programs abbreviate namespaces by; one that is long, fetches, or refers to
another is refused. Size, depth and the number of elements are bounded, so the time is, too.
"""

from dataclasses import dataclass, field
from xml.parsers import expat

from ..errors import ConfigError

MEBIBYTE = 2**20
MAX_BYTES = 32 * MEBIBYTE       # a map of a country is about 10
MAX_ELEMENTS = 300_000
MAX_DEPTH = 200                 # drawing programs nest some ten groups
MAX_ENTITY, MAX_ENTITIES = 200, 100     # characters of one, and how many
BLOCK = 2**16                   # bytes expat is fed at a time, so that a limit ends the work when it is passed
FOREIGN = {b"\x1f\x8b": "compressed by gzip: unpack it first, as by `gunzip -S svgz`",
           b"\x89PNG": "a PNG picture: `dreamgen vectorize` makes paths of one",
           b"\xff\xd8\xff": "a JPEG picture: `dreamgen vectorize` makes paths of one",
           b"%PDF": "a PDF"}
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"


@dataclass(slots=True)
class Node:
    """An element.

    Attributes:
        tag: the local name of an SVG element, ``{namespace}name`` of any other; attributes: those of no namespace and
            of XLink, by local name; text: the characters directly in it, in pieces; line: where it begins, from 1;
            content: text and elements in their order; foreign: attributes of other namespaces, ``{namespace}name``.
    """

    tag: str
    attributes: dict[str, str]
    line: int
    text: list[str] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    content: list["Node | str"] = field(default_factory=list)
    foreign: dict[str, str] = field(default_factory=dict)


def parse(data: bytes, where: str) -> Node:
    """The root of an XML document, with everything under it; ``where`` begins the sentence of an error.

    Raises:
        ConfigError: empty, another kind of file, not well formed, wrongly encoded, an entity, too large or too deep.
    """
    if not data.strip():
        raise ConfigError(f"{where}: the file is empty")
    for magic, what in FOREIGN.items():
        if data.startswith(magic):
            raise ConfigError(f"{where}: not SVG but {what}")
    if len(data) > MAX_BYTES:
        raise ConfigError(f"{where}: larger than {MAX_BYTES // MEBIBYTE} MiB, the most that is read")
    return _Builder(where).build(data)


class _Builder:
    """expat's events to a tree. Nothing is recursive, so that depth costs no stack."""

    def __init__(self, where: str):
        self.where, self.count, self.open = where, 0, [Node("", {}, 0)]
        self.expat = expat.ParserCreate(namespace_separator=" ")
        self.expat.buffer_text = True
        self.expat.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.expat.StartElementHandler = self.start
        self.expat.EndElementHandler = self.end
        self.expat.CharacterDataHandler = self.characters
        self.expat.EntityDeclHandler = self.entity
        self.expat.EndDoctypeDeclHandler = self.declared
        self.entities: list[tuple[str, int, bool]] = []         # name, line, whether it is a short text and no more
        self.characters_read = 0

    def build(self, data: bytes) -> Node:
        try:
            for at in range(0, len(data), BLOCK):
                self.expat.Parse(data[at:at + BLOCK], False)
            self.expat.Parse(b"", True)
        except expat.ExpatError as error:
            raise ConfigError(f"{self.where}:{error.lineno}: not XML: {expat.ErrorString(error.code)}") from None
        except ConfigError:
            raise
        except (ValueError, LookupError) as error:      # Python's codecs, asked for an encoding expat does not know
            raise ConfigError(f"{self.where}: not text in the encoding that it names ({error})") from None
        return self.open[0].children[0]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        self.spend(sum(map(len, attributes.values())))
        line = self.expat.CurrentLineNumber
        if self.count > MAX_ELEMENTS:
            raise ConfigError(f"{self.where}:{line}: at most {MAX_ELEMENTS:,} elements are read")
        if len(self.open) > MAX_DEPTH:
            raise ConfigError(f"{self.where}:{line}: elements stand in each other {MAX_DEPTH} deep, no deeper is read")
        split = [(*key.rpartition(" "), value) for key, value in attributes.items()]
        plain = {local: value for wanted in (XLINK, "") for space, _, local, value in split if space == wanted}
        foreign = {f"{{{space}}}{local}": value for space, _, local, value in split if space not in ("", XLINK)}
        node = Node(tag(name), plain, line, foreign=foreign)
        self.open[-1].children.append(node)
        self.open[-1].content.append(node)
        self.open.append(node)

    def end(self, name: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        self.spend(len(text))
        self.open[-1].text.append(text)
        self.open[-1].content.append(text)

    def spend(self, characters: int) -> None:
        """Entities make a document longer than its file."""
        self.characters_read += characters
        if self.characters_read > 2 * MAX_BYTES:
            raise ConfigError(f"{self.where}:{self.expat.CurrentLineNumber}: its entities grow beyond "
                              f"{2 * MAX_BYTES // MEBIBYTE} MiB")

    def entity(self, name: str, is_parameter: int, value: str | None, *_) -> None:
        plain = not is_parameter and value is not None and len(value) <= MAX_ENTITY and not {*value} & {*"&%<"}
        self.entities.append((name, self.expat.CurrentLineNumber, plain))

    def declared(self) -> None:
        """All that a document type declares is known, and nothing of it has been used."""
        if len(self.entities) > MAX_ENTITIES or not all(plain for *_, plain in self.entities):
            name, line, _ = self.entities[0]
            raise ConfigError(f"{self.where}:{line}: declares the entity {name[:40]!r}, and these are refused unless they "
                              f"are at most {MAX_ENTITIES} short texts, for they can fetch and can grow without end; save "
                              "it as plain SVG")


def tag(name: str) -> str:
    """Files written by hand often forget the namespace of SVG, so an element without one counts as SVG's."""
    space, _, local = name.rpartition(" ")
    return local if space in ("", SVG) else f"{{{space}}}{local}"
