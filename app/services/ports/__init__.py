"""What the use cases need of the world, said as Protocols; adapters answer them."""
