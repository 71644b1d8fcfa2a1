"""The rules: plain Python, no I/O, no clock, no ids made here."""
