#!/usr/bin/env python3
"""Set musync up in this checkout and start it, or run its tests.

    python3 packaging/bootstrap.py run             open the window
    python3 packaging/bootstrap.py run -- ARGS     the command line: musync ARGS
    python3 packaging/bootstrap.py test [ARGS]     all tests, or what ARGS tell pytest

Needs Python 3.11 or newer and nothing else; only the standard library is used here. Everything lands in `.venv/` of
the checkout, once: later starts compare a stamp and hand over at once. All words of this script go to standard error,
standard output and the exit status belong to what it starts. On Debian and its kin the system libraries that a window
or the tests need are installed by apt-get; `--without-system-packages` before the command leaves them alone.
"""

from __future__ import annotations

# Only what every start needs is imported here: a second start should cost little more than Python itself.
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "musync-stamp")
GUARD = os.path.join(ROOT, ".venv.lock")
LOCKS = {"run": "requirements.lock", "test": "requirements-dev.lock"}
SYSTEM_LISTS = {"run": ("debian-run.txt",), "test": ("debian-run.txt", "debian-test.txt")}
WINDOWS = os.name == "nt"
DEBIAN = "/etc/debian_version"
USAGE = __doc__.split("\n\n")[1]
SKIP_SYSTEM = "--without-system-packages"


class GiveUp(Exception):
    """Set-up cannot go on; the text says why and what to do."""


def say(text: str) -> None:
    """Print one line of this script's own words."""
    print(f"bootstrap: {text}", file=sys.stderr, flush=True)


def beside(name: str) -> str:
    """Return the path of a file in packaging/."""
    return os.path.join(ROOT, "packaging", name)


def venv_python() -> str:
    """Return the path of the environment's interpreter."""
    return os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")


def digest(*paths: str) -> str:
    """Return the SHA-256 of some files' text, the same for every kind of line end."""
    import hashlib

    total = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            total.update(file.read().replace(b"\r\n", b"\n"))
    return total.hexdigest()


# --- the stamp: what the environment was made from ---


def read_stamp() -> dict[str, str]:
    """Return what the environment was made from; empty when it is missing or was left half made."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            return dict(line.rstrip("\n").partition(" ")[::2] for line in file)
    except (OSError, UnicodeDecodeError):
        return {}


def write_stamp(stamp: dict[str, str]) -> None:
    """Store the stamp in one step, so that no reader ever sees half of it."""
    fresh = f"{STAMP}.{os.getpid()}"
    with open(fresh, "w", encoding="utf-8") as file:
        file.writelines(f"{key} {value}\n" for key, value in stamp.items())
    os.replace(fresh, STAMP)


def interpreter() -> str:
    """Return which Python the environment's links lead to: another one after an upgrade of the system's."""
    return os.path.realpath(venv_python())


def packages_are_current(stamp: dict[str, str], kind: str) -> bool:
    """Tell whether the environment was made here, by this lock, for the Python it still leads to."""
    return (
        stamp.get(kind) == digest(beside(LOCKS[kind]))
        and stamp.get("root") == ROOT
        and stamp.get("python") == interpreter()
        and os.path.exists(venv_python())
    )


def project_is_current(stamp: dict[str, str]) -> bool:
    """Tell whether the project was installed with its present entry points."""
    return stamp.get("project") == digest(os.path.join(ROOT, "pyproject.toml"))


# --- making the environment ---


def execute(*command: str, env: dict[str, str] | None = None) -> bool:
    """Run a command, all its output on standard error; tell whether it succeeded."""
    import subprocess

    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=env, cwd=ROOT, check=False)
    except OSError as error:
        say(f"{command[0]} does not start: {error}")
        return False
    return done.returncode == 0


def listen(*command: str, env: dict[str, str] | None = None) -> tuple[bool, str]:
    """Run a command quietly; return whether it succeeded and all that it printed."""
    import subprocess

    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env, check=False
        )
    except OSError as error:
        return False, str(error)
    return done.returncode == 0, done.stdout.decode("utf-8", "replace")


def clean_environment() -> dict[str, str]:
    """Return the environment without what would send packages elsewhere or load foreign modules."""
    misleading = {"PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_QUIET"}
    return {key: value for key, value in os.environ.items() if key not in misleading} | {"VIRTUAL_ENV": VENV}


def pip(*arguments: str) -> tuple[str, ...]:
    """Return the command line of the environment's pip."""
    return (venv_python(), "-I", "-m", "pip", *arguments)


