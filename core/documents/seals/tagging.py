"""The field of a seal takes its place among the tags, so that the file stays accessible (PDF/UA-1, 7.18)."""

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


def tag_field(writer: IncrementalPdfFileWriter, words: str) -> None:
    """Give the newest field a text for screen readers and an element at the end of the document."""
    where = writer.root["/AcroForm"]["/Fields"].raw_get(-1)
    field, root = where.get_object(), writer.root["/StructTreeRoot"]
    document, tree, number = root["/K"][0], root["/ParentTree"], int(root["/ParentTreeNextKey"])
    element = writer.add_object(_element(root["/K"].raw_get(0), where, field.raw_get("/P"), words))
    field["/TU"] = generic.pdf_string(words)
    field["/StructParent"] = generic.NumberObject(number)
    document["/K"].append(element)
    tree["/Nums"].extend([generic.NumberObject(number), element])
    root["/ParentTreeNextKey"] = generic.NumberObject(number + 1)
    for changed in (document, document["/K"], root, tree, tree["/Nums"]):
        writer.update_container(changed)


def _element(document: Any, field: Any, page: Any, words: str) -> generic.DictionaryObject:
    link = {"/Type": pdf_name("/OBJR"), "/Obj": field, "/Pg": page}
    return _dictionary(
        {
            "/Type": pdf_name("/StructElem"),
            "/S": pdf_name("/Form"),
            "/P": document,
            "/Alt": generic.pdf_string(words),
            "/K": _dictionary(link),
        }
    )


def _dictionary(values: dict[str, Any]) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(key): value for key, value in values.items()})
