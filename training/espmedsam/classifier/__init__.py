"""The modality classifier: for which channel a picture is made, or for none of them.

`python -m espmedsam.classifier.train` trains one member of the ensemble,
`python -m espmedsam.classifier.export` joins members, chooses the thresholds and writes what is
shipped, `python -m espmedsam.classifier.evaluate` measures the exported file.
"""

from espmedsam.channels import CHANNELS, NONE_CLASS

CLASSES: tuple[str, ...] = (*CHANNELS, "thyroid", NONE_CLASS)
"""What the network tells apart; a class that a model has no channel for is exported as `none`."""
NONE = len(CLASSES) - 1
"""Number of the class of pictures that no channel is made for, the last one."""
SIZE = 112
"""Input edge in pixels."""
