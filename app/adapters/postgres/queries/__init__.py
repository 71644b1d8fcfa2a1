"""The read side: what lists and timelines show, without aggregates."""
