"""Draw the icons of the window into resources/icons, one small SVG each, from the fonts that qtawesome brings.

    python packaging/icons.py

Importing qtawesome and loading a font of 1.3 MB costs more than the whole start of the window may take, so the
outlines of the few glyphs in use are kept as files and painted in the colour of the moment. Run it again after adding
a name below or in resources/look/tokens.json; needs the development environment and no display.
"""

from __future__ import annotations

import importlib.resources
import json
import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QFont, QGuiApplication, QPainterPath, QRawFont, QTransform

ROOT = Path(__file__).resolve().parent.parent
TOKENS = ROOT / "resources" / "look" / "tokens.json"
TARGET = ROOT / "resources" / "icons"
BOX = 24.0

FONTS = {
    "mdi6": ("materialdesignicons6-webfont-6.9.96.ttf", "materialdesignicons6-webfont-charmap-6.9.96.json"),
    "fa6b": ("fontawesome6-brands-webfont-6.7.2.ttf", "fontawesome6-brands-webfont-charmap-6.7.2.json"),
}

# Used by the pages beside those that the tokens name.
MORE = [
    "mdi6.approximately-equal",
    "mdi6.arrow-down",
    "mdi6.arrow-expand-right",
    "mdi6.arrow-right",
    "mdi6.arrow-right-circle-outline",
    "mdi6.bookmark-outline",
    "mdi6.check-all",
    "mdi6.check-bold",
    "mdi6.check-circle",
    "mdi6.chevron-left",
    "mdi6.chevron-up",
    "mdi6.circle-outline",
    "mdi6.close",
    "mdi6.content-save-outline",
    "mdi6.dots-vertical",
    "mdi6.exit-to-app",
    "mdi6.eye-outline",
    "mdi6.file-music-outline",
    "mdi6.flask-outline",
    "mdi6.folder-music-outline",
    "mdi6.folder-open-outline",
    "mdi6.format-line-spacing",
    "mdi6.lan-disconnect",
    "mdi6.minus-thick",
    "mdi6.notebook-check-outline",
    "mdi6.pause-circle-outline",
    "mdi6.playlist-check",
    "mdi6.playlist-music",
    "mdi6.plus",
    "mdi6.radiobox-marked",
    "mdi6.sort-variant",
    "mdi6.theme-light-dark",
    "mdi6.undo-variant",
]


def names(value: object) -> Iterator[str]:
    """Every icon's name anywhere in the tokens."""
    if isinstance(value, dict):
        for part in value.values():
            yield from names(part)
    elif isinstance(value, str) and value.partition(".")[0] in FONTS and " " not in value:
        yield value


def outline(path: QPainterPath) -> str:
    """The path in the words of SVG, with two decimals."""
    words: list[str] = []
    index = 0
    while index < path.elementCount():
        element = path.elementAt(index)
        points = [element]
        if element.type is QPainterPath.ElementType.CurveToElement:
            points += [path.elementAt(index + 1), path.elementAt(index + 2)]
        letter = {1: "L", 3: "C"}[len(points)]
        if element.type is QPainterPath.ElementType.MoveToElement:
            letter = "M"
        words.append(letter + " ".join(f"{point.x:.2f} {point.y:.2f}" for point in points))
        index += len(points)
    return "".join(words) + "Z"


def svg(font: QRawFont, letter: str) -> str:
    """One glyph, fitted into a box of 24 as the font's em is."""
    glyph = font.glyphIndexesForString(letter)[0]
    path = font.pathForGlyph(glyph)
    # A font's box stands on its descent; the pictures have their origin at the top left.
    across = BOX / 2 - font.advancesForGlyphIndexes([glyph])[0].x() / 2
    down = font.ascent() - (font.ascent() + font.descent() - BOX) / 2
    centred = QTransform().translate(across, down)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{outline(centred.map(path))}"/></svg>\n'
    )


def main() -> None:
    """Write every icon that the tokens or the list above name."""
    QGuiApplication([])
    folder = importlib.resources.files("qtawesome") / "fonts"
    fonts = {}
    for prefix, (file, charmap) in FONTS.items():
        letters = json.loads((folder / charmap).read_text("utf-8"))
        fonts[prefix] = (QRawFont(str(folder / file), BOX, QFont.HintingPreference.PreferNoHinting), letters)
    wanted = {*names(json.loads(TOKENS.read_text("utf-8"))), *MORE}
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in sorted(wanted):
        prefix, _, glyph = name.partition(".")
        font, letters = fonts[prefix]
        (TARGET / f"{glyph}.svg").write_text(svg(font, chr(int(letters[glyph], 16))), "utf-8")
    print(f"{len(wanted)} icons in {TARGET}")


if __name__ == "__main__":
    main()
