#!/usr/bin/env python3
"""The committed head is what its recipe bakes, and measures what the recipe asks."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HEADS = ROOT / "assets/heads"


def main():
    baker = pathlib.Path(sys.argv[1]).parent / "bake_head"
    with tempfile.TemporaryDirectory() as folder:
        mesh, landmarks = pathlib.Path(folder) / "head.ply", pathlib.Path(folder) / "landmarks.json"
        done = subprocess.run([baker, HEADS / "mannequin.recipe.json", "-o", mesh, "--landmarks", landmarks],
                              capture_output=True, text=True, check=True)
        measured = re.findall(r"asked +([\d.]+) +measured +([\d.]+)", done.stdout)
        assert len(measured) >= 4, done.stdout
        for asked, got in measured:
            assert abs(float(got) / float(asked) - 1) <= 0.01, (asked, got)
        committed = json.loads((HEADS / "mannequin.landmarks.json").read_text())
        baked = json.loads(landmarks.read_text())
        assert committed.keys() == baked.keys()
        for name, place in committed.items():
            points = zip(place, baked[name]) if isinstance(place[0], list) else [(place, baked[name])]
            for a, b in points:
                assert max(abs(x - y) for x, y in zip(a, b)) <= 0.05, (name, a, b)
        # Other compilers may round a vertex differently; count and size are the same.
        assert abs(mesh.stat().st_size / (HEADS / "mannequin.ply").stat().st_size - 1) < 0.01


if __name__ == "__main__":
    main()
