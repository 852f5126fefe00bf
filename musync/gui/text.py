"""Drawing text whose direction follows its content while its alignment follows the layout.

The stock delegate elides Latin titles at the wrong end in a right-to-left layout and turns "+ Add at 4" into
"Add at 4 +"; drawing each text with its own direction and absolute alignment puts both right.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

_STRONG = {"L": False, "R": True, "AL": True}


@lru_cache(maxsize=65_536)
def reads_right_to_left(text: str) -> bool | None:
    """Which way the text runs by its first letter with a direction; None when it has none."""
    for letter in text[:80]:
        kind = _STRONG.get(unicodedata.bidirectional(letter))
        if kind is not None:
            return kind
    return None


def draw_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    font: QFont,
    colour: QColor,
    *,
    mirrored: bool,
    end: bool = False,
    centre: bool = False,
    middle: bool = False,
) -> int:
    """Draw one line, elided where it does not fit, and return the width it took.

    `mirrored` is the layout's direction; `end` aligns to the far side of it; `middle` elides in the middle (paths).
    """
    if not text or rect.width() <= 0:
        return 0
    metrics = QFontMetrics(font)
    mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
    fits = metrics.horizontalAdvance(text) <= rect.width()
    visible = text if fits else metrics.elidedText(text, mode, rect.width())
    content = reads_right_to_left(text)
    if content is None:
        content = mirrored
    direction = Qt.LayoutDirection.RightToLeft if content else Qt.LayoutDirection.LeftToRight
    side = Qt.AlignmentFlag.AlignRight if mirrored != end else Qt.AlignmentFlag.AlignLeft
    if centre:
        side = Qt.AlignmentFlag.AlignHCenter
    flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    painter.setLayoutDirection(direction)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, flags.value | Qt.TextFlag.TextSingleLine.value, visible)
    return metrics.horizontalAdvance(visible)


def mirrored_rect(rect: QRect, inside: QRect, mirrored: bool) -> QRect:
    """The same place counted from the other side, when the layout is mirrored."""
    if not mirrored:
        return rect
    return QRect(inside.left() + inside.right() - rect.right(), rect.top(), rect.width(), rect.height())
