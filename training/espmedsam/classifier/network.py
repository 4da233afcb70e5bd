"""Small residual networks, about 0.24 M parameters each, and the ensemble that is exported."""

from collections.abc import Sequence
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from espmedsam.channels import NONE_CLASS
from espmedsam.classifier import CLASSES
from espmedsam.layers import ConvBN

WIDTHS = (16, 32, 48, 64, 88)


class ResidualBlock(nn.Module):
    """Two 3×3 convolutions, the first of stride 2; the second corrects what the first found.

    Plain convolutions rather than separable ones: on a CPU with bfloat16 units a training step
    takes less than half the time, and of the same size they see more.
    """

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.down = ConvBN(inputs, outputs, 3, 2)
        self.refine = ConvBN(outputs, outputs, 3)

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu(self.down(x))
        return F.relu(y + self.refine(y))


class ModalityClassifier(nn.Module):
    """Normalised image `[N,3,s,s]` → class logits `[N,8]`, not yet divided by the temperature."""

    def __init__(self) -> None:
        super().__init__()
        blocks: list[nn.Module] = [ConvBN(3, WIDTHS[0], 3, 2), nn.ReLU()]
        blocks += [ResidualBlock(inputs, outputs) for inputs, outputs in pairwise(WIDTHS)]
        self.features = nn.Sequential(*blocks)
        self.head = nn.Linear(2 * WIDTHS[-1], len(CLASSES))

    def forward(self, image: Tensor) -> Tensor:
        x = self.features(image)
        # Mean and maximum: the maximum sees a small telling detail, the mean the overall look.
        return self.head(torch.cat((x.mean(dim=(2, 3)), x.amax(dim=(2, 3))), dim=1))


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
