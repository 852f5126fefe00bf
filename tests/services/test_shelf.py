"""The shelf with real distributions: folders with metadata on the import path."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from musync.domain import Account, PlaylistId
from musync.domain.errors import UsageError
from musync.services.api import Claim, CreatesPlaylists, Searches, TakesForeign, Traits
from musync.services.memory import MemoryPlugin, MemoryService, memory_plugin, memory_service
from musync.services.shelf import Shelf, ShelfItem, abilities_of

GOOD = """
    from musync.services.memory import MemoryService, memory_plugin

    plugin = memory_plugin("{id}", MemoryService, "{title}")
"""

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Lay out a distribution with one plugin, as an installer would."""
    monkeypatch.syspath_prepend(tmp_path)

    def lay_out(name: str, entry: str, code: str, module: str = "") -> None:
        module = module or "plugin_" + re.sub(r"\W", "_", f"{name}_{entry}")
        (tmp_path / f"{module}.py").write_text(dedent(code))
        info = tmp_path / f"{name.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[musync.services]\n{entry} = {module}:plugin\n")
        monkeypatch.delitem(sys.modules, module, raising=False)

    return lay_out


def item(shelf: Shelf, key: str) -> ShelfItem:
    return next(item for item in shelf.items() if item.key == key)


def test_our_own_services_come_by_the_entry_points() -> None:
    memory = item(Shelf(), "musync/memory")
    assert isinstance(memory.plugin, MemoryPlugin)
    assert (memory.id, memory.title, memory.problem) == ("memory", "Memory (for trying out)", "")
    assert memory.enabled
    assert memory.hidden
    assert not memory.foreign


def test_a_foreign_plugin_is_listed_and_not_imported(install: Install) -> None:
    install("some-radio", "radio", "raise AssertionError('imported')", module="radio_plugin")
    shelf = Shelf()
    found = item(shelf, "some-radio/radio")
    assert (found.id, found.plugin, found.foreign, found.enabled) == ("radio", None, True, False)
    assert "radio_plugin" not in sys.modules
    with pytest.raises(UsageError, match="not switched on"):
        shelf.plugin("radio")


def test_a_foreign_plugin_works_once_it_is_switched_on(install: Install) -> None:
    install("Some.Radio", "radio", GOOD.format(id="radio", title="Radio"))
    shelf = Shelf(enabled=frozenset({"some-radio/radio"}))
    found = item(shelf, "some-radio/radio")
    assert (found.title, found.foreign, found.enabled, found.problem) == ("Radio", True, True, "")
    assert shelf.plugin("radio") is found.plugin


@pytest.mark.expects_log("plugin broken-radio/radio could not be loaded")
@pytest.mark.parametrize("code", ["raise ValueError('no antenna')", "import sys; sys.exit('no antenna')"])
def test_a_plugin_that_cannot_be_loaded_is_named_and_the_rest_work(install: Install, code: str) -> None:
    install("broken-radio", "radio", code)
    shelf = Shelf(enabled=frozenset({"broken-radio/radio"}))
    found = item(shelf, "broken-radio/radio")
    assert found.plugin is None
    assert "no antenna" in found.problem
    assert shelf.plugin("memory").id == "memory"
    with pytest.raises(UsageError, match="no antenna"):
        shelf.plugin("radio")


@pytest.mark.expects_log("plugin odd/radio is of no use")
@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("plugin = 'a string'", "str is no service plugin"),
        (GOOD.format(id="television", title="Television"), "it calls itself 'television'"),
    ],
)
def test_what_is_no_fitting_plugin_stays_with_its_reason(install: Install, code: str, problem: str) -> None:
    install("odd", "radio", code)
    assert problem in item(Shelf(enabled=frozenset({"odd/radio"})), "odd/radio").problem


def test_a_plugin_cannot_take_the_id_of_ours(install: Install) -> None:
    install("impostor", "memory", "raise AssertionError('imported')")
    shelf = Shelf(enabled=frozenset({"impostor/memory"}))
    found = item(shelf, "impostor/memory")
    assert found.plugin is None
    assert "already taken by musync/memory" in found.problem
    assert isinstance(shelf.plugin("memory"), MemoryPlugin)


def test_a_foreign_plugin_that_is_off_takes_no_id(install: Install) -> None:
    install("a-radio", "radio", "raise AssertionError('imported')")
    install("b-radio", "radio", GOOD.format(id="radio", title="Radio B"))
    shelf = Shelf(enabled=frozenset({"b-radio/radio"}))
    assert shelf.plugin("radio").title == "Radio B"
    assert not item(shelf, "b-radio/radio").problem


