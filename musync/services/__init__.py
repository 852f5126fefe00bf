"""Services: what one is (`api`), which there are (`shelf`), and a folder for each."""
