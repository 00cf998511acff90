"""Sequences, images, texts and autoencoders from the command line: run, predict, evaluate and summary, on networks that say what can be worked out by hand: their weights are zero
and hardly learn, so that a relative forecast repeats the last value and an autoencoder gives back the middle of its columns.
"""
import csv, json, os
import cli

NOTHING = {"kernel_initializer": "zeros"}
SLOW = {"class_name": "SGD", "config": {"learning_rate": 1e-12}}


def write(place, name, text):
    path = os.path.join(place, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def run(place, table, **document):
    """Run an experiment on a table; returns the folder of results and the report."""
    write(place, "table.csv", table)
    whole = {"camadas": 1, "name": "Forms", "loss": "mean_squared_error", "metrics": [], "optimizer": SLOW, "fit": {"epochs": 1, "batch_size": 8}}
    whole.update(document)
    whole["data"]["file"] = "table.csv"
    path = write(place, "forms.json", json.dumps(whole))
    out = os.path.join(place, "out")
    cli.call("run", path, "--out", out)
    with open(os.path.join(out, "report.json"), encoding="utf-8") as file:
        return out, json.load(file)


def predict(place, out, table):
    path = write(place, "new.csv", table)
    result = os.path.join(place, "answers.csv")
    said = cli.call("predict", os.path.join(out, "model.keras"), path, "--out", result)[1]
    return read(result), said


SERIES = {"target": ["y"], "columns": {"t": {"role": "ignored"}, "y": {"scaling": "standard", "missing": "previous"}},
          "sequence": {"length": 2, "horizon": 2, "order": "t", "relative": True}}
ORDERED = {"method": "ordered", "train": 0.5, "validation": 0.25, "test": 0.25}
FORECAST = [{"class_name": "Flatten", "config": {}}, {"class_name": "Dense", "config": {"units": 2, **NOTHING}}]


def make_series(n):
    return "t,y\n" + "".join(f"{1990 + i},{i * i}\n" for i in range(n))


def test_forecast(place):
    out, report = run(place, make_series(40), data=dict(SERIES), split=ORDERED, network=FORECAST)
    # Nothing learnt is as good as repeating the last value: both are the same.
    own, other = report["target_scores"]["test"], report["baseline"]["test"]
    assert report["baseline"]["is"] == "last value", report["baseline"]
    assert abs(own["mean_absolute_error"] - other["mean_absolute_error"]) < 1e-3, (own, other)
    # Of the rows 30 to 39, one step ahead misses by 2i - 1, two by 4i - 4, in windows whose targets lie in the test part: i from 30 to 38, and its successor.
    misses = [(2 * i - 1) for i in range(30, 39)] + [(4 * i - 4) for i in range(31, 40)]
    assert abs(other["mean_absolute_error"] - sum(misses) / len(misses)) < 1e-2, (other, sum(misses) / len(misses))

    rows = read(os.path.join(out, "predictions.csv"))
    assert rows[0] == ["t", "y", "predicted y, 1 row ahead", "predicted y, 2 rows ahead"], rows[0]
    assert [row[0] for row in rows[1:]] == [str(1990 + i) for i in range(30, 40)], rows

    # Rows without a full window are empty; rows to come follow, in their place in the order.
    answers, said = predict(place, out, make_series(6))
    assert [[row[0], row[1]] + [None if cell == "" else round(float(cell), 2) for cell in row[2:]] for row in answers[1:]] == [
        ["1990", "0", None, None], ["1991", "1", None, None], ["1992", "4", 1, None], ["1993", "9", 4, 1], ["1994", "16", 9, 4], ["1995", "25", 16, 9],
        ["1996", "", 25, 16], ["1997", "", None, 25]], answers
    assert "4 rows predicted" in said and "2 rows" in said, said


def test_forecast_of_gaps(place):
    out, _ = run(place, make_series(40), data=dict(SERIES), split=ORDERED, network=FORECAST)
    # A gap is filled from before; a row that nobody knows the past of has no answer. Rows may stand in any order.
    answers, _ = predict(place, out, "t,y\n3,\n1,\n2,5\n4,7\n")
    assert [[row[0]] + [None if cell == "" else round(float(cell), 2) for cell in row[2:]] for row in answers[1:]] == [
        ["3", None, None], ["1", None, None], ["2", None, None], ["4", 5, None], ["5", 7, 5], ["6", None, 7]], answers
    model = os.path.join(out, "model.keras")
    text = cli.call("evaluate", model, write(place, "known.csv", make_series(9)), "--json")[0]
    assert json.loads(text)["rows"] == 6, text
    path = write(place, "short.csv", "t,y\n1,2\n")
    err = cli.call("predict", model, path, code=1)[1]
    assert "2 rows that follow each other" in err, err
    path = write(place, "other.csv", "t,z\n1,2\n2,3\n")
    err = cli.call("predict", model, path, code=1)[1]
    assert "“y”" in err, err


def test_dates(place):
    days = ["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-22", "2024-01-29", "2024-02-05", "2024-02-12", "2024-02-19", "2024-02-26", "2024-03-04"]
    table = "day,y\n" + "".join(f"{day},{7 * i}\n" for i, day in enumerate(days))
    data = {"target": ["y"], "columns": {"day": {"role": "ignored"}}, "sequence": {"length": 1, "order": "day", "relative": True}}
    network = [{"class_name": "Flatten", "config": {}}, {"class_name": "Dense", "config": {"units": 1, **NOTHING}}]
    out, _ = run(place, table, data=data, split=ORDERED, network=network)
    # The week goes on.
    answers, _ = predict(place, out, "day,y\n2024-12-16,1\n2024-12-23,2\n2024-12-30,3\n")
    assert [[row[0], row[2]] for row in answers[1:]] == [["2024-12-16", ""], ["2024-12-23", "1"], ["2024-12-30", "2"], ["2025-01-06", "3"]], answers


def test_groups(place):
    table = "shop,t,y\n" + "".join(f"{shop},{t},{t * factor}\n" for t in range(20) for shop, factor in (("north", 1), ("south", 10)))
    data = {"target": ["y"], "columns": {"t": {"role": "ignored"}, "shop": {"role": "group"}}, "sequence": {"length": 2, "order": "t", "relative": True}}
    network = [{"class_name": "Flatten", "config": {}}, {"class_name": "Dense", "config": {"units": 1, **NOTHING}}]
    out, _ = run(place, table, data=data, split={"method": "ordered", "column": "t", "train": 0.5, "validation": 0.25, "test": 0.25}, network=network)
    answers, _ = predict(place, out, "shop,t,y\nnorth,1,1\nsouth,1,10\nnorth,2,2\nsouth,2,20\nnorth,3,3\nsouth,3,30\n")
    assert [(row[0], row[1], row[3]) for row in answers[1:]] == [
        ("north", "1", ""), ("south", "1", ""), ("north", "2", ""), ("south", "2", ""), ("north", "3", "2"), ("south", "3", "20"), ("north", "4", "3"), ("south", "4", "30")], answers


def test_autoencoder(place):
    table = "a,b,name\n" + "".join(f"{i % 5},{10 * (i % 3)},n{i}\n" for i in range(60))
    data = {"task": "autoencoder", "columns": {"name": {"role": "ignored"}}, "preparation": {"scaling": "min-max"}}
    network = [{"class_name": "Dense", "config": {"units": 2, **NOTHING}}]
    out, report = run(place, table, data=data, split={"method": "ordered", "train": 0.5, "validation": 0.25, "test": 0.25}, network=network)
    assert report["task"] == "autoencoder" and report["baseline"]["is"] == "mean", report
    answers, _ = predict(place, out, "a,b\n2,10\n4,20\n,10\n0,0\n")
    assert answers[0] == ["a", "b", "reconstruction error", "reconstructed a", "reconstructed b"], answers
    # 0 comes back, the least of each column; 2 of 4 and 10 of 20 are a half, so that the mean of two squares is a quarter. A row with a gap has no answer.
    assert [[None if cell == "" else round(float(cell), 4) for cell in row[2:]] for row in answers[1:]] == [[0.25, 0, 0], [1, 0, 0], [None, None, None], [0, 0, 0]], answers
    text = cli.call("evaluate", os.path.join(out, "model.keras"), write(place, "known.csv", "a,b\n2,10\n4,20\n"), "--json")[0]
    assert abs(json.loads(text)["scores"]["loss"] - 0.625) < 1e-6, text


def test_image(place):
    table = "label," + ",".join(f"p{i}_{k}" for i in range(4) for k in range(4)) + "\n"
    table += "".join(f"{'full' if i % 2 else 'empty'}," + ",".join(str(255 * (i % 2)) for _ in range(16)) + "\n" for i in range(40))
    data = {"target": ["label"], "image": {"height": 4, "width": 4, "channels": 1}}
    network = [{"class_name": "Rescaling", "config": {"scale": 1 / 255}}, {"class_name": "Conv2D", "config": {"filters": 2, "kernel_size": 3}},
               {"class_name": "Flatten", "config": {}}, {"class_name": "Dense", "config": {"units": 1, "activation": "sigmoid"}}]
    out, report = run(place, table, data=data, split={"method": "stratified"}, network=network, loss="binary_crossentropy", metrics=["accuracy"],
                      optimizer={"class_name": "Adam", "config": {"learning_rate": 0.05}}, fit={"epochs": 60, "batch_size": 8})
    assert report["target_scores"]["test"]["accuracy"] == 1, report
    text = cli.call("summary", os.path.join(out, "model.keras"))[0]
    assert "(None, 4, 4, 1)" in text and "(None, 2, 2, 2)" in text, text
    answers, _ = predict(place, out, table)
    assert all(row[0] == row[17] for row in answers[1:]), answers


def test_text(place):
    good, bad = ("a fine and lovely film", "lovely food, fine people!"), ("a dull and awful film", "awful food, dull people.")
    table = "words,liked\n" + "".join(f'"{(good if i % 2 else bad)[i // 2 % 2]}",{"yes" if i % 2 else "no"}\n' for i in range(60))
    data = {"target": ["liked"], "columns": {"words": {"kind": "text", "role": "feature"}}, "text": {"vocabulary": 20, "length": 6}}
    network = [{"class_name": "Embedding", "config": {"input_dim": 20, "output_dim": 4}}, {"class_name": "GlobalAveragePooling1D", "config": {}},
               {"class_name": "Dense", "config": {"units": 1, "activation": "sigmoid"}}]
    out, report = run(place, table, data=data, split={"method": "stratified"}, network=network, loss="binary_crossentropy", metrics=["accuracy"],
                      optimizer={"class_name": "Adam", "config": {"learning_rate": 0.05}}, fit={"epochs": 40, "batch_size": 8})
    assert report["target_scores"]["test"]["accuracy"] == 1, report
    # Words that were never seen are unknown ones, an empty cell gives no answer, and capitals and marks do not count.
    answers, said = predict(place, out, 'words\n"Fine, FINE; lovely!"\n"awful... dull"\n""\n"something never heard of"\n')
    assert [row[1] for row in answers[1:3]] == ["yes", "no"], answers
    assert answers[3][1:] == ["", ""] and answers[4][1] in ("yes", "no"), answers
    assert "3 rows predicted" in said, said
    # Ten words are too many for three vectors.
    document = json.load(open(os.path.join(place, "forms.json"), encoding="utf-8"))
    document["network"][0]["config"]["input_dim"] = 3
    err = cli.call("run", write(place, "small.json", json.dumps(document)), code=1)[1]
    assert "The Embedding has 3 indices" in err, err


def test_split_of_sequence(place):
    write(place, "table.csv", make_series(40))
    document = {"camadas": 1, "data": {**SERIES, "file": "table.csv"}, "split": {"method": "random"}, "network": FORECAST, "loss": "mean_squared_error"}
    err = cli.call("run", write(place, "mixed.json", json.dumps(document)), code=1)[1]
    assert "mixes past and future" in err and "“ordered”" in err, err


if __name__ == "__main__":
    cli.main()
