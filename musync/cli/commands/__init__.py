"""What can be typed: commands, options and their help. Light: everything else is imported when a command runs."""
