"""camadas-cli run: what it leaves, what it says while it goes, how it is stopped, and that the same call gives the same numbers."""
import fcntl, json, math, os, pty, re, signal, sqlite3, struct, subprocess, termios, xml.etree.ElementTree as ET, zipfile

import cli

FILES = {"model.keras", "history.csv", "report.json", "predictions.csv", "loss.svg", "accuracy.svg"}


def out_of(place, name):
    return os.path.join(place, name)


def test_sample_is_learnt(place):
    """The first thing a newcomer calls."""
    folder = out_of(place, "new/out")
    out, err = cli.call("run", cli.sample("breast-cancer.json"), "--out", folder)
    assert err == "", err
    assert set(os.listdir(folder)) == FILES, os.listdir(folder)
    report = cli.load(folder, "report.json")
    assert report["task"] == "binary" and set(report["scores"]) == {"train", "validation", "test"}
    assert report["scores"]["test"]["accuracy"] >= 0.95, report
    assert re.search(r"^ +train +validation +test$", out, re.M) and re.search(r"^ +accuracy +[\d.]+ +[\d.]+ +[\d.]+$", out, re.M), out
    for name in ("loss.svg", "accuracy.svg"):
        assert ET.parse(os.path.join(folder, name)).getroot().tag.endswith("svg")
    assert {"config.json", "metadata.json", "model.weights.h5"} <= set(zipfile.ZipFile(os.path.join(folder, "model.keras")).namelist())


def test_every_sample_runs(place):
    for name in sorted(os.listdir(cli.SAMPLES)):
        if not name.endswith(".json"):
            continue
        folder = out_of(place, name)
        cli.call("run", cli.document(place, name[:-5], epochs=2), "--out", folder)
        names = set(os.listdir(folder))
        keys = list(cli.rows(folder, "history.csv")[0])
        charts = {key + ".svg" for key in keys if key != "epoch" and not key.startswith(("val_", "train_"))}
        assert names == {"model.keras", "history.csv", "report.json", "predictions.csv"} | charts, (name, names)


def plain(text):
    """A cell's value: the number 1001.0 may be written 1001."""
    try:
        return float(text)
    except ValueError:
        return text


def test_history_is_keras(place):
    cli.call("run", cli.document(place, epochs=5), "--out", place)
    lines = cli.read(place, "history.csv").decode().splitlines()
    assert lines[0] == "epoch,accuracy,loss,val_accuracy,val_loss,train_accuracy,train_loss"
    assert [line.split(",")[0] for line in lines[1:]] == ["1", "2", "3", "4", "5"]
    digits = 0
    for line in lines[1:]:
        for text in line.split(",")[1:]:
            assert re.fullmatch(r"\d+(\.\d+)?(e-\d+)?", text), text
            digits = max(digits, len(text.replace(".", "").lstrip("0")))
    assert digits == 9


def test_files_agree(place):
    """Report, predictions and a later evaluation speak of the same model."""
    cli.call("run", cli.document(place, epochs=20), "--out", place)
    report = cli.load(place, "report.json")
    predicted = cli.rows(place, "predictions.csv")
    table = cli.rows(cli.sample("breast-cancer.csv"))
    right = sum(row["diagnosis"] == row["predicted diagnosis"] for row in predicted)
    assert abs(right / len(predicted) - report["scores"]["test"]["accuracy"]) < 1e-9
    known = {tuple(map(plain, row.values())) for row in table}
    assert 80 <= len(predicted) <= 120 and all(tuple(plain(row[name]) for name in table[0]) in known for row in predicted)

    test_part = cli.write(place, "test.csv", "")
    with open(test_part, "w", encoding="utf-8") as opened:
        opened.write(",".join(table[0]) + "\n" + "".join(",".join(row[name] for name in table[0]) + "\n" for row in predicted))
    told = json.loads(cli.call("evaluate", os.path.join(place, "model.keras"), test_part, "--json")[0])
    for key, value in report["scores"]["test"].items():
        assert abs(told["scores"][key] - value) < 1e-6, (key, value, told)


