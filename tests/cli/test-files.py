"""What camadas-cli reads and writes one file at a time: inspect, summary, predict, evaluate, plot, schema."""
import json, os, re, xml.etree.ElementTree as ET

import cli

BRAZILIAN = "Região;Preço;Vendido\n" + "".join(f"{r};{p};{v}\n" for r, p, v in [
    ("São Paulo", "1234,50", "sim"), ("Bahia", "99,90", "não"), ("Bahia", "", "sim"), ("Acre", "10,00", "não"),
    ("São Paulo", "11,25", "sim"), ("Acre", "12,75", "sim")] * 3)


# inspect

def test_inspect_table(place):
    out = cli.call("inspect", cli.sample("iris.csv"))[0]
    lines = out.splitlines()
    assert "150 rows of 5 columns" in lines[0] and "comma" in lines[0], lines[0]
    columns = [line.split() for line in lines[3:8]]
    assert [(c[0], c[1], c[2], c[3]) for c in columns] == [
        ("sepal_length_cm", "number", "feature", "0"), ("sepal_width_cm", "number", "feature", "0"), ("petal_length_cm", "number", "feature", "0"),
        ("petal_width_cm", "number", "feature", "0"), ("species", "category", "target", "0")], columns
    assert columns[0][4:] == ["35", "4.3", "5.84333", "7.9"] and "setosa, versicolor, virginica" in lines[7]
    # What stands under each other begins or ends in the same cell.
    assert len({line.index(word) for line, word in zip(lines[2:7], ["Kind", "number", "number", "number", "number"])}) == 1


def test_inspect_json(place):
    out, err = cli.call("inspect", "--json", cli.sample("breast-cancer.csv"))
    told = json.loads(out)
    assert out.count("\n") == 1 and err == ""
    assert told["rows"] == 569 and len(told["columns"]) == 31 and told["notes"] == [] and told["odd_rows"] == 0
    assert told["dialect"]["separator"] == "," and told["dialect"]["header"] is True
    target = [column for column in told["columns"] if column["role"] == "target"]
    assert [column["name"] for column in target] == ["diagnosis"] and len(target[0]["levels"]) == 2
    radius = told["columns"][0]
    assert radius["kind"] == "number" and radius["min"] == 6.981 and radius["max"] == 28.11 and abs(radius["mean"] - 14.127291739894552) < 1e-12


def test_inspect_brazilian(place):
    path = cli.write(place, "vendas.csv", BRAZILIAN.encode("latin-1"))
    for env in (cli.environment(), cli.comma_locale(place)):
        told = json.loads(cli.call("inspect", path, "--json", env=env)[0])
        assert told["dialect"]["separator"] == ";" and told["dialect"]["decimal"] == ","
        assert [(c["name"], c["kind"], c["missing"]) for c in told["columns"]] == [("Região", "category", 0), ("Preço", "number", 3), ("Vendido", "yes/no", 0)]
        assert told["columns"][1]["max"] == 1234.5
        assert "1234.5" in cli.call("inspect", path, env=env)[0]


def test_inspect_tells_what_was_odd(place):
    path = cli.write(place, "twice.csv", "a,a,b\n1,2,x\n3,4,y\n5,6,x\n")
    out = cli.call("inspect", path)[0]
    assert "Noticed while reading:" in out and "a_2" in out
    assert json.loads(cli.call("inspect", "--json", path)[0])["notes"]


def test_inspect_does_not_steer_the_terminal(place):
    path = cli.write(place, "escape.csv", "a\x1b[31m,b\n" + "1,x\x07\n2,y\n" * 5)
    out, err = cli.call("inspect", path)
    assert "\x1b" not in out and "\x07" not in out and err == ""


def test_inspect_names_line_and_column(place):
    path = cli.write(place, "quote.csv", "a,b\n1,2\n3,\"4\n5,6\n")
    out, err = cli.call("inspect", path, code=1)
    assert out == "" and "quote.csv: line 3, column 2" in err, err


