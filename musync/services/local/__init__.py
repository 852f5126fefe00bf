"""The local library: a folder of music and its playlist files, as one more service.

`plugin` is the door and the sign-in, `service` the library itself. Behind it: `walk`, `scan` and `workers` find what
changed on the disk, `sniff`, `tags` and `names` say what a file holds, `covers` finds pictures, `index` and `catalogue`
remember and answer, `moved` follows files that were renamed. `playlists`, `editing` and `resolve` are the playlist
files.
"""