def test_same_call_same_numbers(place):
    """To the last digit, at one and at two threads; another seed gives others."""
    path = cli.document(place, epochs=15)
    for name, args in {"a": ["--threads", "1"], "b": ["--threads", "1"], "c": ["--threads", "2"], "d": [], "e": ["--seed", "7"]}.items():
        cli.call("run", path, "--out", out_of(place, name), *args)
    histories = {name: cli.read(place, name, "history.csv") for name in "abcde"}
    assert histories["a"] == histories["b"] == histories["c"] == histories["d"]
    assert histories["a"] != histories["e"]
    assert cli.read(place, "a", "predictions.csv") == cli.read(place, "c", "predictions.csv")
    assert cli.load(place, "e", "report.json")["seed"] == 7 and cli.load(place, "c", "report.json")["threads"] == 2
    # Only the fit's seed changed: the test part has the same rows.
    columns = list(cli.rows(cli.sample("breast-cancer.csv"))[0])
    assert [[row[c] for c in columns] for row in cli.rows(place, "a", "predictions.csv")] == [[row[c] for c in columns] for row in cli.rows(place, "e", "predictions.csv")]


def test_initial_weights_go_on(place):
    """A fit without shuffling from a saved model begins where that model stands."""
    first = cli.document(place, epochs=3)
    cli.call("run", first, "--out", out_of(place, "first"))
    second = cli.document(place, file="second.json", epochs=1, shuffle=False, initial_weights=os.path.join("first", "model.keras"))
    cli.call("run", second, "--out", out_of(place, "second"))
    before, after = cli.rows(place, "first", "history.csv"), cli.rows(place, "second", "history.csv")
    assert float(after[0]["loss"]) < float(before[2]["loss"]) < float(before[0]["loss"])


def test_decimal_points_in_every_locale(place):
    env = cli.comma_locale(place)
    path = cli.document(place, epochs=4)
    cli.call("run", path, "--out", out_of(place, "plain"))
    out = cli.call("run", path, "--out", out_of(place, "comma"), env=env)[0]
    for name in ("history.csv", "predictions.csv"):
        assert cli.read(place, "plain", name) == cli.read(place, "comma", name)
    cli.load(place, "comma", "report.json")
    assert cli.read(place, "plain", "loss.svg") == cli.read(place, "comma", "loss.svg")
    assert re.search(r"accuracy +0\.\d", out), out
    cli.call("plot", os.path.join(place, "comma", "history.csv"), "--out", out_of(place, "numbers.csv"), env=env)
    assert float(cli.rows(place, "numbers.csv")[0]["train"]) == float(cli.rows(place, "plain", "history.csv")[0]["train_loss"])


def test_json_lines(place):
    out, err = cli.call("run", cli.document(place, epochs=6), "--out", out_of(place, "out"), "--json")
    events = [json.loads(line) for line in out.splitlines()]
    assert err == "" and [event["event"] for event in events] == ["start"] + ["epoch"] * 6 + ["end"]
    start, end = events[0], events[-1]
    assert start["rows"]["train"] + start["rows"]["validation"] + start["rows"]["test"] == 569 and start["inputs"] == 30 and start["epochs"] == 6
    history = cli.rows(place, "out", "history.csv")
    for event, row in zip(events[1:-1], history):
        assert event["epoch"] == int(row["epoch"])
        for key in start["keys"]:
            assert math.isclose(event[key], float(row[key]), rel_tol=1e-8), (key, event, row)
    assert end["report"] == cli.load(place, "out", "report.json")


def test_workspace_keeps_the_run(place):
    path, workspace = cli.document(place, epochs=5), out_of(place, "lab.camadas")
    for run in (1, 2):
        told = json.loads(cli.call("run", path, "--workspace", workspace, "--json")[0].splitlines()[-1])
        assert told["run"] == run
    with sqlite3.connect(workspace) as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    other = cli.write(place, "other.camadas", "not a workspace, but somebody's file\n" * 50)
    before = cli.read(other)
    assert "other.camadas" in cli.call("run", path, "--workspace", other, code=1)[1]
    assert cli.read(other) == before


