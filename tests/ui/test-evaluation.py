#!/usr/bin/python3
"""What a run is worth, for each kind of task: train a sample, evaluate it, move the threshold, open the rows of a figure, save them, export a chart."""
import csv, os, re

import endtoend as e2e


def evaluate(app, sample, epochs=8):
    """A short run of a sample, and its evaluation shown."""
    e2e.open_sample(app, sample)
    training = e2e.Training(app)
    training.run(epochs)
    app.click(training.find("button", "Evaluation"))
    view = app.find("widget", "CamEvaluationView", within=training.page)
    app.find("label", "Accuracy" if sample not in ("Energy efficiency", "Carbon dioxide", "Digits, autoencoder") else re.compile("error"), within=view, timeout=20)
    return training.page, view


def number_of_rows(text):
    """“12 rows of “a” …”: 12."""
    return e2e.number(text)


def open_first_cell(app, view):
    """The cell with the most rows, by its name; returns how many rows it says."""
    cells = [cell for cell in app.find_all("button", re.compile(r"^[\d,]+ rows? of “"), within=view)]
    cell = max(cells, key=lambda found: number_of_rows(found.name))
    expected = number_of_rows(cell.name)
    app.click(cell)
    title = app.find("label", "which rows these are", within=view)
    app.wait_until(lambda: number_of_rows(title.text) == expected, what="the rows of the cell")
    return expected


def save_rows(app, view, place, expected):
    saved = e2e.save(app, lambda: app.click(app.find("button", "Save as CSV…", within=view)), os.path.join(place, "rows.csv"))
    with open(saved, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == expected, (len(rows), expected)
    return rows


def export_matrix(app, view, place):
    """The numbers of the first chart, through its menu and the dialog: a row for each class."""
    menu = app.find_all("button", "Chart menu", within=view)[0]
    app.click(menu)
    app.click(app.find(None, "Export Chart…", within=app.popup_of(menu)))
    app.select(app.find("combo box", "Format"), "Numbers (CSV)")
    saved = e2e.save(app, lambda: app.click(app.find("button", "Export…")), os.path.join(place, "matrix.csv"))
    app.gone("combo box", "Format")
    with open(saved, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_binary(desktop, place):
    app = e2e.start(desktop)
    page, view = evaluate(app, "Breast cancer")
    e2e.picture(app, "evaluation-binary")
    threshold = app.find("label", "threshold", within=view)
    assert threshold.text == "0.50", threshold.text
    app.set_value(app.find("slider", "Threshold", within=view), 0.8)
    app.wait_until(lambda: threshold.text == "0.80", what="the threshold to move")
    expected = open_first_cell(app, view)
    rows = save_rows(app, view, place, expected)
    assert rows[0]["actual"] == rows[0]["predicted"], rows[0]
    scores = [float(row["probability of malignant"]) for row in rows]
    worst_first = sorted(scores, reverse=rows[0]["actual"] == "benign")
    assert scores == worst_first

    # The row on the Data page.
    app.click(app.find("button", "Show on Data Page", within=view))
    app.wait_until(lambda: "selected" in app.find("tab", "Data").states, what="the Data page")
    e2e.leave(app)


def test_kept_threshold(desktop, place):
    """A threshold that is kept goes into the saved model, and the command line answers by it."""
    app = e2e.start(desktop)
    page, view = evaluate(app, "Breast cancer")
    app.set_value(app.find("slider", "Threshold", within=view), 0.95)
    app.wait_until(lambda: app.find("label", "threshold", within=view).text == "0.95", what="the threshold to move")
    app.click(app.find("button", "Use for predictions", within=view))
    app.find("button", "Used for predictions", within=view)
    path = os.path.join(place, "model.keras")
    e2e.save(app, lambda: app.activate_action("win.save-model"), path)
    out = os.path.join(place, "answers.csv")
    e2e.cli("predict", path, os.path.join(e2e.SAMPLES, "breast-cancer.csv"), "--out", out)
    with open(out, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said = next(name for name in rows[0] if name.startswith("predicted"))
    assert any(row[said] == "malignant" for row in rows)
    for row in rows:
        assert (row[said] == "malignant") == (float(row["p(malignant)"]) > 0.95), row
    e2e.leave(app)


def test_classes(desktop, place):
    app = e2e.start(desktop)
    page, view = evaluate(app, "Iris", 30)
    e2e.picture(app, "evaluation-classes")
    expected = open_first_cell(app, view)
    rows = save_rows(app, view, place, expected)
    assert all(row["actual"] == row["predicted"] for row in rows)
    matrix = export_matrix(app, view, place)
    names = [row[0] for row in matrix[1:]]
    assert matrix[0][1:] == names and names == ["setosa", "versicolor", "virginica"], matrix
    at = names.index(rows[0]["actual"])
    assert int(float(matrix[at + 1][at + 1])) == expected, matrix
    e2e.leave(app)


def test_numbers(desktop, place):
    app = e2e.start(desktop)
    page, view = evaluate(app, "Energy efficiency")
    e2e.picture(app, "evaluation-numbers")
    chart = app.find("image", re.compile("^Predicted and actual"), within=view)
    app.click(chart)
    title = app.find("label", "which rows these are", within=view)
    app.wait_until(lambda: "at this dot" in title.text, what="the rows of a dot")
    rows = save_rows(app, view, place, number_of_rows(title.text))
    assert abs(float(rows[0]["predicted"]) - float(rows[0]["actual"]) - float(rows[0]["error"])) < 1e-3, rows[0]
    e2e.leave(app)


def test_from_compare(desktop, place):
    """An older run, by the menu of its row."""
    app = e2e.start(desktop)
    e2e.open_sample(app, "Iris")
    training = e2e.Training(app)
    training.run(4)
    app.key("ctrl+r")
    app.wait_until(lambda: training.find("label", "run").text == "Run 2", what="the second run")
    training.wait_for_end("finished")
    page = e2e.show_page(app, "Compare")
    app.click(app.find("button", "Menu of Run 1", within=page))
    app.click(app.find("menu item", "Evaluate"))
    app.wait_until(lambda: training.find("label", "run").text == "Run 1", what="Run 1 on the Train page")
    view = app.find("widget", "CamEvaluationView", within=training.page)
    app.find("label", "Accuracy", within=view)
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
