#!/usr/bin/python3
"""Files that leave the window through its real dialogs: models and charts, and the same where the decimal mark is a comma."""
import csv, json, os, re, subprocess, xml.etree.ElementTree as ET, zipfile

import endtoend as e2e

# A number with a decimal comma, where an XML attribute or a table may not have one.
COMMA = re.compile(r'"-?\d+,\d+"|[ (]-?\d+,\d{3,}[ )]')


def train(desktop, place, **env):
    app = e2e.start(desktop, **env)
    e2e.open_sample(app, "Breast cancer")
    training = e2e.Training(app)
    training.run(12)
    return app, training


def export(app, training, path):
    """Through the dialog that asks for format and size; the file's name has the last word on the format."""
    menu = training.find("button", "Chart menu")
    app.click(menu)
    app.click(app.find("menu item", "Export Chart…", within=app.popup_of(menu)))
    button = app.find("button", "Export…")
    e2e.save(app, lambda: app.click(button), path)
    app.find("label", f"Saved “{os.path.basename(path)}”")     # until then the dialog has the pointer
    return path


def check_model(path):
    """The layout of the archive, and numbers that Keras takes."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        assert {"metadata.json", "config.json", "model.weights.h5"} <= names, names
        assert all(info.compress_type == zipfile.ZIP_STORED for info in archive.infolist())
        text = archive.read("config.json").decode()
        assert archive.read("model.weights.h5").startswith(b"\x89HDF\r\n\x1a\n")
    config = json.loads(text)
    assert config["class_name"] == "Sequential" and config["module"] == "keras", config
    assert [layer["class_name"] for layer in config["config"]["layers"]] == ["InputLayer", "Dense", "Dropout", "Dense", "Dense"]
    assert isinstance(config["compile_config"]["optimizer"]["config"]["learning_rate"], float)


def check_predictions(model):
    """The saved model answers as well as the run did: of rows that it has mostly learned from, nearly all."""
    lines = e2e.cli("predict", model, os.path.join(e2e.SAMPLES, "breast-cancer.csv"))
    rows = list(csv.DictReader(lines.splitlines()))
    assert len(rows) == 569
    column = next(name for name in rows[0] if name.startswith("predicted"))
    right = sum(row[column] == row["diagnosis"] for row in rows)
    assert right >= 0.9 * 569, f"{right} of 569 are right"


def check_charts(app, training, place):
    svg = open(export(app, training, os.path.join(place, "loss.svg")), encoding="utf-8").read()
    ET.fromstring(svg)
    assert not COMMA.search(svg), COMMA.search(svg)[0]
    assert svg.count("<path") > 20

    with open(export(app, training, os.path.join(place, "loss.png")), "rb") as file:
        head = file.read(24)
    assert head.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    assert width >= 800 and height >= 500, (width, height)

    pdf = export(app, training, os.path.join(place, "loss.pdf"))
    fonts = subprocess.run(["pdffonts", pdf], check=True, capture_output=True, text=True).stdout.splitlines()
    assert len(fonts) > 2, fonts
    for line in fonts[2:]:                              # after the two lines of the heading
        assert line[fonts[0].index("emb"):].startswith("yes"), line
    words = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    for word in ("Loss", "Epoch", "train", "validation"):
        assert word in words, words

    with open(export(app, training, os.path.join(place, "loss.csv")), encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert [float(row[0]) for row in rows[1:]] == list(range(1, 13)), rows
    assert all(0 < float(cell) < 2 for row in rows[1:] for cell in row[1:]), rows


def test_model(desktop, place):
    app, _ = train(desktop, place)
    model = e2e.save(app, lambda: app.key("ctrl+s"), os.path.join(place, "model.keras"))
    app.find("label", "Saved as “model.keras”")
    check_model(model)
    check_predictions(model)
    e2e.leave(app)


def test_charts(desktop, place):
    app, training = train(desktop, place)
    check_charts(app, training, place)
    app.dark()
    app.wait_until(lambda: os.path.getsize(export(app, training, os.path.join(place, "dark.png"))) > 1000)
    e2e.leave(app)


def test_comma_locale(desktop, place):
    """Files have decimal points whatever the language of the screen."""
    app, training = train(desktop, place, **e2e.comma_locale(place))
    model = e2e.save(app, lambda: app.key("ctrl+s"), os.path.join(place, "model.keras"))
    check_model(model)
    check_predictions(model)
    check_charts(app, training, place)
    experiment = e2e.save(app, lambda: app.activate_action("win.save-experiment"), os.path.join(place, "experiment.json"))
    with open(experiment, encoding="utf-8") as file:
        assert json.load(file)["optimizer"]["config"]["learning_rate"] == 0.002
    [(draft,)] = e2e.query(e2e.workspaces(desktop)[0], "SELECT experiment FROM run")
    assert json.loads(draft)["optimizer"]["config"]["learning_rate"] == 0.002
    e2e.leave(app)


def test_refused(desktop, place):
    """A folder that cannot be written to: said, nothing half written, and the window goes on."""
    app, training = train(desktop, place)
    app.key("ctrl+s")
    app.choose_file("/proc/model.keras")
    app.find("label", "The model could not be saved")
    model = e2e.save(app, lambda: app.key("ctrl+s"), os.path.join(place, "model.keras"))
    check_model(model)
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
