#!/usr/bin/python3
"""A model asked about new rows, of a file and by hand; models that are opened without their data."""
import csv, os, re

import endtoend as e2e

FLOWERS = """petal_width_cm;petal_length_cm;sepal_width_cm;sepal_length_cm;place
0,2;1,4;3,5;5,1;Porto
2,3;6,0;3,0;6,9;Braga
;5,0;3,0;6,0;Faro
"""
RENAMED = """Petal width,petal_length_cm,sepal_width_cm,sepal_length_cm
0.2,1.4,3.5,5.1
9.5,6.0,3.0,6.9
"""
SAVE = "Save as CSV…"


def write(place, name, text):
    path = os.path.join(place, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def read(path):
    with open(path, "rb") as file:
        return file.read()


def train(app, sample, epochs):
    e2e.open_sample(app, sample)
    e2e.Training(app).run(epochs)
    return e2e.show_page(app, "Predict")


def open_csv(app, page, path, button="Open CSV…"):
    app.click(app.find("button", button, within=page))
    app.choose_file(path)


def test_file(desktop, place):
    """A file with new rows, some of them awkward, through the dialog; the answers saved as CSV are those that camadas-cli gives, to the last byte."""
    path = write(place, "flowers.csv", FLOWERS)
    app = e2e.start(desktop)
    page = train(app, "Iris", 60)
    open_csv(app, page, path)
    app.find("label", re.compile(r"^flowers\.csv fits the model\."), within=page)
    e2e.picture(app, "predict")
    button = app.find("button", SAVE, within=page)
    saved = e2e.save(app, lambda: app.click(button), os.path.join(place, "answers.csv"))
    with open(saved, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    column = next(name for name in rows[0] if name.startswith("predicted"))
    assert [row[column] for row in rows[:2]] == ["setosa", "virginica"], rows
    assert len(rows) == 3 and not rows[2][column], rows         # without its petal width there is no answer

    model = e2e.save(app, lambda: app.key("ctrl+s"), os.path.join(place, "iris.keras"))
    told = os.path.join(place, "told.csv")
    e2e.cli("predict", model, path, "--out", told)
    assert read(told) == read(saved)
    e2e.leave(app)


def test_wrong_names(desktop, place):
    """A column under another name is offered for the one that is missing; values outside of the training range are told, and their rows shown."""
    path = write(place, "renamed.csv", RENAMED)
    app = e2e.start(desktop)
    page = train(app, "Iris", 20)
    open_csv(app, page, path)
    app.find("label", re.compile(r"^renamed\.csv does not fit the model\."), within=page)
    e2e.picture(app, "predict-wrong")
    app.click(app.find("button", "Take “Petal width” for “petal_width_cm”", within=page))
    app.find("label", re.compile(r"^renamed\.csv fits the model\."), within=page)
    assert any("“petal_width_cm” outside of its range in training" in text for text in app.texts(page))
    shown = app.find("label", "rows shown", within=page)
    assert shown.text == "2 rows", shown.text
    app.click(app.find(None, "1 Finding", within=page))
    app.click(app.find("button", "Show 1 Row"))
    app.wait_until(lambda: shown.text == "1 of 2 rows", what="the row of the finding")
    e2e.picture(app, "predict-finding")
    app.click(app.find("button", "Show all rows again", within=page))
    app.wait_until(lambda: shown.text == "2 rows", what="all rows")
    e2e.leave(app)


def test_one_row(desktop, place):
    """A slider: the answer follows, and the curve beside it."""
    app = e2e.start(desktop)
    page = train(app, "Breast cancer", 5)
    answer = app.find("label", "answer", within=page)
    before = answer.text
    app.set_value(app.find("slider", "worst_area", within=page), 4000)
    app.wait_until(lambda: answer.text != before, what="another answer")
    app.find("image", re.compile("Answer over one column"), within=page)
    e2e.picture(app, "predict-row")
    e2e.leave(app)


def test_open_model(desktop, place):
    """From the command line, without its data: what it is, a drawing, and a file; then another one by the dialog, which is damaged."""
    model = os.path.join(place, "digits.keras")
    app = e2e.start(desktop)
    train(app, "Digits", 15)
    e2e.save(app, lambda: app.key("ctrl+s"), model)
    e2e.leave(app)

    app = e2e.start(desktop, model)
    page = e2e.page(app, "Predict")
    app.find("label", re.compile("^Classification of digit into 10 classes"), within=page)
    canvas = app.find("image", "Drawing", within=page)
    for start, end in (((0.35, 0.2), (0.65, 0.2)), ((0.65, 0.2), (0.45, 0.8))):
        app.drag(canvas, canvas, sfx=start[0], sfy=start[1], tfx=end[0], tfy=end[1])
    app.wait_until(lambda: canvas.description.startswith("2 strokes:") and "%" in canvas.description, what="an answer to the drawing")
    e2e.picture(app, "predict-drawing")
    app.key("ctrl+z")
    app.wait_until(lambda: canvas.description.startswith("1 stroke:"), what="one stroke")
    app.key("Delete")
    app.wait_until(lambda: canvas.description.startswith("0 strokes:"), what="an empty drawing")

    bad = os.path.join(place, "cut.keras")
    with open(bad, "wb") as file:
        file.write(read(model)[:2000])
    app.activate_action("win.open-model")
    app.choose_file(bad)
    app.find("label", re.compile("^cut.keras: .*cut short or damaged"))
    e2e.picture(app, "predict-damaged")
    assert "Classification of digit into 10 classes from 64 columns" in app.texts(page)
    e2e.leave(app)


def test_foreign_model(desktop, place):
    """Keras's own, by the dialog of the Welcome page; and back there."""
    app = e2e.start(desktop)
    app.click(app.find("button", "Open model…"))
    app.choose_file(os.path.join(e2e.DATA, "keras-models", "cnn_3.15.1.keras"))
    page = e2e.page(app, "Predict")
    app.find("label", re.compile("^A picture of 8 × 8 pixels, from 0 to 1"), within=page)
    for text in ("DepthwiseConv2D", "GlobalAveragePooling2D", "5 layers, 90 parameters"):
        assert text in app.texts(page), text
    e2e.picture(app, "predict-foreign")
    app.activate_action("win.close-data")
    app.find("button", "Open sample Iris")
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
