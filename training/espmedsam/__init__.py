"""ESP-MedSAM: one small network that segments six kinds of medical image without prompts.

The network follows arXiv 2407.14153 (ESP-MedSAM, later De-LightSAM); the code is our own.
"""

from espmedsam.channels import CHANNELS
from espmedsam.model import ESPMedSAM

__all__ = ["CHANNELS", "ESPMedSAM"]
__version__ = "0.1.0"
