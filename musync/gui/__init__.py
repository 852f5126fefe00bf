"""The window: a wizard of four pages over the application layer. Qt is known here and nowhere else.

tokens → theme → stylesheet, icons and text say how things look; widgets, delegates and models draw values; pages lay
them out and hand back the user's choices; wizard is the frame; jobs runs the work; main opens it all.
"""
