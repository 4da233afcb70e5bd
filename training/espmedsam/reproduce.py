"""`python -m espmedsam.reproduce RECIPE`: a shipped version from nothing, stage after stage.

A recipe is a YAML file. Its `stages` run in order; each is a run as `espmedsam.train` takes one,
with a `name`. What they have in common stands under `common`. A stage starts from the weights of
the one before it, unless it names a `foundation` or another start; `{name}` in a path means the
folder of that stage. `until` is the step at which a run was stopped although more were planned.
`controllers: {channel: name}` gives a stage's start the controllers that a channel had after
another stage. A stage with `mean` trains nothing: its weights are the mean of those of the stages
that it names, which must have the same channels. `extends` names a recipe beside this one, whose
stages come first and whose `common` and `export` hold where this one says nothing. `export` names
the input edge and the tiles, views and input edges of channels.

Stages that are done are not run again: the same command goes on where it was stopped. With `--dry`
every stage takes a step or two on small pictures: to see that a recipe runs, not for its weights.
"""

import argparse
import json
import logging
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from espmedsam import checkpoint
from espmedsam.checkpoint import load_model
from espmedsam.config import ConfigError, Phase, TrainConfig, config_of
from espmedsam.export import export
from espmedsam.model import is_controller
from espmedsam.train.trainer import Trainer

STARTS = ("initial", "foundation", "vit")
DRY_STEPS, DRY_SIZE = 2, 64
OWN_KEYS = ("name", "until", "controllers")
JOINED = "start.pt"
"""The start of a stage that is put together of several others, in the stage's folder."""


@dataclass(frozen=True)
class NamedStage:
    """One stage of a recipe."""

    name: str
    config: TrainConfig
    until: int | None
    """The step after which it is stopped, if it is before its last one."""
    base: Path | None = None
    """The checkpoint that its start is made of, where `controllers` are of other ones."""
    controllers: dict[str, Path] = field(default_factory=dict)
    """Channel → the checkpoint whose controllers it starts with."""

    @property
    def steps(self) -> int:
        """Steps that are run."""
        return min(self.until or self.config.steps, self.config.steps)

    @property
    def checkpoint(self) -> Path:
        """Where its weights are afterwards."""
        return self.config.output / "last.pt"


@dataclass(frozen=True)
class MeanStage:
    """The mean of what several stages came to."""

    name: str
    of: tuple[Path, ...]
    output: Path

    @property
    def checkpoint(self) -> Path:
        """Where its weights are afterwards."""
        return self.output / "last.pt"


@dataclass(frozen=True)
class Recipe:
    """All stages of a version, and what is exported of the last one."""

    version: str
    stages: tuple[NamedStage | MeanStage, ...]
    export: dict[str, Any]


def in_folder(value: Any, output: Path) -> Any:
    """`{name}` at the start of a path becomes the folder of that stage."""
    if isinstance(value, str) and value.startswith("{"):
        name, _, rest = value[1:].partition("}")
        return str(output / name) + rest
    return value


def read_raw(path: Path) -> dict[str, Any]:
    """A recipe's text as it stands, behind the one that it extends."""
    raw = yaml.safe_load(path.read_text()) or {}
    if "extends" not in raw:
        return raw
    first = read_raw(path.parent / raw["extends"])
    joined = {key: first.get(key, {}) | raw.get(key, {}) for key in ("common", "export")}
    return raw | joined | {"stages": [*first["stages"], *raw["stages"]]}


def read_recipe(path: Path, data: list[Path], output: Path) -> Recipe:
    """A recipe for these data and this folder. Raises `ConfigError`."""
    raw = read_raw(path)
    stages: list[NamedStage | MeanStage] = []
    try:
        for given in raw["stages"]:
            folders = {stage.name: stage.checkpoint for stage in stages}
            if "mean" in given:
                of = tuple(folders[name] for name in given["mean"])
                stages.append(MeanStage(given["name"], of, output / given["name"]))
                continue
            values = {key: in_folder(value, output) for key, value in given.items()}
            merged = raw.get("common", {}) | {k: v for k, v in values.items() if k not in OWN_KEYS}
            merged |= {"data": [str(folder) for folder in data], "output": output / given["name"]}
            if stages and not any(merged.get(key) for key in STARTS):
                merged["initial"] = stages[-1].checkpoint
            base, others = merged.get("initial"), given.get("controllers", {})
            taken = {channel: folders[name] for channel, name in others.items()}
            if taken:
                merged["initial"] = output / given["name"] / JOINED
            stages.append(
                NamedStage(given["name"], config_of(merged), given.get("until"), base, taken)
            )
        if len({stage.name for stage in stages}) != len(stages):
            raise ConfigError("two stages have the same name")
        return Recipe(str(raw["version"]), tuple(stages), raw.get("export", {}))
    except (KeyError, TypeError, ConfigError) as error:
        raise ConfigError(f"{path}: {error}") from error


