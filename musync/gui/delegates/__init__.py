"""Rows painted from values: fixed height, text in the direction of its content, the tokens' colours."""
