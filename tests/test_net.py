"""Sessions of net.py against real servers on loopback."""

from __future__ import annotations

import base64
import datetime
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from musync import __version__
from musync.net import ForeignRedirect, RequestCount, make_session, origin

WORLD = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
CREDENTIALS = {
    "Authorization": "Bearer abc",
    "X-Plex-Token": "abc",
    "X-Emby-Authorization": "MediaBrowser Token=abc",
    "X-Api-Key": "abc",
    "Cookie": "session=abc",
}


@dataclass
class Server:
    """A web server that writes down what it is asked and answers as it is told."""

    http: ThreadingHTTPServer
    scheme: str = "http"
    seen: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    redirects: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.http.server_address[1]}"

    def headers(self) -> dict[str, str]:
        """The headers of the last request, names in lower case."""
        return {name.lower(): value for name, value in self.seen[-1][2].items()}


def handler_for(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            server.seen.append((self.command, self.path, dict(self.headers), body))
            status, location = server.redirects.get(self.path.partition("?")[0], (200, ""))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        do_POST = do_GET  # noqa: N815  # the name is http.server's

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler


def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    http = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    if tls:
        http.socket = tls.wrap_socket(http.socket, server_side=True)
    server = Server(http, "https" if tls else "http")
    http.RequestHandlerClass = handler_for(server)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture(autouse=True)
def quiet_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxies and certificates but a test's own."""
    for name in WORLD:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    yield from serving()


@pytest.fixture
def other() -> Iterator[Server]:
    yield from serving()


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with make_session() as made:
        yield made


def test_musync_says_who_it_is(server: Server, session: requests.Session) -> None:
    assert session.get(server.url).text == "ok"
    assert server.headers()["user-agent"] == f"musync/{__version__}"


def test_no_request_goes_without_time_outs(session: requests.Session, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []

    def note(adapter: object, request: object, **kwargs: object) -> requests.Response:
        given.append(kwargs["timeout"])
        answer = requests.Response()
        answer.status_code = 200
        return answer

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", note)
    session.get("http://127.0.0.1:9/")
    session.get("http://127.0.0.1:9/", timeout=(1, 2))
    session.send(requests.Request("GET", "http://127.0.0.1:9/").prepare())
    assert given == [(10.0, 30.0), (1, 2), (10.0, 30.0)]


def test_a_server_that_does_not_answer_in_time_is_left(session: requests.Session) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as silent:
        address = f"http://127.0.0.1:{silent.server_address[1]}"
        with pytest.raises(requests.ReadTimeout):
            session.get(address, timeout=(1, 0.05))


def test_every_request_is_counted_also_those_of_redirects(server: Server) -> None:
    count = RequestCount()
    server.redirects["/old"] = (302, "/new")
    with make_session(count) as first, make_session(count) as second:
        first.get(f"{server.url}/old")
        second.get(server.url)
    assert count.value == 3 == len(server.seen)


def test_a_request_that_fails_is_not_sent_again(session: requests.Session) -> None:
    count = RequestCount()
    with make_session(count) as once, pytest.raises(requests.ConnectionError):
        once.get("http://127.0.0.1:1/")
    assert count.value == 1
    assert {adapter.max_retries.total for adapter in session.adapters.values()} == {0}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_credentials_stay_at_their_origin(
    server: Server, other: Server, session: requests.Session, status: int
) -> None:
    server.redirects["/a"] = (status, f"{other.url}/b")
    session.get(f"{server.url}/a", headers=CREDENTIALS)
    assert not {name.lower() for name in CREDENTIALS} & other.headers().keys()
    assert "abc" not in str(other.seen)


def test_credentials_of_the_session_stay_at_their_origin_too(
    server: Server, other: Server, session: requests.Session
) -> None:
    session.headers["X-Emby-Token"] = "abc"
    session.cookies.set("session", "abc", domain="127.0.0.1")
    server.redirects["/a"] = (302, f"{other.url}/b")
    session.get(f"{server.url}/a")
    assert server.headers()["x-emby-token"] == "abc"
    assert "abc" not in str(other.seen)


def test_credentials_go_along_within_their_origin(server: Server, session: requests.Session) -> None:
    server.redirects["/a"] = (302, "/b")
    session.get(f"{server.url}/a", headers=CREDENTIALS)
    # A cookie header of one's own is dropped by requests itself: cookies belong into the session's jar.
    for name in CREDENTIALS.keys() - {"Cookie"}:
        assert server.headers()[name.lower()] == CREDENTIALS[name]


def test_content_is_not_sent_on_to_another_origin(server: Server, other: Server, session: requests.Session) -> None:
    server.redirects["/a"] = (307, f"{other.url}/b")
    with pytest.raises(ForeignRedirect, match="not done") as caught:
        session.post(f"{server.url}/a?token=abc", data={"client_secret": "abc"})
    assert other.seen == []
    assert "abc" not in str(caught.value)


def test_redirects_end_after_five(server: Server, session: requests.Session) -> None:
    server.redirects["/round"] = (302, "/round")
    with pytest.raises(requests.TooManyRedirects):
        session.get(f"{server.url}/round")
    assert len(server.seen) == 6


def test_logins_in_netrc_do_not_replace_tokens(
    server: Server, session: requests.Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login anna password pw\n", "utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    session.get(server.url, headers={"Authorization": "Bearer mine"})
    assert server.headers()["authorization"] == "Bearer mine"
    session.get(server.url)
    assert "authorization" not in server.headers()


def test_a_login_given_for_one_request_is_used(server: Server, session: requests.Session) -> None:
    session.get(server.url, auth=("anna", "pw"))
    assert server.headers()["authorization"] == "Basic " + base64.b64encode(b"anna:pw").decode()


def test_the_proxy_of_the_environment_is_used(
    server: Server, session: requests.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url)
    session.get("http://music.example/list")
    assert server.seen[-1][1] == "http://music.example/list"


def test_hosts_without_proxy_are_asked_directly(
    server: Server, other: Server, session: requests.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", other.url)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    session.get(f"{server.url}/list")
    assert (server.seen[-1][1], other.seen) == ("/list", [])


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that no authority knows, with its key, for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "loopback.pem"
    pkcs8, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    path.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, pkcs8, plain))
    return path


@pytest.fixture
def tls_server(certificate: Path) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    yield from serving(context)


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def test_certificate_authorities_of_the_environment_are_believed(
    tls_server: Server, session: requests.Session, certificate: Path, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(certificate))
    assert session.get(tls_server.url).text == "ok"


def test_an_unknown_certificate_is_refused(tls_server: Server, session: requests.Session) -> None:
    with pytest.raises(requests.exceptions.SSLError):
        session.get(tls_server.url)


def test_an_origin_is_scheme_host_and_port() -> None:
    assert origin("https://Example.org/x") == origin("https://example.org:443/y")
    assert origin("http://example.org") != origin("https://example.org")
    assert origin("http://example.org:8080") != origin("http://example.org")
