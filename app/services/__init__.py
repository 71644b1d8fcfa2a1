"""Use cases: one function each, which loads, asks the domain, saves, records and commits."""
