"""Small residual networks of depth-wise separable convolutions, about 0.14 M parameters each."""

from collections.abc import Sequence
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from espmedsam.detector import CLASSES
from espmedsam.layers import ConvBN

WIDTHS = (24, 64, 96, 144, 208)


class SeparableBlock(nn.Module):
    """Depth-wise 3×3 with stride, then point-wise; a residual where the shape allows it."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.depthwise = ConvBN(inputs, inputs, 3, stride, groups=inputs)
        self.pointwise = ConvBN(inputs, outputs)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu(self.pointwise(self.depthwise(x)))
        return x + y if self.residual else y


class ModalityDetector(nn.Module):
    """Normalised image `[N,3,s,s]` → class logits `[N,7]`, not yet divided by the temperature."""

    def __init__(self) -> None:
        super().__init__()
        blocks: list[nn.Module] = [ConvBN(3, WIDTHS[0], 3, 2), nn.ReLU()]
        for inputs, outputs in pairwise(WIDTHS):
            blocks += [SeparableBlock(inputs, outputs, 2), SeparableBlock(outputs, outputs, 1)]
        self.features = nn.Sequential(*blocks)
        self.head = nn.Linear(2 * WIDTHS[-1], len(CLASSES))

    def forward(self, image: Tensor) -> Tensor:
        x = self.features(image)
        # Mean and maximum: the maximum sees a small telling detail, the mean the overall look.
        return self.head(torch.cat((x.mean(dim=(2, 3)), x.amax(dim=(2, 3))), dim=1))


class Jury(nn.Module):
    """Several detectors that see the image as it is and mirrored: the mean of their logits `[N,7]`.

    Trained apart, they agree on what they have learned and not on what they have never seen.
    """

    def __init__(self, members: Sequence[ModalityDetector]) -> None:
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, image: Tensor) -> Tensor:
        both = torch.cat((image, image.flip(3)))
        logits = torch.stack([member(both) for member in self.members]).mean(dim=0)
        return logits.reshape(2, -1, len(CLASSES)).mean(dim=0)


class CalibratedDetector(nn.Module):
    """What is exported: image → probabilities `[N,7]` at a fixed temperature."""

    def __init__(self, detector: nn.Module, temperature: float) -> None:
        super().__init__()
        self.detector = detector
        self.temperature = temperature

    def forward(self, image: Tensor) -> Tensor:
        return torch.softmax(self.detector(image) / self.temperature, dim=1)
