#!/usr/bin/env python3
"""What the samples reach on rows they have not seen, as a person runs them: camadas-cli run data/NAME.json. A level is what a plain network of the kind is known to reach;
a forecast has to be better than repeating the last value.

Names of samples after the program run only these.
"""
import json, os, sys
import cli

ACCURACY, MISS, SHARE = "accuracy", "mean_absolute_error", "share"

# Sample, what is measured on the test part, the level. SHARE: the mean absolute error, as a share of the baseline's.
LEVELS = [
    ("breast-cancer", ACCURACY, 0.96),
    ("digits", ACCURACY, 0.96),
    ("digits-cnn", ACCURACY, 0.97),
    ("digits-autoencoder", SHARE, 0.45),
    ("sunspots", SHARE, 0.75),
    ("co2", SHARE, 0.90),
    ("sentiment", ACCURACY, 0.75),
]
LONG = [("mnist-cnn", ACCURACY, 0.97)]


def check(place, name, kind, level):
    cli.call("run", os.path.join(cli.SAMPLES, name + ".json"), "--out", place, seconds=600)
    with open(os.path.join(place, "report.json"), encoding="utf-8") as file:
        report = json.load(file)
    own, other = report["target_scores"]["test"], report["baseline"]["test"]
    if kind == ACCURACY:
        print(f"# {name}: accuracy {own[ACCURACY]:.4f}, without a network {other[ACCURACY]:.4f} ({report['seconds']:.1f} s)", flush=True)
        assert own[ACCURACY] >= level, f"{name}: accuracy {own[ACCURACY]} is below {level}"
        assert abs(own[ACCURACY] - report["scores"]["test"][ACCURACY]) < 1e-6
        assert report["baseline"]["is"] == "most frequent"
    else:
        print(f"# {name}: mean miss {own[MISS]:.4g}, {report['baseline']['is']} {other[MISS]:.4g} ({report['seconds']:.1f} s)", flush=True)
        assert own[MISS] <= level * other[MISS], f"{name}: the mean miss {own[MISS]} is not below {level} of {other[MISS]}"
    return report


def make(name, kind, level):
    def run(place):
        check(place, name, kind, level)
    return run


for chosen in LONG if "--long" in sys.argv else LEVELS:
    globals()["test_" + chosen[0]] = make(*chosen)
if "--long" in sys.argv:
    sys.argv.remove("--long")

if __name__ == "__main__":
    cli.main()
