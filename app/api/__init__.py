"""HTTP: the doors of the use cases. It knows shapes and status codes, and no rule."""