def test_inspect_tells_findings(place):
    lines = ["id,same,x,answer,y"] + [f"{i + 1},7,{(i * 37 % 101) / 10},{'B' if i % 3 else 'A'},{'yes' if i % 3 else 'no'}" for i in range(300)]
    path = cli.write(place, "spoiled.csv", "\n".join(lines) + "\n")
    found = json.loads(cli.call("inspect", "--json", path)[0])["findings"]
    leak = [finding for finding in found if finding["id"] == "leak"][0]
    assert leak["severity"] == "error" and leak["columns"] == ["answer"] and "answer is y under another name" in leak["reason"], leak
    assert leak["cure"] == {"data/columns/answer/role": "ignored"} and leak["cure_title"]
    assert "constant" in [finding["id"] for finding in found]
    # The worst stands first, and each with its cure.
    out = cli.call("inspect", path)[0]
    assert "error: answer predicts the target almost alone" in out and "data/columns/answer/role = ignored" in out, out
    assert out.index("error: answer") < out.index("note: same")
    assert "found nothing amiss" in cli.call("inspect", cli.sample("iris.csv"))[0]


def test_inspect_as_an_experiment_has_it(place):
    """Roles and ignored findings of a document; what is ignored is still told, and said to be."""
    lines = ["same,x,answer,y"] + [f"7,{(i * 37 % 101) / 10},{'B' if i % 3 else 'A'},{'yes' if i % 3 else 'no'}" for i in range(300)]
    path = cli.write(place, "spoiled.csv", "\n".join(lines) + "\n")
    document = {"camadas": 1, "network": [], "data": {"target": ["y"], "columns": {"answer": {"role": "ignored"}},
                                                      "ignored_findings": [{"finding": "constant", "columns": ["same"]}]}}
    experiment = cli.write(place, "spoiled.json", json.dumps(document))
    told = json.loads(cli.call("inspect", "--json", "--experiment", experiment, path)[0])
    found = {finding["id"]: finding["ignored"] for finding in told["findings"]}
    assert "leak" not in found and found["constant"] is True, found
    assert [column["role"] for column in told["columns"]] == ["feature", "feature", "ignored", "target"], told["columns"]
    assert "note, ignored: same" in cli.call("inspect", "--experiment", experiment, path)[0]
    plain = {finding["id"]: finding["ignored"] for finding in json.loads(cli.call("inspect", "--json", path)[0])["findings"]}
    assert plain["leak"] is False and plain["constant"] is False, plain

    document["data"]["ignored_findings"] = [{"finding": "constant", "column": "same"}]
    out, err = cli.call("inspect", "--experiment", cli.write(place, "broken.json", json.dumps(document)), path, code=1)
    assert out == "" and "ignored_findings" in err and "column" in err, err


# summary

def test_summary_of_a_model(place):
    out = cli.call("summary", os.path.join(cli.DATA, "keras-models", "dense_3.15.1.keras"))[0]
    lines = out.splitlines()
    assert lines[0] == 'Model: "dense_3.15.1"'
    assert re.fullmatch(r"┃ Layer \(type\) +┃ Output Shape +┃ +Param # ┃", lines[2]), lines[2]
    assert re.fullmatch(r"│ hidden \(Dense\) +│ \(None, 7\) +│ +42 │", lines[4]), lines[4]
    assert lines[-3:] == [" Total params: 147 (588.00 B)", " Trainable params: 147 (588.00 B)", " Non-trainable params: 0 (0.00 B)"]
    assert len({len(line) for line in lines[1:-3]}) == 1


def test_summary_of_an_experiment(place):
    path = cli.document(place)
    network = cli.load(path)["network"]
    out = cli.call("summary", path)[0]
    rows = re.findall(r"│ (\S+) \((\w+)\) +│ \(None, (\d+)\) +│ +([\d,]+) │", out)
    assert [row[1] for row in rows] == [layer["class_name"] for layer in network]
    first = network[0]["config"]["units"]
    assert rows[0][2] == str(first) and rows[0][3] == f"{31 * first if first < 1000 else 0:,}", rows
    total = sum(int(row[3].replace(",", "")) for row in rows)
    assert f" Total params: {total:,} (" in out

    # The table may come from elsewhere; then the first layer has other inputs.
    short = cli.write(place, "short.csv", "x,diagnosis\n" + "1,a\n2,b\n" * 20)
    assert f" {2 * first:,} │" in cli.call("summary", path, "--data", short)[0]
    other = cli.write(place, "other.csv", "x,y\n" + "1,a\n2,b\n" * 20)
    assert "“diagnosis”" in cli.call("summary", path, "--data", other, code=1)[1]


