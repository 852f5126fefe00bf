"""Settings: readable, forgiving of comments, strict about values."""

from __future__ import annotations

from pathlib import Path

import pytest

from musync.app.settings import Settings, SettingsFile
from musync.domain.errors import StorageError, UsageError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_without_a_file_everything_is_as_delivered(path: Path) -> None:
    assert SettingsFile(path).read() == Settings()


def test_a_setting_is_kept_and_comments_stay(path: Path) -> None:
    path.write_text('# mine\ntheme = "dark" # at night\nunknown = 1\n')
    settings = SettingsFile(path).set("accept", "0.95")
    assert (settings.theme, settings.accept) == ("dark", 0.95)
    text = path.read_text()
    assert "# at night" in text
    assert "unknown = 1" in text


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("theme", "pink", "one of system, light, dark"),
        ("prefer", "nearest", "one of exact, same, best"),
        ("accept", "0.5", "between 0.8 and 1"),
        ("accept", "much", "a number"),
        ("search_again_days", "1.5", "a whole number"),
        ("search_again_days", "400", "between 0 and 365"),
        ("single_keys", "perhaps", "on or off"),
        ("colour", "red", "no setting"),
    ],
)
def test_a_wrong_value_is_refused_and_nothing_is_written(path: Path, key: str, value: str, says: str) -> None:
    with pytest.raises(UsageError) as error:
        SettingsFile(path).set(key, value)
    assert says in f"{error.value.message} {error.value.next}"
    assert not path.exists()


@pytest.mark.parametrize("text", ["theme = ", "version = 99", "version = 'new'"])
def test_a_file_that_cannot_be_understood_is_left_as_it_is(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(StorageError, match="settings cannot be read"):
        SettingsFile(path).read()
    with pytest.raises(StorageError):
        SettingsFile(path).set("theme", "dark")
    assert path.read_text() == text


def test_a_wrong_value_in_the_file_is_named_and_can_be_mended_by_setting_it(path: Path) -> None:
    path.write_text('theme = "pink"')
    with pytest.raises(StorageError, match="pink"):
        SettingsFile(path).read()
    assert SettingsFile(path).set("theme", "dark").theme == "dark"
