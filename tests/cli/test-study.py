"""camadas-cli study: the exercises of a course as plans, the same table however the runs are scheduled, and studies that are cut short and taken up."""
import json, os, signal, sqlite3, statistics, subprocess, time

import cli


def plan(place, experiment, name="plan.json", **settings):
    return cli.save({"camadas-plan": 1, "experiment": experiment, **settings}, os.path.join(place, name))


def study(place, path, folder, *options, **call):
    out, err = cli.call("study", path, "--out", os.path.join(place, folder), *options, **call)
    return out, err


def start(path, folder, *options):
    return subprocess.Popen([cli.PROGRAM, "study", path, "--out", folder, "--json", *options], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            env=cli.environment(), text=True)


def wait_for_runs(process, n):
    """Read events until @n runs are over."""
    seen = 0
    while seen < n:
        line = process.stdout.readline()
        assert line, "the study ended before"
        seen += json.loads(line)["event"] == "run"


def mean(rows, **of):
    return statistics.mean(float(row["val_accuracy"]) for row in rows if all(row[key] == value for key, value in of.items()))


def test_compare_activations(place):
    """Four activations of the hidden layers on digits, over seeds."""
    names = ["relu", "leaky_relu", "sigmoid", "tanh"]
    path = plan(place, cli.document(place, "digits", epochs=6), kind="compare", setting="network/hidden/config/activation", values=names, repeats=2, monitor="val_accuracy")
    out, err = study(place, path, "out")
    rows = cli.rows(place, "out", "study.csv")
    assert err == "" and len(rows) == 8, (err, rows)
    assert [row["setting"] for row in rows] == names * 2 and [row["seed"] for row in rows] == ["42"] * 4 + ["43"] * 4
    assert all(float(row["val_accuracy"]) > 0.7 for row in rows), rows
    for name in names:
        line = next(line for line in out.splitlines() if line.startswith(name + ": "))
        assert abs(float(line.split()[2]) - mean(rows, setting=name)) < 1e-3, line
    assert sum("is better than" in line for line in out.splitlines()) == 3, out
    wanted = {"scores", "val_loss", "val_accuracy", "time", "probabilities", "dead-units", "gradients", "activations"}
    assert charts(place, "out") == wanted, charts(place, "out")


def charts(place, folder):
    """Names of the charts in a folder; each is a picture of something."""
    names = sorted(name for name in os.listdir(os.path.join(place, folder)) if name.endswith(".svg"))
    for name in names:
        text = open(os.path.join(place, folder, name)).read()
        assert text.startswith("<?xml") and len(text) > 3000, name
    return {name[:-4] for name in names}


def test_charts_and_data(place):
    """A chart each, of another table than the experiment names."""
    document = cli.document(place, "iris", epochs=4)
    other = os.path.join(place, "other.csv")
    path = plan(place, document, kind="cross-validate", folds=3)
    source = os.path.join(cli.SAMPLES, "iris.csv")
    with open(source) as table, open(other, "w") as half:
        half.writelines(line for i, line in enumerate(table) if i == 0 or i % 2 == 0)
    study(place, path, "whole")
    study(place, path, "half", "--data", other)
    assert {"scores", "val_loss", "val_accuracy"} <= charts(place, "half"), charts(place, "half")
    assert int(cli.rows(place, "half", "study.csv")[0]["training_rows"]) < int(cli.rows(place, "whole", "study.csv")[0]["training_rows"])


def test_learning_curve(place):
    path = plan(place, cli.document(place, "digits", epochs=8), kind="learning-curve", sizes=[0.05, 0.25, 1], repeats=2)
    out, _ = study(place, path, "out")
    rows = cli.rows(place, "out", "study.csv")
    assert [row["training_rows"] for row in rows] == ["63", "315", "1258"] * 2, rows
    assert mean(rows, setting="5 %") < mean(rows, setting="25 %") < mean(rows, setting="100 %")
    assert "ore data would" in out, out
    assert charts(place, "out") == {"learning-curve", "learning-curve-accuracy", "val_loss", "val_accuracy"}, charts(place, "out")


