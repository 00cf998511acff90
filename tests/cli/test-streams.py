"""predict and evaluate on files of any size: the same as on small ones, whole or not at all; and every wrong file has a message of its own."""
import atexit, gzip, json, os, random, resource, shutil, signal, subprocess, tempfile, time

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


# Scores

def compare(told, expected, where):
    """The same structure, numbers to 1e-6."""
    if isinstance(expected, dict):
        assert set(told) == set(expected), (where, sorted(told), sorted(expected))
        for key in expected:
            compare(told[key], expected[key], f"{where}/{key}")
    elif isinstance(expected, list):
        assert len(told) == len(expected), where
        for i, item in enumerate(expected):
            compare(told[i], item, f"{where}/{i}")
    elif isinstance(expected, float):
        assert told is not None and abs(told - expected) <= 1e-6 * max(1, abs(expected)), (where, told, expected)
    else:
        assert told == expected, (where, told, expected)


def test_scores_as_scikit_learn_has_them(place):
    """All that evaluate says beside loss and metrics, on recorded cases; tests/data/evaluate/record.py tells how they were made."""
    recorded = cli.load(cli.DATA, "evaluate", "sklearn.json")
    assert len(recorded["cases"]) >= 16
    for case in recorded["cases"]:
        table = cli.write(place, "table.csv", case["table"])
        told = json.loads(cli.call("evaluate", os.path.join(cli.DATA, "evaluate", case["model"] + ".keras"), table, "--json")[0])
        assert told["task"] == case["model"] and told["rows"] == case["table"].count("\n") - 1 and told["skipped"] == 0
        for scores in [told["details"], *told.get("labels", [])]:
            assert scores.pop("threshold", 0.5) == 0.5
        for part in ("details", "confusion", "classes", "labels", "targets"):
            if part in case:
                compare(told[part], case[part], f"{case['name']}/{part}")


