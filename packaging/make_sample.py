"""Makes the sample library in `resources/sample/`: tiny audio files, and the playlists over them.

Run from a checkout whose environment is there, with ffmpeg 5 or newer (libmp3lame, libvorbis, aac, flac) on the path:

    .venv/bin/python packaging/make_sample.py [FOLDER]

The same ffmpeg gives the same bytes each time; another version may encode differently, which does no harm. The sound is
computed here, so nobody owns it; `sample_data.py` says what the songs are called. README.md and LICENSE of the folder
are written by hand and stay.
"""

from __future__ import annotations

import array
import base64
import csv
import hashlib
import io
import math
import shutil
import struct
import subprocess
import sys
import uuid
import wave
import zlib
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

import mutagen
from mutagen import flac, id3, mp4
from sample_data import BROKEN, LATE_SHIFT, ROAD, ROAD_TRIP, SONGS, Song, Spot, Wish

HERE = Path(__file__).resolve().parent.parent / "resources" / "sample"
RATE = {".flac": 8_000, ".mp3": 16_000, ".m4a": 16_000, ".ogg": 16_000}
ENCODE = {
    ".flac": ["-c:a", "flac", "-compression_level", "12"],
    ".mp3": ["-c:a", "libmp3lame", "-b:a", "24k"],
    ".m4a": ["-c:a", "aac", "-b:a", "24k", "-movflags", "+faststart"],
    ".ogg": ["-c:a", "libvorbis", "-q:a", "0"],
}
PENTATONIC = (0, 2, 4, 7, 9, 12, 14, 16)
COLOURS = ((15, 76, 92), (31, 90, 78), (122, 59, 34), (106, 46, 79), (59, 53, 102), (44, 74, 122), (81, 96, 31))


