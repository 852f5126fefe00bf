"""Catalogues kept in an account's cache folder: their tracks and their index, in one file that is mapped into memory.

Everything here can be made again from what the service lists; deleting it costs time and nothing else.
"""
