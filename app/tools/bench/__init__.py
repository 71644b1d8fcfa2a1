"""`./yian bench`: what the service costs and how long it takes, each time on a database and processes of its own.

`requests` measures single requests beside the bare ceiling of the same server; `jobs` measures work over many rows;
`alike` measures whether answers of verification tell more than they say; `integrity` and `instruments` look what alarms
and golden vectors notice, and `entitlement` what explanations cost, without a database; `population` measures rules
over a million people.
"""