def test_other_data(place):
    table = cli.rows(cli.sample("breast-cancer.csv"))
    half = cli.write(place, "half.csv", "")
    with open(half, "w", encoding="utf-8") as opened:
        opened.write(",".join(table[0]) + "\n" + "".join(",".join(row.values()) + "\n" for row in table[::2]))
    out = cli.call("run", cli.document(place, epochs=2), "--data", "half.csv", "--json", cwd=place)[0]
    start = json.loads(out.splitlines()[0])
    assert sum(start["rows"].values()) == len(table[::2]) and os.path.samefile(start["file"], half)


def test_nothing_is_kept_unasked(place):
    out, err = cli.call("run", cli.document(place, epochs=1), cwd=place)
    assert "--out" in err and "accuracy" in out and os.listdir(place) == ["experiment.json"]


# Mistakes in what is read: a place, and a sentence.

def change(place, path, value):
    experiment = cli.load(cli.document(place, epochs=1))
    at = experiment
    for key in path[:-1]:
        at = at.setdefault(key, {}) if isinstance(at, dict) else at[key]
    at[path[-1]] = value
    return cli.save(experiment, os.path.join(place, "wrong.json"))


WRONG = [
    (["data", "file"], "nowhere.csv", "nowhere.csv"),
    (["data", "target"], ["diagnosys"], "diagnosys"),
    (["data", "columns", "raduis"], {"role": "ignored"}, "raduis"),
    (["epochs"], 5, "epochs"),
    (["fit", "epoch"], 5, "epoch"),
    (["fit", "epochs"], "many", "epochs"),
    (["network", 0, "class_name"], "Dens", "Dens"),
    (["network", 0, "config", "activation"], "rely", "activation"),
    (["network", -1, "config", "units"], 7, "7"),
    (["loss"], "binary_crossentropi", "binary_crossentropi"),
    (["optimizer"], "adamm", "adamm"),
    (["metrics"], ["acuracy"], "acuracy"),
    (["fit", "initial_weights"], "no-model.keras", "no-model.keras"),
]


def test_mistakes_in_the_document(place):
    for path, value, named in WRONG:
        wrong = change(place, path, value)
        out, err = cli.call("run", wrong, "--out", out_of(place, "out"), code=1)
        assert named in err and err.startswith("camadas-cli: ") and err.count("\n") == 1 and out == "", (path, err)
        assert not os.path.exists(out_of(place, "out/model.keras"))


def test_out_that_cannot_be_written(place):
    blocked = cli.write(place, "file", "")
    out, err = cli.call("run", cli.document(place, epochs=1), "--out", os.path.join(blocked, "out"), code=1)
    assert "--out" in err and out == "", err


def test_divergence_fails_and_says_where(place):
    experiment = cli.load(cli.document(place, "energy-efficiency", epochs=20))
    experiment["optimizer"] = {"class_name": "SGD", "config": {"learning_rate": 1000}}
    for layer in experiment["network"]:
        if "activation" in layer["config"]:
            layer["config"]["activation"] = "linear"
    path = cli.save(experiment, os.path.join(place, "wild.json"))
    out, err = cli.call("run", path, "--out", out_of(place, "out"), code=1)
    assert "epoch" in err.lower(), err
    report = cli.load(place, "out", "report.json")
    assert report["end"] == "diverged"
    assert os.path.exists(out_of(place, "out/history.csv"))
    assert os.path.exists(out_of(place, "out/model.keras")) == (report["best_epoch"] is not None)


# Stopping.