def create_venv() -> None:
    """Make an empty environment with pip in it."""
    import shutil

    if os.path.isdir(VENV):
        shutil.rmtree(VENV)
    # The Python below, when this script itself runs in some environment: perhaps in the one just removed.
    python = getattr(sys, "_base_executable", None) or sys.executable
    if can_make_venv() and execute(python, "-I", "-m", "venv", VENV):
        return
    if is_debian_like():
        say("this Python cannot make environments without one more system package")
        install_system_packages(venv_packages())
        shutil.rmtree(VENV, ignore_errors=True)
        if execute(python, "-I", "-m", "venv", VENV):
            return
    raise GiveUp(f"{python} -m venv failed, see above: install your system's package for Python's venv and try again")


def can_make_venv() -> bool:
    """Tell whether `python -m venv` has its pip at hand, which Debian keeps in a package of its own."""
    import importlib.util

    return importlib.util.find_spec("ensurepip") is not None


def venv_packages() -> list[str]:
    """Return what Debian calls the rest of venv, for its default Python and for another one."""
    default = os.path.realpath("/usr/bin/python3") == os.path.realpath(getattr(sys, "_base_executable", sys.executable))
    return ["python3-venv"] if default else [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]


def pip_settings(env: dict[str, str]) -> dict[str, str]:
    """Return pip's settings by name; those from the environment win, as they do in pip."""
    import ast

    settings: dict[str, str] = {}
    ranks = {"global": 0, "install": 1, ":env:": 2}
    found: list[tuple[int, str, str]] = []
    for line in listen(*pip("config", "list"), env=env)[1].splitlines():
        key, _, value = line.partition("=")
        scope, _, name = key.rpartition(".")
        if scope in ranks:
            found.append((ranks[scope], name, value))
    for _, name, value in sorted(found):
        try:
            settings[name] = str(ast.literal_eval(value))
        except (SyntaxError, ValueError):
            settings[name] = value
    return settings


def uv_environment(env: dict[str, str]) -> dict[str, str]:
    """Return the environment for uv, told what pip was told: uv does not read pip's settings itself."""
    settings = pip_settings(env)
    translated = {
        "UV_DEFAULT_INDEX": settings.get("index-url", ""),
        "UV_INDEX": " ".join(settings.get("extra-index-url", "").split()),
        "UV_FIND_LINKS": ",".join(settings.get("find-links", "").split()),
        "UV_INSECURE_HOST": " ".join(settings.get("trusted-host", "").split()),
        "UV_NO_INDEX": "true" if settings.get("no-index", "").lower() in ("1", "true", "yes", "on") else "",
        "SSL_CERT_FILE": settings.get("cert", ""),
        "HTTPS_PROXY": settings.get("proxy", ""),
        "HTTP_PROXY": settings.get("proxy", ""),
        # As pip does: whoever sits behind a proxy has its certificate in the system's store.
        "UV_SYSTEM_CERTS": "true" if system_has_certificates() else "",
        # Hashes decide what is installed, so it does not matter which index offers it.
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_PYTHON_DOWNLOADS": "never",
        # Where Python may not keep what it compiled, it would compile every module again at every start.
        "UV_COMPILE_BYTECODE": "1" if sys.dont_write_bytecode else "",
    }
    return {key: value for key, value in translated.items() if value} | env


def system_has_certificates() -> bool:
    """Tell whether the system keeps certificate authorities; where it does not, uv has its own."""
    import ssl

    paths = ssl.get_default_verify_paths()
    return WINDOWS or sys.platform == "darwin" or bool(paths.cafile or paths.capath)


def uv_program() -> str:
    """Return the path of uv inside the environment."""
    return os.path.join(os.path.dirname(venv_python()), "uv.exe" if WINDOWS else "uv")


def install_packages(kind: str) -> None:
    """Install exactly what the lock names: by uv, or by pip where uv cannot be had or fails."""
    env = clean_environment()
    lock = beside(LOCKS[kind])
    hashed = ("install", "--quiet", "--disable-pip-version-check", "--require-hashes")
    if execute(*pip(*hashed, "--only-binary", ":all:", "-r", beside("uv.txt")), env=env):
        if execute(uv_program(), "pip", "sync", "--quiet", "--require-hashes", lock, env=uv_environment(env)):
            return
        say("uv could not install the packages; trying again with pip, which takes longer")
    else:
        say("uv cannot be had here; installing with pip, which takes longer")
    if not execute(*pip(*hashed, "-r", lock), env=env):
        raise GiveUp("the packages could not be installed, see above; with a working connection, try again")


