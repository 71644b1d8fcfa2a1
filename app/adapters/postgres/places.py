"""The first wall of whoever reaches by area."""

PERSON_HERE = "((region_path || '/') ^@ ANY ({areas}::text[]) OR (registration_path || '/') ^@ ANY ({areas}::text[]))"
"""A person belongs to the place of residence and to that of registration (`Person.places`); `areas` is a parameter."""
