"""The modality classifier: its data, a short training, calibration, export, evaluation."""

import csv
from pathlib import Path

import cv2
import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from conftest import write_data
from small_model import bright_is_foreground

from espmedsam import checkpoint
from espmedsam import manifest as manifests
from espmedsam.channels import CHANNELS
from espmedsam.classifier import CLASSES, NONE, SIZE
from espmedsam.classifier import evaluate as evaluate_module
from espmedsam.classifier import export as export_module
from espmedsam.classifier import reproduce as reproduce_module
from espmedsam.classifier.augmentation import training_view
from espmedsam.classifier.calibrate import (
    calibrate,
    choose_threshold,
    choose_threshold_alone,
    fit_temperature,
)
from espmedsam.classifier.dataset import as_in_use, at_working_edge, decoded, read_folder
from espmedsam.classifier.evaluate import Finding, differences, pictures_of_sets, write_card
from espmedsam.classifier.export import export_classifier, read_members
from espmedsam.classifier.mining import MinedPool, mistaken_probability
from espmedsam.classifier.near_ood import blank, near_ood, pick
from espmedsam.classifier.network import CalibratedClassifier, Ensemble, ModalityClassifier
from espmedsam.classifier.train import ClassifierSource, MemberPlan, fit_head, train
from espmedsam.classifier.validation import validation_set
from espmedsam.data import DataError
from espmedsam.onnx_weights import OnnxWeightsError
from espmedsam.parity import randomise_batchnorm


