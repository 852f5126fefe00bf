"""Playlist files as a service: an address is an account, and what the file holds are its playlists.

Files that describe tracks (CSV, XSPF, JSPF, JSON, text) take any track as it is; files that hold places (M3U, PLS) take
what a local library lends. `recognise` tells formats apart by content, each has a module of its own.
"""
