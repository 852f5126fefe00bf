"""What the sample library holds: made-up songs by made-up artists, and the three playlists over them.

Any likeness to real names is chance. `resources/sample/README.md` says what each oddity is there to show.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Song:
    """One audio file; its format is the suffix of `path`, which is relative to the music folder.

    Attributes:
        seconds: how long it sounds.
        isrc: the last digits of a made-up code, 0 for none.
        mbid: the file carries a (made-up) MusicBrainz recording id.
        tags: False leaves the file without any tag.
        cover: embedded, a `cover.png` in the folder, or none.
    """

    path: str
    title: str = ""
    artists: tuple[str, ...] = ()
    album: str = ""
    album_artist: str = ""
    number: int = 0
    year: int = 0
    seconds: float = 1.2
    isrc: int = 0
    mbid: bool = False
    tags: bool = True
    cover: str = "embedded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One row of the CSV export.

    `like` is the path of the song whose length, and with `isrc` whose ISRC, the row has; without it `ms` is the length,
    0 where the row tells none.
    """

    title: str
    artists: tuple[str, ...]
    album: str = ""
    like: str = ""
    isrc: bool = False
    ms: int = 0
    local: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One track of the XSPF list; `place` is its location as it stands in the file."""

    title: str
    artist: str = ""
    album: str = ""
    place: str = ""
    like: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """Songs that share a folder, a year and artists; `songs` are (number, file name, title, changes)."""

    folder: str
    title: str
    artists: tuple[str, ...]
    year: int
    songs: tuple[tuple[int, str, str, dict[str, object]], ...]
    album_artist: str = ""
    cover: str = "embedded"
    common: dict[str, object] = field(default_factory=dict)

    def unfold(self) -> list[Song]:
        """Its songs."""
        return [self._song(*song) for song in self.songs]

    def _song(self, number: int, name: str, title: str, changes: dict[str, object]) -> Song:
        said = {
            "path": f"{self.folder}/{name}",
            "title": title,
            "artists": self.artists,
            "album": self.title,
            "album_artist": self.album_artist or self.artists[0],
            "number": number,
            "year": self.year,
            "cover": self.cover,
        }
        return Song(**{**said, **self.common, **changes})  # type: ignore[arg-type]


MARLOW = "Marlow & The Tides"
TAPES = f"{MARLOW}/Kitchen Floor Tapes"
FERRY = f"{MARLOW}/Ferry Hall Nights"
RADIO = "Various Artists/Kitchen Radio, Vol. 3"
FAHRPLAN = "Lina Brandt/Fahrplan"
SIGNAL = "三日月ラジオ/真夜中の信号"
TRAM = "Северный Берег/Зимний трамвай"
FAX = "Requiem for a Fax Machine, Op. 12"
NORD = "Ensemble Nord"
HARBOUR = "Harbour Lights Choir"
SPOONS = "The Low Numbers/Two Spoons"

ALBUMS = (
    Album(
        folder=TAPES,
        title="Kitchen Floor Tapes",
        artists=(MARLOW,),
        year=2016,
        songs=(
            (1, "01 Cold Coffee.flac", "Cold Coffee", {"isrc": 412, "mbid": True, "seconds": 1.5}),
            (2, "02 Rooftop Weather.flac", "Rooftop Weather (feat. Kit Marsh)", {"seconds": 1.3}),
        ),
        cover="folder",
    ),
    Album(
        folder=FERRY,
        title="Ferry Hall Nights",
        artists=(MARLOW,),
        year=2018,
        songs=(
            (1, "01 Cold Coffee.mp3", "Cold Coffee (Live at the Ferry Hall)", {"seconds": 2.2}),
            (2, "02 Harbour Lights.mp3", "Harbour Lights (Live at the Ferry Hall)", {"seconds": 2.0}),
        ),
    ),
    Album(
        folder=RADIO,
        title="Kitchen Radio, Vol. 3",
        artists=("Various Artists",),
        album_artist="Various Artists",
        year=2019,
        songs=(
            (4, "04 Cold Coffee.mp3", "Cold Coffee", {"artists": (MARLOW,), "isrc": 412, "seconds": 1.5}),
            (7, "07 Nachtzug nach Triest.mp3", "Nachtzug nach Triest", {"artists": ("Lina Brandt",), "seconds": 1.4}),
        ),
    ),
    Album(
        folder=FAHRPLAN,
        title="Fahrplan",
        artists=("Lina Brandt",),
        year=2020,
        songs=(
            (1, "01 Nachtzug nach Triest.m4a", "Nachtzug nach Triest", {"isrc": 101, "mbid": True, "seconds": 1.4}),
            (2, "02 Bahnsteig 7.m4a", "Bahnsteig 7", {"isrc": 102}),
            (3, "03 Übergepäck.m4a", "Übergepäck", {}),
            (4, "04 Nachtzug nach Triest (Żuraw Remix).m4a", "Nachtzug nach Triest (Żuraw Remix)", {"seconds": 1.9}),
            (5, "05 Platform Four.m4a", "Platform Four", {"artists": ("Lina Brandt", "Kit Marsh", "Żuraw")}),
        ),
    ),
    Album(
        folder=SIGNAL,
        title="真夜中の信号",
        artists=("三日月ラジオ",),
        year=2015,
        songs=(
            (1, "01 夜の自動販売機.ogg", "夜の自動販売機", {"isrc": 201, "mbid": True, "seconds": 1.6}),
            (2, "02 雨のあと.ogg", "雨のあと", {}),
            (3, "03 雨のあと (2022 Re-recording).ogg", "雨のあと (2022 Re-recording)", {"seconds": 1.7}),
        ),
    ),
    Album(
        folder=TRAM,
        title="Зимний трамвай",
        artists=("Северный Берег",),
        year=2012,
        songs=(
            (1, "01 Зимний трамвай.ogg", "Зимний трамвай", {"mbid": True, "seconds": 1.4}),
            (2, "02 Paper Crown.ogg", "Paper Crown (Single Version)", {}),
        ),
    ),
    Album(
        folder="서늘한밤/밤의 편의점",
        title="밤의 편의점",
        artists=("서늘한밤",),
        year=2021,
        songs=((1, "01 밤의 편의점.mp3", "밤의 편의점", {"isrc": 301, "seconds": 1.6}),),
    ),
    Album(
        folder="نور الساحل/كل الطرق",
        title="كل الطرق",
        artists=("نور الساحل",),
        year=2017,
        songs=((1, "01 كل الطرق.m4a", "كل الطرق", {"seconds": 1.7}),),
    ),
    Album(
        folder="林晚舟/午夜电台",
        title="午夜电台",
        artists=("林晚舟",),
        year=2019,
        songs=((1, "01 午夜电台.m4a", "午夜电台", {"seconds": 1.5}),),
    ),
    Album(
        folder=f"{NORD}/{FAX}",
        title=FAX,
        artists=(NORD,),
        year=2008,
        songs=(
            (1, "01 I. Dial Tone.flac", f"{FAX}: I. Dial Tone", {"seconds": 1.1}),
            (2, "02 II. Andante for Paper.flac", f"{FAX}: II. Andante for Paper", {"seconds": 1.4}),
            (3, "03 III. Busy Signal.flac", f"{FAX}: III. Busy Signal", {"seconds": 1.2}),
        ),
        cover="folder",
    ),
    Album(
        folder=f"{NORD}/Water Clocks",
        title="Water Clocks",
        artists=(NORD,),
        year=2011,
        songs=(
            (1, "01 Water Clocks, Pt. 1.ogg", "Water Clocks, Pt. 1", {}),
            (2, "02 Water Clocks, Pt. 2.ogg", "Water Clocks, Pt. 2", {}),
        ),
    ),
    Album(
        folder=f"{HARBOUR}/Harbour Songs",
        title="Harbour Songs",
        artists=(HARBOUR,),
        year=2014,
        songs=(
            (1, "01 Salt on the Windscreen.flac", "Salt on the Windscreen", {"isrc": 501, "seconds": 1.5}),
            (2, "02 Lighthouse, Badly Drawn.flac", "Lighthouse, Badly Drawn", {}),
        ),
    ),
    Album(
        folder="Mireille Azan/À côté du ciel",
        title="À côté du ciel",
        artists=("Mireille Azan",),
        year=2013,
        songs=(
            (1, "01 À côté du ciel.flac", "À côté du ciel", {"seconds": 1.3}),
            (2, "02 L’heure d’été.flac", "L’heure d’été", {}),
        ),
    ),
    Album(
        folder="Kit Marsh/Seven Sisters Road",
        title="Seven Sisters Road",
        artists=("Kit Marsh",),
        year=2011,
        songs=(
            (1, "01 Seven Sisters Road.mp3", "Seven Sisters Road (2011 Remaster)", {"seconds": 1.3}),
            (2, "02 Untitled #7 [demo, tape 2].mp3", "Untitled #7 [demo, tape 2]", {"seconds": 1.0}),
        ),
    ),
    Album(
        folder=SPOONS,
        title="Two Spoons",
        artists=("The Low Numbers",),
        year=2009,
        songs=(
            (1, "01 Two Spoons.mp3", "Two Spoons", {"seconds": 1.4}),
            (2, "02 Two Spoons (Instrumental).mp3", "Two Spoons (Instrumental)", {"seconds": 1.4}),
            (3, "03 Paper Planets.mp3", "Paper Planets - 2011 Remaster", {}),
        ),
    ),
    Album(
        folder="Half Measures/Fractions",
        title="Fractions",
        artists=("Half Measures",),
        year=2006,
        songs=(
            (1, "01 One half.ogg", "1/2", {"seconds": 1.0}),
            (2, "02 1987.ogg", "1987", {"seconds": 1.1}),
            (3, "03 12.ogg", "12", {"seconds": 1.1}),
        ),
    ),
    Album(
        folder="Żuraw/Dźwięk wody",
        title="Dźwięk wody",
        artists=("Żuraw",),
        year=2018,
        songs=((1, "01 Dźwięk wody.ogg", "Dźwięk wody", {"seconds": 1.5}),),
    ),
    Album(
        folder="Sunday, Slowly/Kettles",
        title="Kettles",
        artists=("Sunday, Slowly",),
        year=2022,
        songs=((1, "01 Second Kettle.m4a", "Second Kettle", {}),),
    ),
    Album(
        folder="Unsorted",
        title="<b>100 %</b> & more \u202eesrever\u202c",
        artists=('Ampersand & "Quote" Co.',),
        year=2003,
        songs=((9, "100% #1 + more & 🦊.mp3", 'Rock + Roll & 100% "Noise" #1 <br> 🦊 e\u0301te\u0301', {}),),
    ),
)

UNTAGGED = (
    Song(path="Unsorted/Copper Kites - Weathervane.ogg", tags=False, cover="none"),
    Song(path="Unsorted/Happy Birthday Tom (voice memo).m4a", tags=False, seconds=1.0, cover="none"),
)

SONGS = (*(song for album in ALBUMS for song in album.unfold()), *UNTAGGED)

BROKEN = ("Unsorted/Broken/Not really music.mp3", "Unsorted/Broken/Half a download.flac")
"""A text under a false name, and a file that ends in the middle of its header."""

ROAD = (
    f"{HARBOUR}/Harbour Songs/01 Salt on the Windscreen.flac",
    f"{TRAM}/01 Зимний трамвай.ogg",
    "Unsorted/Happy Birthday Tom (voice memo).m4a",
    f"{FAHRPLAN}/01 Nachtzug nach Triest.m4a",
    "서늘한밤/밤의 편의점/01 밤의 편의점.mp3",
    f"{HARBOUR}/Harbour Songs/02 Lighthouse, Badly Drawn.flac",
    f"{TRAM}/02 Paper Crown.ogg",
    f"{TAPES}/01 Cold Coffee.flac",
    f"{HARBOUR}/Harbour Songs/02 Lighthouse, Badly Drawn.flac",
)

ROAD_TRIP = (
    Wish(title="Salt on the Windscreen", artists=(HARBOUR,), album="Harbour Songs", like=ROAD[0], isrc=True),
    Wish(title="Nachtzug nach Triest", artists=("Lina Brandt",), album="Fahrplan", like=ROAD[3], isrc=True),
    Wish(
        title="夜の自動販売機",
        artists=("三日月ラジオ",),
        album="真夜中の信号",
        like=f"{SIGNAL}/01 夜の自動販売機.ogg",
        isrc=True,
    ),
    Wish(title="Cold Coffee", artists=(MARLOW,), album="Kitchen Floor Tapes", like=ROAD[7], isrc=True),
    Wish(
        title="Cold Coffee - Live at the Ferry Hall",
        artists=(MARLOW,),
        album="Ferry Hall Nights",
        like=f"{FERRY}/01 Cold Coffee.mp3",
    ),
    Wish(title="Зимний трамвай", artists=("Северный Берег",), album="Зимний трамвай", like=ROAD[1]),
    Wish(
        title="Seven Sisters Road",
        artists=("Kit Marsh",),
        album="Seven Sisters Road",
        like="Kit Marsh/Seven Sisters Road/01 Seven Sisters Road.mp3",
    ),
    Wish(title=FAX, artists=(NORD,), album=FAX, like=f"{NORD}/{FAX}/02 II. Andante for Paper.flac"),
    Wish(
        title="A cote du ciel", artists=("Mireille Azan",), like="Mireille Azan/À côté du ciel/01 À côté du ciel.flac"
    ),
    Wish(title="밤의 편의점", artists=("서늘한밤",), album="밤의 편의점", like=ROAD[4], isrc=True),
    Wish(
        title="Rooftop Weather",
        artists=(MARLOW, "Kit Marsh"),
        album="Kitchen Floor Tapes",
        like=f"{TAPES}/02 Rooftop Weather.flac",
    ),
    Wish(title="Dzwiek wody", artists=("Zuraw",), album="Dzwiek wody", like="Żuraw/Dźwięk wody/01 Dźwięk wody.ogg"),
    Wish(title="Harbour Lights", artists=(MARLOW,), album="Kitchen Floor Tapes", ms=2_041),
    Wish(title="Water Clocks, Pt. 2", artists=(NORD,), like=f"{NORD}/Water Clocks/02 Water Clocks, Pt. 2.ogg"),
    Wish(
        title="Ein Sommer ohne Netz (feat. Juno K.)", artists=("Lina Brandt", "Juno K."), album="Funkloch", ms=230_133
    ),
    Wish(
        title="Second Kettle",
        artists=("Sunday, Slowly",),
        album="Kettles",
        like="Sunday, Slowly/Kettles/01 Second Kettle.m4a",
    ),
    Wish(title="Cold Coffee", artists=(MARLOW,), album="Kitchen Floor Tapes", like=ROAD[7], isrc=True),
    Wish(title="Demo Tape B", artists=("Basement Hours",), ms=181_000, local=True),
    Wish(
        title="Platform Four",
        artists=("Kit Marsh", "Lina Brandt", "Żuraw"),
        album="Fahrplan",
        like=f"{FAHRPLAN}/05 Platform Four.m4a",
    ),
    Wish(title="Weathervane", artists=("Copper Kites",), like="Unsorted/Copper Kites - Weathervane.ogg"),
    Wish(title="Night Ferry to Nowhere", artists=("Paula Winterfeld",), album="Timetables", ms=204_800),
    Wish(title="Nachtzug nach Triest (Remix)", artists=("Lina Brandt",)),
    Wish(title="كل الطرق", artists=("نور الساحل",), album="كل الطرق", like="نور الساحل/كل الطرق/01 كل الطرق.m4a"),
)

LATE_SHIFT = (
    Spot(title="1/2", artist="Half Measures", like="Half Measures/Fractions/01 One half.ogg", place="here"),
    Spot(title="雨のあと", artist="三日月ラジオ", album="真夜中の信号", like=f"{SIGNAL}/02 雨のあと.ogg", place="here"),
    Spot(title="Bahnsteig 7", artist="Lina Brandt", like=f"{FAHRPLAN}/02 Bahnsteig 7.m4a", place="file:///D:/Music"),
    Spot(title="Paper Planets", artist="The Low Numbers", album="Two Spoons", like=f"{SPOONS}/03 Paper Planets.mp3"),
    Spot(title="午夜電台", artist="林晚舟"),
    Spot(title="Two Spoons - Sped Up", artist="The Low Numbers"),
    Spot(
        title="Night Ferry to Nowhere", artist="Paula Winterfeld", place="file:///volume1/music/Paula%20Winterfeld.mp3"
    ),
)
