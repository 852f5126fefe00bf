"""The controls that Qt does not bring in this shape; each is real, focusable and named."""
