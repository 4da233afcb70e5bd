"""Recipes: every stage of a version, in order, from one file."""

from pathlib import Path

import pytest
import torch
from conftest import write_data
from lite_layout import lite_medsam_state

from espmedsam.channels import CHANNELS
from espmedsam.checkpoint import load_model
from espmedsam.compare import ARMS, table
from espmedsam.compare import main as compare
from espmedsam.config import ConfigError
from espmedsam.model import is_controller
from espmedsam.reproduce import main, read_recipe

RECIPES = Path(__file__).parent.parent / "recipes"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven modalities, two pictures for training and one for validation of each."""
    root = tmp_path_factory.mktemp("seven")
    return write_data(root, (*CHANNELS, "thyroid"), ("train", "train", "val"))


@pytest.fixture(autouse=True)
def foundation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Random weights in LiteMedSAM's layout in the place of the published file."""
    path = tmp_path / "lite.pth"
    torch.save(lite_medsam_state(), path)
    monkeypatch.setattr("espmedsam.train.stages.lite_medsam", lambda: path)


def test_the_recipe_of_the_shipped_version_runs_from_nothing_in_little(
    data: Path, tmp_path: Path
) -> None:
    recipe = RECIPES / "v0.6.0.yaml"
    arguments = [str(recipe), "--data", str(data), "--output", str(tmp_path / "run"), "--dry"]
    main(arguments)
    stages = read_recipe(recipe, [data], tmp_path / "run").stages
    assert [stage.name for stage in stages] == [
        "start",
        "joint",
        "finish",
        "vessels",
        "breast",
        "longer",
        "thyroid",
        "fine-vessels",
        "breast-again",
        "again",
        "mean",
        "presence",
    ]
    assert all(stage.checkpoint.exists() for stage in stages)
    by_name = {stage.name: stage for stage in stages}
    before, after = (load_model(by_name[name].checkpoint) for name in ("longer", "thyroid"))
    assert after.channels == (*CHANNELS, "thyroid")
    assert after.options == {"prompt": "soft", "presence": True}
    old, new = before.state_dict(), after.state_dict()
    for key, value in old.items():
        kept = new[key][: len(value)] if is_controller(key) else new[key]
        if key != "qdmd.mask_query.weight":
            assert torch.equal(kept, value), key
    # One stage starts with the controllers that microscopy had two stages before.
    joined, base, other = (
        load_model(path).state_dict()
        for path in (
            tmp_path / "run" / "longer" / "start.pt",
            by_name["breast"].checkpoint,
            by_name["finish"].checkpoint,
        )
    )
    microscopy = CHANNELS.index("microscopy")
    for key, value in joined.items():
        rest = value.clone()
        if is_controller(key):
            assert torch.equal(value[microscopy], other[key][microscopy]), key
            rest[microscopy] = base[key][microscopy]
        assert torch.equal(rest, base[key]), key
    # The last one is the mean of the two before it, weight by weight.
    mean, one, two = (
        load_model(by_name[name].checkpoint).state_dict()
        for name in ("mean", "breast-again", "again")
    )
    for key, value in mean.items():
        wanted = (one[key] + two[key]) / 2 if value.is_floating_point() else one[key]
        assert torch.equal(value, wanted), key
    # Nothing is run twice.
    written = stages[0].checkpoint.stat().st_mtime_ns
    main(arguments)
    assert stages[0].checkpoint.stat().st_mtime_ns == written


def test_the_papers_scheme_runs_stage_after_stage(data: Path, tmp_path: Path) -> None:
    recipe = RECIPES / "mmdkd.yaml"
    main([str(recipe), "--data", str(data), "--output", str(tmp_path / "run"), "--dry"])
    stages = read_recipe(recipe, [data], tmp_path / "run").stages
    kinds = [stage.config.stage for stage in stages]
    assert kinds == ["teacher", "common", "controller", "finetune"]
    assert stages[2].config.initial == stages[1].checkpoint
    assert load_model(stages[3].checkpoint).channels == CHANNELS
    # Each picture was embedded once for all three stages that ask for it.
    assert 0 < len(list((tmp_path / "run" / "embeddings").iterdir())) <= 2 * 7 + 7


def test_the_comparison_trains_every_arm_and_says_what_each_reached(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sizes = ["--steps", "4", "--size", "64", "--teacher-size", "64", "--limit", "1"]
    arguments = ["--data", str(data), "--output", str(tmp_path / "compare"), *sizes]
    compare([*arguments, "--arms", "teacher", "mmdkd", "no-controllers", "no-prompt", "one-query"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("|")[1].strip() for line in lines[2:]] == [
        arm for arm in ARMS if arm not in ("random", "foundation")
    ]
    assert all(line.split("|")[-3].strip() == "4" for line in lines[2:])


def test_the_distilled_arm_needs_its_teacher(data: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        compare(["--data", str(data), "--output", str(tmp_path / "compare"), "--arms", "mmdkd"])


def test_a_table_has_a_line_for_each_arm() -> None:
    dice = dict.fromkeys(CHANNELS, 0.5)
    result = {"arm": "random", "steps": 4, "seconds": 9, "dice": dice, "mean": 0.5}
    assert table([result, result]).count("| random | 0.500 |") == 2


def test_a_recipe_that_makes_no_sense_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "recipe.yaml"
    for text, message in (
        ("version: 1", "stages"),
        ("version: 1\nstages: [{name: a, stage: distil, phases: []}]", "unknown stage distil"),
        ("version: 1\nstages: [{name: a, phases: []}, {name: a, phases: []}]", "the same name"),
        ("version: 1\nstages: [{name: a, mean: [b]}]", "b"),
    ):
        path.write_text(text)
        with pytest.raises(ConfigError, match=message):
            read_recipe(path, [tmp_path], tmp_path)
