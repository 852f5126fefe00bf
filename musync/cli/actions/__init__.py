"""What commands do: calls into `app`, and the words and tables for what came of them."""