def test_random_search(place):
    """Activation, batch size, epochs and learning rate, judged by three folds."""
    space = {"network/hidden/config/activation": ["relu", "tanh"], "fit/batch_size": [16, 32, 64], "fit/epochs": {"from": 5, "to": 15, "integer": True},
             "optimizer/config/learning_rate": {"from": 1e-3, "to": 1e-1, "scale": "log"}}
    path = plan(place, cli.document(place), kind="search", space=space, trials=6, folds=3)
    out, _ = study(place, path, "out")
    rows = cli.rows(place, "out", "study.csv")
    assert len(rows) == 18 and [row["fold"] for row in rows] == ["1", "2", "3"] * 6
    assert len({row["optimizer/config/learning_rate"] for row in rows}) == 6
    slices = {"slice-activation", "slice-batch_size", "slice-epochs", "slice-learning_rate"}
    assert charts(place, "out") == slices | {"parallel", "importance", "best", "scores", "val_loss", "val_accuracy"}, charts(place, "out")
    assert all(int(row["epochs"]) <= int(row["fit/epochs"]) for row in rows)
    scores = {}
    for row in rows:
        scores.setdefault(row["setting"], []).append(float(row["val_loss"]))
    best = min(scores, key=lambda name: statistics.mean(scores[name]))
    ranked = [line.split(": val_loss ") for line in out.splitlines() if ": val_loss " in line]
    assert ranked[0][0] == best, out
    shown, deviation = ranked[0][1].split(" (")[0].split(" ± ")
    assert abs(float(shown) / statistics.mean(scores[best]) - 1) < 1e-3 and abs(float(deviation) / statistics.stdev(scores[best]) - 1) < 0.05, out


def test_halving(place):
    path = plan(place, cli.document(place, epochs=9), kind="search", method="halving", space={"optimizer/config/learning_rate": {"from": 1e-4, "to": 1e-1, "scale": "log"}},
                trials=9, first_epochs=1)
    study(place, path, "out")
    rows = cli.rows(place, "out", "study.csv")
    assert [row["epochs"] for row in rows] == ["1"] * 9 + ["3"] * 3 + ["9"], rows
    best = sorted(rows[:9], key=lambda row: float(row["val_loss"]))[:3]
    assert {row["setting"] for row in best} == {row["setting"] for row in rows[9:12]}
    assert min(rows[9:12], key=lambda row: float(row["val_loss"]))["setting"] == rows[12]["setting"]


def test_folds_cover_all(place):
    """Five folds: mean and deviation of what the table says."""
    path = plan(place, cli.document(place, epochs=5), kind="cross-validate", monitor="val_accuracy")
    out, _ = study(place, path, "out", "--json")
    rows = cli.rows(place, "out", "study.csv")
    accuracies = [float(row["val_accuracy"]) for row in rows]
    summary = json.loads(out.splitlines()[-1])["summary"]
    assert len(rows) == 5 and f"{statistics.mean(accuracies):.4g} ± {statistics.stdev(accuracies):.2g}" in summary, (summary, accuracies)
    assert f"From {min(accuracies):.4g} to {max(accuracies):.4g}, " in summary and "standard error" not in summary, summary
    for score in ("train_loss", "val_loss", "test_accuracy"):
        values = [float(row[score]) for row in rows]
        assert f"\n{score} {statistics.mean(values):.4g} ± {statistics.stdev(values):.2g}\n" in summary, (summary, score)


def recorded(name):
    return cli.load(cli.DATA, "study", "keras.json")[name]


def from_start(place, sample, start, network, loss, rate, epochs):
    """A sample's experiment that leaves nothing to chance: from given weights, without shuffling."""
    experiment = cli.load(cli.document(place, sample, epochs=epochs, batch_size=32, shuffle=False, initial_weights=os.path.join(cli.DATA, "study", start)))
    experiment["network"] = [{"class_name": "Dense", "config": {"units": units, "activation": activation}} for units, activation in network]
    experiment.update(callbacks=[], loss=loss, optimizer={"class_name": "Adam", "config": {"learning_rate": rate}})
    experiment["data"]["preparation"] = {"scaling": "standard"}
    return experiment


