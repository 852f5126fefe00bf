"""The style sheet: what Qt's own widgets look like, written from the tokens.

Kinds of buttons and roles of labels are dynamic properties (`kind`, `role`), so that a widget says what it is and
the theme says what that looks like.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont

from musync.gui.tokens import Look, Tokens


def stylesheet(look: Look, tokens: Tokens, base: QFont) -> str:
    """The whole style sheet of a theme."""
    role = {name: css(value) for name, value in look.roles.items()}
    state = {f"st_{name}": css(value.fg) for name, value in look.states.items()}
    values = {**role, **state, **_measures(tokens, base), "thick": "2px" if look.high_contrast else "1px"}
    return "".join(part % values for part in (_LABELS, _BUTTONS, _FIELDS, _CARDS, _VIEWS, _FLOATING))


def css(value: QColor) -> str:
    """A colour as style sheets write it."""
    return f"rgba({value.red()},{value.green()},{value.blue()},{value.alpha()})"


def _measures(tokens: Tokens, base: QFont) -> dict[str, str]:
    unit = "pt" if base.pointSizeF() > 0 else "px"
    size = base.pointSizeF() if base.pointSizeF() > 0 else base.pixelSize()
    fonts = {f"font_{name}": f"{size * step.factor:.2f}{unit}" for name, step in tokens.scale.items()}
    radii = {f"radius_{name}": f"{value}px" for name, value in tokens.radius.items()}
    return {**fonts, **radii, "button_min": f"{tokens.size['button_min_w'] - 30}px"}


_LABELS = """
QToolTip { color: %(text)s; background: %(raised)s; border: 1px solid %(control_line)s; padding: 4px 6px; }
QLabel { background: transparent; }
QLabel[role="text"] { color: %(text)s; }
QLabel[role="text_2"] { color: %(text_2)s; }
QLabel[role="text_3"] { color: %(text_3)s; }
QLabel[role="accent_text"] { color: %(accent_text)s; }
QLabel[role="failed"] { color: %(st_failed)s; }
QLabel[role="done"] { color: %(st_done)s; }
QLabel[role="ambiguous"] { color: %(st_ambiguous)s; }
QLabel[keycap="true"] { color: %(text_2)s; background: %(surface)s; border: 1px solid %(control_line)s;
  border-bottom-width: 2px; border-radius: 4px; padding: 0 5px; }
"""

_BUTTONS = """
QPushButton { color: %(text)s; background: %(surface)s; border: 1px solid %(control_line)s;
  border-radius: %(radius_button)s; padding: 0 14px; min-width: %(button_min)s; font-weight: 500; }
QPushButton:hover { background: %(hover)s; }
QPushButton:pressed, QPushButton:checked { background: %(pressed)s; }
QPushButton:disabled { color: %(text_off)s; background: transparent; border-color: %(line)s; }
QPushButton[kind="primary"] { color: %(on_accent)s; background: %(accent)s; border-color: %(accent)s;
  font-weight: 600; }
QPushButton[kind="primary"]:hover { background: %(accent_hover)s; }
QPushButton[kind="primary"]:pressed { background: %(accent_pressed)s; }
QPushButton[kind="primary"]:disabled { color: %(text_off)s; background: transparent; border-color: %(line)s;
  font-weight: 500; }
QPushButton[kind="danger"] { color: %(st_failed)s; border-color: %(st_failed)s; }
QPushButton[kind="danger"]:disabled { color: %(text_off)s; border-color: %(line)s; }
QPushButton[kind="square"] { min-width: 0; padding: 0; }
QPushButton[kind="flat"], QToolButton { color: %(text_2)s; background: transparent; border: 1px solid transparent;
  border-radius: %(radius_button)s; padding: 0 10px; min-width: 0; font-weight: 500; }
QPushButton[kind="flat"]:hover, QToolButton:hover { background: %(hover)s; }
QPushButton[kind="flat"]:pressed, QToolButton:pressed, QPushButton[kind="flat"]:checked, QToolButton:checked {
  background: %(selected)s; color: %(text)s; }
