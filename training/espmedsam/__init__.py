"""ESP-MedSAM: one small network that segments six kinds of medical image without prompts.

The network follows arXiv 2407.14153 (ESP-MedSAM, later De-LightSAM); the code is our own.
"""

import os

# ONNX Runtime reports models and machine to its maker otherwise; read when it is first imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

from espmedsam.channels import CHANNELS  # noqa: E402
from espmedsam.model import ESPMedSAM  # noqa: E402

__all__ = ["CHANNELS", "ESPMedSAM"]
__version__ = "0.1.0"
