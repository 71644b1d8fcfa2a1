"""PostgreSQL behind the ports: statements, transactions, walls, and the embedded server."""
