"""The six modality channels and their decoder index, as numbered by the released loader."""

CHANNELS: tuple[str, ...] = (
    "dermoscopy",
    "xray",
    "ultrasound",
    "fundus",
    "microscopy",
    "colonoscopy",
)

NUM_CHANNELS = len(CHANNELS)

NONE_CLASS = "none"
"""The modality classifier's answer for a picture that no channel is made for."""


def channel_index(name: str) -> int:
    """Decoder index (0–5) of a channel name."""
    return CHANNELS.index(name)
