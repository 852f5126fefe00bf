"""musync keeps playlists in step between music services, local libraries and playlist files.

The packages, and what each of them needs beyond the ones below it. Imports point one way, downwards; packages in one
row do not know each other. `tests/test_architecture.py` holds them to it.

    gui         the wizard: pages, models, its job runner                          Qt
    cli         the command line                                                   typer, rich
    web         the HTTP API with its console
    testing     contract suite, fakes and crash points, for authors of plugins too

    app         sessions, jobs, reading, matching, writing, settings, paths

    services    api: what a service is; shelf: which there are; one folder per service, with its client library
    store       tables, repositories, migrations                                   SQLAlchemy, Alembic
    lookup      MusicBrainz and other shared look-ups
    fetch       missing tracks: find, download, tag
    vault       secrets of accounts                                                keyring

    net         one factory for HTTP sessions                                      requests
    redaction   keeps secrets out of logs and messages
    safefile    files that are either old or new, never half

    engine      pure decisions: normalise, score, match, diff, merge, plan, brakes rapidfuzz, anyascii, opencc

    domain      values and errors                                                  the standard library alone
"""

__version__ = "0.1.0"
