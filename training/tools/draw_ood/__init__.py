"""Draws out-of-distribution pictures: `python -m tools.draw_ood OUT`."""