QPushButton[kind="flat"]:disabled, QToolButton:disabled { color: %(text_off)s; }
QPushButton[kind="link"] { color: %(link)s; background: transparent; border: 1px solid transparent; padding: 0 8px;
  min-width: 0; font-weight: 500; text-align: left; }
QPushButton[kind="link"]:hover { background: %(hover)s; }
QPushButton[kind="link"]:disabled { color: %(text_off)s; }
QPushButton[kind="note"], QPushButton[kind="note"]:disabled { color: %(text_2)s; background: transparent;
  border-color: transparent; padding: 0 8px; min-width: 0; font-weight: 400; }
QPushButton[small="true"] { font-size: %(font_small)s; min-width: 0; padding: 0 10px; }
QToolButton { padding: 0; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }
QRadioButton, QCheckBox { color: %(text)s; background: transparent; spacing: 8px; }
"""

_FIELDS = """
QLineEdit { color: %(text)s; background: %(surface)s; border: 1px solid %(control_line)s;
  border-radius: %(radius_input)s; padding: 0 8px; selection-background-color: %(accent)s;
  selection-color: %(on_accent)s; }
QLineEdit:disabled { color: %(text_off)s; background: transparent; border-color: %(line)s; }
QComboBox { color: %(text)s; background: %(surface)s; border: 1px solid %(control_line)s;
  border-radius: %(radius_input)s; padding: 0 10px; }
QComboBox:disabled { color: %(text_off)s; border-color: %(line)s; }
QComboBox QAbstractItemView { color: %(text)s; background: %(raised)s; border: 1px solid %(control_line)s; outline: 0;
  selection-background-color: %(selected)s; selection-color: %(text)s; padding: 4px; }
QProgressBar { background: %(pressed)s; border: 0; border-radius: 3px; color: transparent; }
QProgressBar::chunk { background: %(accent)s; border-radius: 3px; }
"""

_CARDS = """
QFrame[card="true"] { background: %(surface)s; border: 1px solid %(line)s; border-radius: %(radius_card)s; }
QFrame[card="chosen"] { background: %(selected)s; border: 2px solid %(accent)s; border-radius: %(radius_card)s; }
QFrame[card="stop"] { background: %(surface)s; border: 1px solid %(st_failed)s; border-left: 4px solid %(st_failed)s;
  border-radius: %(radius_card)s; }
QFrame[card="stop"][mirrored="true"] { border-left-width: 1px; border-right: 4px solid %(st_failed)s; }
QFrame[ground="window"] { background: %(window)s; border: 0; }
QFrame[ground="rail"] { background: %(rail)s; border: 0; }
QFrame[ground="raised"] { background: %(raised)s; border: 0; }
QFrame[popover="true"] { background: %(raised)s; border: %(thick)s solid %(control_line)s;
  border-radius: %(radius_card)s; }
QFrame[line="true"] { background: %(line)s; border: 0; }
"""

_VIEWS = """
QAbstractItemView { color: %(text)s; background: %(surface)s; border: 0; outline: 0;
  selection-background-color: %(selected)s; selection-color: %(text)s; }
QTableView { gridline-color: transparent; }
QHeaderView { background: %(window)s; border: 0; }
QHeaderView::section { color: %(text_3)s; background: %(window)s; border: 0; border-bottom: 1px solid %(line)s;
  padding: 0 6px; font-size: %(font_caption)s; font-weight: 500; }
QTableCornerButton::section { background: %(window)s; border: 0; }
QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: 0; }
QPlainTextEdit { color: %(text)s; background: %(raised)s; border: 0; selection-background-color: %(accent)s;
  selection-color: %(on_accent)s; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: %(control_line)s; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: %(text_3)s; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: transparent;
  width: 0; height: 0; }
QSplitter::handle { background: %(line)s; }
"""

_FLOATING = """
QMenu { color: %(text)s; background: %(raised)s; border: 1px solid %(control_line)s; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: %(selected)s; color: %(text)s; }
QMenu::item:disabled { color: %(text_off)s; }
QMenu::separator { height: 1px; background: %(line)s; margin: 4px 8px; }
QDialog { background: %(window)s; }
"""
