"""Small residual networks of depth-wise separable convolutions, and the exported ensemble."""

from collections.abc import Sequence
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from espmedsam.channels import NONE_CLASS
from espmedsam.classifier import CLASSES
from espmedsam.layers import ConvBN

WIDTHS = (24, 64, 96, 144, 208)
HIDDEN = 128
"""Width of the head's hidden layer: stained and dark microscopy are one class, not one blob."""


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


def new_head() -> nn.Sequential:
    """From pooled features `[N,416]` to class logits `[N,8]`, one hidden layer between."""
    return nn.Sequential(
        nn.Linear(2 * WIDTHS[-1], HIDDEN),
        nn.ReLU(),
        nn.Dropout(0.1),
        nn.Linear(HIDDEN, len(CLASSES)),
    )


class ModalityClassifier(nn.Module):
    """Normalised image `[N,3,s,s]` → class logits `[N,8]`, not yet divided by the temperature."""

    def __init__(self) -> None:
        super().__init__()
        blocks: list[nn.Module] = [ConvBN(3, WIDTHS[0], 3, 2), nn.ReLU()]
        for inputs, outputs in pairwise(WIDTHS):
            blocks += [SeparableBlock(inputs, outputs, 2), SeparableBlock(outputs, outputs, 1)]
        self.features = nn.Sequential(*blocks)
        self.head = new_head()

    def pooled(self, image: Tensor) -> Tensor:
        """What the head sees, `[N,416]`: mean and maximum of the features.

        The maximum sees a small telling detail, the mean the overall look.
        """
        x = self.features(image)
        return torch.cat((x.mean(dim=(2, 3)), x.amax(dim=(2, 3))), dim=1)

    def forward(self, image: Tensor) -> Tensor:
        return self.head(self.pooled(image))


class Ensemble(nn.Module):
    """Several classifiers that see the image as it is and mirrored: the mean of their logits.

    Trained apart, they agree on what they have learned and not on what they have never seen. The
    mirror image is the test-time augmentation.
    """

    def __init__(self, members: Sequence[ModalityClassifier]) -> None:
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, image: Tensor) -> Tensor:
        both = torch.cat((image, image.flip(3)))
        logits = torch.stack([member(both) for member in self.members]).mean(dim=0)
        return logits.reshape(2, -1, len(CLASSES)).mean(dim=0)


class CalibratedClassifier(nn.Module):
    """What is exported: image → probabilities `[N,classes]` at a fixed temperature.

    `classes` are the channels of the model that it serves, and `none` as the last. Whatever else
    the network knows has no channel there and counts as `none`.
    """

    def __init__(
        self, classifier: nn.Module, temperature: float, classes: Sequence[str] = CLASSES
    ) -> None:
        super().__init__()
        unknown = set(classes) - set(CLASSES)
        if unknown or not classes or classes[-1] != NONE_CLASS or len(set(classes)) < len(classes):
            raise ValueError(f"classes must be some of {CLASSES}, `none` the last: {classes}")
        self.classifier = classifier
        self.temperature = temperature
        merge = torch.zeros(len(CLASSES), len(classes))
        for number, name in enumerate(CLASSES):
            merge[number, classes.index(name if name in classes else NONE_CLASS)] = 1
        self.register_buffer("merge", merge)

    def forward(self, image: Tensor) -> Tensor:
        return torch.softmax(self.classifier(image) / self.temperature, dim=1) @ self.merge