def test_switched_off(place):
    """A layer that is switched off stays in the document alone: not in the summary, the fit or the model."""
    path = cli.document(place, epochs=2)
    without = cli.call("summary", path)[0]
    cli.call("run", path, "--out", os.path.join(place, "without"))
    experiment = cli.load(path)
    experiment["network"].insert(1, {"class_name": "Dense", "config": {"units": 99}, "enabled": False})
    path = cli.save(experiment, path)
    assert cli.call("summary", path)[0] == without
    cli.call("run", path, "--out", os.path.join(place, "off"))
    for name in ("history.csv", "predictions.csv"):
        assert cli.read(place, "off", name) == cli.read(place, "without", name), name
    assert "99" not in cli.call("summary", os.path.join(place, "off", "model.keras"))[0]
    experiment["network"][1]["enabled"] = "no"
    err = cli.call("summary", cli.save(experiment, path), code=1)[1]
    assert "layer 2 (Dense)" in err and "enabled" in err, err


def test_summary_names_what_it_cannot_read(place):
    damaged = cli.write(place, "damaged.keras", b"PK\x03\x04 and nothing more")
    assert "damaged.keras" in cli.call("summary", damaged, code=1)[1]
    other = cli.write(place, "other.json", "{ \"camadas\": 1, \"layers\": [] }")
    err = cli.call("summary", other, code=1)[1]
    assert "other.json" in err and "layers" in err, err
    broken = cli.write(place, "broken.json", "{ \"camadas\": 1,\n")
    err = cli.call("summary", broken, code=1)[1]
    assert "broken.json" in err and "line" in err, err


# predict and evaluate

def trained(place, name="iris", **fit):
    cli.call("run", cli.document(place, name, **{"epochs": 30, **fit}), "--out", place)
    return os.path.join(place, "model.keras")


def test_predict_beside_the_rows(place):
    model = trained(place)
    out, err = cli.call("predict", model, cli.sample("iris.csv"))
    saved = os.path.join(place, "predicted.csv")
    nothing, again = cli.call("predict", model, cli.sample("iris.csv"), "--out", saved)
    assert nothing == "" and again == err and cli.read(saved).decode() == out
    assert "150 rows predicted." in err

    given, told = cli.rows(cli.sample("iris.csv")), cli.rows(saved)
    classes = ["setosa", "versicolor", "virginica"]
    assert list(told[0]) == list(given[0]) + ["predicted species"] + [f"p({name})" for name in classes]
    assert [row["species"] for row in told] == [row["species"] for row in given]
    for row in told:
        shares = [float(row[f"p({name})"]) for name in classes]
        assert abs(sum(shares) - 1) < 1e-5 and row["predicted species"] == classes[shares.index(max(shares))]
    right = sum(row["species"] == row["predicted species"] for row in told)
    assert f"{right / 1.5:.4g} %" in err and right > 120, (right, err)


def test_predict_where_values_are_missing(place):
    model = trained(place)
    table = cli.write(place, "new.csv", "petal_width_cm,sepal_length_cm,note,sepal_width_cm,petal_length_cm\n0.2,5.1,hello,3.5,1.4\n,5.1,there,3.5,1.4\n2.3,6.7,x,3.0,5.2\n")
    out, err = cli.call("predict", model, table)
    lines = out.splitlines()
    # Columns go by their name, not by their place; the target is not needed.
    assert lines[1].startswith("0.2,5.1,hello,3.5,1.4,setosa,") and lines[3].startswith("2.3,6.7,x,3,5.2,virginica,"), out
    assert lines[2] == ",5.1,there,3.5,1.4,,,,"
    assert "2 rows predicted." in err and "1 row misses" in err


def test_predict_names_the_missing_column(place):
    model = trained(place)
    table = cli.write(place, "new.csv", "sepal_length_cm,sepal_width_cm,petal_length_cm\n5.1,3.5,1.4\n")
    out, err = cli.call("predict", model, table, code=1)
    assert out == "" and "petal_width_cm" in err and "new.csv" in err, err


def test_predict_does_not_leave_half_a_file(place):
    model = trained(place)
    out, err = cli.call("predict", model, cli.sample("iris.csv"), "--out", os.path.join(place, "nowhere", "x.csv"), code=1)
    assert "nowhere" in err
    assert not [name for name in os.listdir(place) if name.startswith(".")]


def test_evaluate_counts_as_the_predictions_do(place):
    model = trained(place)
    told = json.loads(cli.call("evaluate", model, cli.sample("iris.csv"), "--json")[0])
    assert told["rows"] == 150 and told["skipped"] == 0 and list(told["scores"])[0] == "loss"
    cli.call("predict", model, cli.sample("iris.csv"), "--out", os.path.join(place, "p.csv"))
    predicted = cli.rows(place, "p.csv")
    right = sum(row["species"] == row["predicted species"] for row in predicted)
    assert abs(told["scores"]["accuracy"] - right / 150) < 1e-9
    text = cli.call("evaluate", model, cli.sample("iris.csv"))[0]
    assert re.search(r"^rows +150$", text, re.M) and re.search(r"^accuracy +[\d.]+$", text, re.M)


