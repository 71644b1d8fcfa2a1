"""What operators run by hand: migrations, rulebooks, checks of the installation, figures. The CLI only dispatches."""