def dry(stage: NamedStage | MeanStage) -> NamedStage | MeanStage:
    """The same stage in a step or two."""
    if isinstance(stage, MeanStage):
        return stage

    def short(phase: Phase) -> Phase:
        return replace(phase, size=DRY_SIZE, steps=min(phase.steps, DRY_STEPS), warmup=0)

    config = replace(
        stage.config,
        phases=tuple(short(phase) for phase in stage.config.phases),
        foundation_size=DRY_SIZE,
        validate_every=10**9,
        validation_limit=1,
        log_every=1,
    )
    return replace(stage, config=config, until=None)


def join(stage: NamedStage) -> None:
    """Writes the stage's start: the weights it goes on from, some channels' controllers of others.

    Raises `ConfigError` if they do not have the channel.
    """
    assert stage.base is not None and stage.config.initial is not None
    model = load_model(stage.base)
    weights = model.state_dict()
    for channel, path in stage.controllers.items():
        other = load_model(path)
        if channel not in model.channels or channel not in other.channels:
            raise ConfigError(f"stage {stage.name}: no channel {channel} in {stage.base} or {path}")
        here, there = model.channels.index(channel), other.channels.index(channel)
        for name, rows in other.state_dict().items():
            if is_controller(name):
                weights[name][here] = rows[there]
    stage.config.initial.parent.mkdir(parents=True, exist_ok=True)
    state = {"channels": list(model.channels), "prompt": model.prompt, "ema": weights}
    checkpoint.save(stage.config.initial, state)


def average(stage: MeanStage) -> None:
    """Writes the mean of the stages' averaged weights. Raises `ConfigError` for other channels."""
    models = [load_model(path) for path in stage.of]
    first = models[0]
    if any(model.channels != first.channels for model in models):
        raise ConfigError(f"stage {stage.name}: the stages of `mean` have different channels")
    states = [model.state_dict() for model in models]
    weights = {
        # Counters of batches are no weights.
        name: sum(state[name] for state in states) / len(states)
        if value.is_floating_point()
        else value
        for name, value in states[0].items()
    }
    stage.output.mkdir(parents=True, exist_ok=True)
    state = {"channels": list(first.channels), "prompt": first.prompt, "ema": weights}
    checkpoint.save(stage.checkpoint, state)


def run(recipe: Recipe) -> Path:
    """Runs what is not yet done; returns the last stage's checkpoint."""
    for stage in recipe.stages:
        if isinstance(stage, MeanStage):
            logging.info("stage %s: the mean of %d stages", stage.name, len(stage.of))
            if not stage.checkpoint.exists():
                average(stage)
            continue
        logging.info("stage %s: %s, %d steps", stage.name, stage.config.stage, stage.steps)
        if stage.controllers and not stage.checkpoint.exists():
            join(stage)
        trainer = Trainer(stage.config)
        if trainer.step < stage.steps:
            trainer.run(until=stage.steps)
    return recipe.stages[-1].checkpoint


def main(argv: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="espmedsam.reproduce",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--output", type=Path, required=True, help="run folder")
    parser.add_argument("--models", type=Path, help="model directory to export to, if any")
    parser.add_argument("--training", type=Path, help="JSON for the manifest's `training`")
    parser.add_argument("--dry", action="store_true", help="a step or two of every stage")
    a = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    try:
        recipe = read_recipe(a.recipe, a.data, a.output)
    except (ConfigError, FileNotFoundError) as error:
        parser.error(str(error))
    if a.dry:
        recipe = replace(recipe, stages=tuple(dry(stage) for stage in recipe.stages))
    last = run(recipe)
    if a.models is None:
        logging.info("weights: %s", last)
        return
    training = {"summary": f"recipe {recipe.version}"}
    if a.training is not None:
        training = json.loads(a.training.read_text())
    rules = recipe.export
    export(
        load_model(last),
        rules["size"],
        a.models,
        training,
        version=recipe.version,
        tiles=rules.get("tiles"),
        views=rules.get("views"),
        sizes=rules.get("sizes"),
        int8_storage=rules.get("int8_storage", False),
    )


if __name__ == "__main__":
    main()