def test_evaluate_needs_the_answers(place):
    model = trained(place)
    table = cli.write(place, "new.csv", "sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm\n5.1,3.5,1.4,0.2\n")
    assert "species" in cli.call("evaluate", model, table, code=1)[1]
    foreign = os.path.join(cli.DATA, "keras-models", "dense_3.15.1.keras")
    assert "dense_3.15.1.keras" in cli.call("evaluate", foreign, cli.sample("iris.csv"), code=1)[1]


# plot

HISTORY = "epoch,accuracy,loss,val_accuracy,val_loss\n" + "".join(
    f"{i + 1},{1 - 0.5 / (i + 1)},{1 / (i + 1)},{0.9 - 0.4 / (i + 1)},{'nan' if i == 3 else 1 / (i + 1) + i * 0.02}\n" for i in range(20))


def test_plot_by_the_files_ending(place):
    history = cli.write(place, "history.csv", HISTORY)
    for ending, begins in (("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG"), ("SVG", b"<?xml")):
        path = os.path.join(place, "chart." + ending)
        assert cli.call("plot", history, "--out", path) == ("", "")
        assert cli.read(path).startswith(begins)
    assert not [name for name in os.listdir(place) if name.startswith(".")]


def test_plot_size(place):
    history = cli.write(place, "history.csv", HISTORY)
    path = os.path.join(place, "chart.svg")
    cli.call("plot", history, "--out", path, "--width", "400", "--height", "300", "--dark")
    svg = ET.parse(path).getroot()
    assert svg.get("viewBox").split()[2:] == ["400", "300"], svg.attrib


def numbers(place, *args):
    path = os.path.join(place, "numbers.csv")
    cli.call("plot", *args, "--out", path)
    return cli.rows(path)


def test_plot_draws_what_the_file_says(place):
    history = cli.write(place, "history.csv", HISTORY)
    given = cli.rows(history)
    drawn = numbers(place, history)
    assert len(drawn) == 20
    assert [row["train"] for row in drawn] != [] and all(float(d["train"]) == float(g["loss"]) for d, g in zip(drawn, given))
    assert drawn[3]["validation"] == "" and float(drawn[4]["validation"]) == float(given[4]["val_loss"])
    drawn = numbers(place, history, "--key", "accuracy")
    assert float(drawn[7]["train"]) == float(given[7]["accuracy"])
    drawn = numbers(place, history, "--key", "val_accuracy")
    assert "train" not in drawn[0] and float(drawn[7]["validation"]) == float(given[7]["val_accuracy"])


def test_plot_several_files(place):
    for name in ("one", "two"):
        os.mkdir(os.path.join(place, name))
        cli.write(place, os.path.join(name, "history.csv"), HISTORY)
    other = cli.write(place, "third.csv", HISTORY)
    paths = [os.path.join(place, "one", "history.csv"), os.path.join(place, "two", "history.csv"), other]
    drawn = numbers(place, *paths)
    assert list(drawn[0])[1:] == ["one", "two", "third"], list(drawn[0])
    assert float(drawn[5]["two"]) == float(cli.rows(other)[5]["val_loss"])
    # One file without validation: then all are compared by training.
    bare = cli.write(place, "bare.csv", "epoch,loss\n0,3\n1,2\n2,1\n")
    drawn = numbers(place, other, bare)
    assert float(drawn[0]["third"]) == 1 and float(drawn[0]["bare"]) == 3 and drawn[5]["bare"] == ""


def test_plot_names_the_columns_there_are(place):
    history = cli.write(place, "history.csv", HISTORY)
    err = cli.call("plot", history, "--key", "acuracy", "--out", os.path.join(place, "x.svg"), code=1)[1]
    assert "“acuracy”" in err and "accuracy, loss, val_accuracy, val_loss" in err
    assert not os.path.exists(os.path.join(place, "x.svg"))


# schema

def test_schema_knows_the_samples(place):
    out, err = cli.call("schema")
    schema = json.loads(out)
    assert err == "" and schema["$schema"].startswith("https://json-schema.org/")
    for name in sorted(os.listdir(cli.SAMPLES)):
        if name.endswith(".json"):
            keys = set(cli.load(cli.SAMPLES, name))
            assert keys <= set(schema["properties"]), (name, keys)
            assert set(schema["required"]) <= keys, name


cli.main()