def install_project() -> None:
    """Install the checkout itself, editable and without fetching anything."""
    env = clean_environment()
    if sys.dont_write_bytecode:
        listen(venv_python(), "-I", "-m", "compileall", "-q", os.path.join(ROOT, "musync"))
    options = ("--quiet", "--no-deps", "--no-build-isolation", "-e", ROOT)
    if os.path.exists(uv_program()):
        done, words = listen(uv_program(), "pip", "install", *options, env=uv_environment(env))
        if done:
            return
        say(f"uv could not install the project itself, so pip does: {words.strip()}")
    if not execute(*pip("install", "--no-index", "--disable-pip-version-check", *options), env=env):
        raise GiveUp("the project itself could not be installed, see above")


def make_current(kind: str) -> None:
    """Bring the environment to what the lock and pyproject.toml say, one process at a time."""
    with Guard():
        stamp = read_stamp()
        if not packages_are_current(stamp, kind):
            # Who runs tests here goes on doing so: `run` after a change of the locks does not take them away.
            kind = "test" if "test" in stamp else kind
            say(f"making {VENV} for {'musync and its tests' if kind == 'test' else 'musync'}; this happens once")
            forget_stamp()
            create_venv()
            install_packages(kind)
            # The lock for tests holds everything the other one does, in the same versions.
            kinds = ("run", "test") if kind == "test" else ("run",)
            stamp = {each: digest(beside(LOCKS[each])) for each in kinds}
            stamp |= {"root": ROOT, "python": interpreter()}
        if not project_is_current(stamp):
            install_project()
            write_stamp(stamp | {"project": digest(os.path.join(ROOT, "pyproject.toml"))})


def forget_stamp() -> None:
    """Remove the stamp first, so that an interrupted set-up is seen as such."""
    import contextlib

    with contextlib.suppress(FileNotFoundError):
        os.remove(STAMP)


class Guard:
    """Hold the checkout's set-up for this process; the system lets go of it however the process ends."""

    def __enter__(self) -> None:
        """Wait until no other process is setting up."""
        self._file = open(GUARD, "a+b")
        if not self._try():
            say("another set-up is running in this checkout; waiting for it")
            self._wait()

    def __exit__(self, *_: object) -> None:
        """Let the next process have it."""
        self._file.close()

    def _try(self) -> bool:
        try:
            if WINDOWS:
                import msvcrt

                self._file.seek(0)
                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _wait(self) -> None:
        import time

        while not self._try():
            time.sleep(0.2)


# --- system packages on Debian and its kin ---


def is_debian_like() -> bool:
    """Tell whether apt-get is this system's way to install libraries."""
    import shutil

    return os.path.exists(DEBIAN) and shutil.which("apt-get") is not None


def listed_packages(names: tuple[str, ...]) -> list[str]:
    """Return the package names in some of packaging/'s lists."""
    packages: list[str] = []
    for name in names:
        with open(beside(name), encoding="utf-8") as file:
            packages += [line.partition("#")[0].strip() for line in file]
    return sorted(set(packages) - {""})


def installed_packages() -> set[str]:
    """Return installed packages and what they provide (libglib2.0-0t64 provides libglib2.0-0)."""
    found: set[str] = set()
    _, words = listen("dpkg-query", "-W", "-f", "${db:Status-Status}|${Package}, ${Provides}\n")
    for line in words.splitlines():
        status, _, names = line.partition("|")
        if status == "installed":
            found |= {name.split()[0].partition(":")[0] for name in names.split(",") if name.strip()}
    return found


def apt_prefix() -> list[str] | None:
    """Return what must stand before apt-get, or None when this user may not install."""
    if os.geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive"]
    if listen("sudo", "-n", "true")[0]:
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


