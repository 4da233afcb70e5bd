"""The modality detector: which of the six kinds an image is, or none of them."""

from espmedsam.channels import CHANNELS, NONE_CLASS

CLASSES: tuple[str, ...] = (*CHANNELS, NONE_CLASS)
SIZE = 112
"""Input edge in pixels."""
