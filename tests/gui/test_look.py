"""What the tokens promise holds: contrast, icons, themes that can be switched, fonts relative to the system's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

import musync.gui
from musync.app.paths import resource
from musync.gui.icons import Icons
from musync.gui.stylesheet import stylesheet
from musync.gui.theme import Theme, palette
from musync.gui.tokens import THEMES, Tokens, colour, load_tokens

TOKENS = json.loads(resource("look", "tokens.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return load_tokens(resource("look", "tokens.json"))


@pytest.fixture
def theme(qapp: QApplication, tokens: Tokens) -> Iterator[Theme]:
    made = Theme(qapp, tokens, "light")
    made.start()
    yield made
    made.choose("light")
    made.deleteLater()


def luminance(value: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value.redF(), value.greenF(), value.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_text_has_a_contrast_of_4_5_and_controls_of_3(tokens: Tokens, name: str) -> None:
    look = tokens.looks[name]
    for table, least in (("contrast_text_min_4_5", 4.5), ("contrast_ui_min_3", 3.0)):
        for pair in TOKENS["theme"][name][table]:
            front, ground = pair.split(" on ")
            if look.high_contrast and ground == "diff_mark":
                front = "on_accent"  # what is marked is written in black there
            assert contrast(look.roles[front], look.roles[ground]) >= least, pair
    for state in look.states.values():
        for ground in (state.bg, look.roles["surface"], look.roles["selected"]):
            assert contrast(state.fg, ground) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_qt_s_own_widgets_are_readable_too(tokens: Tokens, name: str) -> None:
    made = palette(tokens.looks[name])
    kinds = QPalette.ColorRole
    for front, ground in (
        (kinds.WindowText, kinds.Window),
        (kinds.Text, kinds.Base),
        (kinds.ButtonText, kinds.Button),
        (kinds.HighlightedText, kinds.Highlight),
        (kinds.ToolTipText, kinds.ToolTipBase),
        (kinds.PlaceholderText, kinds.Base),
    ):
        assert contrast(made.color(front), made.color(ground)) >= 4.5, front


def test_the_theme_can_be_switched_and_tells_it(theme: Theme) -> None:
    told: list[str] = []
    theme.changed.connect(lambda: told.append(theme.look.name))
    theme.choose("dark")
    theme.choose("high_contrast")
    theme.choose("high_contrast")
    assert told == ["dark", "high_contrast"]
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert app.palette().color(QPalette.ColorRole.Window) == theme.role("window")


def test_fonts_are_factors_of_the_system_s_size(theme: Theme) -> None:
    body = theme.font("body").pointSizeF()
    for step, scale in TOKENS["type"]["scale"].items():
        assert theme.font(step).pointSizeF() == pytest.approx(body * scale["factor"], abs=0.05)


def test_measures_grow_with_the_font(theme: Theme) -> None:
    assert theme.row("row_dense") >= TOKENS["size"]["row_dense"]
    assert theme.row("row_dense", lines=4) == 4 * theme.metrics("body").height() + 10


def test_every_icon_that_the_window_names_is_there(theme: Theme) -> None:
    icons = Icons(resource("icons"), theme)
    there = {path.stem for path in resource("icons").glob("*.svg")}
    source = "".join(path.read_text("utf-8") for path in Path(musync.gui.__file__).parent.rglob("*.py"))
    named = set(re.findall(r'"((?:action|kind|message|mode|place|state|service)\.[a-z_]+)"', source))
    for name in named - {"service.local", "service.file"}:
        assert icons.outline(name) in there, name
    for name in (*theme.tokens.icons.values(), *theme.tokens.state_icon.values(), *theme.tokens.service_icon.values()):
        assert name in there, name
    plain = set(re.findall(r'(?:icon=|Glyph\(\w*\.?\w*signs, |"chevron|show_icon\()"?([a-z]+(?:-[a-z]+)+)"', source))
    assert {name for name in plain if name in there or "-" in name} <= there | {name for name in plain if "." in name}


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_has_a_value_for_everything(tokens: Tokens, qapp: QApplication, name: str) -> None:
    sheet = stylesheet(tokens.looks[name], tokens, qapp.font())
    assert "%(" not in sheet
    assert "None" not in sheet


def test_alpha_stands_last_in_the_tokens_and_first_in_qt() -> None:
    assert colour("#00000024").alpha() == 0x24
    assert colour("#0B6570").name() == "#0b6570"
