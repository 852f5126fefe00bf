"""What tests of musync and its plugins are made of: the contract suite (`contract`), builders, strategies (`lists`).

Importable by authors of other plugins; needs pytest and hypothesis, and is never imported by the program itself.
"""
