"""Views outside the four pages: accounts, decisions, history, doctor, settings. Each is a page without Next."""
