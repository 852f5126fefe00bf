"""Item views with the habits of this window: row hover, keys, columns that share the room."""