def check_scores(row, scores):
    for name, value in scores.items():
        if name != "rows":
            assert abs(float(row[name]) - value) <= (2e-4 * abs(value) + 1e-6), (name, row[name], value)


def test_folds_as_keras(place):
    """The same folds, weights and order give the scores of each fold, the mean and the deviation that Keras and scikit-learn gave."""
    keras = recorded("cross-validation")
    experiment = from_start(place, "breast-cancer", "breast-cancer-start.keras", [(16, "relu"), (8, "relu"), (1, "sigmoid")], "binary_crossentropy", 0.002, 20)
    with open(experiment["data"]["file"], encoding="utf-8") as file:
        lines = file.read().splitlines()
    with open(os.path.join(place, "folds.csv"), "w", encoding="utf-8") as file:
        file.write("\n".join([lines[0] + ",fold"] + [f"{line},part {fold}" for line, fold in zip(lines[1:], keras["folds"], strict=True)]) + "\n")
    experiment["data"].update(file=os.path.join(place, "folds.csv"), columns={"fold": {"role": "ignored"}})
    experiment["split"] = {"method": "column", "column": "fold"}
    out, _ = study(place, plan(place, experiment, kind="cross-validate", folds=5, monitor="val_accuracy"), "out")
    rows = cli.rows(place, "out", "study.csv")
    assert len(rows) == 5
    for row, scores in zip(rows, keras["scores"], strict=True):
        check_scores(row, scores)
    assert f"{keras['mean']['val_accuracy']:.4g} ± {keras['deviation']['val_accuracy']:.2g}" in out, (out, keras["mean"], keras["deviation"])


def test_sizes_as_keras(place):
    """The learning curve that Keras gave: each size from the same weights, with the latest of the ordered training rows."""
    keras = recorded("learning-curve")
    experiment = from_start(place, "digits", "digits-start.keras", [(64, "relu"), (10, "softmax")], "categorical_crossentropy", 0.001, 15)
    experiment["split"] = {"method": "ordered", "train": 0.8, "validation": 0.2, "test": 0}
    out, _ = study(place, plan(place, experiment, kind="learning-curve", sizes=keras["sizes"], seeds=[42]), "out")
    assert "one run of each size says nothing of chance" in out, out
    rows = cli.rows(place, "out", "study.csv")
    for row, scores in zip(rows, keras["scores"], strict=True):
        assert int(row["training_rows"]) == scores["rows"]
        check_scores(row, scores)


def test_run_is_a_run(place):
    """A run of a study is the run that the command run makes of the same document."""
    document = cli.document(place, epochs=4)
    study(place, plan(place, document, kind="repeat", seeds=[7]), "out")
    cli.call("run", document, "--seed", "7", "--out", os.path.join(place, "run"))
    row, scores = cli.rows(place, "out", "study.csv")[0], cli.load(place, "run", "report.json")["scores"]
    for key, value in (("val_loss", scores["validation"]["loss"]), ("test_accuracy", scores["test"]["accuracy"])):
        assert float(row[key]) == float(f"{value:.9g}"), (key, row[key], value)


def test_schedule_does_not_matter(place):
    path = plan(place, cli.document(place, epochs=5), kind="compare", setting="optimizer", values=["adam", "sgd", "rmsprop"], repeats=2, folds=2)
    tables = []
    for threads in ("1", "2", "5"):
        study(place, path, threads, "--threads", threads)
        tables.append(cli.read(place, threads, "study.csv"))
    assert tables[0] == tables[1] == tables[2] and tables[0].count(b"\n") == 13


def test_no_difference(place):
    path = plan(place, cli.document(place, epochs=3), kind="compare", setting="network/hidden/config/activation", values=["relu", "relu"], repeats=3)
    out, _ = study(place, path, "out")
    assert "relu and relu (2): no difference found" in out, out


def long_plan(place):
    experiment = cli.load(cli.document(place, epochs=150))
    experiment["callbacks"] = []
    experiment["network"] = [{"class_name": "Dense", "config": {"units": units, "activation": "relu"}} for units in (128, 256)] + experiment["network"][-1:]
    return plan(place, cli.save(experiment, os.path.join(place, "long.json")), kind="repeat", repeats=6)


