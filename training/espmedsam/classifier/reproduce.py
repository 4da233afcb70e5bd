"""`python -m espmedsam.classifier.reproduce RECIPE`: a shipped classifier from its recipe.

A recipe is a YAML file: `members`, each with the fields of `MemberPlan` and a `name`; `near`, how
many pictures made of known ones serve for `training` and `validation`; the exported `classes`.
`initial` is the file that members go on from; only one with its SHA-256 is taken. A member with
`after: NAME` goes on from that one instead, which then is no member of the exported file. Members
that are done are not trained again. With `--dry` every member takes one step.
"""

import argparse
import hashlib
import logging
from dataclasses import dataclass, replace
from pathlib import Path

import torch
import yaml

from espmedsam.classifier.export import export_members
from espmedsam.classifier.train import MemberPlan, train

DRY_NEAR = 8
MEMBER_FILE = "classifier.pt"


class RecipeError(ValueError):
    """A recipe that cannot be followed."""


@dataclass(frozen=True)
class Recipe:
    """How an ensemble is made."""

    near: dict[str, int]
    """How many pictures are made of known ones, for `training` and for `validation`."""
    members: dict[str, MemberPlan]
    """Networks to train, in this order."""
    classes: tuple[str, ...] | None
    """Answers of the exported file; those of the model's channels unless given."""


def verified(path: Path | None, sha256: str | None) -> Path | None:
    """The file that members go on from, if it is the one that the recipe means."""
    if sha256 is None:
        return None
    if path is None:
        raise RecipeError(f"--initial is needed: the file with SHA-256 {sha256}")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise RecipeError(f"{path} has SHA-256 {found}, the recipe goes on from {sha256}")
    return path


def read_recipe(path: Path, initial: Path | None, output: Path) -> Recipe:
    """A recipe, its members' start being `initial` or one of them. Raises `RecipeError`."""
    raw = yaml.safe_load(path.read_text())
    start = verified(initial, raw.get("initial", {}).get("sha256"))
    members: dict[str, MemberPlan] = {}
    try:
        for given in raw["members"]:
            name, before = given.pop("name"), given.pop("after", None)
            if before is not None and before not in members:
                raise RecipeError(f"{path}: {name} goes on after {before}, which is not before it")
            own = start if before is None else output / before / MEMBER_FILE
            members[name] = MemberPlan(initial=own, **given)
        if len(members) != len(raw["members"]):
            raise RecipeError(f"{path}: two members have the same name")
        classes = raw.get("classes")
        return Recipe(raw["near"], members, None if classes is None else tuple(classes))
    except (KeyError, TypeError) as error:
        raise RecipeError(f"{path}: {error}") from error


def main(argv: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="espmedsam.classifier.reproduce", description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="data folders")
    parser.add_argument("--initial", type=Path, help="exported classifier to go on from")
    parser.add_argument("--output", type=Path, required=True, help="run folder")
    parser.add_argument("--models", type=Path, help="model directory to export to, if any")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--dry", action="store_true", help="one step of every member")
    a = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    torch.set_num_threads(a.threads)
    try:
        recipe = read_recipe(a.recipe, a.initial, a.output)
    except (RecipeError, FileNotFoundError) as error:
        parser.error(str(error))
    cache, done = a.output / "cache", []
    for name, plan in recipe.members.items():
        done.append(a.output / name / MEMBER_FILE)
        if not done[-1].exists():
            near = DRY_NEAR if a.dry else recipe.near["training"]
            train(a.data, a.output / name, replace(plan, steps=1) if a.dry else plan, cache, near)
    if a.models is not None:
        near = DRY_NEAR if a.dry else recipe.near["validation"]
        passed_on = {plan.initial for plan in recipe.members.values()}
        joined = [path for path in done if path not in passed_on]
        export_members(joined, a.data, a.models, near, cache, recipe.classes)


if __name__ == "__main__":
    main()