def install_system_packages(packages: list[str]) -> None:
    """Install packages by apt-get, or say the one line to type."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    prefix = apt_prefix()
    if prefix is None:
        raise GiveUp(
            "system packages are missing and this user may not install them. Type this line, then try again:\n"
            f"    sudo sh -c 'apt-get update && {' '.join(install)}'"
        )
    say(f"installing system packages: {' '.join(packages)}")
    options = ["-qq", "-o", "DPkg::Lock::Timeout=300"]
    # Without lists, as on a fresh system, nothing is found; with old ones most things still are.
    _, update = listen(*prefix, "apt-get", *options, "update")
    done, words = listen(*prefix, "apt-get", *options, *install[1:])
    if not done:
        raise GiveUp(f"the system packages could not be installed:\n{update}{words}".rstrip())


def provide_system(lists: tuple[str, ...]) -> None:
    """Install what the lists name and the system lacks."""
    needless = {"python3-venv"} if can_make_venv() else set()
    missing = sorted(set(listed_packages(lists)) - installed_packages() - needless)
    if not missing:
        return
    try:
        install_system_packages(missing)
    except GiveUp as problem:
        # Letters shown as boxes are no reason to stop.
        if not all(name.startswith("fonts-") for name in missing):
            raise GiveUp(
                f"{problem}\nTo go on without them: python3 packaging/bootstrap.py {SKIP_SYSTEM} …"
            ) from problem
        say(str(problem))


# --- what is started at the end ---


def display_answers() -> bool:
    """Tell whether a window could open: Qt ends the whole process where it cannot."""
    if WINDOWS or sys.platform == "darwin" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return wayland_answers(os.environ.get("WAYLAND_DISPLAY", "")) or x_answers(os.environ.get("DISPLAY", ""))


def wayland_answers(name: str) -> bool:
    """Tell whether a Wayland compositor listens at this name."""
    path = os.path.join(os.environ.get("XDG_RUNTIME_DIR", ""), name)
    return bool(name) and connects(path)


def x_answers(display: str) -> bool:
    """Tell whether an X server listens at HOST:NUMBER[.SCREEN]."""
    host, _, number = display.rpartition(":")
    number = number.partition(".")[0]
    if not number.isdigit():
        return False
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108  # where X servers listen
        # The abstract name is what servers without a socket file listen at.
        return connects(path) or connects("\0" + path)
    return connects((host, 6000 + int(number)))


def connects(address: str | tuple[str, int]) -> bool:
    """Tell whether something accepts connections at a socket path or host and port."""
    import socket

    try:
        if isinstance(address, tuple):
            socket.create_connection(address, timeout=3).close()
        else:
            with socket.socket(socket.AF_UNIX) as end:
                end.settimeout(3)
                end.connect(address)
    except OSError:
        return False
    return True


def hand_over(*arguments: str) -> int:
    """Become the environment's Python with these arguments; on Windows, wait for it."""
    command = [venv_python(), *arguments]
    if not WINDOWS:
        sys.stderr.flush()
        os.execv(command[0], command)
    import signal
    import subprocess

    # Ctrl+C goes to both; only the child decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.call(command)


def prepare(kind: str, lists: tuple[str, ...]) -> None:
    """Make sure of the environment and of the system packages in the lists; quick when both were there before."""
    stamp = read_stamp()
    key, wanted = f"system-{kind}", digest(*map(beside, lists))
    system_is_current = not lists or stamp.get(key) == wanted
    if not system_is_current and is_debian_like():
        provide_system(lists)
    if not (packages_are_current(stamp, kind) and project_is_current(stamp)):
        make_current(kind)
    if not system_is_current:
        with Guard():
            write_stamp(read_stamp() | {key: wanted})


def run(arguments: list[str], system: bool) -> int:
    """Start musync: with arguments its command line, else its window."""
    window = not arguments and display_answers()
    if not arguments and not window:
        say("there is no display here, so no window can open; a whole sync in the terminal instead: musync demo")
    prepare("run", SYSTEM_LISTS["run"] if window and system else ())
    # -P keeps modules in the current folder from standing in for real ones.
    return hand_over("-P", "-m", "musync", *(arguments or (["gui"] if window else ["demo"])))


def test(arguments: list[str], system: bool) -> int:
    """Run the tests in the checkout."""
    prepare("test", SYSTEM_LISTS["test"] if system else ())
    os.chdir(ROOT)
    return hand_over("-P", "-m", "pytest", *arguments)


def main(arguments: list[str]) -> int:
    """Read the command line and do it."""
    if sys.version_info < (3, 11):  # noqa: UP036  # this file is what an older Python is asked to run
        say(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}")
        return 1
    system = arguments[:1] != [SKIP_SYSTEM]
    command, *rest = arguments[0 if system else 1 :] or [""]
    separated = rest[:1] == ["--"]
    if command not in COMMANDS or (command == "run" and rest and not separated):
        print(USAGE, file=sys.stderr)
        return 2
    try:
        return COMMANDS[command](rest[1:] if separated else rest, system)
    except (GiveUp, OSError) as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        say("stopped; the next start does what is left")
        return 130


COMMANDS = {"run": run, "test": test}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
