"""`doctor`, `settings`, `demo` and `gui`."""

from __future__ import annotations

from typing import Annotated

import typer

from musync.cli.face import Face
from musync.cli.grammar import command, group

Key = Annotated[str, typer.Argument(metavar="KEY", help="A setting's name, see musync settings.")]


def declare(program: typer.Typer) -> None:
    """Declare them."""

    @command(program, "doctor")
    def doctor(
        face: Face,
        service: Annotated[str, typer.Argument(metavar="[SERVICE]", help="Only this service.")] = "",
    ) -> int:
        """Look for what stands in the way, and say how to mend it."""
        from musync.cli.actions.doctor import examine

        return examine(face, service)

    @group(program, "settings", help="List settings, read and change one.")
    def settings(face: Face) -> int:
        from musync.cli.actions.settings import list_settings

        return list_settings(face)

    @command(settings, "list")
    def listed(face: Face) -> int:
        """List all settings."""
        from musync.cli.actions.settings import list_settings

        return list_settings(face)

    @command(settings, "get")
    def get(face: Face, key: Key) -> int:
        """Say what a setting is."""
        from musync.cli.actions.settings import get_setting

        return get_setting(face, key)

    @command(settings, "set")
    def change(face: Face, key: Key, value: Annotated[str, typer.Argument(metavar="VALUE")]) -> int:
        """Change a setting."""
        from musync.cli.actions.settings import set_setting

        return set_setting(face, key, value)

    @command(program, "demo")
    def demo(face: Face) -> int:
        """Try a whole sync on a sample library in a folder of its own."""
        from musync.cli.actions.demo import demo as run

        return run(face)

    @command(program, "gui")
    def gui(face: Face) -> int:
        """Open the window; musync alone does the same."""
        from musync.cli.actions.window import open_window

        return open_window(face)