def main() -> None:
    """Make everything anew."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    music = folder / "music"
    shutil.rmtree(music, ignore_errors=True)
    for song in SONGS:
        make_song(music, song)
    make_broken(music)
    lengths = {song.path: mutagen.File(music / song.path).info.length for song in SONGS}
    write(music / "Road.m3u8", road(lengths))
    write(folder / "Road trip.csv", road_trip(lengths))
    write(folder / "Late shift.xspf", late_shift(lengths))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{len(SONGS)} songs, {len(BROKEN)} broken files, {size / 1000:.0f} kB in {folder}")


def write(path: Path, text: str) -> None:
    """Write a text as UTF-8 with line feeds on every system."""
    path.write_bytes(text.encode())


# ------------------------------------------------------------------------------------------------------------- sound


def make_song(music: Path, song: Song) -> None:
    """Compute, encode and tag one song."""
    path = music / song.path
    path.parent.mkdir(parents=True, exist_ok=True)
    encode(path, melody(song, RATE[path.suffix]), RATE[path.suffix])
    if song.tags:
        TAG[path.suffix](path, song)
    if song.cover == "folder":
        (path.parent / "cover.png").write_bytes(cover(song.album))


def melody(song: Song, rate: int) -> array.array[int]:
    """A few plucked notes, others for each song and the same for two files of one recording."""
    seed = hashlib.sha256(f"{song.title}{song.artists}{song.path if not song.tags else ''}".encode()).digest()
    samples = array.array("h", bytes(2 * int(song.seconds * rate)))
    notes = 4 + seed[0] % 4
    for place in range(notes):
        begin = len(samples) * place // notes
        pluck(samples, begin, 220 * 2 ** (PENTATONIC[seed[place + 1] % 8] / 12), rate)
    return samples


def pluck(samples: array.array[int], begin: int, hertz: float, rate: int) -> None:
    """Add one fading note with an octave above it.

    Steps of 128 keep the low bits empty: lossless files then take half the room.
    """
    for at in range(begin, len(samples)):
        time = (at - begin) / rate
        wave_now = math.sin(math.tau * hertz * time) + 0.4 * math.sin(2 * math.tau * hertz * time)
        samples[at] += 128 * round(60 * wave_now * math.exp(-5 * time) * min(1, time * 200))


def encode(path: Path, samples: array.array[int], rate: int) -> None:
    """Encode to the format of the suffix, without a word about the encoder or the time."""
    raw = io.BytesIO()
    with wave.open(raw, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(samples.tobytes())
    exact = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"]
    command = [
        "ffmpeg",
        "-y",
        "-loglevel",
        "error",
        "-f",
        "wav",
        "-i",
        "pipe:0",
        *ENCODE[path.suffix],
        *exact,
        str(path),
    ]
    subprocess.run(command, input=raw.getvalue(), check=True)
    mutagen.File(path).delete()


def make_broken(music: Path) -> None:
    """Two files that are not what their names say."""
    text, half = (music / name for name in BROKEN)
    text.parent.mkdir(parents=True, exist_ok=True)
    text.write_bytes(b"This was saved by a web page that answered with words instead of music.\n" * 12)
    whole = (music / ROAD[0]).read_bytes()
    half.write_bytes(whole[:30])


# -------------------------------------------------------------------------------------------------------------- tags


def tag_mp3(path: Path, song: Song) -> None:
    """ID3 2.4, one value per artist."""
    tags = id3.ID3()
    tags.add(id3.TIT2(text=song.title))
    tags.add(id3.TPE1(text=list(song.artists)))
    tags.add(id3.TALB(text=song.album))
    tags.add(id3.TPE2(text=song.album_artist))
    tags.add(id3.TRCK(text=str(song.number)))
    tags.add(id3.TDRC(text=str(song.year)))
    if song.isrc:
        tags.add(id3.TSRC(text=isrc(song.isrc)))
    if song.mbid:
        tags.add(id3.UFID(owner="http://musicbrainz.org", data=mbid(song).encode()))
    if song.cover == "embedded":
        tags.add(id3.APIC(mime="image/png", type=3, data=cover(song.album)))
    tags.save(path, padding=lambda _: 0)


def tag_comments(path: Path, song: Song) -> None:
    """Vorbis comments, in FLAC and Ogg."""
    audio = mutagen.File(path)
    audio["title"] = song.title
    audio["artist"] = list(song.artists)
    audio["album"] = song.album
    audio["albumartist"] = song.album_artist
    audio["tracknumber"] = str(song.number)
    audio["date"] = str(song.year)
    if song.isrc:
        audio["isrc"] = isrc(song.isrc)
    if song.mbid:
        audio["musicbrainz_trackid"] = mbid(song)
    if song.cover == "embedded":
        add_picture(audio, song)
    audio.save(padding=lambda _: 0)


def add_picture(audio: mutagen.FileType, song: Song) -> None:
    """The cover as a FLAC picture, which Ogg carries in a comment."""
    picture = flac.Picture()
    picture.type, picture.mime, picture.data = 3, "image/png", cover(song.album)
    picture.width = picture.height = 96
    picture.depth = 24
    if isinstance(audio, flac.FLAC):
        audio.add_picture(picture)
    else:
        audio["metadata_block_picture"] = base64.b64encode(picture.write()).decode()


def tag_m4a(path: Path, song: Song) -> None:
    """Atoms as iTunes writes them; ISRC and recording id under the names that Picard gives them."""
    audio = mp4.MP4(path)
    audio["\xa9nam"] = song.title
    audio["\xa9ART"] = list(song.artists)
    audio["\xa9alb"] = song.album
    audio["aART"] = song.album_artist
    audio["trkn"] = [(song.number, 0)]
    audio["\xa9day"] = str(song.year)
    if song.isrc:
        audio["----:com.apple.iTunes:ISRC"] = isrc(song.isrc).encode()
    if song.mbid:
        audio["----:com.apple.iTunes:MusicBrainz Track Id"] = mbid(song).encode()
    if song.cover == "embedded":
        audio["covr"] = [mp4.MP4Cover(cover(song.album), mp4.MP4Cover.FORMAT_PNG)]
    audio.save(padding=lambda _: 0)


TAG = {".mp3": tag_mp3, ".flac": tag_comments, ".ogg": tag_comments, ".m4a": tag_m4a}


def isrc(number: int) -> str:
    """A made-up code of the right form."""
    return f"QZMUS25{number:05}"


def mbid(song: Song) -> str:
    """A made-up recording id of the right form."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"musync-sample/{song.artists[0]}/{song.title}"))


def cover(album: str) -> bytes:
    """A small PNG: a light disc, square or triangle on the album's own colour."""
    seed = hashlib.sha256(album.encode()).digest()
    ground = bytes(COLOURS[seed[0] % len(COLOURS)])
    light = bytes(min(255, 2 * channel + 90) for channel in ground)
    rows = (
        b"\0" + b"".join(light if inside(seed[1] % 3, x - 47, y - 47) else ground for x in range(96)) for y in range(96)
    )
    header = struct.pack(">IIBBBBB", 96, 96, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, data) for name, data in parts)


def inside(shape: int, x: int, y: int) -> bool:
    """Whether a point, seen from the middle, belongs to the shape."""
    if shape == 0:
        return x * x + y * y < 28 * 28
    if shape == 1:
        return abs(x) < 25 and abs(y) < 25
    return -30 < y < 26 and 2 * abs(x) < y + 30


