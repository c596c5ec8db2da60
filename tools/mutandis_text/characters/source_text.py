"""From bytes to a text whose every character keeps its place.

`decode_source` reads UTF-8 and, with a finding, what it can of anything else. `mask_source` gives a copy of the same
length in which typography that carries no meaning (non-breaking and zero-width spaces, carriage returns, HTML tags) is
blanked, so that later stages match plain characters at the offsets of the original.
"""

from __future__ import annotations

import html
import re

from mutandis.dataclass import dataclass
from mutandis_text.document import Extent
from mutandis_text.findings import DAMAGED_CHARACTER, HTML_INPUT, UNREADABLE_ENCODING, Finding

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad\u200e\u200f"
_BREAKS = "\u000b\u000c\u0085\u2028\u2029"
_MASK: dict[int, str] = {
    **{ord(c): " " for c in _SPACES + _INVISIBLE},
    **{ord(c): "\n" for c in _BREAKS},
    **{code: " " for code in range(32) if chr(code) not in "\n\r\t\u000b\u000c"},
    0x7F: " ",
    **{0xFF01 + i: chr(0x21 + i) for i in range(94)},  # full-width forms of the ASCII signs
}
_LINE_END = re.compile(r"\r\n|\r|\n")
_HTML_NAMES = (
    "html|head|body|title|meta|link|script|style|div|p|span|br|hr|table|tbody|thead|tr|td|th|ul|ol|li|a|b|i|u|em|"
    "strong|font|img|h[1-6]|form|input|button|iframe|header|footer|nav|section|article|main|sup|sub|center|dl|dt|dd"
)
_HTML_TAG = re.compile(rf"</?(?:{_HTML_NAMES})(?:\s[^<>]{{0,2000}})?\s*/?>|<!doctype[^<>]{{0,500}}>", re.IGNORECASE)
_HTML_START = re.compile(r"<!doctype\s+html|<(?:html|head|body|div|p|span|table|br|script)(?:\s[^<>]*)?/?>", re.I)
_HTML_BLOCK = re.compile(r"</?(?:p|div|br|tr|li|h[1-6]|table|ul|ol|title|body|head|hr|dd|dt)\b", re.IGNORECASE)
_HTML_HIDDEN = re.compile(r"<(script|style)\b[^<]{0,200000}</\1\s*>", re.IGNORECASE)
_HTML_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")


_LABEL_BAR = re.compile(
    r"(?m)^(?P<label> *(?:\(\d{1,4}(?:-\d{1,3})*\)|\d{1,3}(?:-\d{1,3})*\.|\([a-z]{1,4}\)|[\u2460-\u2487]) *)\|"
)
_LAST_BAR = re.compile(r"(?m)\| *$")


@dataclass(frozen=True, slots=True)
class DecodedSource:
    """The text of a file, and what was wrong with its encoding."""

    text: str
    findings: tuple[Finding, ...]


def decode_source(content: bytes) -> DecodedSource:
    """Decode a file; anything but UTF-8 gives a finding at the first character that shows it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
        return _foreign(text, 0, "the file is UTF-16, not UTF-8")
    nulls = content[:4096].count(0)
    if nulls > 16 and nulls * 5 > len(content[:4096]):
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        return _foreign(content.decode(encoding, errors="replace"), 0, "the file looks like UTF-16 without a mark")
    try:
        return DecodedSource(content.decode("utf-8"), ())
    except UnicodeDecodeError as error:
        at = len(content[: error.start].decode("utf-8"))
        byte = content[error.start]
    replaced = content.decode("utf-8", errors="replace")
    lost = replaced.count("\ufffd")
    if sum(not char.isascii() for char in replaced) - lost > 3 * lost:
        return _foreign(replaced, at, f"byte 0x{byte:02X} is no UTF-8, though most of the file is")
    for encoding, name in (("cp949", "EUC-KR or CP949"), ("cp1252", "Windows-1252")):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        at = next(index for index, char in enumerate(text) if not char.isascii())
        return _foreign(text, at, f"byte 0x{byte:02X} is no UTF-8; the file looks like {name}")
    return _foreign(replaced, at, f"byte 0x{byte:02X} is no UTF-8 and the encoding is unknown")


def _foreign(text: str, at: int, message: str) -> DecodedSource:
    at = min(at, len(text))
    return DecodedSource(text, (Finding(UNREADABLE_ENCODING, Extent(at, min(at + 1, len(text))), message),))


def find_line_starts(text: str) -> tuple[int, ...]:
    """Offsets at which lines start, as an editor counts them."""
    return (0, *(match.end() for match in _LINE_END.finditer(text)))


def mask_source(text: str) -> tuple[str, list[Finding]]:
    """A copy of equal length for matching, and findings on HTML and on damaged characters."""
    findings: list[Finding] = []
    masked = text
    start = _HTML_START.search(masked)
    if start:
        findings.append(
            Finding(HTML_INPUT, Extent(start.start(), start.end()), f"`{start.group()[:40]}`: the text is in HTML")
        )
        masked = _mask_html(masked)
    damaged = masked.find("\ufffd")
    if damaged >= 0:
        count = masked.count("\ufffd")
        message = f"{count} character{'s' if count > 1 else ''} could not be read when the text was saved"
        findings.append(Finding(DAMAGED_CHARACTER, Extent(damaged, damaged + 1), message))
    masked = masked.replace("\r\n", " \n").replace("\r", "\n").translate(_MASK)
    if _LABEL_BAR.search(masked):
        # A page whose numbers and wording stood in the columns of a table (`(1) | The keeper … |`).
        masked = _LAST_BAR.sub(lambda match: " " * len(match.group()), _LABEL_BAR.sub(r"\g<label> ", masked))
    # Invariant: masking replaces characters one for one, so offsets stay those of the source.
    assert len(masked) == len(text)
    return masked, findings


def _mask_html(text: str) -> str:
    def blank(match: re.Match[str]) -> str:
        return _blank(match.group())

    def tag(match: re.Match[str]) -> str:
        blanked = _blank(match.group())
        return "\n" + blanked[1:] if _HTML_BLOCK.match(match.group()) else blanked

    def entity(match: re.Match[str]) -> str:
        char = html.unescape(match.group())
        return char + " " * (len(match.group()) - 1) if len(char) == 1 else match.group()

    # Line breaks inside a block are kept: the reader joins wrapped lines anyway.
    text = _HTML_HIDDEN.sub(blank, text)
    return _HTML_ENTITY.sub(entity, _HTML_TAG.sub(tag, text))


def _blank(text: str) -> str:
    return "".join("\n" if char == "\n" else " " for char in text)
