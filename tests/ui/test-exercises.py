#!/usr/bin/python3
"""The exercises of a course, done by pointing: activations and training sizes on digits, a random search and folds on breast cancer. Two of them against what Keras computed."""
import json, os, statistics

import endtoend as e2e
import study


def recorded(name):
    with open(os.path.join(e2e.DATA, "study", "keras.json"), encoding="utf-8") as file:
        return json.load(file)[name]


def write_experiment(place, name, sample, start, network, loss, rate, epochs, split, **data):
    """A sample's experiment that leaves nothing to chance: from given weights, without shuffling."""
    with open(os.path.join(e2e.SAMPLES, sample + ".json"), encoding="utf-8") as file:
        experiment = json.load(file)
    experiment["data"] = {**experiment["data"], "file": os.path.join(e2e.SAMPLES, experiment["data"]["file"]), "preparation": {"scaling": "standard"}, **data}
    experiment.update(network=[{"class_name": "Dense", "config": {"units": units, "activation": activation}} for units, activation in network], callbacks=[], loss=loss, split=split,
                      optimizer={"class_name": "Adam", "config": {"learning_rate": rate}},
                      fit={"batch_size": 32, "epochs": epochs, "seed": 42, "shuffle": False, "initial_weights": os.path.join(e2e.DATA, "study", start)})
    path = os.path.join(place, name)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(experiment, file)
    return path


def check_scores(row, scores):
    for name, value in scores.items():
        if name != "rows":
            assert abs(float(row[name]) - value) <= 2e-4 * abs(value) + 1e-6, (name, row[name], value)


def by_setting(rows, score):
    scores = {}
    for row in rows:
        scores.setdefault(row["setting"], []).append(float(row[score]))
    return scores


def test_activations(desktop, place):
    """Four activations on digits with the same three seeds: ranked, and said to be better only where the pairs tell."""
    app = e2e.start(desktop)
    e2e.open_sample(app, "Digits")
    e2e.Training(app).set_up(12)
    dialog = study.open_dialog(app, "Compare Activations…")
    values = app.find("grid", "Values", within=dialog) if app.find_all("grid", "Values", within=dialog) else dialog
    for name in ("relu", "leaky_relu", "sigmoid", "tanh"):          # the usual ones are chosen already
        assert "pressed" in app.find("button", name, within=values).states, name
    study.set_values(app, dialog, Seeds=3)
    study.begin(app, dialog, "12 runs")
    study.wait_for_badge(app, "12 of 12")
    scores = by_setting(study.saved_rows(app, place), "val_loss")
    assert sorted(scores) == ["leaky_relu", "relu", "sigmoid", "tanh"] and all(len(runs) == 3 for runs in scores.values()), scores
    best, second = sorted(scores, key=lambda name: statistics.mean(scores[name]))[:2]
    found = study.finding(app)
    assert best in found and second in found, (found, scores)
    # Student's t with two degrees of freedom has a closed form; the mean difference counts in its standard errors.
    differences = [a - b for a, b in zip(scores[second], scores[best], strict=True)]
    t = statistics.mean(differences) / (statistics.stdev(differences) / 3 ** 0.5)
    probability = 0.5 + t / (2 * (2 + t * t) ** 0.5)
    assert f"{probability * 100:.1f} %" in found if probability >= 0.975 else f"{probability * 100:.0f} %" in found, (found, probability)
    e2e.picture(app, "exercise-activations")
    e2e.leave(app)


def test_learning_curve(desktop, place):
    """Scores over the number of training rows, each from the same start: those that Keras reached."""
    keras = recorded("learning-curve")
    path = write_experiment(place, "digits.json", "digits", "digits-start.keras", [(64, "relu"), (10, "softmax")], "categorical_crossentropy", 0.001, 15,
                            {"method": "ordered", "train": 0.8, "validation": 0.2, "test": 0})
    app = e2e.start(desktop, path)
    e2e.wait_for_data(app)
    dialog = study.open_dialog(app, "Learning Curve…")
    app.select(app.find("combo box", "Sizes", within=dialog), "As listed")
    app.set_value(app.find("text box", "Sizes, as shares or rows", within=dialog), ", ".join(f"{size * 100:g} %" for size in keras["sizes"]))
    study.set_values(app, dialog, Repeats=1)
    study.begin(app, dialog, "4 runs")
    study.wait_for_badge(app, "4 of 4")
    for row, scores in zip(study.saved_rows(app, place), keras["scores"], strict=True):
        assert int(row["training_rows"]) == scores["rows"]
        check_scores(row, scores)
    assert "one run of each size says nothing of chance" in study.finding(app), study.finding(app)
    e2e.picture(app, "exercise-learning-curve")
    e2e.leave(app)


