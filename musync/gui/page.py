"""What every page of the wizard has: a head, a body, four moods, and a word on what Next does or why it is off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget, QWizardPage

from musync.gui.paint import Signs
from musync.gui.widgets.basics import Card, Line, column, label, row

if TYPE_CHECKING:
    from musync.app.settings import Settings
    from musync.gui.widgets.moods import Busy, Message, Way

NARROW, LOW = 1180, 680


class Footer(NamedTuple):
    """Other buttons than Back and Next, for pages beyond the point of no return.

    `first` and `second` are text and kind (and icon) of up to two buttons; `close` puts the last one there too.
    """

    first: tuple[str, str, str] | None = None
    second: str = ""
    close: str = ""


class Standing(NamedTuple):
    """Where a page stands: what Next says, whether it may be pressed, and else why not.

    `note` is said beside Back where nothing is missing.
    """

    next_text: str
    ready: bool = False
    reason: str = ""
    note: str = ""


class Page(QWizardPage):
    """A page in one of its four moods: busy, wrong, not yet complete, ready.

    Subclasses put their content into `content` and say which mood they are in; spinner, message and buttons are drawn
    here and by the wizard.
    """

    changed_parts = Signal()
    """The page has parts that it did not have; the order of the Tab key is to be made anew."""

    def __init__(self, signs: Signs, name: str) -> None:
        super().__init__()
        self.signs = signs
        self.setObjectName(f"page.{name}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._standing = Standing("")
        self._heading = label(signs, "", "title")
        self._heading.setObjectName(f"{name}.heading")
        self._explanation = Line(signs, "", "body", "text_2")
        self.corner = QHBoxLayout()
        self.content = QWidget()
        self._busy: Busy | None = None
        self._wrong: Message | None = None
        self._wrong_card: QWidget = self.content
        self._moods = QStackedWidget()
        self._moods.addWidget(self.content)
        self._words: QHBoxLayout | QVBoxLayout = QVBoxLayout()
        self._head = row(self._words, self.corner, gap=12)
        self._body = QVBoxLayout()
        self._body.addWidget(self._moods)
        self._outer = column(self._head)
        self._outer.addLayout(self._body, 1)
        self.setLayout(self._outer)
        self._low = False
        self._lay_out_head()

    @property
    def standing(self) -> Standing:
        """What the footer shows."""
        return self._standing

    @property
    def heading(self) -> str:
        """The page's title."""
        return self._heading.text()

    @property
    def busy(self) -> Busy:
        """What is shown in the mood "busy"; made when it is first needed, as the next one is."""
        if self._busy is None:
            from musync.gui.widgets.moods import Busy

            self._busy = Busy(self.signs, f"{self.objectName()}.busy")
            self._moods.addWidget(self._busy)
        return self._busy

    @property
    def message(self) -> Message:
        """What is shown in the mood "wrong"."""
        if self._wrong is None:
            from musync.gui.widgets.moods import Message

            self._wrong = Message(self.signs, f"{self.objectName()}.wrong", big=True)
            self._wrong_card = Card()
            self._wrong_card.setLayout(column(self._wrong))
            self._moods.addWidget(self._wrong_card)
        return self._wrong

    @property
    def mood(self) -> str:
        """busy, wrong, or content."""
        shown = self._moods.currentWidget()
        if shown is self.content:
            return "content"
        return "busy" if shown is self._busy else "wrong"

    def isComplete(self) -> bool:
        """Next may be pressed."""
        return self._standing.ready

    def stand(self, standing: Standing) -> None:
        """Say what Next does or why it is off."""
        if standing != self._standing:
            self._standing = standing
            self.completeChanged.emit()

    def say(self, heading: str, explanation: str) -> None:
        """Set title and the line below it."""
        self._heading.setText(heading)
        self._explanation.setText(explanation)
        self._explanation.setVisible(bool(explanation))
        self.setAccessibleName(heading)
        self.setAccessibleDescription(explanation)

    def show_content(self) -> None:
        """The moods "not yet complete" and "ready"."""
        self._end_busy()
        self._moods.setCurrentWidget(self.content)

    def show_busy(self, text: str) -> None:
        """The mood "busy"."""
        self._moods.setCurrentWidget(self.busy)
        self.busy.begin(text)

    def show_wrong(self, icon: str, role: str, title: str, text: str, ways: Sequence[Way], code: str = "") -> None:
        """The mood "wrong", or that there is nothing to do."""
        self._end_busy()
        message = self.message
        message.show_message(icon, role, title, text, ways, code)
        self._moods.setCurrentWidget(self._wrong_card)
        if message.first is not None and self.isVisible():
            message.first.setFocus()

    def _end_busy(self) -> None:
        if self._busy is not None:
            self._busy.end()

    def show_error(self, error: object, ways: Sequence[Way]) -> None:
        """The mood "wrong" for an error: what was wrong, what stays unchanged, what next, the code last."""
        from musync.gui.errors import told

        said = told(error)
        self.show_wrong(said.icon, said.role, said.title, said.text, ways, said.code)

    def enter(self) -> None:
        """The page is shown, also when the user came back to it."""

    def fit(self, width: int, height: int) -> None:
        """Follow the window's size; subclasses add what they shorten."""
        low = height < LOW
        if low != self._low:
            self._low = low
            self._lay_out_head()

    def follow(self, settings: Settings) -> None:
        """Do as the user's settings say."""

    def remember(self, settings: QSettings) -> None:
        """Store how the page is arranged."""

    def restore(self, settings: QSettings) -> None:
        """Arrange it as it was."""

    def reserve(self, pixels: int) -> None:
        """Leave room at the far side for the activity drawer."""
        margins = self._outer.contentsMargins()
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            margins.setLeft(pixels)
            margins.setRight(0)
        else:
            margins.setRight(pixels)
            margins.setLeft(0)
        self._outer.setContentsMargins(margins)

    def seek_missing(self) -> None:
        """Move the focus to what Next waits for."""
        self.setFocus()

    def begin_focus(self) -> None:
        """Focus the first thing that wants an answer."""
        first = self.message.first if self.mood == "wrong" else None
        if first is not None:
            first.setFocus()

    def seek_words(self) -> None:
        """Go to the page's search."""

    @property
    def footer(self) -> Footer | None:
        """Other buttons than Back and Next, None for those two."""
        return None

    def press_first(self) -> None:
        """The first of the page's own buttons was pressed."""

    def press_second(self) -> None:
        """The second was."""

    def second_line(self) -> str:
        """What the rail says below the step's name."""
        return ""

    def _lay_out_head(self) -> None:
        """Title over explanation, or both in one line where the window is low."""
        theme = self.signs.theme
        side = 16 if self._low else theme.size("page_pad")
        self._head.removeItem(self._words)
        for part in (self._heading, self._explanation):
            self._words.removeWidget(part)
        self._words = QHBoxLayout() if self._low else QVBoxLayout()
        self._words.setSpacing(12 if self._low else 0)
        self._words.addWidget(self._heading)
        self._words.addWidget(self._explanation, 1)
        self._head.insertLayout(0, self._words, 1)
        self._heading.setFont(theme.font("section" if self._low else "title"))
        self._head.setContentsMargins(side, 8 if self._low else 15, side, 8 if self._low else 11)
        self._body.setContentsMargins(side, 0, side, 10 if self._low else 12)
