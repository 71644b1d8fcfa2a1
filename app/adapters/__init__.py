"""What stands between the use cases and the world: each adapter knows one technology."""
