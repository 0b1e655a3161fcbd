"""How a web page shows an element: struck out, raised, hidden, by its tag, its style, or a rule of the page's own
styles.

Here: elements, and the few kinds of selectors that office programs and portals write: a tag, a class, a name. Not here:
text (`html_tables.py`), and style sheets in other files, which are not fetched.
"""

from __future__ import annotations

import re
from collections import defaultdict

from .seen import HIDDEN, RAISED, SHOWN, STRUCK_OUT

_STRUCK = {"del", "s", "strike"}
_RAISED_TAGS = {"sup", "sub"}
_COMMENTS = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_AT_RULE = re.compile(r"@(?:media\s+print|page|font-face)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_WHITE = re.compile(r"(?:white|#fff|#ffffff|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\)|transparent)(?:\s*!important)?", re.I)
_NOTHING = re.compile(r"0+(?:\.0+)?(?:px|pt|em|rem|%)?")
_MAX_RULES = 5_000

Style = dict[str, str]


class Looks:
    """The styles of one page. root: of its tree."""

    def __init__(self, root) -> None:
        self._rules: dict[str, list[tuple[str, frozenset[str], Style]]] = defaultdict(
            list
        )  # by the rarest of its names
        texts = [_AT_RULE.sub(" ", _COMMENTS.sub(" ", style.text or "")) for style in root.iter("style")]
        rules = [rule for text in texts for rule in _RULE.finditer(text)]
        for rule in rules[:_MAX_RULES]:
            said = _declarations(rule[2])
            for selector in rule[1].split(","):
                self._add(selector.strip(), said)

    def mark(self, element, has_ground: bool) -> str:
        """How an element is shown by itself, whatever it stands in. has_ground: on a colour that is not white."""
        said = self.style(element)
        if is_hidden(element, said) or (_WHITE.fullmatch(said.get("color", "")) and not has_ground):
            return HIDDEN
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
        said: Style = {}
        classes = element.get("class", "").split()
        names = {f".{name}" for name in classes} | {f"#{element.get('id', '')}"}
        if self._rules:
            for name in (element.tag, *sorted(names)):
                for tag, needed, rule in self._rules.get(name, ()):
                    if tag in ("", element.tag) and needed <= names:
                        said |= rule
        own = element.get("style")
        return said | _declarations(own) if own else said

    def _add(self, selector: str, said: Style) -> None:
        """A rule of one selector; of several that stand in each other only the innermost is looked at where it names a
        class, because that is what it is about."""
        found = _SIMPLE.fullmatch(selector.split()[-1] if selector else "")
        if not found or not said or (" " in selector and not found[2]):
            return
        tag, names = (found[1] or "").lower(), re.findall(r"[.#][\w-]+", found[2])
        if names or tag not in ("", "*"):
            self._rules[names[0] if names else tag].append((tag.replace("*", ""), frozenset(names), said))


def is_hidden(element, said: Style) -> bool:
    """Whether a browser shows nothing of an element."""
    return (
        "hidden" in element.attrib
        or said.get("display") == "none"
        or said.get("visibility") in ("hidden", "collapse")
        or said.get("mso-hide") == "all"
        or _NOTHING.fullmatch(said.get("font-size", "")) is not None
        or _NOTHING.fullmatch(said.get("opacity", "")) is not None
    )


def _declarations(text: str) -> Style:
    pairs = (pair.split(":", 1) for pair in text.split(";") if ":" in pair)
    return {name.strip().lower(): value.replace("!important", "").strip().lower() for name, value in pairs}
