"""The one factory for HTTP sessions.

Its sessions take proxies and certificate authorities from the environment, wait 10 s for a connection and 30 s for an
answer, never repeat a request by themselves, name musync as the sender, count what they send, and tell credentials to
nobody but the origin they were meant for.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import requests

from musync import __version__

CONNECT_S = 10.0
READ_S = 30.0
MAX_REDIRECTS = 5
USER_AGENT = f"musync/{__version__}"

# A header is a credential when its name holds one of these: X-Plex-Token, X-Emby-Authorization, X-Api-Key, Cookie.
CREDENTIAL_WORDS = ("auth", "token", "api-key", "apikey", "cookie", "secret", "password")
DEFAULT_PORTS = {"http": 80, "https": 443}


class ForeignRedirect(requests.RequestException):
    """A server asked to send a request's content on to another origin; it was not sent."""


class RequestCount:
    """How many requests were sent, over all sessions that were given it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._value = 0

    @property
    def value(self) -> int:
        """The number so far, redirects included."""
        return self._value

    def __call__(self) -> None:
        """Count one more."""
        with self._lock:
            self._value += 1


def make_session(count: Callable[[], None] | None = None) -> requests.Session:
    """Return a new session; `count` is called before each request, those of redirects included."""
    return Session(count or RequestCount())


class Session(requests.Session):
    """A session of `requests` with musync's rules; used by one thread for one job."""

    def __init__(self, count: Callable[[], None]) -> None:
        super().__init__()
        self.count = count
        self.max_redirects = MAX_REDIRECTS
        self.headers["User-Agent"] = USER_AGENT
        # Any authentication of our own keeps requests from sending what it finds in ~/.netrc instead of our tokens.
        self.auth = _as_it_is

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """Send one request, never without time-outs."""
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = (CONNECT_S, READ_S)
        self.count()
        return super().send(request, **kwargs)

    def merge_environment_settings(self, url: Any, proxies: Any, stream: Any, verify: Any, cert: Any) -> Any:
        """Take SSL_CERT_FILE as well, which requests alone does not read."""
        settings = super().merge_environment_settings(url, proxies, stream, verify, cert)
        if settings["verify"] is True and os.environ.get("SSL_CERT_FILE"):
            settings["verify"] = os.environ["SSL_CERT_FILE"]
        return settings

    def rebuild_auth(self, prepared_request: requests.PreparedRequest, response: requests.Response) -> None:
        """Before a redirect is followed: drop credentials unless it stays at the same origin.

        Raises:
            ForeignRedirect: the request has a body, which may hold credentials too.
        """
        old, new = response.request.url or "", prepared_request.url or ""
        if origin(old) == origin(new):
            return
        if prepared_request.body:
            raise ForeignRedirect(
                f"{host_of(old)} asked to send the request on to {host_of(new)}, which was not done.",
                request=response.request,
                response=response,
            )
        for name in [name for name in prepared_request.headers if is_credential(name)]:
            del prepared_request.headers[name]


def origin(url: str) -> tuple[str, str, int | None]:
    """Return what credentials belong to: scheme, host and port of an address."""
    parts = urlsplit(url)
    return parts.scheme.lower(), (parts.hostname or ""), parts.port or DEFAULT_PORTS.get(parts.scheme.lower())


def host_of(url: str) -> str:
    """Return an address's scheme, host and port: what may stand in a message."""
    scheme, host, port = origin(url)
    return f"{scheme}://{host}:{port}"


def is_credential(header: str) -> bool:
    """Tell whether a header of this name tells who we are."""
    return any(word in header.lower() for word in CREDENTIAL_WORDS)


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Authenticate by the headers the request has already."""
    return request
