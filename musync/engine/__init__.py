"""Pure decisions: lists and what is known go in, matches, differences and plans come out.

No clock, network, database, thread or Qt. Each module is imported by its own name.
"""