def test_cross_validation(desktop, place):
    """Five folds: the scores, the mean and the deviation of Keras and scikit-learn."""
    keras = recorded("cross-validation")
    with open(os.path.join(e2e.SAMPLES, "breast-cancer.csv"), encoding="utf-8") as file:
        lines = file.read().splitlines()
    table = os.path.join(place, "folds.csv")
    with open(table, "w", encoding="utf-8") as file:
        file.write("\n".join([lines[0] + ",fold"] + [f"{line},part {fold}" for line, fold in zip(lines[1:], keras["folds"], strict=True)]) + "\n")
    path = write_experiment(place, "breast-cancer.json", "breast-cancer", "breast-cancer-start.keras", [(16, "relu"), (8, "relu"), (1, "sigmoid")], "binary_crossentropy", 0.002, 20,
                            {"method": "column", "column": "fold", "folds": 5, "fold": 1}, file=table, columns={"fold": {"role": "ignored"}})
    app = e2e.start(desktop, path)
    e2e.wait_for_data(app)
    dialog = study.open_dialog(app, "Cross-validate…")
    study.set_values(app, dialog, Folds=5, Repeats=1)
    app.select(app.find("combo box", "Judged by", within=dialog), "val_accuracy")
    study.begin(app, dialog, "5 runs")
    study.wait_for_badge(app, "5 of 5")
    for row, scores in zip(study.saved_rows(app, place), keras["scores"], strict=True):
        check_scores(row, scores)
    assert f"{keras['mean']['val_accuracy']:.4g} ± {keras['deviation']['val_accuracy']:.2g}" in study.finding(app), study.finding(app)
    e2e.picture(app, "exercise-cross-validation")
    e2e.leave(app)


def test_random_search(desktop, place):
    """Activation, batch size, epochs and learning rate with three folds; the winner is adopted, and undone."""
    app = e2e.start(desktop)
    e2e.open_sample(app, "Breast cancer")
    e2e.Training(app).set_up(10)
    dialog = study.open_dialog(app, "Search…")
    for name in ("Activation of the hidden layers", "Epochs"):
        app.click(app.find("checkbox", f"Search {name}", within=dialog))
    app.click(app.find("list item", "Learning rate", within=dialog))         # what is ticked by hand is open already
    app.set_value(app.find("text box", "Epochs: values", within=dialog), "5, 10, 15")
    app.set_value(app.find("text box", "Learning rate: from", within=dialog), "0.001")
    app.set_value(app.find("text box", "Learning rate: to", within=dialog), "0.1")
    study.set_values(app, dialog, Trials=6, Repeats=1, Folds=3)
    study.begin(app, dialog, "18 runs")
    study.wait_for_badge(app, "18 of 18")
    rows = study.saved_rows(app, place)
    scores = by_setting(rows, "val_loss")
    assert len(scores) == 6 and all(len(runs) == 3 for runs in scores.values()), scores
    assert all(0.001 <= float(row["optimizer/config/learning_rate"]) <= 0.1 and row["fit/epochs"] in ("5", "10", "15") for row in rows), rows
    best = min(scores, key=lambda name: statistics.mean(scores[name]))
    assert best in study.finding(app), (best, study.finding(app))
    e2e.picture(app, "exercise-search")
    study.press(app, "Adopt")
    app.click(app.find("menu item", "Adopt the Winner"))
    training = e2e.Training(app)
    won = next(row for row in rows if row["setting"] == best)
    epochs = training.find("spin button", "Epochs")
    app.wait_until(lambda: epochs.value == float(won["fit/epochs"]), what="the winner's epochs")
    assert abs(training.find("spin button", "Learning rate").value / float(won["optimizer/config/learning_rate"]) - 1) < 0.01
    app.key("ctrl+z")
    app.wait_until(lambda: epochs.value == 10, what="the epochs of before")
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
