"""What a document needs of its layout: styles, bullets, language and tracked changes."""

from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from core.documents.word.names import WORD

HEADINGS: Final = ("Title", "Subtitle", "Heading 1", "Heading 2")
OTHERS: Final = ("Caption", "List Bullet")
SHOWN_NAMES: Final = frozenset({"Heading 1", "Heading 2", "Caption"})
NEEDED: Final = (*HEADINGS, *OTHERS)
SIZES: Final = {"Title": 20, "Subtitle": 12, "Heading 1": 14, "Heading 2": 11, "Caption": 9}
LANGUAGES: Final = {"nb": "nb-NO", "da": "da-DK", "en": "en-GB"}
ACCENT: Final = RGBColor(0x1F, 0x4E, 0x6E)
NUMBERING_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
BULLET: Final = (
    f'<w:abstractNum xmlns:w="{WORD}" w:abstractNumId="{{number}}">'
    '<w:multiLevelType w:val="hybridMultilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>'
    '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="357" w:hanging="357"/></w:pPr></w:lvl></w:abstractNum>'
)
BEFORE_TRACKING: Final = (
    "writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime",
    "doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText",
    "printFractionalCharacterWidth", "printFormsData", "embedTrueTypeFonts", "embedSystemFonts",
    "saveSubsetFonts", "saveFormsData", "mirrorMargins", "alignBordersAndEdges",
    "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "hideSpellingErrors",
    "hideGrammaticalErrors", "activeWritingStyle", "proofState", "formsDesign", "attachedTemplate",
    "linkStyles", "stylePaneFormatFilter", "stylePaneSortMethod", "documentType", "mailMerge",
    "revisionView",
)  # fmt: skip
"""What stands before the switch for tracked changes: the order of settings is fixed."""


def make_ready(file: Any, language: str, *, own: bool) -> None:
    """Add what is missing; `own` means that the layout is ours, whose looks we set."""
    _name_as_word_does(file)
    added = _add_styles(file)
    for name in NEEDED if own else added:
        _dress(file.styles[name], name)
    if own:
        file.styles["Normal"].font.name, file.styles["Normal"].font.size = "Arial", Pt(10.5)
    if "List Bullet" in added:
        _bullets(file)
    _speak(file, language)
    _track(file)


def _name_as_word_does(file: Any) -> None:
    """LibreOffice writes the names of styles as they are shown, Word in small letters."""
    for name in file.styles.element.iter(qn("w:name")):
        if name.get(qn("w:val")) in SHOWN_NAMES:
            name.set(qn("w:val"), name.get(qn("w:val")).lower())


def _add_styles(file: Any) -> list[str]:
    known = {style.name for style in file.styles}
    missing = [name for name in NEEDED if name not in known]
    for name in missing:
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = file.styles.default(WD_STYLE_TYPE.PARAGRAPH)
        if name.startswith("Heading"):
            _outline(style, int(name[-1]) - 1)
    return missing


def _outline(style: Any, level: int) -> None:
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level))
    style.element.get_or_add_pPr().append(outline)


def _dress(style: Any, name: str) -> None:
    if name in SIZES:
        style.font.size = Pt(SIZES[name])
    if name in HEADINGS:
        style.font.name, style.font.color.rgb = "Arial", ACCENT
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.keep_with_next = True


def _bullets(file: Any) -> None:
    numbering = _numbering(file)
    taken = [int(one.get(qn("w:abstractNumId"))) for one in numbering.findall(qn("w:abstractNum"))]
    number = max(taken, default=0) + 1
    first = numbering.find(qn("w:num"))
    abstract = parse_xml(BULLET.format(number=number))
    numbering.insert(list(numbering).index(first) if first is not None else len(numbering), abstract)
    chosen = numbering.add_num(number)
    properties = file.styles["List Bullet"].element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = chosen.numId


def _numbering(file: Any) -> Any:
    """The part with the numbering, which a file without lists has not."""
    if not any(one.reltype == RELATIONSHIP_TYPE.NUMBERING for one in file.part.rels.values()):
        empty = parse_xml(f'<w:numbering xmlns:w="{WORD}"/>')
        name, package = PackURI("/word/numbering.xml"), file.part.package
        file.part.relate_to(XmlPart(name, NUMBERING_TYPE, empty, package), RELATIONSHIP_TYPE.NUMBERING)
    return file.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element


def _speak(file: Any, language: str) -> None:
    """The language of every style that names none, for spelling and for screen readers."""
    for found in file.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), LANGUAGES.get(language, language))


def _track(file: Any) -> None:
    settings = file.settings.element
    if settings.find(qn("w:trackRevisions")) is not None:
        return
    before = {qn(f"w:{name}") for name in BEFORE_TRACKING}
    place = next((at for at, one in enumerate(settings) if one.tag not in before), len(settings))
    settings.insert(place, OxmlElement("w:trackRevisions"))
