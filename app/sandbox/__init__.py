"""The place to play: an invented authority, people who cannot exist, test clocks, and the demonstration."""
