"""The order of the Tab key: as a page is laid out, not as its parts happened to be made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QSplitter, QStackedWidget, QWidget


def order_tabs(*roots: QWidget) -> None:
    """Let Tab walk through everything below the first root, then the second, and so on."""
    chain = [part for root in roots for part in tab_stops(root)]
    for before, after in pairwise(chain):
        QWidget.setTabOrder(before, after)


def tab_stops(widget: QWidget) -> Iterator[QWidget]:
    """What Tab stops at in a widget, in the order of its layout; hidden parts are among them, Qt passes them by."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
        return
    layout = widget.layout()
    if isinstance(widget, (QSplitter, QStackedWidget)):
        for index in range(widget.count()):
            part = widget.widget(index)
            if part is not None:
                yield from tab_stops(part)
    elif layout is not None:
        yield from _in_layout(layout)
    else:
        for child in widget.children():
            if isinstance(child, QWidget) and not child.isWindow():
                yield from tab_stops(child)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield from tab_stops(widget)
        elif inner is not None:
            yield from _in_layout(inner)
