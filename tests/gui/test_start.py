"""The window is painted before anything heavy is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("sqlalchemy", "alembic", "keyring", "mutagen", "rapidfuzz", "numpy", "tomlkit", "requests", "musync.domain")
PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from musync.gui import main, wizard
def tell(self):
    print(",".join(name for name in {heavy!r} if name in sys.modules), flush=True)
    self.close()
wizard.Wizard._after_paint = tell
sys.exit(main.main(["--home", {home!r}]))
"""


def start(home: Path) -> subprocess.CompletedProcess[str]:
    program = PROGRAM.format(heavy=HEAVY, home=str(home))
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    done = start(tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_the_command_line_opens_the_window_and_closing_it_ends_the_process(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom PySide6.QtCore import QTimer\nfrom musync.gui import main, wizard\n"
        "painted = wizard.Wizard._after_paint\n"
        "def then_close(self):\n    painted(self)\n    QTimer.singleShot(0, self, self.close)\n"
        "wizard.Wizard._after_paint = then_close\n"
        f"sys.exit(main.main(['--home={tmp_path}']))\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, env=environment)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "window.ini").exists()


def test_a_home_that_cannot_be_used_is_said_in_the_window(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")
    program = (
        "import sys\nfrom PySide6.QtCore import QTimer\nfrom PySide6.QtWidgets import QApplication\n"
        "from musync.gui import main, wizard\n"
        "painted = wizard.Wizard._after_paint\n"
        "def look(self):\n"
        "    page = self.page_shown\n"
        "    if page.mood == 'wrong':\n"
        "        print(page.message.title, flush=True)\n        self.close()\n"
        "    else:\n        QTimer.singleShot(20, self, lambda: look(self))\n"
        "def after(self):\n    painted(self)\n    look(self)\n"
        "wizard.Wizard._after_paint = after\n"
        f"sys.exit(main.main(['--home={tmp_path / 'file'}']))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "folder" in done.stdout
    assert "Traceback" not in done.stderr
