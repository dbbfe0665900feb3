"""The parts of a Word file from a stranger, unpacked within limits and parsed without entities."""

from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from lxml import etree

from core.documents.word.errors import WordError

MAX_BYTES: Final = 3 * 1024 * 1024
MAX_PART, MAX_WHOLE, MAX_PARTS = 20 * 1024 * 1024, 60 * 1024 * 1024, 600
BODY: Final = "word/document.xml"
TYPES: Final = "[Content_Types].xml"
MACROS: Final = ("vba", "macroenabled", "activex")
_BROKEN: Final = (BadZipFile, RuntimeError, OSError, EOFError, ValueError)


class Package:
    """A file that has been looked through. Raises `WordError` where it is no harmless Word file."""

    def __init__(self, content: bytes) -> None:
        if len(content) > MAX_BYTES:
            raise WordError("too_big")
        self._content = content
        self.names = self._listed()
        kinds = self.read(TYPES).decode("utf-8", "replace").casefold()
        if any(word in name.casefold() for name in (*self.names, kinds) for word in MACROS):
            raise WordError("macros")
        if BODY not in self.names:
            raise WordError("not_word")

    def _listed(self) -> frozenset[str]:
        """The names of the parts; what a part says of its size is checked again when it is unpacked."""
        try:
            with ZipFile(BytesIO(self._content)) as file:
                parts = file.infolist()
        except _BROKEN as error:
            raise WordError("not_word") from error
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_WHOLE:
            raise WordError("unsafe")
        return frozenset(part.filename for part in parts)

    def read(self, name: str) -> bytes:
        """The bytes of a part, never more than a part may have; empty when it is not there."""
        if name not in self.names:
            return b""
        try:
            with ZipFile(BytesIO(self._content)) as file, file.open(name) as part:
                found = part.read(MAX_PART + 1)
        except _BROKEN as error:
            raise WordError("not_word") from error
        if len(found) > MAX_PART:
            raise WordError("unsafe")
        return found

    def xml(self, name: str) -> Any:
        """A part as XML, None when it is not there. A document type is refused: Word writes none."""
        content = self.read(name)
        return parsed(content) if content else None


def parsed(content: bytes) -> Any:
    """XML without entities, network and unbounded depth. Raises `WordError`."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise WordError("not_word") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise WordError("unsafe")
    return root
