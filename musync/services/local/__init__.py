"""The local library: a folder of music and its playlist files, as one more service.

`plugin` is the door and `sign_in` what it asks. `service` is made of a class for each role, in `finding`, `editing` and
`managing`, on top of `reading`. Behind them:

    what a file holds        sniff, tags (riff), facts; names where it has no tags; covers
    what is on the disk      walk, scan, reader, workers
    what is remembered       index, index_file, words; moved follows renamed files; catalogue answers
    playlist files           playlists; resolve says which tracks their lines mean
    what people are told     reasons, errors
"""
