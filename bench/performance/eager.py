"""Prints the CPU seconds of one pass at 1024 x 1024 in PyTorch, eager, on one thread (the median of five)."""

import json
import statistics
import sys
import time
from pathlib import Path

import torch

sys.path.insert(0, str(Path.cwd()))
from espmedsam.model import ESPMedSAM  # noqa: E402

torch.set_num_threads(1)
model = ESPMedSAM().eval()
image, modality = torch.zeros(1, 3, 1024, 1024), torch.tensor([0])
times = []
with torch.no_grad():
    for _ in range(6):
        start = time.process_time()
        model(image, modality)
        times.append(time.process_time() - start)
print(json.dumps({"seconds": statistics.median(times[1:])}))