def heed_hangups():
    """Whoever runs the tests may have had itself made deaf to SIGHUP, which is handed down."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def start(path, *args, stderr=subprocess.PIPE):
    return subprocess.Popen([cli.PROGRAM, "run", path, "--json", *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr, env=cli.environment(),
                            preexec_fn=heed_hangups)


def endless(place):
    experiment = cli.load(cli.document(place, epochs=10_000_000))
    experiment["callbacks"] = []
    return cli.save(experiment, os.path.join(place, "endless.json"))


def wait_for_epochs(process, n):
    for line in process.stdout:
        if json.loads(line).get("epoch", 0) >= n:
            return
    raise AssertionError(process.stderr.read())


def test_signals_stop_as_stop_does(place):
    path = endless(place)
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        folder = out_of(place, name)
        process = start(path, "--out", folder)
        wait_for_epochs(process, 20)
        process.send_signal(getattr(signal, name))
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, (process.returncode, err)
        cli.check_messages(err.decode())
        assert b"once more ends at once" in err
        assert set(os.listdir(folder)) == FILES, os.listdir(folder)
        report = cli.load(folder, "report.json")
        end = json.loads(out.splitlines()[-1])
        history = cli.rows(folder, "history.csv")
        assert report["end"] == "stopped" and end["report"] == report and report["epochs"] == len(history) >= 20
        best = min(history, key=lambda row: float(row["val_loss"]))
        assert report["weights_of_epoch"] == int(best["epoch"])
        assert math.isclose(report["scores"]["validation"]["loss"], float(best["val_loss"]), rel_tol=1e-6)


def slow(place, units):
    """One batch an epoch, and that one takes long."""
    experiment = cli.load(endless(place))
    experiment["fit"]["batch_size"] = 100_000
    experiment["optimizer"] = "SGD"
    experiment["network"][0:0] = [{"class_name": "Dense", "config": {"units": units}}, {"class_name": "Dense", "config": {"units": units}}]
    return cli.save(experiment, os.path.join(place, "slow.json"))


def test_stop_before_the_first_epoch(place):
    """There is no best epoch yet, and all files all the same."""
    folder = out_of(place, "out")
    process = start(slow(place, 2048), "--threads", "1", "--out", folder)
    assert json.loads(process.stdout.readline())["event"] == "start"
    process.send_signal(signal.SIGINT)
    err = process.communicate(timeout=60)[1]
    assert process.returncode == 0 and set(os.listdir(folder)) == FILES, (process.returncode, err)
    report = cli.load(folder, "report.json")
    assert report["end"] == "stopped" and report["epochs"] == len(cli.rows(folder, "history.csv")) <= 1, report


def test_second_signal_ends_at_once(place):
    """The first cannot have ended the run when the second comes."""
    process = start(slow(place, 4096), "--threads", "1", "--out", out_of(place, "out"))
    assert json.loads(process.stdout.readline())["event"] == "start"
    process.send_signal(signal.SIGINT)
    assert b"once more ends at once" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGINT, process.returncode


def test_nohup_passes_over_hangup(place):
    process = subprocess.Popen(["sh", "-c", "trap '' HUP; exec \"$@\"", "sh", cli.PROGRAM, "run", endless(place), "--json"], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=cli.environment())
    wait_for_epochs(process, 3)
    process.send_signal(signal.SIGHUP)
    seen = json.loads(process.stdout.readline())["epoch"]
    wait_for_epochs(process, seen + 2000)
    process.kill()
    process.communicate()


# The progress line.

def on_terminal(columns, *args):
    """What a terminal of so many columns receives from standard error, and the exit status."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen([cli.PROGRAM, *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=follower, env=cli.environment())
    os.close(follower)
    shown = b""
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    out = process.communicate(timeout=60)[0]
    os.close(leader)
    return out.decode(), shown.decode(), process.returncode


def test_progress_on_a_terminal(place):
    experiment = cli.load(cli.document(place, epochs=3000))
    experiment["callbacks"] = []
    path = cli.save(experiment, os.path.join(place, "long.json"))
    for columns in (40, 80, 120):
        out, shown, status = on_terminal(columns, "run", path, "--out", out_of(place, "out"))
        assert status == 0 and "\n" not in shown, shown[-500:]
        lines = [line for line in shown.split("\r") if line.strip()]
        assert lines and all(len(line) < columns for line in lines), [line for line in lines if len(line) >= columns]
        assert all(re.match(r"Epoch \d+/3000 ", line) for line in lines), lines
        assert "loss " in lines[-1]
        if columns >= 120:
            assert "val_loss" in lines[-1] and "rows/s" in lines[-1] and "left" in lines[-1], lines[-1]
        # At the end the line is gone.
        assert re.search(r"\r +\r$", shown), shown[-200:]


def test_no_progress_without_a_terminal(place):
    assert cli.call("run", cli.document(place, epochs=3), "--out", out_of(place, "out"))[1] == ""


cli.main()
