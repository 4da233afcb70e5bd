"""`python -m espmedsam.compare`: what each part of the network and of its training is worth.

Every arm trains on the same images, in batches of the same size, for the same number of steps with
the same seed, and is measured on the validation split in whole pictures:

    random             from random weights
    foundation         from LiteMedSAM's weights
    mmdkd              the same, after the stages `common` and `controller` (their steps included)
    no-controllers     as `foundation`, one encoder for all modalities
    no-prompt          as `foundation`, without the patch prompt
    one-query          as `foundation`, one query for all modalities

The teacher, which `mmdkd` learns from, is an arm of its own: LiteMedSAM's frozen encoder at 64×64
tokens (or as many as `--teacher-size` gives) with SPPG and QDMD, trained for as many steps. Its
compute is not counted again in `mmdkd`.

An arm that is done is not run again.
"""

import argparse
import json
import logging
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from espmedsam.channels import CHANNELS
from espmedsam.config import Phase, TrainConfig
from espmedsam.source import pairs_of
from espmedsam.train.trainer import Trainer
from espmedsam.train.validation import dice_by_modality, limited

ARMS = ("teacher", "random", "foundation", "mmdkd", "no-controllers", "no-prompt", "one-query")
PER_BATCH = {
    "dermoscopy": 1,
    "xray": 1,
    "ultrasound": 2,
    "fundus": 1,
    "microscopy": 2,
    "colonoscopy": 3,
}
ABLATION = {"no-controllers": "controllers", "no-prompt": "prompt", "one-query": "queries"}
DISTILLED = 0.25
"""Part of an arm's steps that stage `common` has, and stage `controller` again."""
TEACHER_LR = 5e-4


@dataclass(frozen=True)
class Plan:
    """What all arms share."""

    data: tuple[Path, ...]
    output: Path
    steps: int
    size: int
    seed: int
    teacher_size: int
    """Input edge at which LiteMedSAM's encoder sees a picture, four times its tokens."""
    limit: int
    """Validation images of each modality."""

    def phase(self, steps: int, lr: float = 5e-4, plain: bool = False) -> Phase:
        """A phase of so many steps, its learning rate falling to zero."""
        warmup = min(20, steps // 5)
        return Phase(self.size, steps, PER_BATCH, lr, warmup=warmup, plain=plain)

    def config(self, name: str) -> TrainConfig:
        """An end-to-end arm from random weights."""
        return TrainConfig(
            self.data,
            self.output / name,
            (self.phase(self.steps),),
            seed=self.seed,
            threads=1,
            bfloat16=True,
            prompt="soft",
            foundation_size=self.teacher_size,
            ema=0.97,
            log_every=20,
            checkpoint_every=50,
            validate_every=10**9,
            validation_limit=0,
        )


def stages(plan: Plan, arm: str) -> list[TrainConfig]:
    """The stages of an arm, one after the other."""
    base = plan.config(arm)
    if arm == "random":
        return [base]
    if arm == "teacher":
        return [teacher_stage(plan)]
    if arm != "mmdkd":
        return [replace(base, foundation="lite-medsam", ablation=ABLATION.get(arm))]
    part = round(DISTILLED * plan.steps)
    embeddings = plan.output / "embeddings"
    common = replace(
        base,
        output=plan.output / "mmdkd-common",
        stage="common",
        phases=(plan.phase(part, plain=True),),
        foundation="lite-medsam",
        embeddings=embeddings,
    )
    controller = replace(
        base,
        output=plan.output / "mmdkd-controller",
        stage="controller",
        phases=(plan.phase(part, plain=True),),
        initial=common.output / "last.pt",
        teacher=teacher_stage(plan).output / "last.pt",
        embeddings=embeddings,
        optimiser="adam",
        clip=None,
    )
    rest = (plan.phase(plan.steps - 2 * part),)
    finetune = replace(base, phases=rest, initial=controller.output / "last.pt")
    return [common, controller, finetune]


def teacher_stage(plan: Plan) -> TrainConfig:
    """The teacher: as many steps, whole pictures at its own scale, so each is embedded once."""
    phase = replace(plan.phase(plan.steps, TEACHER_LR, plain=True), size=plan.teacher_size)
    return replace(
        plan.config("teacher"),
        stage="teacher",
        phases=(phase,),
        foundation="lite-medsam",
        embeddings=plan.output / "embeddings",
    )


def run_arm(plan: Plan, arm: str) -> dict[str, object]:
    """Trains an arm and measures it; seconds are of this process and of all its stages."""
    started = time.process_time()
    configs = stages(plan, arm)
    for config in configs:
        trainer = Trainer(config)
        trainer.run()
    pairs = [p for p in pairs_of(configs[-1], "val") if p.modality in CHANNELS]
    pairs = [p for p in pairs if p.mask().any()]
    size = configs[-1].phases[-1].size
    model = trainer.averaged_model()
    dice = dice_by_modality(model, limited(pairs, plan.limit), size, tiled=False)
    steps = sum(config.steps for config in configs)
    return {
        "arm": arm,
        "steps": steps,
        "seconds": round(time.process_time() - started),
        "dice": {name: round(value, 4) for name, value in dice.items()},
        "mean": round(float(np.mean(list(dice.values()))), 4),
    }


def table(results: list[dict]) -> str:
    """The results as a Markdown table."""
    lines = ["| arm | " + " | ".join(CHANNELS) + " | mean | steps | core seconds |"]
    lines.append("|" + "---|" * (len(CHANNELS) + 4))
    for r in results:
        cells = [r["arm"], *(f"{r['dice'][n]:.3f}" for n in CHANNELS), f"{r['mean']:.3f}"]
        lines.append("| " + " | ".join([*cells, str(r["steps"]), str(r["seconds"])]) + " |")
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--size", type=int, default=128, help="input edge of all but the teacher")
    parser.add_argument("--teacher-size", type=int, default=256, help="input edge of the teacher")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=int, default=20, help="validation images of a modality")
    parser.add_argument("--arms", nargs="+", choices=ARMS, default=ARMS)
    a = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    plan = Plan(tuple(a.data), a.output, a.steps, a.size, a.seed, a.teacher_size, a.limit)
    a.output.mkdir(parents=True, exist_ok=True)
    path = a.output / "results.json"
    results = json.loads(path.read_text()) if path.exists() else []
    for arm in a.arms:
        if arm not in {result["arm"] for result in results}:
            logging.info("arm %s", arm)
            if arm == "mmdkd" and not (teacher_stage(plan).output / "last.pt").exists():
                parser.error("arm mmdkd learns from the arm teacher: run that first")
            results.append(run_arm(plan, arm))
            path.write_text(json.dumps(results, indent=2) + "\n")
    print(table(results))


if __name__ == "__main__":
    main()