def write_kinds(root: Path, rows: list[tuple[str, str, str, str]]) -> Path:
    """A folder of other kinds from (kind, role, split, group): random colours, 40 × 50 pixels."""
    (root / "images").mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(5)
    with (root / "manifest.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("kind", "stem", "role", "split", "group"))
        for number, (kind, role, split, group) in enumerate(rows):
            image = rng.integers(0, 256, (40, 50, 3), dtype=np.uint8)
            cv2.imwrite(str(root / "images" / f"p{number}.jpg"), image)
            writer.writerow((kind, f"p{number}", role, split, group))
    return root


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A folder of pairs with every class, and one of other kinds; all three splits in both."""
    root = tmp_path_factory.mktemp("classes")
    splits = ("train", "train", "val", "test")
    pairs = write_data(root / "pairs", CLASSES[:NONE], splits)
    rows = [("ct", "foreign", split, f"g{i}") for i, split in enumerate(splits)]
    rows += [("smear", "accept:microscopy", split, f"s{i}") for i, split in enumerate(splits)]
    return [pairs, write_kinds(root / "others", rows)]


def test_the_class_is_the_modality_or_follows_from_the_role(folders: list[Path]) -> None:
    pairs, others = (read_folder(folder) for folder in folders)
    assert {CLASSES[p.label] for p in pairs} == set(CLASSES[:NONE])
    assert {(p.source, CLASSES[p.label]) for p in others} == {
        ("ct", "none"),
        ("smear", "microscopy"),
    }
    assert {p.split for p in others} == {"train", "val", "test"}
    assert all(p.path.exists() for p in (*pairs, *others))


def test_kinds_that_come_without_a_split_are_split_by_group(tmp_path: Path) -> None:
    rows = [("ct", "foreign", "train", f"case{i // 3}") for i in range(60)]
    first = read_folder(write_kinds(tmp_path / "a", rows))
    counts = {split: sum(p.split == split for p in first) for split in ("train", "val", "test")}
    assert counts == {"train": 36, "val": 12, "test": 12}
    for group in {p.group for p in first}:
        assert len({p.split for p in first if p.group == group}) == 1
    # Where the rows stand in the manifest changes nothing.
    second = read_folder(write_kinds(tmp_path / "b", rows[::-1]))
    assert {(p.group, p.split) for p in first} == {(p.group, p.split) for p in second}


def test_a_folder_that_is_not_understood_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no manifest\.csv"):
        read_folder(tmp_path)
    (tmp_path / "manifest.csv").write_text("a,b\n1,2\n")
    with pytest.raises(DataError, match="neither the columns"):
        read_folder(tmp_path)
    with pytest.raises(DataError, match="'teeth' is no class"):
        read_folder(write_kinds(tmp_path / "c", [("x", "accept:teeth", "train", "g")]))
    with pytest.raises(DataError, match="the role is 'friend'"):
        read_folder(write_kinds(tmp_path / "d", [("x", "friend", "train", "g")]))


def test_a_picture_that_is_not_there_is_left_out_and_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = write_kinds(tmp_path, [("ct", "foreign", "val", "a"), ("ct", "foreign", "val", "b")])
    (root / "images" / "p1.jpg").unlink()
    assert [p.path.name for p in read_folder(root)] == ["p0.jpg"]
    assert "p1.jpg" in caplog.text


def test_decoded_pictures_come_from_the_cache_until_a_file_changes(
    folders: list[Path], tmp_path: Path
) -> None:
    pictures = read_folder(folders[0])[:3]
    first = decoded(pictures, at_working_edge, tmp_path)
    assert np.array_equal(first, decoded(pictures, at_working_edge, None))
    kept = list(tmp_path.iterdir())
    decoded(pictures, at_working_edge, tmp_path)
    assert list(tmp_path.iterdir()) == kept
    decoded(pictures[:2], at_working_edge, tmp_path)
    decoded(pictures, as_in_use, tmp_path)
    assert len(list(tmp_path.iterdir())) == 3


def test_pictures_made_of_known_ones_are_changed_but_not_in_size() -> None:
    rng = np.random.default_rng(0)
    kinds = [[rng.integers(0, 256, (60, 60, 3), dtype=np.uint8)] for _ in range(NONE)]
    before = [kind[0].copy() for kind in kinds]
    for _ in range(60):
        image = near_ood(kinds, rng)
        assert image.shape == (60, 60, 3)
        assert image.dtype == np.uint8
        assert not any(np.array_equal(image, kind[0]) for kind in kinds)
    assert all(np.array_equal(b, kind[0]) for b, kind in zip(before, kinds, strict=True))


def test_a_picture_that_shows_nothing_is_not_made_into_another_kind() -> None:
    rng = np.random.default_rng(0)
    skin = np.full((60, 60, 3), 200, np.uint8)
    mole = skin.copy()
    mole[:30] = 60
    picked = [pick([[skin, mole]], rng, (0,)) for _ in range(200)]
    # One of them now and then after all, when no better one is found in a few tries.
    assert sum(np.array_equal(image, mole) for image in picked) > 190
    assert np.array_equal(pick([[skin]], rng, (0,)), skin)


@pytest.mark.parametrize("label", range(len(CLASSES)))
def test_views_fit_the_input(label: int) -> None:
    rng = np.random.default_rng(label)
    image = rng.integers(0, 256, (150, 150, 3), dtype=np.uint8)
    for _ in range(30):
        view = training_view(image, rng, label)
        assert view.shape == (SIZE, SIZE, 3)
        assert 0 <= view.min() <= view.max() < 255.01


def test_the_exported_classifier_gives_a_probability_of_each_class_for_any_batch(
    tmp_path: Path,
) -> None:
    torch.manual_seed(0)
    model = ModalityClassifier().eval()
    randomise_batchnorm(model)
    path = tmp_path / "classifier.onnx"
    export_classifier(CalibratedClassifier(model, 1.7), path)
    assert path.stat().st_size < 1_000_000
    graph = onnx.load(path).graph
    assert [v.name for v in graph.input] == ["image"]
    assert [v.name for v in graph.output] == ["probabilities"]
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    for count in (1, 4):
        image = np.random.default_rng(0).standard_normal((count, 3, SIZE, SIZE), np.float32)
        probabilities = session.run(None, {"image": image})[0]
        assert probabilities.shape == (count, len(CLASSES))
        assert probabilities.sum(axis=1) == pytest.approx(np.ones(count), abs=1e-5)


def test_the_temperature_undoes_over_confidence() -> None:
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(4000, len(CLASSES), generator=generator) * 2
    labels = torch.multinomial(logits.softmax(1), 1, generator=generator).squeeze(1)
    assert fit_temperature(logits * 3, labels) == pytest.approx(3, rel=0.1)


def answers(probability: float, channel: int, count: int) -> torch.Tensor:
    rows = torch.full((count, 7), (1 - probability) / 6)
    rows[:, channel] = probability
    return rows


def test_the_threshold_keeps_other_kinds_out_before_it_lets_known_ones_in() -> None:
    labels = torch.tensor([0] * 100 + [6] * 100)
    # Other kinds are taken for channel 2 with 0.62, known ones are known with 0.78 or more.
    probabilities = torch.cat((answers(0.78, 0, 50), answers(0.99, 0, 50), answers(0.62, 2, 100)))
    assert choose_threshold(probabilities, labels) == 0.75
    # Known ones with 0.56 as well: letting them in would let the others in.
    probabilities[:50] = answers(0.56, 0, 50)
    assert choose_threshold(probabilities, labels) == 0.95
    sure = torch.cat((answers(0.99, 0, 100), answers(0.99, 6, 100)))
    assert choose_threshold(sure, labels) == 0.95


def test_the_threshold_falls_until_enough_images_pass() -> None:
    labels = torch.zeros(100, dtype=torch.int64)
    assert choose_threshold(answers(0.99, 0, 100), labels) == 0.95
    assert choose_threshold(answers(0.75, 0, 100), labels) == 0.75


def test_without_a_header_no_picture_of_another_kind_is_let_in() -> None:
    labels = torch.tensor([0] * 10 + [6] * 100)
    probabilities = torch.cat((answers(0.985, 0, 10), answers(0.9, 6, 99), answers(0.62, 2, 1)))
    assert choose_threshold_alone(probabilities, labels, 0.5) == 0.63
    # The classifier alone is never believed sooner than beside a header.
    assert choose_threshold_alone(probabilities, labels, 0.8) == 0.8
    # One that cannot be kept out: the highest threshold at which the known ones pass.
    probabilities[-1] = answers(0.999, 2, 1)
    assert choose_threshold_alone(probabilities, labels, 0.5) == 0.98
    # One that could be kept out only at the cost of the known ones.
    probabilities[:10] = answers(0.775, 0, 10)
    probabilities[-1] = answers(0.9, 2, 1)
    assert choose_threshold_alone(probabilities, labels, 0.5) == 0.77


def test_a_picture_that_is_refused_does_not_raise_the_threshold() -> None:
    labels = torch.tensor([0, 6])
    refused = torch.tensor([[0.45, 0, 0, 0, 0, 0, 0.55]])
    probabilities = torch.cat((answers(0.99, 0, 1), refused))
    assert choose_threshold_alone(probabilities, labels, 0.4) == 0.4


def test_images_that_are_mistaken_are_drawn_more_often_and_none_is_lost() -> None:
    images = [np.full((4, 4, 3), i, np.uint8) for i in range(10)]
    pool = MinedPool(images)
    rng = np.random.default_rng(0)
    even = np.bincount([pool.draw(rng)[0, 0, 0] for _ in range(5000)], minlength=10)
    assert even.min() > 400
    pool.weigh(np.array([0.001] * 9 + [0.991], np.float32))
    mined = np.bincount([pool.draw(rng)[0, 0, 0] for _ in range(5000)], minlength=10)
    # Half of the draws go by the mistake, the other half is even.
    assert mined[9] / 5000 == pytest.approx(0.55, abs=0.03)
    assert mined[:9].min() > 180


def test_mining_asks_for_the_probability_of_the_likeliest_known_kind() -> None:
    class Brightness(torch.nn.Module):
        """Takes bright images for the third kind, all others for none."""

        def forward(self, image: torch.Tensor) -> torch.Tensor:
            logits = torch.zeros(len(image), len(CLASSES))
            bright = image.mean(dim=(1, 2, 3)) > 0
            logits[bright, 2] = 9
            logits[~bright, NONE] = 9
            return logits

    images = [np.full((160, 160, 3), value, np.uint8) for value in (0, 255) * 40]
    mistaken = mistaken_probability(Brightness(), images)
    assert mistaken[1::2] == pytest.approx(1, abs=0.01)
    assert mistaken[0::2] == pytest.approx(0, abs=0.01)


def test_batches_repeat_with_the_seed_however_they_are_made(folders: list[Path]) -> None:
    source, again = (ClassifierSource(folders, 5, near_pictures=4) for _ in range(2))
    for step, (images, labels) in enumerate(source.batches(range(3))):
        expected, expected_labels = again.batch(step)
        assert torch.equal(images, expected)
        assert torch.equal(labels, expected_labels)
    torch.manual_seed(0)
    source.weigh(ModalityClassifier())
    assert torch.isfinite(source.batch(3)[0]).all()


def test_training_needs_every_class_and_pictures_of_other_kinds(folders: list[Path]) -> None:
    with pytest.raises(DataError, match="no folder has pictures of other kinds"):
        ClassifierSource(folders[:1], 5, near_pictures=1)
    with pytest.raises(DataError, match="no picture of dermoscopy"):
        ClassifierSource(folders[1:], 5, near_pictures=1)


def random_members(count: int) -> list[ModalityClassifier]:
    torch.manual_seed(0)
    members = [ModalityClassifier().eval() for _ in range(count)]
    for seed, member in enumerate(members):
        randomise_batchnorm(member, seed)
    return members


def test_an_ensemble_hears_every_member_on_the_image_and_its_mirror_image() -> None:
    members = random_members(2)
    image = torch.randn(3, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        heard = [member(view) for member in members for view in (image, image.flip(3))]
        torch.testing.assert_close(Ensemble(members)(image), torch.stack(heard).mean(dim=0))
        torch.testing.assert_close(Ensemble(members)(image.flip(3)), Ensemble(members)(image))


def export_onnx_of(member: ModalityClassifier, path: Path) -> None:
    """An export of a member whose head may have other classes than ours."""

    class Wrapped(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.detector = torch.nn.Module()
            self.detector.members = torch.nn.ModuleList([member])

        def forward(self, image: torch.Tensor) -> torch.Tensor:
            return torch.softmax(self.detector.members[0](image), dim=1)

    export_classifier(Wrapped(), path)


def test_members_come_back_out_of_an_exported_classifier(tmp_path: Path) -> None:
    members = random_members(2)
    export_classifier(CalibratedClassifier(Ensemble(members), 1.3), tmp_path / "classifier.onnx")
    image = torch.randn(2, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(1))
    read = read_members(tmp_path / "classifier.onnx")
    assert len(read) == 2
    for before, after in zip(members, read, strict=True):
        with torch.no_grad():
            torch.testing.assert_close(after.eval()(image), before(image), rtol=1e-4, atol=1e-4)


def test_a_file_of_other_classes_gives_convolutions_for_a_new_head(
    folders: list[Path], tmp_path: Path
) -> None:
    (before,) = random_members(1)
    before.head = torch.nn.Linear(416, 7)
    path = tmp_path / "classifier.onnx"
    export_onnx_of(before, path)
    with pytest.raises(OnnxWeightsError, match="a head of another shape or other classes"):
        read_members(path)
    plan = MemberPlan(steps=3, seed=1, initial=path, head_only=True)
    train(folders, tmp_path / "run", plan)
    (after,) = read_members(tmp_path / "run" / "classifier.pt")
    image = torch.randn(2, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        torch.testing.assert_close(
            after.eval().pooled(image), before.pooled(image), rtol=1e-4, atol=1e-4
        )
    assert after.head[-1].out_features == len(CLASSES)


def test_a_head_fitted_alone_separates_what_is_separable() -> None:
    (member,) = random_members(1)
    labels = torch.arange(len(CLASSES)).repeat(20)
    generator = torch.Generator().manual_seed(0)
    features = torch.randn(len(labels), 416, generator=generator)
    # Far from mean 0 and spread 1, as features are.
    features = features * 0.01 + 3
    features[torch.arange(len(labels)), labels] += 1
    fit_head(member, features, labels, seed=0)
    with torch.no_grad():
        assert torch.equal(member.head(features).argmax(dim=1), labels)


def test_another_graph_has_no_members(tmp_path: Path) -> None:
    bright_is_foreground(tmp_path / "other.onnx")
    with pytest.raises(OnnxWeightsError, match="no modality classifier"):
        read_members(tmp_path / "other.onnx")


def test_a_class_without_a_channel_is_exported_as_none() -> None:
    (member,) = random_members(1)
    image = torch.randn(5, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(2))
    six = (*CHANNELS, "none")
    with torch.no_grad():
        every = CalibratedClassifier(member, 0.8)(image)
        fewer = CalibratedClassifier(member, 0.8, six)(image)
    torch.testing.assert_close(fewer[:, :6], every[:, :6])
    torch.testing.assert_close(fewer[:, 6], every[:, 6] + every[:, 7])
    for wrong in ((), ("xray",), ("none", "xray"), ("xray", "xray", "none"), ("teeth", "none")):
        with pytest.raises(ValueError, match="classes must be"):
            CalibratedClassifier(member, 1.0, wrong)


@pytest.mark.parametrize("channels", [CHANNELS, ("thyroid", "fundus")])
def test_members_are_joined_calibrated_and_exported(
    folders: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    channels: tuple[str, ...],
) -> None:
    paths = []
    for number, member in enumerate(random_members(2)):
        paths.append(str(tmp_path / f"{number}.pt"))
        checkpoint.save(Path(paths[-1]), {"model": member.state_dict()})
    manifests.write(tmp_path, {"channels": [{"name": name} for name in channels]})
    arguments = ["export", "--members", *paths, "--output", str(tmp_path)]
    arguments += ["--data", *map(str, folders), "--near", "10"]
    monkeypatch.setattr("sys.argv", arguments)
    export_module.main()
    entry = manifests.read(tmp_path)["detector"]
    assert 0 < entry["threshold"] <= entry["thresholdAlone"] < 1
    assert set(entry["classes"]) == {*channels, "none"}
    assert len(read_members(tmp_path / entry["file"])) == 2


def test_thresholds_are_chosen_on_pictures_as_in_use_and_some_made_of_them(
    folders: list[Path],
) -> None:
    found = validation_set(folders, near_pictures=6)
    # One validation picture of each known class, a smear, a CT slice, and those made of them.
    assert len(found.images) == len(found.labels) == len(found.sources) == NONE + 2 + 6
    assert found.near.tolist() == [False] * (NONE + 2) + [True] * 6
    assert found.labels[found.near].tolist() == [NONE] * 6
    assert found.images.shape[1:] == (3, SIZE, SIZE)


def test_pictures_made_of_known_ones_count_only_where_no_header_speaks() -> None:
    # Known ones are known with 0.9; a real other one is taken for xray with 0.5, a made one
    # with 0.8.
    labels = torch.tensor([0] * 50 + [6] * 50)
    near = torch.tensor([False] * 75 + [True] * 25)
    logits = torch.cat((answers(0.9, 0, 50), answers(0.5, 1, 25), answers(0.8, 1, 25))).log()
    found = calibrate(logits, labels, near)
    most = torch.softmax(logits / found.temperature, dim=1)[:, :6].amax(dim=1)
    assert most[50] < found.threshold <= most[0]
    assert most[75] < found.alone <= most[0]


RECIPE = Path(__file__).parent.parent / "recipes" / "classifier-v0.5.0.yaml"


def test_a_recipe_goes_on_from_the_file_that_it_names_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.onnx"
    other.write_bytes(b"another")
    arguments = [str(RECIPE), "--data", str(tmp_path), "--output", str(tmp_path)]
    for given, message in (([], "--initial is needed"), (["--initial", str(other)], "the recipe")):
        with pytest.raises(SystemExit):
            reproduce_module.main([*arguments, *given])
        assert message in capsys.readouterr().err


def test_the_recipe_of_the_shipped_classifier_runs_in_little(
    folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = tmp_path / "start.onnx"
    export_classifier(CalibratedClassifier(Ensemble(random_members(3)), 1.0), start)
    monkeypatch.setattr(reproduce_module, "verified", lambda path, sha256: path)
    models = tmp_path / "models"
    models.mkdir()
    manifests.write(models, {})
    arguments = [str(RECIPE), "--dry", "--initial", str(start), "--models", str(models)]
    arguments += ["--data", *map(str, folders), "--output", str(tmp_path / "run")]
    reproduce_module.main(arguments)
    entry = manifests.read(models)["detector"]
    assert entry["classes"] == list(CLASSES)
    # Members that others go on from are not part of the file.
    assert len(read_members(models / entry["file"])) == 2
    trained = {path.parent.name for path in (tmp_path / "run").glob("*/classifier.pt")}
    assert trained == {"head", "first", "second", "first-again", "second-again"}


def test_an_answer_below_the_threshold_is_none() -> None:
    finding = Finding("xray", "somewhere", "xray", 0.7)
    assert finding.answer(0.7) == "xray"
    assert finding.answer(0.71) == "none"


def test_blank_frames_show_one_colour_or_noise() -> None:
    rng = np.random.default_rng(3)
    frames = [blank(rng, 32) for _ in range(100)]
    assert all(frame.shape == (32, 32, 3) and frame.dtype == np.uint8 for frame in frames)
    assert max(frame.std(axis=(0, 1)).max() for frame in frames) < 11
    assert sum(frame.max() == 0 for frame in frames) > 15


def test_the_card_holds_what_was_measured(
    folders: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    member = random_members(1)[0]
    path = tmp_path / manifests.CLASSIFIER_FILE
    export_classifier(CalibratedClassifier(member, 1.0, (*CHANNELS, "none")), path)
    manifests.write(tmp_path, {"detector": manifests.classifier_entry(path, SIZE, 0.5, 0.6)})
    monkeypatch.setattr(evaluate_module, "BLANK_FRAMES", 3)
    card = tmp_path / "MODEL_CARD.md"
    card.write_text(f"before\n{evaluate_module.BEGIN}\n{evaluate_module.END}\nafter\n")
    arguments = ["--models", str(tmp_path), "--data", *map(str, folders)]
    assert evaluate_module.main([*arguments, "--card", str(card)]) == 0
    written = card.read_text()
    assert written.startswith("before\n") and written.endswith("after\n")
    # One test picture of each channel that the model has; the thyroid counts as another kind.
    for name in CHANNELS:
        assert f"| {name} | discs | 1 |" in written
    assert "| discs | 1 |" in written and "| thyroid |" not in written
    assert "| blank frames | 3 |" in written and "| ct | 1 |" in written
    assert evaluate_module.main([*arguments, "--check", str(card)]) == 0
    card.write_text(written.replace("| ct | 1 |", "| ct | 9 |"))
    assert evaluate_module.main([*arguments, "--check", str(card)]) == 1
    capsys.readouterr()


def test_a_card_may_be_one_count_off_but_not_say_something_else(tmp_path: Path) -> None:
    card = tmp_path / "card.md"
    card.write_text(f"{evaluate_module.BEGIN}\n{evaluate_module.END}\n")
    write_card(card, ["| ct | 10 | 3 |"])
    assert differences(card, ["| ct | 10 | 4 |"]) == []
    assert differences(card, ["| ct | 10 | 5 |"]) != []
    assert differences(card, ["| mr | 10 | 3 |"]) != []
    assert differences(card, []) != []
    card.write_text("no place for it\n")
    with pytest.raises(ValueError, match="the card needs one line"):
        write_card(card, ["| ct | 10 | 3 |"])


def test_sets_of_other_clinics_are_read_by_their_manifest(tmp_path: Path) -> None:
    write_data(tmp_path / "clinic", ["fundus"], ("test",))
    (tmp_path / "manifest.csv").write_text("set,modality,stem\nclinic,fundus,s0\n")
    (picture,) = pictures_of_sets(tmp_path)
    assert picture.path.exists()
    assert (CLASSES[picture.label], picture.source) == ("fundus", "clinic")
