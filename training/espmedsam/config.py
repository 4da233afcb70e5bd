"""A training run as a typed value, read from YAML once."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from espmedsam.channels import CHANNELS


@dataclass(frozen=True)
class Phase:
    """A stretch of training at one input size; the learning rate falls as a half cosine."""

    size: int
    """Input edge in pixels, a multiple of 32."""
    steps: int
    per_batch: dict[str, int]
    """How many samples of each modality one batch holds."""
    lr_start: float
    lr_end: float
    full_share: float
    """Probability that a sample is the whole image and not a crop."""
    warmup: int = 0
    """Steps of linear warm-up at the start of the phase."""

    def __post_init__(self) -> None:
        if self.size % 32 != 0:
            raise ValueError(f"size {self.size} is no multiple of 32")
        unknown = set(self.per_batch) - set(CHANNELS)
        if unknown:
            raise ValueError(f"unknown modalities {sorted(unknown)}; known are {CHANNELS}")


@dataclass(frozen=True)
class TrainConfig:
    """Everything that decides the outcome of a run."""

    data: Path
    output: Path
    phases: tuple[Phase, ...]
    seed: int = 0
    workers: int = 1
    """Processes that share each batch; at most two."""
    threads: int = 2
    """Threads of the process if it is the only one; two processes have one thread each."""
    weight_decay: float = 0.05
    clip: float = 1.0
    """Largest gradient norm."""
    ema: float = 0.995
    """Decay of the averaged weights per step."""
    trainable: str = "all"
    """`all`, or `controllers`: only what belongs to a modality, e.g. to adapt one to a site."""
    initial: Path | None = None
    """A checkpoint whose weights are the start."""
    validate_every: int = 100
    checkpoint_every: int = 50
    validation_limit: int = 1000
    """Validation images per modality."""

    @property
    def steps(self) -> int:
        """Steps of all phases."""
        return sum(phase.steps for phase in self.phases)

    def phase_at(self, step: int) -> tuple[Phase, int]:
        """The phase of a step and the step's number within it."""
        for phase in self.phases:
            if step < phase.steps:
                return phase, step
            step -= phase.steps
        raise IndexError("step lies behind the last phase")

    def drawn_before(self, step: int, modality: str) -> int:
        """How many samples of a modality the steps before this one have used."""
        total = 0
        for phase in self.phases:
            total += min(max(step, 0), phase.steps) * phase.per_batch.get(modality, 0)
            step -= phase.steps
        return total


def read_config(path: Path, data: Path | None = None, output: Path | None = None) -> TrainConfig:
    """Reads a run; `data` and `output` override the file."""
    raw = yaml.safe_load(path.read_text())
    phases = tuple(Phase(**phase) for phase in raw.pop("phases"))
    raw["data"] = data or Path(raw.get("data", "data"))
    raw["output"] = output or Path(raw.get("output", "runs/default"))
    if raw.get("initial") is not None:
        raw["initial"] = Path(raw["initial"])
    return TrainConfig(phases=phases, **raw)
