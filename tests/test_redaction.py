"""No secret stays in text that goes to a log or a report."""

from __future__ import annotations

import base64
import io
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from musync.redaction import Redactor, SecretFilter

SECRET = "h+1/dden wörd"


@pytest.fixture
def redactor() -> Redactor:
    return Redactor(Path("/home/anna"))


@pytest.mark.parametrize(
    "text",
    [
        "GET https://api.example/x?limit=3&access_token=HIDE",
        "GET https://api.example/x?X-Plex-Token=HIDE&page=2",
        "GET http://host/rest/ping?u=anna&t=HIDE&s=HIDE&v=1",
        "GET http://host/rest/ping?u=anna&p=enc:HIDE",
        "GET http://host/2.0/?api_key=HIDE&api_sig=HIDE&sk=HIDE",
        "GET http://host/items?apiKey=HIDE",
        "http://127.0.0.1:5000/callback?code=HIDE&state=x",
        "https://anna:HIDE@host.example/list",
        "Authorization: Bearer HIDE",
        "authorization: Token HIDE",
        "{'Authorization': 'Bearer HIDE', 'Accept': '*/*'}",
        "Cookie: a=HIDE; b=HIDE",
        "Set-Cookie: session=HIDE; Path=/",
        "X-Plex-Token: HIDE",
        "X-Emby-Authorization: MediaBrowser Client=x, Token=HIDE",
        '{"refresh_token": "HIDE", "expires_in": 3600}',
        "{'client_secret': 'HIDE'}",
        "password='HIDE'",
        "client_secret=HIDE",
    ],
)
def test_what_is_named_like_a_secret_is_hidden(redactor: Redactor, text: str) -> None:
    clean = redactor.redact(text)
    assert "HIDE" not in clean
    assert "***" in clean


@pytest.mark.parametrize(
    "text",
    [
        "GET https://api.example/x?limit=50&offset=100&market=DE",
        "Added 3 tracks to 'Tokens of Love' at 12:05:01",
        "Song: Secret Garden (Password Remix), part=2, codec=flac",
        "https://example.org/track/42?si=1 http://host:8080/a@b",
        "status code 404, exit code 3",
    ],
)
def test_ordinary_words_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact(text) == text


def test_the_rest_of_an_address_stays(redactor: Redactor) -> None:
    assert redactor.redact("x?page=2&token=HIDE&limit=5 done") == "x?page=2&token=***&limit=5 done"


@pytest.mark.parametrize("around", ["{}", "<{}>", "anna:{}", "a{}b", "ab{}abc"])
def test_a_learned_secret_is_hidden_in_every_spelling(redactor: Redactor, around: str) -> None:
    redactor.learn(SECRET)
    text = around.format(SECRET)
    plain, standard, urlsafe = (
        quote(text, safe=""),
        base64.b64encode(text.encode()),
        base64.urlsafe_b64encode(text.encode()),
    )
    for spelling in (text, plain, standard.decode(), urlsafe.decode()):
        assert "***" in redactor.redact(f"sent {spelling} off"), spelling
    core = base64.b64encode(SECRET.encode()).decode()[4:12]
    assert core not in redactor.redact(f"sent {base64.b64encode(SECRET.encode()).decode()} off")


def test_a_secret_that_begins_with_another_is_hidden_whole(redactor: Redactor) -> None:
    redactor.learn("longer")
    redactor.learn("longer still")
    assert redactor.redact("say longer still") == "say ***"


def test_a_very_short_secret_does_not_make_text_unreadable(redactor: Redactor) -> None:
    redactor.learn("a")
    redactor.learn("")
    assert redactor.redact("a banana") == "a banana"


def test_the_home_folder_is_a_tilde(redactor: Redactor) -> None:
    assert redactor.redact("/home/anna/Music/a.mp3") == "~/Music/a.mp3"


@pytest.fixture
def written(redactor: Redactor) -> Iterator[io.StringIO]:
    """What a protected handler writes of the logger `tests.below`."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(SecretFilter(redactor))
    above = logging.getLogger("tests_redaction")
    above.addHandler(handler)
    above.setLevel(logging.DEBUG)
    above.propagate = False
    yield stream
    above.removeHandler(handler)


def test_logs_of_loggers_below_are_clean(redactor: Redactor, written: io.StringIO) -> None:
    redactor.learn(SECRET)
    log = logging.getLogger("tests_redaction.below")
    log.debug("GET %s?token=%s, body %r", "https://x", "HIDE", {"password": "HIDE"})
    log.info("the word is %s", SECRET)
    assert "HIDE" not in written.getvalue()
    assert SECRET not in written.getvalue()
    assert "GET https://x?token=***" in written.getvalue()


def test_tracebacks_are_clean(written: io.StringIO) -> None:
    log = logging.getLogger("tests_redaction.below")
    try:
        raise ValueError("GET https://x?token=HIDE failed")
    except ValueError:
        log.exception("It failed")
    assert "ValueError: GET https://x?token=***" in written.getvalue()
    assert "?token=HIDE" not in "".join(line for line in written.getvalue().splitlines() if "raise" not in line)


def test_a_message_that_does_not_fit_its_values_is_still_written(written: io.StringIO) -> None:
    logging.getLogger("tests_redaction.below").info("%d tracks", "many")
    assert "many" in written.getvalue()


@pytest.mark.parametrize("text", ["token" * 20_000, "x-token" * 10_000, "https" * 20_000, "?token=" * 10_000])
def test_hostile_text_costs_no_more_than_its_length(redactor: Redactor, text: str) -> None:
    before = time.process_time()
    redactor.redact(text)
    assert time.process_time() - before < 2
