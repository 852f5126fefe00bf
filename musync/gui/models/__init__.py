"""Long lists as models over tuples of values, never a widget per row."""