def test_killed_and_resumed(place):
    """The end of the program in the middle costs at most the epochs under way; the table is that of an undisturbed study, digit for digit."""
    path, folder = long_plan(place), os.path.join(place, "killed")
    study(place, path, "whole")
    process = start(path, folder)
    wait_for_runs(process, 2)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with sqlite3.connect(os.path.join(folder, "study.camadas")) as store:
        n_before = store.execute("SELECT COUNT(*) FROM run WHERE state = 'finished'").fetchone()[0]
    assert 2 <= n_before < 6, n_before
    out, _ = study(place, path, "killed", "--resume", "--json")
    events = [json.loads(line) for line in out.splitlines()]
    assert events[0]["done"] == n_before and events[-1]["done"] == 6, events
    assert cli.read(place, "killed", "study.csv") == cli.read(place, "whole", "study.csv")


def test_stopped_and_resumed(place):
    """Ctrl+C ends cleanly, with a table of what is done; what was under way goes on."""
    path, folder = long_plan(place), os.path.join(place, "stopped")
    study(place, path, "whole", "--threads", "1")
    process = start(path, folder)
    wait_for_runs(process, 1)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0 and "--resume" in err, (process.returncode, err)
    done = json.loads(out.splitlines()[-1])["done"]
    partial = cli.read(folder, "study.csv")
    assert 1 <= done < 6 and partial.count(b"\n") == done + 1
    assert {"scores", "val_loss"} <= charts(place, "stopped")
    study(place, path, "stopped", "--resume")
    whole = cli.read(place, "whole", "study.csv")
    assert cli.read(folder, "study.csv") == whole and set(partial.splitlines()) <= set(whole.splitlines())
    out, _ = study(place, path, "stopped", "--resume")
    assert "6 of them done before" in out and cli.read(folder, "study.csv") == whole


def test_end_of_the_terminal(place):
    """SIGHUP stops as Ctrl+C does: what is done is written."""
    folder = os.path.join(place, "out")
    process = start(long_plan(place), folder)
    wait_for_runs(process, 1)
    process.send_signal(signal.SIGHUP)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, (process.returncode, err)
    assert cli.read(folder, "study.csv").count(b"\n") == json.loads(out.splitlines()[-1])["done"] + 1


def test_resume_is_refused(place):
    document = cli.document(place, epochs=2)
    path = plan(place, document, kind="repeat", repeats=2)
    workspace = os.path.join(place, "work.camadas")
    _, err = cli.call("study", path, "--workspace", workspace, "--resume", code=1)
    assert "no study of this very plan" in err, err
    experiment = cli.load(document)
    data = cli.write(place, "data.csv", cli.read(experiment["data"]["file"]))
    experiment["data"]["file"] = data
    path = plan(place, cli.save(experiment, document), kind="repeat", repeats=2)
    cli.call("study", path, "--workspace", workspace)
    lines = cli.read(data).splitlines()
    cli.write(place, "data.csv", b"\n".join(lines[:-1]) + b"\n")
    _, err = cli.call("study", path, "--workspace", workspace, "--resume", code=1)
    assert "no longer those" in err, err


def test_mistakes_are_named(place):
    document = cli.document(place)
    for settings, words in (({"kind": "compare", "setting": "network/hidden/config/activation", "values": ["relu", "rellu"]}, ["plan.json", "values, number 2", "activation"]),
                            ({"kind": "search", "space": {"fit/batchsize": [1]}}, ["plan.json", "fit/batchsize"]),
                            ({"kind": "repeat", "monitor": "val_f1"}, ["val_f1", "accuracy"]),
                            ({"kind": "repeat", "monitor": "test_loss"}, ["test_loss", "split"])):
        experiment = cli.load(document)
        if "test_loss" in words:
            experiment["split"] = {"train": 0.8, "validation": 0.2, "test": 0}
        _, err = cli.call("study", plan(place, experiment, **settings), code=1)
        assert all(word in err for word in words), (err, words)


cli.main()
