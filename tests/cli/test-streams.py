"""predict and evaluate on files of any size: the same as on small ones, whole or not at all; and every wrong file has a message of its own."""
import atexit, gzip, json, os, shutil, signal, subprocess, tempfile, time

import cli

_models = {}


def model(name="iris", **fit):
    """A trained model of a sample, made once."""
    if name not in _models:
        folder = tempfile.mkdtemp(prefix="camadas-cli-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        cli.call("run", cli.document(folder, name, **{"epochs": 20, **fit}), "--out", folder)
        _models[name] = os.path.join(folder, "model.keras")
    return _models[name]


def left_over(folder):
    """Files that a command should have taken away."""
    return [name for name in os.listdir(folder) if name.startswith(".")]


def test_large_as_small(place):
    """Many stretches say what one says, row by row; packed with gzip too."""
    lines = cli.read(cli.sample("iris.csv")).decode().splitlines()
    small = cli.call("predict", model(), cli.sample("iris.csv"))[0].splitlines()
    text = "\n".join(lines[:1] + lines[1:] * 300) + "\n"
    large = cli.write(place, "large.csv", text)
    packed = cli.write(place, "large.csv.gz", gzip.compress(text.encode(), 1))
    expected = "\n".join(small[:1] + small[1:] * 300) + "\n"
    for path in (large, packed):
        out = os.path.join(place, "out.csv")
        said = cli.call("predict", model(), path, "--out", out)[1]
        assert cli.read(out).decode() == expected and "45,000 rows predicted." in said, said
        assert cli.call("predict", model(), path)[0] == expected
    assert not left_over(place)


def test_a_late_surprise(place):
    """What a column is may be told by the last row: then the whole file is written as that."""
    lines = cli.read(cli.sample("iris.csv")).decode().splitlines()
    for head, early, late, first in (("code", "1.50", "x7", "1.50"), ("day", "2024-03-01", "2024-03-02 10:30", "2024-03-01 00:00"), ("ok", "yes", "NO", "yes"), ("price", "$2.50", "$3", "2.5"),
                                     ("price", "$2.50", "free", "$2.50")):
        rows = [f"{head},{lines[0]}"] + [f"{early},{line}" for line in lines[1:]] * 200 + [f"{late},{line}" for line in lines[-1:]]
        path = cli.write(place, "late.csv", "\n".join(rows) + "\n")
        small = cli.write(place, "small.csv", "\n".join([rows[0]] + rows[1:151] + rows[-1:]) + "\n")
        out = cli.call("predict", model(), path)[0].splitlines()
        expected = cli.call("predict", model(), small)[0].splitlines()
        assert out[1].startswith(first + ","), out[1]
        assert out == expected[:1] + expected[1:-1] * 200 + expected[-1:], (head, late)


def test_json_lines(place):
    out = os.path.join(place, "out.csv")
    text = cli.call("predict", model(), cli.sample("iris.csv"), "--out", out, "--json")[0]
    events = [json.loads(line) for line in text.splitlines()]
    assert events[-1]["event"] == "end" and events[-1]["rows"] == 150 and events[-1]["skipped"] == 0 and events[-1]["out"] == out, events
    assert all(event["event"] == "progress" for event in events[:-1])
    assert 0.5 < events[-1]["accuracy"] <= 1 and events[-1]["error"] is None and events[-1]["known"] == 150
    assert "--out" in cli.call("predict", model(), cli.sample("iris.csv"), "--json", code=2)[1]


def test_stopped(place):
    """A signal ends the work within a moment, and neither a new file nor a changed one is there."""
    lines = cli.read(cli.sample("iris.csv")).decode().splitlines()
    large = cli.write(place, "large.csv", "\n".join(lines[:1] + lines[1:] * 20000) + "\n")
    trained = model()
    for number in (signal.SIGINT, signal.SIGTERM):
        out = cli.write(place, "out.csv", "as it was")
        process = subprocess.Popen([cli.PROGRAM, "predict", trained, large, "--out", out, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=cli.environment())
        line = process.stdout.readline()
        assert json.loads(line)["event"] == "progress", line
        began = time.monotonic()
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 1 and b"stopped; nothing was written." in err, (process.returncode, err)
        assert time.monotonic() - began < 10
        assert cli.read(out) == b"as it was" and not left_over(place)


cli.main()