def chunk(name: bytes, data: bytes) -> bytes:
    """One piece of a PNG file."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


# --------------------------------------------------------------------------------------------------------- playlists


def road(lengths: dict[str, float]) -> str:
    """The list that is in the library already, with a remark of its own and untouched by any program's habits."""
    songs = {song.path: song for song in SONGS}
    lines = ["#EXTM3U", "#PLAYLIST:Road", "# kept by hand since 2019"]
    for path in ROAD:
        song = songs[path]
        if song.tags:
            lines.append(f"#EXTINF:{round(lengths[path])},{song.artists[0]} - {song.title}")
        lines.append(path)
    return "\n".join(lines) + "\n"


EXPORT_HEADER = (
    *("Track URI", "Track Name", "Artist URI(s)", "Artist Name(s)"),
    *(
        "Album URI",
        "Album Name",
        "Album Artist URI(s)",
        "Album Artist Name(s)",
        "Album Release Date",
        "Album Image URL",
    ),
    *("Disc Number", "Track Number", "Track Duration (ms)", "Track Preview URL", "Explicit", "Popularity", "ISRC"),
    *("Added By", "Added At"),
)


def road_trip(lengths: dict[str, float]) -> str:
    """The list as the well-known Spotify exporter writes it: every cell quoted, artists joined with a comma."""
    text = io.StringIO()
    rows = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows.writerow(EXPORT_HEADER)
    for place, wish in enumerate(ROAD_TRIP):
        rows.writerow(export_row(place, wish, lengths))
    return text.getvalue()


def export_row(place: int, wish: Wish, lengths: dict[str, float]) -> list[str]:
    """One row of the export."""
    songs = {song.path: song for song in SONGS}
    like = songs.get(wish.like)
    length = round(lengths[wish.like] * 1000) if like else wish.ms
    code = isrc(like.isrc) if like and wish.isrc else ""
    added = f"2025-06-{place + 1:02}T18:{place:02}:00Z"
    if wish.local:
        uri = f"spotify:local:{plus(wish.artists[0])}:{plus(wish.album)}:{plus(wish.title)}:{length // 1000}"
        numbers, shown, rest = ["0", "0"], ["", "false", "0"], [""]
        uris = ["", "", ""]
    else:
        uri = f"spotify:track:{spotify_id(wish.title, wish.artists[0])}"
        numbers, shown, rest = ["1", str(like.number if like else 4)], ["", "false", str(20 + place)], [code]
        uris = [
            ", ".join(f"spotify:artist:{spotify_id(artist)}" for artist in wish.artists),
            f"spotify:album:{spotify_id(wish.album, 'album')}",
            f"spotify:artist:{spotify_id(wish.artists[0])}",
        ]
    names = ", ".join(artist.replace(",", "\\,") for artist in wish.artists)
    owner = wish.artists[0].replace(",", "\\,")
    year = str(like.year) if like and like.year else ""
    album = [uris[1], wish.album, uris[2], owner, year, ""]
    return [
        uri,
        wish.title,
        uris[0],
        names,
        *album,
        *numbers,
        str(length or ""),
        *shown,
        *rest,
        "spotify:user:anna",
        added,
    ]


def plus(text: str) -> str:
    """A part of a local file's URI."""
    return quote(text.replace(" ", "+"), safe="+")


def spotify_id(*words: str) -> str:
    """A made-up id of the right form: 22 letters and digits."""
    letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    number = int.from_bytes(hashlib.sha256("/".join(words).encode()).digest(), "big")
    digits = []
    for _ in range(22):
        number, digit = divmod(number, 62)
        digits.append(letters[digit])
    return "".join(digits)


def late_shift(lengths: dict[str, float]) -> str:
    """A list that was partly made on another computer."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<playlist version="1" xmlns="http://xspf.org/ns/0/">',
        "  <title>Late shift</title>",
        "  <creator>Tom</creator>",
        "  <trackList>",
        *(line for spot in LATE_SHIFT for line in xspf_track(spot, lengths)),
        "  </trackList>",
        "</playlist>",
    ]
    return "\n".join(lines) + "\n"


def xspf_track(spot: Spot, lengths: dict[str, float]) -> list[str]:
    """One track of the list."""
    place = spot.place
    if place == "here":
        place = quote(f"music/{spot.like}")
    elif spot.like and place:
        place = f"{place}/{quote(spot.like)}"
    length = str(round(lengths[spot.like] * 1000)) if spot.like else ""
    parts = {"location": place, "title": spot.title, "creator": spot.artist, "album": spot.album, "duration": length}
    inner = [f"      <{name}>{escape(text)}</{name}>" for name, text in parts.items() if text]
    return ["    <track>", *inner, "    </track>"]


if __name__ == "__main__":
    main()
