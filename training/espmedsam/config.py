"""A training run as a typed value, read from YAML once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from espmedsam.augment import VIEWS, View
from espmedsam.lite_encoder import LITE_SIZE
from espmedsam.sppg import PROMPTS
from espmedsam.vit import ViTShape

STAGES = ("teacher", "common", "controller", "finetune", "add-modality")

NEEDED: dict[str, tuple[str, ...]] = {
    "controller": ("teacher", "initial"),
    "add-modality": ("initial", "channel"),
}
"""What a stage cannot do without."""

PATHS = ("initial", "teacher", "sam", "tinyvit", "embeddings")
ABLATIONS = ("controllers", "prompt", "queries")


class ConfigError(ValueError):
    """A run's configuration makes no sense."""


TRAINABLE = ("all", "controllers", "presence")
"""What of a student learns."""


@dataclass(frozen=True)
class Phase:
    """A stretch of training at one input size."""

    size: int
    """Input edge in pixels, a multiple of 32."""
    steps: int
    per_batch: dict[str, int] | int
    """How many samples of each modality one batch holds; a number mixes all of them evenly."""
    lr_start: float
    lr_end: float = 0.0
    """The learning rate falls from start to end as a half cosine …"""
    full_share: float = 0.5
    """Probability that a sample is the whole image and not a crop."""
    warmup: int = 0
    """Steps of linear warm-up at the start of the phase."""
    plain: bool = False
    """Whole pictures as they are, in no random views: for embeddings that are kept."""
    decay: float | None = None
    """… or, with a decay, from the start by this factor an epoch (as many samples as images)."""

    def __post_init__(self) -> None:
        if self.size % 32 != 0:
            raise ConfigError(f"size {self.size} is no multiple of 32")

    @property
    def batch_size(self) -> int:
        """Samples of one batch."""
        return self.per_batch if isinstance(self.per_batch, int) else sum(self.per_batch.values())

    def drawn(self, steps: int, name: str, names: Sequence[str]) -> int:
        """How many samples of a modality the phase's first steps use, of all in `names`."""
        if not isinstance(self.per_batch, int):
            return steps * self.per_batch.get(name, 0)
        # The samples of all steps, one after the other, are dealt out to the modalities in turn.
        return max(0, -((names.index(name) - steps * self.per_batch) // len(names)))


@dataclass(frozen=True)
class TrainConfig:
    """Everything that decides the outcome of a run."""

    data: tuple[Path, ...]
    """Data folders, whose pairs are joined; one alone may be given as it is."""
    output: Path
    phases: tuple[Phase, ...]
    stage: str = "finetune"
    """One of `STAGES`."""
    seed: int = 0
    workers: int = 1
    """Processes that share each batch; at most two."""
    threads: int = 2
    """Threads of the process if it is the only one; two processes have one thread each."""
    device: str = "cpu"
    """`cpu` or `cuda`; a second worker is for the CPU only."""
    bfloat16: bool = False
    """Mixed precision: matrix products in bfloat16, weights and losses in float32."""
    optimiser: str = "adamw"
    """`adamw`, or `adam` (no weight decay)."""
    weight_decay: float = 0.05
    clip: float | None = 1.0
    """Largest gradient norm; none if null."""
    ema: float = 0.995
    """Decay of the averaged weights per step."""
    trainable: str = "all"
    """`all`; `controllers`: only what belongs to a modality, e.g. to adapt one to a site;
    `presence`: only the head that says whether there is anything."""
    initial: Path | None = None
    """A student's checkpoint or an exported `.onnx` beside its manifest: weights to start from."""
    teacher: Path | None = None
    """A teacher's checkpoint to learn from."""
    vit: ViTShape | None = None
    """The teacher's encoder, when it is made here and not read from a checkpoint."""
    sam: Path | None = None
    """SAM's released weights for that encoder (and, in the teacher stage, the decoder)."""
    foundation: str | None = None
    """`lite-medsam`: the student starts from that foundation model's published weights."""
    embeddings: Path | None = None
    """Folder in which LiteMedSAM's embeddings of whole pictures are kept; for `plain` phases."""
    foundation_size: int = LITE_SIZE
    """Input edge at which LiteMedSAM's encoder sees a picture; it has a token for 4×4 pixels."""
    ablation: str | None = None
    """A part of the student that is left out, one of `ABLATIONS`."""
    freeze_statistics: bool = False
    """Whether BatchNorm keeps its running mean and variance and uses them, as in use."""
    prompt: str = "hard"
    """The student's prompt if it is made here and not read from a file: `hard` or `soft`."""
    presence: bool = False
    """Whether the student gets a presence head (one that is read from a file keeps its own)."""
    repeat: dict[str, int] = field(default_factory=dict)
    """How often the images of a data set are drawn in one walk over a modality, if not once."""
    tinyvit: Path | None = None
    """MobileSAM's released weights as the student's start."""
    channel: str | None = None
    """Name of the modality to be added."""
    like: str | None = None
    """The modality whose controller and query the added one starts from."""
    modality: str | None = None
    """What the images are, if the data folder is a plain pair of images and masks.

    When a modality is added it need not be given: they are of that one.
    """
    views: dict[str, View] = field(default_factory=dict)
    """How images of a modality vary, where it is not the default."""
    cache_bytes: int = 8 * 1024**3
    """Decoded images are kept in memory up to this size per process."""
    log_every: int = 10
    validate_every: int = 100
    checkpoint_every: int = 50
    validation_limit: int = 1000
    """Validation images per modality."""

    def __post_init__(self) -> None:
        if isinstance(self.data, Path):
            object.__setattr__(self, "data", (self.data,))
        if self.stage not in STAGES:
            raise ConfigError(f"unknown stage {self.stage}; stages are {', '.join(STAGES)}")
        for name in NEEDED.get(self.stage, ()):
            if getattr(self, name) is None:
                raise ConfigError(f"stage {self.stage} needs `{name}`")
        if self.stage == "teacher" and (self.vit is None) == (self.foundation is None):
            raise ConfigError("stage teacher needs either `vit` or `foundation`")
        sources = (self.teacher, self.sam, self.embeddings)
        if self.stage == "common" and sum(source is not None for source in sources) != 1:
            raise ConfigError("stage common needs one of `teacher`, `sam` and `embeddings`")
        if self.ablation is not None and self.ablation not in ABLATIONS:
            raise ConfigError(f"ablation is one of {ABLATIONS}, not {self.ablation}")
        if self.stage == "common" and self.sam is not None and self.vit is None:
            raise ConfigError("`sam` needs `vit`: the shape of the encoder in that file")
        if self.foundation not in (None, "lite-medsam"):
            raise ConfigError(f"unknown foundation {self.foundation}; there is `lite-medsam`")
        if self.foundation is not None and self.initial is not None:
            raise ConfigError("a student starts from `foundation` or from `initial`, not both")
        if self.prompt not in PROMPTS:
            raise ConfigError(f"prompt is one of {PROMPTS}, not {self.prompt}")
        if self.workers not in (1, 2) or (self.workers == 2 and self.device != "cpu"):
            raise ConfigError("workers is 1, or 2 on the CPU")
        if self.optimiser not in ("adam", "adamw"):
            raise ConfigError(f"unknown optimiser {self.optimiser}")
        if self.trainable not in TRAINABLE:
            raise ConfigError(f"trainable is one of {TRAINABLE}, not {self.trainable}")

    @property
    def steps(self) -> int:
        """Steps of all phases."""
        return sum(phase.steps for phase in self.phases)

    def view(self, modality: str) -> View:
        """How images of a modality vary."""
        return self.views.get(modality) or VIEWS.get(modality, View())

    def phase_at(self, step: int) -> tuple[Phase, int]:
        """The phase of a step and the step's number within it."""
        for phase in self.phases:
            if step < phase.steps:
                return phase, step
            step -= phase.steps
        raise IndexError("step lies behind the last phase")

    def drawn_before(self, step: int, name: str, names: Sequence[str]) -> int:
        """How many samples of a modality the steps before this one have used."""
        total = 0
        for phase in self.phases:
            total += phase.drawn(min(max(step, 0), phase.steps), name, names)
            step -= phase.steps
        return total

    def check_modalities(self, known: Sequence[str]) -> None:
        """Raises `ConfigError` if a phase asks for a modality that the model does not have."""
        asked = {n for p in self.phases if isinstance(p.per_batch, dict) for n in p.per_batch}
        if asked - set(known):
            unknown = sorted(asked - set(known))
            raise ConfigError(f"unknown modalities {unknown}; known are {list(known)}")


def folders(given: str | Sequence[str]) -> tuple[Path, ...]:
    """One folder or several."""
    return tuple(Path(one) for one in ([given] if isinstance(given, str) else given))


def config_of(raw: dict[str, Any]) -> TrainConfig:
    """A run from plain values, as a YAML file holds them. Raises `ConfigError`."""
    raw = dict(raw)
    try:
        phases = tuple(Phase(**phase) for phase in raw.pop("phases"))
        raw["data"] = folders(raw.get("data", "data"))
        raw["output"] = Path(raw.get("output", "runs/default"))
        for name in PATHS:
            if raw.get(name) is not None:
                raw[name] = Path(raw[name])
        if raw.get("vit") is not None:
            raw["vit"] = ViTShape(**raw["vit"])
        raw["views"] = {name: View(**view) for name, view in raw.get("views", {}).items()}
        return TrainConfig(phases=phases, **raw)
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigError(str(error)) from error


def read_config(
    path: Path, data: Sequence[Path] | None = None, output: Path | None = None
) -> TrainConfig:
    """Reads a run; `data` and `output` override the file. Raises `ConfigError`."""
    raw: dict[str, Any] = yaml.safe_load(path.read_text()) or {}
    if data:
        raw["data"] = [str(folder) for folder in data]
    if output is not None:
        raw["output"] = output
    try:
        return config_of(raw)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from error
