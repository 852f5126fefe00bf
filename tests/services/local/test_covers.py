from __future__ import annotations

import base64
from pathlib import Path

import pytest
from mutagen.apev2 import BINARY, APEv2, APEValue
from mutagen.asf import ASF, ASFByteArrayAttribute
from mutagen.flac import FLAC, Picture
from mutagen.id3 import APIC, ID3
from mutagen.mp4 import MP4, MP4Cover
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

from musync.services.local.covers import LARGEST, read_cover
from tests.services.local.tagging import put

JPEG = b"\xff\xd8\xff\xe0" + b"jpeg" * 9
PNG = b"\x89PNG\r\n\x1a\n" + b"png" * 9
BACK, FRONT = 4, 3


def picture(data: bytes, kind: int) -> Picture:
    made = Picture()
    made.data, made.type, made.mime = data, kind, "image/jpeg"
    return made


def embed_id3(path: Path) -> None:
    tags = ID3()
    tags.add(APIC(encoding=3, mime="image/png", type=BACK, desc="back", data=PNG))
    tags.add(APIC(encoding=3, mime="image/jpeg", type=FRONT, desc="front", data=JPEG))
    tags.save(path)


def embed_flac(path: Path) -> None:
    file = FLAC(path)
    file.add_picture(picture(PNG, BACK))
    file.add_picture(picture(JPEG, FRONT))
    file.save()


def embed_vorbis(path: Path) -> None:
    file = (OggOpus if path.suffix == ".opus" else OggVorbis)(path)
    pictures = [picture(PNG, BACK), picture(JPEG, FRONT)]
    file["metadata_block_picture"] = ["no base64!", *(base64.b64encode(one.write()).decode() for one in pictures)]
    file.save()


def embed_mp4(path: Path) -> None:
    file = MP4(path)
    file["covr"] = [MP4Cover(JPEG), MP4Cover(PNG)]
    file.save()


def embed_apev2(path: Path) -> None:
    tags = APEv2()
    tags["Cover Art (Back)"] = APEValue(b"back.png\0" + PNG, BINARY)
    tags["Cover Art (Front)"] = APEValue(b"front.jpg\0" + JPEG, BINARY)
    tags.save(path)


def embed_asf(path: Path) -> None:
    file = ASF(path)
    mime = "image/jpeg\0".encode("utf-16-le")
    blocks = [
        bytes((kind,)) + len(data).to_bytes(4, "little") + mime + "x\0".encode("utf-16-le") + data
        for kind, data in ((BACK, PNG), (FRONT, JPEG))
    ]
    file["WM/Picture"] = [ASFByteArrayAttribute(block) for block in blocks]
    file.save()


EMBED = {
    "mp3": embed_id3,
    "flac": embed_flac,
    "opus": embed_vorbis,
    "ogg": embed_vorbis,
    "m4a": embed_mp4,
    "wma": embed_asf,
    "mpc": embed_apev2,
    "wv": embed_apev2,
}


@pytest.mark.parametrize("kind", sorted(EMBED))
def test_the_front_cover_in_a_file_is_found(tmp_path: Path, kind: str) -> None:
    path = put(tmp_path / f"a.{kind}", kind)
    (tmp_path / "cover.png").write_bytes(PNG)
    EMBED[kind](path)
    assert read_cover(path) == JPEG


@pytest.mark.parametrize(
    ("names", "best"),
    [
        (["Folder.JPG", "scan.jpg"], "Folder.JPG"),
        (["AlbumArtSmall.jpg", "folder.jpg", "cover.webp.jpg"], "cover.webp.jpg"),
        (["back.jpg"], None),
        ([], None),
    ],
)
def test_a_cover_in_the_folder_is_found_by_its_name(tmp_path: Path, names: list[str], best: str | None) -> None:
    path = put(tmp_path / "a.mp3", "mp3")
    for name in names:
        (tmp_path / name).write_bytes(JPEG + name.encode())
    assert read_cover(path) == (JPEG + best.encode() if best else None)


def test_what_is_no_picture_or_too_big_is_passed_over(tmp_path: Path) -> None:
    path = put(tmp_path / "a.flac", "flac")
    file = FLAC(path)
    file.add_picture(picture(b"<svg/>", FRONT))
    file.save()
    (tmp_path / "cover.jpg").write_bytes(JPEG + bytes(LARGEST))
    (tmp_path / "cover.png").mkdir()
    (tmp_path / "folder.jpg").write_bytes(b"<html>")
    (tmp_path / "front.gif").write_bytes(b"GIF89a...")
    assert read_cover(path) == b"GIF89a..."


def test_a_damaged_file_may_still_have_a_cover_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"ID3\x04\0\0\0\0\x7f\x7f")
    (tmp_path / "cover.jpg").write_bytes(JPEG)
    assert read_cover(tmp_path / "a.mp3") == JPEG
