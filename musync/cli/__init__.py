"""The command line: one of the thin faces over `app`.

`commands` declares every command and its options, and imports nothing that costs time, because `--help` loads all of
it. `actions` does the work of one group of commands each, and is imported when one of them runs.
"""