def test_another_threshold(place):
    """A threshold that was chosen goes with the model: predictions and scores follow it."""
    import zipfile
    case = cli.load(cli.DATA, "evaluate", "sklearn.json")["cases"][0]
    table, other = cli.write(place, "table.csv", case["table"]), os.path.join(place, "other.keras")
    with zipfile.ZipFile(os.path.join(cli.DATA, "evaluate", "binary.keras")) as given, zipfile.ZipFile(other, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            if name == "camadas.json":
                content = json.dumps({**json.loads(content), "thresholds": [0.8]})
            made.writestr(name, content)
    told = json.loads(cli.call("evaluate", other, table, "--json")[0])
    cli.call("predict", other, table, "--out", os.path.join(place, "out.csv"))
    rows = cli.rows(place, "out.csv")
    counts = [[sum(row["class"] == truth and row["predicted class"] == said for row in rows) for said in "01"] for truth in "01"]
    assert told["details"]["threshold"] == 0.8 and told["confusion"]["counts"] == counts != case["confusion"]["counts"], (told, counts)
    assert all((row["predicted class"] == "1") == (float(row["p(1)"]) > 0.8) for row in rows)


def test_scores_of_many_stretches(place):
    """A file of many stretches has the scores of its rows, however often they come; what is added up in another order may differ in the last digits."""
    trained, lines = model(), cli.read(cli.sample("iris.csv")).decode().splitlines()
    once = json.loads(cli.call("evaluate", trained, cli.sample("iris.csv"), "--json")[0])
    large = cli.write(place, "large.csv", "\n".join(lines[:1] + lines[1:] * 300) + "\n")
    often = json.loads(cli.call("evaluate", trained, large, "--json")[0])
    assert often["rows"] == 45000
    compare(often["scores"], once["scores"], "scores")
    compare(often["details"], once["details"], "details")
    assert often["confusion"]["counts"] == [[300 * count for count in row] for row in once["confusion"]["counts"]]


# Wrong files

IRIS = "sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm,species\n"
ROW = "5.1,3.5,1.4,0.2,setosa\n"


def many(n, *other):
    """@n good rows, with others in the place of some: the first pairs (line, text), from 1 with the header."""
    rows = [IRIS] + [ROW] * n
    for line, text in other:
        rows[line - 1] = text
    return "".join(rows)


def wrong_tables():
    """Name → contents, exit status of predict and of evaluate, and words that the message of each must have."""
    lines = IRIS.strip().split(",")
    good = {"sepal_length_cm": "5.1", "sepal_width_cm": "3.5", "petal_length_cm": "1.4", "petal_width_cm": "0.2", "species": "setosa"}
    order = [lines[i] for i in (4, 2, 0, 3, 1)]
    return {
        "other-columns": ("a,b,c,d\n1,2,3,4\n5,6,7,8\n", 1, 1, ["sepal_length_cm"], ["species"]),
        "one-column-less": (many(3).replace("petal_width_cm", "petal_width_mm"), 1, 1, ["petal_width_cm"], ["petal_width_cm"]),
        "other-order": (",".join(order) + "\n" + ",".join(good[name] for name in order) + "\n", 0, 0, ["1 row predicted"], []),
        "latin-1": (("caf\xe9," + IRIS + "S\xe3o Paulo," + ROW + "Bel\xe9m," + ROW).encode("latin-1"), 0, 0, ["2 rows predicted"], []),
        "unseen-class": (many(4, (3, ROW.replace("setosa", "rosa"))), 0, 0, ["4 rows predicted"], ["1 row", "species", "rosa", "never seen in training"]),
        "words-for-numbers": (IRIS + "short,narrow,1.4,0.2,setosa\nlong,wide,1.3,0.3,setosa\n", 1, 1, ["each misses a value"], ["no row has all the values"]),
        "empty": ("", 1, 1, ["file is empty"], ["file is empty"]),
        "blank-lines": ("\n\n\n", 1, 1, ["empty"], ["empty"]),
        "header-only": (IRIS, 1, 1, ["no rows"], ["no rows"]),
        "short-line": (many(60000, (40001, "5.1,3.5\n")), 0, 0, ["Line 40001 has 2 fields instead of 5"], ["Line 40001 has 2 fields instead of 5"]),
        "long-line": (many(60000, (40001, "5.1,3.5,1.4,0.2,setosa,9,9\n"), (50001, "1\n")), 0, 0, ["Line 40001 has 7 fields instead of 5", "1 more row"], ["Line 40001", "1 more row"]),
        "mostly-short": (IRIS + ROW + "5.1,3.5\n" * 300, 1, 1, ["line 3", "2 fields instead of 5"], ["line 3", "2 fields instead of 5"]),
        "zero-byte": (many(60000, (40001, "5.1,3.5,\0,0.2,setosa\n")), 1, 1, ["line 40001", "zero byte"], ["line 40001", "zero byte"]),
        "never-closed-quote": (many(60000, (40001, "5.1,3.5,1.4,0.2,\"setosa\n")), 1, 1, ["line 40001", "quote"], ["line 40001", "quote"]),
        "text-after-quote": (many(60000, (40001, "5.1,3.5,1.4,0.2,\"set\"osa\n")), 1, 1, ["line 40001", "closing quote"], ["line 40001", "closing quote"]),
        "zip": (b"PK\3\4" + bytes(100), 1, 1, ["spreadsheet or an archive"], ["spreadsheet or an archive"]),
        "png": (b"\x89PNG\r\n\x1a\n" + bytes(100), 1, 1, ["picture"], ["picture"]),
        "truncated.csv.gz": (gzip.compress(many(60000).encode())[:400], 1, 1, ["truncated.csv.gz"], ["truncated.csv.gz"]),
        "noise": (bytes((i * i * 31 + i * 7) % 255 + 1 for i in range(5000)), 1, 1, ["noise"], ["noise"]),
    }


def test_wrong_tables(place):
    """Each wrong file has a clear message, an exit status, and leaves nothing behind."""
    trained = model()
    for name, (contents, code, evaluated, words, other_words) in wrong_tables().items():
        path = cli.write(place, name if "." in name else name + ".csv", contents)
        before = sorted(os.listdir(place))
        for out in ([], ["--out", os.path.join(place, "out.csv")]):
            text, err = cli.call("predict", trained, path, *out, code=code)
            assert all(word in err for word in words), (name, words, err)
            assert code == 0 or (text == "" and os.path.basename(path).split(".")[0] in err and len(err.strip().splitlines()) == 1), (name, err)
            if code == 0 and out:
                os.remove(out[1])
            assert sorted(os.listdir(place)) == before, (name, os.listdir(place))
        text, err = cli.call("evaluate", trained, path, code=evaluated)
        assert all(word in err for word in other_words), (name, other_words, err)
        assert evaluated == 0 or text == "", (name, text)
        os.remove(path)


def test_unseen_categories(place):
    """A category that the model has not learned is told, with how many rows have it, and what becomes of them."""
    header, *lines = cli.read(cli.sample("penguins.csv")).decode().splitlines()
    at = header.split(",").index("island")
    swapped = [",".join("Mars" if i == at else cell for i, cell in enumerate(line.split(","))) for line in lines[:3]]
    path = cli.write(place, "mars.csv", "\n".join([header] + lines[3:] + swapped) + "\n")
    err = cli.call("predict", model("penguins"), path)[1]
    assert "3 rows have a value in “island” never seen in training (“Mars” first): it counts as none of those known." in err, err
    told = json.loads(cli.call("evaluate", model("penguins"), path, "--json")[0])
    assert len(told["remarks"]) == 1 and "Mars" in told["remarks"][0], told


def wrong_models(place):
    """Name → contents, or None for no file, and words of the message."""
    import zipfile
    good = cli.read(model())
    archive = {}
    with zipfile.ZipFile(model()) as opened:
        for name in opened.namelist():
            archive[name] = opened.read(name)

    def packed(**changes):
        path = os.path.join(place, "packing.zip")
        with zipfile.ZipFile(path, "w") as made:
            for name, content in archive.items():
                key = name.split(".")[0]
                if changes.get(key, content) is not None:
                    made.writestr(name, changes.get(key, content))
        content = cli.read(path)
        os.remove(path)
        return content

    return {
        "missing": (None, ["missing.keras"]),
        "empty": (b"", ["empty.keras"]),
        "noise": (bytes((i * 37) % 256 for i in range(3000)), ["noise.keras"]),
        "a-table": (IRIS.encode() + ROW.encode(), ["a-table.keras"]),
        "truncated": (good[:len(good) // 2], ["truncated.keras"]),
        "cut-at-the-end": (good[:-30], ["cut-at-the-end.keras"]),
        "without-config": (packed(config=None), ["without-config.keras"]),
        "without-weights": (packed(model=None), ["without-weights.keras"]),
        "config-no-json": (packed(config=b"{\"module\": "), ["config-no-json.keras"]),
        "config-other": (packed(config=b"[1, 2, 3]"), ["config-other.keras"]),
        "weights-noise": (packed(model=b"\x89HDF\r\n\x1a\n" + bytes(600)), ["weights-noise.keras"]),
        "huge-layer": (packed(config=archive["config.json"].replace(b'"units": 16', b'"units": 2000000000').replace(b'"units":16', b'"units":2000000000')), ["huge-layer.keras"]),
        "unknown-layer": (packed(config=archive["config.json"].replace(b'"Dense"', b'"Tesseract"')), ["unknown-layer.keras", "Tesseract"]),
    }


def test_wrong_models(place):
    for name, (contents, words) in wrong_models(place).items():
        path = os.path.join(place, name + ".keras")
        if contents is not None:
            cli.write(place, name + ".keras", contents)
        for command in (["predict", path, cli.sample("iris.csv"), "--out", os.path.join(place, "out.csv")], ["evaluate", path, cli.sample("iris.csv")]):
            text, err = cli.call(*command, code=1)
            assert text == "" and all(word in err for word in words) and len(err.strip().splitlines()) == 1, (name, err)
            assert not os.path.exists(os.path.join(place, "out.csv")) and not left_over(place), name
    # A file of Keras's own has no columns by name: as many numbers as it takes will do, in their order; other tables are told so.
    foreign = os.path.join(cli.DATA, "keras-models", "dense_3.15.1.keras")
    err = cli.call("predict", foreign, cli.sample("iris.csv"), code=1)[1]
    assert "does not know column names" in err and "iris.csv" in err, err
    assert "only models saved by Camadas" in cli.call("evaluate", foreign, cli.sample("iris.csv"), code=1)[1]


def limited(*args, size, code):
    """Call the program where no file may be larger than @size bytes, as on a full disk."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    done = subprocess.run([cli.PROGRAM, *args], stdin=subprocess.DEVNULL, capture_output=True, env=cli.environment(), preexec_fn=limit, timeout=120)
    assert done.returncode == code, (done.returncode, done.stderr)
    return done.stdout, done.stderr.decode()


def test_places_that_cannot_be_written(place):
    trained = model()
    large = cli.write(place, "large.csv", many(50000))
    for out in (os.path.join(place, "nowhere", "out.csv"), "/proc/out.csv", place):
        text, err = cli.call("predict", trained, large, "--out", out, code=1)
        assert text == "" and out in err and "cannot be written" in err, err
    out = cli.write(place, "out.csv", "as it was")
    err = limited("predict", trained, large, "--out", out, size=100000, code=1)[1]
    assert "out.csv" in err and "cannot be written" in err, err
    assert cli.read(out) == b"as it was" and not left_over(place)
    if os.path.exists("/dev/full"):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([cli.PROGRAM, "predict", trained, large], stdout=full, stderr=subprocess.PIPE, env=cli.environment(), timeout=120)
        assert done.returncode == 1 and b"standard output cannot be written" in done.stderr, done.stderr


def test_fuzzed_tables(place):
    """Bytes changed, cut out and put in at random: predict and evaluate end with 0 or 1 and a message, and leave no half file."""
    draw = random.Random(7)
    good = cli.read(cli.sample("iris.csv")) * 3
    trained = model()
    for turn in range(30):
        spoiled = bytearray(good)
        for _ in range(draw.randrange(1, 12)):
            at = draw.randrange(len(spoiled))
            what = draw.randrange(4)
            if what == 0:
                spoiled[at] = draw.randrange(256)
            elif what == 1:
                del spoiled[at:at + draw.randrange(1, 200)]
            elif what == 2:
                spoiled[at:at] = bytes(draw.choices(b"\"\n\r,;\0\xe9x5-.", k=draw.randrange(1, 20)))
            else:
                spoiled[at:at] = spoiled[at:at + draw.randrange(1, 300)]
        path = cli.write(place, "spoiled.csv", bytes(spoiled))
        out = os.path.join(place, "out.csv")
        for command in (["predict", trained, path, "--out", out], ["evaluate", trained, path, "--json"]):
            done = subprocess.run([cli.PROGRAM, *command], stdin=subprocess.DEVNULL, capture_output=True, env=cli.environment(), timeout=60)
            err = done.stderr.decode()
            cli.check_messages(err)
            assert done.returncode in (0, 1) and (done.returncode == 0 or "spoiled.csv" in err), (turn, done.returncode, err)
            assert os.path.exists(out) == (command[0] == "predict" and done.returncode == 0), (turn, err)
            if os.path.exists(out):
                os.remove(out)
        assert not left_over(place), turn


cli.main()
