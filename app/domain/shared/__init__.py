"""What every context of the domain may import."""
