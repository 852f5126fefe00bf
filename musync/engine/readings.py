"""Whether a Latin spelling can be the reading of a Japanese text, whose Chinese characters nobody here can read.

Kana and Latin words stand fixed; between them each Chinese character may take one to five letters. What is fixed and
found in order is evidence, what lies between is only possible.
"""

from __future__ import annotations

import re
from functools import lru_cache

_KANA = (
    "あいうえおかきくけこがぎぐげごさしすせそざじずぜぞたちつてとだぢづでどなにぬねのはひふへほ"
    "ばびぶべぼぱぴぷぺぽまみむめもやゆよらりるれろわゐゑをんゔ"
)
_SOUNDS = (
    "a i u e o ka ki ku ke ko ga gi gu ge go sa shi su se so za ji zu ze zo ta chi tsu te to da ji zu de do na ni nu "
    "ne no ha hi fu he ho ba bi bu be bo pa pi pu pe po ma mi mu me mo ya yu yo ra ri ru re ro wa i e o n vu"
)
_SOUND = dict(zip(_KANA, _SOUNDS.split(), strict=True))
_SMALL = dict(zip("ぁぃぅぇぉゃゅょ", ("a", "i", "u", "e", "o", "ya", "yu", "yo"), strict=True))
_LATER = {"は": "(?:ha|wa)", "へ": "h?e", "を": "w?o"}
_SPELLINGS = (
    ("sh", "s[hy]?"), ("ch", "(?:ch|t|ty)"), ("ts", "ts?"), ("j", "(?:j|z|d|dz|jy|zy)"), ("zu", "d?zu"), ("f", "[fh]"),
    ("l", "[lr]"), ("v", "[vb]"),
)  # fmt: skip
_LONG = {"a": "a+h?", "i": "i+", "u": "u+", "e": "e+i?", "o": "o+[uh]?"}

_RUN = re.compile(
    "([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆ヶ]+)|([\u3041-\u3096ー]+)|([\u30a1-\u30fa\u30fcー]+)|([a-z]+)|(\\d+)"
)
_TOO_LONG = 80
_Places = dict[int, int]


@lru_cache(maxsize=1 << 13)
def fit(native: str, latin: str) -> float:
    """Return how much of the Latin spelling the fixed parts of the native text account for, from 0 to 1.

    -1 when the one cannot be the reading of the other. Both are folded and without spaces.
    """
    if len(native) > _TOO_LONG or len(latin) > _TOO_LONG or not latin:
        return -1.0
    best: _Places = {0: 0}
    for run in _RUN.finditer(native):
        best = _after(best, run, latin)
    return best[len(latin)] / len(latin) if len(latin) in best else -1.0


def _after(best: _Places, run: re.Match[str], latin: str) -> _Places:
    """Return the places in the spelling that one more run can reach, each with the letters accounted for so far."""
    chinese, hiragana, katakana, _, digits = run.groups(default="")
    found: _Places = {}
    for place, fixed in best.items():
        if kana := hiragana or katakana:
            for end in _ends(_pattern(kana), latin, place):
                found[end] = max(found.get(end, -1), fixed + end - place)
        elif not chinese and latin.startswith(run[0], place):
            end = place + len(run[0])
            found[end] = max(found.get(end, -1), fixed + len(run[0]))
        for step in _free(chinese, katakana, digits):
            found[place + step] = max(found.get(place + step, -1), fixed)
    return {place: fixed for place, fixed in found.items() if place <= len(latin)}


def _free(chinese: str, katakana: str, digits: str) -> range:
    """Return how many letters a run may take whatever they are.

    Chinese characters have any reading, a loan word comes back in its own spelling ("ビーチ" is "beach"), numbers are
    spelt out.
    """
    if chinese:
        return range(len(chinese), len(chinese) * 5 + 3)
    if len(katakana) > 1:
        return range(len(katakana) - 1, len(katakana) * 3)
    return range(1, len(digits) * 4 + 1) if digits else range(0)


def _ends(pattern: re.Pattern[str], latin: str, place: int) -> list[int]:
    """Return where a run of kana that begins here may end: with its last vowel drawn out or not."""
    match = pattern.match(latin, place)
    if match is None:
        return []
    end = match.end()
    shorter = pattern.fullmatch(latin, place, end - 1)
    return [end, end - 1] if shorter else [end]


@lru_cache(maxsize=1 << 12)
def _pattern(kana: str) -> re.Pattern[str]:
    """Return what matches every usual spelling of a run of kana."""
    found = ""
    doubled = False
    for sound, char in _syllables(kana):
        if sound == "っ":
            doubled = True
            continue
        spelling = _LATER.get(char) or _spelling(sound)
        found += f"[a-z]?{spelling}" if doubled else spelling
        doubled = False
    return re.compile(found)


def _syllables(kana: str) -> list[tuple[str, str]]:
    """Return the sounds of a run of kana, each with its sign where that is a single one."""
    found: list[tuple[str, str]] = []
    for char in kana:
        if "ァ" <= char <= "ヶ":
            char = chr(ord(char) - 0x60)
        if char in _SMALL and found:
            before = found[-1][0].rstrip("aiueo")
            small = _SMALL[char]
            found[-1] = (before + (small[1:] if before in ("sh", "ch", "j") else small), "")
        elif char == "っ":
            found.append(("っ", char))
        elif char in _SOUND:
            found.append((_SOUND[char], char))
    return found


def _spelling(sound: str) -> str:
    """Return the usual spellings of one sound as a pattern."""
    if sound == "n":
        return "[nm]'?"
    if sound in ("u", "i"):
        return f"{sound}*"  # often the second half of a long vowel, which many spellings leave out
    for spoken, written in _SPELLINGS:
        if sound.startswith(spoken):
            sound = written + sound[len(spoken) :] if spoken != "zu" else written
            break
    return sound[:-1] + _LONG[sound[-1]] if sound[-1] in _LONG else sound
