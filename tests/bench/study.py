#!/usr/bin/python3
"""study.py CAMADAS-CLI SAMPLES: runs per second of a study with two at a time against one at a time, 30-128-256-1 on breast cancer, everything kept.

The two take turns, so that what else the machine does meets both alike; the ratio is that of the medians. Fails below the target, except where there is one
processor only.
"""
import json, os, statistics, subprocess, sys, tempfile, time

N_RUNS, EPOCHS, ROUNDS = 20, 40, 5
TARGET = 1.8


def make_plan(samples, place):
    with open(os.path.join(samples, "breast-cancer.json"), encoding="utf-8") as opened:
        experiment = json.load(opened)
    experiment["data"]["file"] = os.path.join(os.path.abspath(samples), experiment["data"]["file"])
    experiment["network"] = [{"class_name": "Dense", "config": {"units": units, "activation": "relu"}} for units in (128, 256)] + experiment["network"][-1:]
    experiment["fit"]["epochs"] = EPOCHS
    experiment["callbacks"] = []
    path = os.path.join(place, "plan.json")
    with open(path, "w", encoding="utf-8") as opened:
        json.dump({"camadas-plan": 1, "experiment": experiment, "kind": "repeat", "repeats": N_RUNS}, opened)
    return path


def measure(program, plan, folder, threads):
    """Runs per second between the start that the program tells of and its end."""
    process = subprocess.Popen([program, "study", plan, "--out", folder, "--threads", str(threads), "--json"], stdout=subprocess.PIPE, text=True)
    began = None
    for line in process.stdout:
        event = json.loads(line)["event"]
        if event == "start":
            began = time.monotonic()
        elif event == "end":
            seconds = time.monotonic() - began
    assert process.wait() == 0
    return N_RUNS / seconds


def main():
    program, samples = sys.argv[1:3]
    rates = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as place:
        plan = make_plan(samples, place)
        for n in range(ROUNDS):
            for threads in rates:
                rates[threads].append(measure(program, plan, os.path.join(place, f"{n}-{threads}"), threads))
    one, two = (statistics.median(rates[threads]) for threads in rates)
    print(f"runs of {EPOCHS} epochs, kept: {one:.1f}/s one at a time, {two:.1f}/s two at a time: {two / one:.2f}× (target {TARGET}×)")
    sys.exit(0 if two / one >= TARGET or (os.cpu_count() or 1) < 2 else 1)


main()