def test_plugins_can_be_handed_in() -> None:
    radio = memory_plugin("radio", MemoryService, "Radio")
    shelf = Shelf(extra=[radio])
    assert shelf.plugin("radio") is radio
    assert item(shelf, "extra/radio").title == "Radio"


def test_an_unknown_service_is_answered_with_those_there_are() -> None:
    shelf = Shelf(extra=[RadioPlugin()])
    with pytest.raises(UsageError, match="no service 'televison'") as caught:
        shelf.plugin("televison")
    assert "radio" in caught.value.next
    assert "memory" not in caught.value.next


def test_asking_for_one_service_imports_no_other() -> None:
    code = dedent("""
        import sys
        from musync.services.shelf import Shelf
        Shelf().plugin("memory")
        seen = [name for name in sys.modules if name.startswith("musync.services.")]
        heavy = {"mutagen", "requests", "sqlalchemy", "keyring", "PySide6", "numpy"} & set(sys.modules)
        print([name for name in seen if name.split(".")[2] in ("local", "files")], sorted(heavy))
    """)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[] []\n"


def test_links_go_to_the_service_that_knows_them() -> None:
    shelf = Shelf(extra=[RadioPlugin()])
    claimed = shelf.claim_link("radio:jazz")
    assert claimed is not None
    plugin, claim = claimed
    assert (plugin.id, claim.playlist) == ("radio", "jazz")
    assert shelf.claim_link("https://example.org/playlist/1") is None


def test_a_link_to_a_memory_playlist_names_its_account() -> None:
    account = Account(name="me", service="memory", ext_id="me", label="me", settings={"world": "a b"})
    claimed = Shelf().claim_link("memory://a%20b/me/p1")
    assert claimed is not None
    assert claimed[1] == Claim(account=account, playlist=PlaylistId("p1"))


def test_paths_go_to_the_service_that_knows_them() -> None:
    claimed = Shelf(extra=[RadioPlugin()]).claim_path(Path("list.radio"))
    assert claimed is not None
    assert claimed[1].creatable == "list"


@pytest.mark.expects_log("service deaf went wrong")
def test_a_service_that_goes_wrong_when_asked_is_passed_over() -> None:
    shelf = Shelf(extra=[DeafPlugin(), RadioPlugin()])
    claimed = shelf.claim_link("radio:jazz")
    assert claimed is not None
    assert claimed[0].id == "radio"


def test_a_service_says_why_it_cannot_be_used_here() -> None:
    shelf = Shelf(extra=[RadioPlugin()])
    assert item(shelf, "extra/radio").problem == "it needs an antenna"
    assert shelf.plugin("radio").id == "radio"


def test_abilities_are_read_off_roles_and_traits() -> None:
    everything = abilities_of(MemoryService)
    assert everything.searches
    assert everything.moves
    assert everything.removes_copies_apart
    assert not everything.takes_foreign
    traits = Traits(ordered=False, duplicates="refuses", accepts="any_track", needs=frozenset({"mbid"}), capacity=100)
    little = abilities_of(memory_service(traits, [Searches, CreatesPlaylists, TakesForeign]))
    assert (little.reads, little.searches, little.creates, little.takes_foreign) == (True, True, True, True)
    assert (little.adds, little.removes, little.moves, little.lists_tracks) == (False, False, False, False)
    assert (little.keeps_order, little.keeps_duplicates, little.takes_any) == (False, False, True)
    assert (little.needs, little.capacity) == (("mbid",), 100)


@pytest.mark.expects_log("service deaf cannot say what it can do")
def test_a_service_without_its_client_library_is_named() -> None:
    shelf = Shelf(extra=[DeafPlugin()])
    assert Shelf().abilities("memory").adds
    with pytest.raises(UsageError, match="No module named 'antenna'"):
        shelf.abilities("deaf")


class RadioPlugin(MemoryPlugin):
    id = "radio"
    title = "Radio"
    hidden = False

    def claims_link(self, text: str) -> Claim | None:
        scheme, _, name = text.partition(":")
        return Claim(playlist=PlaylistId(name)) if scheme == "radio" else None

    def claims_path(self, path: Path) -> Claim | None:
        return Claim(creatable=path.stem) if path.suffix == ".radio" else None

    def problem(self) -> str:
        return "it needs an antenna"


class DeafPlugin(MemoryPlugin):
    id = "deaf"
    title = "Deaf"

    def claims_link(self, text: str) -> Claim | None:
        raise LookupError(text)

    def service_class(self) -> type[MemoryService]:
        raise ModuleNotFoundError("No module named 'antenna'")
