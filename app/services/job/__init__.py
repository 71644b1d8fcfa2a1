"""Use cases of jobs: `orders` for whoever orders one, `results` for what came of it, `work` for the worker.

`table_work` makes chunks of a kind of work that goes by rows.
"""
