"""What goes in and comes out: strict on the way in, complete on the way out."""
