"""The theme in force: light, dark or high contrast, the fonts of the type scale, and measures that follow the font."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from musync.gui.stylesheet import stylesheet
from musync.gui.tokens import Look, StateColours, Tokens

Choice = Literal["system", "light", "dark", "high_contrast"]
CHOICES: tuple[Choice, ...] = ("system", "light", "dark", "high_contrast")


class Theme(QObject):
    """What everything that paints asks for colours, fonts and measures.

    Follows the system's colour scheme and contrast while the choice is "system". `changed` comes after the palette and
    style sheet of the application were replaced.
    """

    changed = Signal()

    def __init__(self, app: QApplication, tokens: Tokens, choice: Choice = "system") -> None:
        super().__init__(app)
        self._app = app
        self.tokens = tokens
        self.choice = choice
        self._fonts: dict[str, QFont] = {}
        self._metrics: dict[str, QFontMetrics] = {}
        self._base = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        self.look: Look = tokens.looks[self._wanted()]
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)

    def start(self) -> None:
        """Dress the application for the first time, before any widget is made."""
        # Once for an application: changing the style under a style sheet leaves Qt with a style that is gone.
        if self._app.property("dressed") is None:
            self._app.setStyle("Fusion")
            self._app.setFont(self._base)
            self._app.setProperty("dressed", True)
        self._dress()

    def choose(self, choice: Choice) -> None:
        """Switch to a theme, or back to what the system says."""
        self.choice = choice
        self._follow()

    def role(self, name: str) -> QColor:
        """The colour of a part of the surface: text_2, line, accent and so on."""
        return self.look.roles[name]

    def state(self, name: str) -> StateColours:
        """The colours of a state: add, remove, ambiguous and so on."""
        return self.look.states[name]

    def service(self, service: str) -> QColor:
        """The colour of a service's icon; neutral for one that the tokens do not know."""
        return self.look.services.get(service, self.role("text_2"))

    def colour(self, name: str) -> QColor:
        """A colour by name: a role, `state.add` for a state's sign, or `service.local` for a service's icon."""
        group, _, key = name.partition(".")
        if group == "state":
            return self.state(key).fg
        return self.service(key) if group == "service" else self.role(name)

    def font(self, step: str, weight: int | None = None) -> QFont:
        """The font of a step of the type scale: caption, small, body, strong, section, title, figure."""
        key = f"{step}:{weight}"
        if key not in self._fonts:
            self._fonts[key] = self._make_font(step, weight)
        return self._fonts[key]

    def metrics(self, step: str, weight: int | None = None) -> QFontMetrics:
        """The measures of the same font."""
        key = f"{step}:{weight}"
        if key not in self._metrics:
            self._metrics[key] = QFontMetrics(self.font(step, weight))
        return self._metrics[key]

    def size(self, name: str) -> int:
        """A measure of the tokens."""
        return self.tokens.size[name]

    def row(self, name: str, lines: int = 1) -> int:
        """A height of the tokens, or what so many lines of text need where the system's font is large."""
        return max(self.tokens.size[name], lines * self.metrics("body").height() + 10)

    def high(self, pixels: int, lines: int = 1) -> int:
        """Such a height for measures that only one page knows."""
        return max(pixels, lines * self.metrics("body").height() + 10)

    def motion(self, name: str) -> int:
        """How long a movement takes: 0 where the system wants none."""
        # Its enumerations take longer to make than the first paint may wait.
        from PySide6.QtWidgets import QStyle

        calm = self._app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0
        return 0 if calm else self.tokens.motion_ms[name]

    def _make_font(self, step: str, weight: int | None) -> QFont:
        scale = self.tokens.scale[step]
        font = QFont(self._base)
        if self._base.pointSizeF() > 0:
            font.setPointSizeF(self._base.pointSizeF() * scale.factor)
        else:
            font.setPixelSize(round(self._base.pixelSize() * scale.factor))
        font.setWeight(QFont.Weight(weight or scale.weight))
        # Digits of one width, so that columns and counts stand still.
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _wanted(self) -> str:
        if self.choice != "system":
            return self.choice
        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            return "high_contrast"
        return "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted != self.look.name:
            self.look = self.tokens.looks[wanted]
            self._dress()
            self.changed.emit()

    def _dress(self) -> None:
        self._app.setPalette(palette(self.look))
        self._app.setStyleSheet(stylesheet(self.look, self.tokens, self._base))


def palette(look: Look) -> QPalette:
    """The theme as Qt's own palette, for everything that is not styled by us."""
    role = look.roles
    made = QPalette()
    kinds = QPalette.ColorRole
    for kind, name in (
        (kinds.Window, "window"),
        (kinds.WindowText, "text"),
        (kinds.Base, "surface"),
        (kinds.AlternateBase, "sunken"),
        (kinds.Text, "text"),
        (kinds.PlaceholderText, "text_3"),
        (kinds.Button, "surface"),
        (kinds.ButtonText, "text"),
        (kinds.BrightText, "on_accent"),
        (kinds.Highlight, "accent"),
        (kinds.HighlightedText, "on_accent"),
        (kinds.Link, "link"),
        (kinds.LinkVisited, "link"),
        (kinds.ToolTipBase, "raised"),
        (kinds.ToolTipText, "text"),
        (kinds.Light, "surface"),
        (kinds.Midlight, "line"),
        (kinds.Mid, "line"),
        (kinds.Dark, "line"),
        (kinds.Shadow, "line"),
        (kinds.Accent, "accent"),
    ):
        made.setColor(kind, role[name])
    for kind in (kinds.WindowText, kinds.Text, kinds.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, kind, role["text_off"])
    return made
