from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.local.library import MusicFolder


@pytest.fixture
def music(tmp_path: Path) -> MusicFolder:
    return MusicFolder(tmp_path)
