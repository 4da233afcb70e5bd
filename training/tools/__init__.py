"""Programs that make data for training; no part of the `espmedsam` package."""
