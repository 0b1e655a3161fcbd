"""How a web page shows an element: struck out, raised, hidden, by its tag, its style, or a rule of the page's own
styles.

Here: elements, and the few kinds of selectors that office programs and portals write: a tag, a class, a name. Not here:
text (`html_tables.py`), and style sheets in other files, which are not fetched.
"""

from __future__ import annotations

import re
from collections import defaultdict

from .seen import CROSSED, HIDDEN, RAISED, SHOWN, STRUCK_OUT

_STRUCK = {"del", "s", "strike"}
_RAISED_TAGS = {"sup", "sub"}
_COMMENTS = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_AT_RULE = re.compile(r"@(?:media\s+print|page|font-face)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_WHITE = re.compile(r"(?:white|#fff|#ffffff|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\)|transparent)(?:\s*!important)?", re.I)
_PSEUDO = re.compile(r"::?(before|after)$", re.IGNORECASE)
_CONTENT = re.compile(r"(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|attr\(\s*([\w-]+)\s*\))")
_ESCAPED = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
_FAR_AWAY = re.compile(r"-[0-9]{3,}(?:\.[0-9]+)?(?:px|pt|em|rem|%|vw)?")  # beyond the left or upper edge
_CLIPPED = re.compile(r"rect\(\s*(?:0|1px)[\s,].*|inset\(\s*(?:50|100)%.*|circle\(\s*0.*")
_DIAGONALS = ("mso-diagonal-down", "mso-diagonal-up")  # of a cell that Excel saved
_NOTHING = re.compile(r"0+(?:\.0+)?(?:px|pt|em|rem|%)?")
_MAX_RULES = 5_000

Style = dict[str, str]
_Rules = dict[str, list[tuple[str, frozenset[str], Style]]]  # by the rarest name of each


class Looks:
    """The styles of one page. root: of its tree."""

    def __init__(self, root) -> None:
        self._rules: _Rules = defaultdict(list)
        # What rules set before and after an element, by the same names.
        self._content: dict[str, _Rules] = {place: defaultdict(list) for place in ("before", "after")}
        texts = [_AT_RULE.sub(" ", _COMMENTS.sub(" ", style.text or "")) for style in root.iter("style")]
        rules = [rule for text in texts for rule in _RULE.finditer(text)]
        for rule in rules[:_MAX_RULES]:
            said = _declarations(rule[2])
            for selector in rule[1].split(","):
                pseudo = _PSEUDO.search(selector.strip())
                if pseudo:
                    self._add(_PSEUDO.sub("", selector.strip()), said, self._content[pseudo[1].lower()])
                else:
                    self._add(selector.strip(), said, self._rules)

    def mark(self, element, has_ground: bool) -> str:
        """How an element is shown by itself, whatever it stands in. has_ground: on a colour that is not white."""
        said = self.style(element)
        if is_hidden(element, said) or (_WHITE.fullmatch(said.get("color", "")) and not has_ground):
            return HIDDEN
        if any(said.get(line, "none") != "none" for line in _DIAGONALS):
            return CROSSED
        lines = f"{said.get('text-decoration', '')} {said.get('text-decoration-line', '')}"
        if element.tag in _STRUCK or "line-through" in lines:
            return SHOWN if "none" in lines else STRUCK_OUT
        if element.tag in _RAISED_TAGS or said.get("vertical-align") in ("super", "sub"):
            return RAISED
        return SHOWN

    def has_ground(self, element) -> bool:
        """Whether an element has a colour of its own behind it that is not white."""
        said = self.style(element)
        ground = said.get("background-color") or said.get("background") or element.get("bgcolor") or "transparent"
        return not _WHITE.fullmatch(ground.strip())

    def style(self, element) -> Style:
        """What the page's rules and the element's own style say of it."""
        said = _said_of(element, self._rules) if self._rules else {}
        own = element.get("style")
        return said | _declarations(own) if own else said

    def content(self, element, place: str) -> str:
        """The text that the page's rules set `before` or `after` what an element holds. What they count is left out,
        and an icon's letter is no text."""
        if not self._content[place]:
            return ""
        pieces = _CONTENT.findall(_said_of(element, self._content[place]).get("content", ""))
        text = "".join(element.get(name, "") if name else _unescaped(one or other) for one, other, name in pieces)
        return "".join(letter for letter in text if not "\ue000" <= letter <= "\uf8ff")

    def _add(self, selector: str, said: Style, rules: _Rules) -> None:
        """A rule of one selector; of several that stand in each other only the innermost is looked at where it names a
        class, because that is what it is about."""
        found = _SIMPLE.fullmatch(selector.split()[-1] if selector else "")
        if not found or not said or (" " in selector and not found[2]):
            return
        tag, names = (found[1] or "").lower(), re.findall(r"[.#][\w-]+", found[2])
        if names or tag not in ("", "*"):
            rules[names[0] if names else tag].append((tag.replace("*", ""), frozenset(names), said))


def is_hidden(element, said: Style) -> bool:
    """Whether a browser shows nothing of an element."""
    return (
        "hidden" in element.attrib
        or said.get("display") == "none"
        or said.get("visibility") in ("hidden", "collapse")
        or said.get("mso-hide") == "all"
        or _NOTHING.fullmatch(said.get("font-size", "")) is not None
        or _NOTHING.fullmatch(said.get("opacity", "")) is not None
        or (said.get("position") in ("absolute", "fixed") and _is_beyond(said))
    )


def is_turned(element, said: Style) -> bool:
    """Whether the letters of an element are written from the right, whatever they are."""
    is_override = element.tag == "bdo" or said.get("unicode-bidi", "").endswith("override")
    return is_override and (said.get("direction") or element.get("dir", "")).lower() == "rtl"


def _is_beyond(said: Style) -> bool:
    """Whether what is placed freely is only for programs that read aloud: beyond the page, or cut to nothing."""
    return any(_FAR_AWAY.fullmatch(said.get(edge, "")) for edge in ("left", "top")) or any(
        _CLIPPED.fullmatch(said.get(name, "")) for name in ("clip", "clip-path")
    )


def _said_of(element, rules: _Rules) -> Style:
    """What rules say of an element."""
    said: Style = {}
    names = {f".{name}" for name in element.get("class", "").split()} | {f"#{element.get('id', '')}"}
    for name in (element.tag, *sorted(names)):
        for tag, needed, rule in rules.get(name, ()):
            if tag in ("", element.tag) and needed <= names:
                said |= rule
    return said


def _unescaped(text: str) -> str:
    def letter(found: re.Match[str]) -> str:
        number = int(found[1], 16) if found[1] else 0
        return found[2] or (chr(number) if 0 < number < 0x110000 else "\ufffd")

    return _ESCAPED.sub(letter, text)


def _declarations(text: str) -> Style:
    pairs = (pair.split(":", 1) for pair in text.split(";") if ":" in pair)
    return {name.strip().lower(): _lowered(value.replace("!important", "").strip()) for name, value in pairs}


def _lowered(value: str) -> str:
    """Words in small letters; a text in quotes as it is."""
    return value if value[:1] in "\"'" else value.lower()
