#!/usr/bin/python3
"""Charts in the real window: looked at closely by pointer and keys, switched, read as numbers, copied and exported."""
import csv, os, re, struct

import endtoend as e2e


def train(desktop, epochs=40):
    app = e2e.start(desktop)
    e2e.open_sample(app, "Darts")
    training = e2e.Training(app)
    training.run(epochs)
    loss = training.chart()
    app.wait_until(lambda: f"at epoch {epochs}," in loss.description, what="the chart to come to its end")
    return app, training, loss


def choose(app, training, name):
    """An item of the first chart's menu."""
    menu = training.find("button", "Chart menu")
    app.click(menu)
    app.click(app.find(None, name, within=app.popup_of(menu)))


def test_look_closer(desktop, place):
    """Drag to zoom, move along, show all again; and the same by keys."""
    app, training, loss = train(desktop)
    app.drag(loss, loss, 0.4, 0.3, 0.7, 0.34)
    app.wait_until(lambda: "Zoomed to Epoch" in loss.description, what="the zoom")
    e2e.picture(app, "charts-zoomed")
    app.click(training.find("button", "Show all again"))
    app.wait_until(lambda: "Zoomed" not in loss.description, what="all to be shown")
    # The keyboard: the chart has the focus now.
    app.key("plus")
    app.wait_until(lambda: "Zoomed to Epoch" in loss.description, what="the zoom by a key")
    app.key("End")
    app.wait_until(lambda: loss.description.startswith("Epoch 40: "), what="the read-out of the last epoch")
    app.key("Left")
    app.wait_until(lambda: loss.description.startswith("Epoch 39: "), what="the read-out before it")
    app.key("Escape")
    app.key("0")
    app.wait_until(lambda: "Zoomed" not in loss.description and "lowest" in loss.description, what="all to be shown")
    e2e.leave(app)


def test_switches(desktop, place):
    """A curve switched off and on from its legend, log axes, and the numbers as a table."""
    app, training, loss = train(desktop)
    entry = training.find("button", "train")
    told = re.compile(r"train \d")                       # what is measured again, not what Keras shows
    app.wait_until(lambda: told.search(loss.description), what="the curve in words")
    app.click(entry)
    app.wait_until(lambda: not told.search(loss.description), what="the curve to go")
    app.click(entry)
    app.wait_until(lambda: told.search(loss.description), what="the curve to come back")
    choose(app, training, "Log Y Axis")
    choose(app, training, "Show as Table")
    table = training.find(None, "Numbers of Loss")
    app.wait_until(lambda: app.find(None, "40", within=table), what="the last epoch in the table")
    e2e.picture(app, "charts-table")
    choose(app, training, "Show as Table")
    app.wait_until(lambda: app.on_screen(loss), what="the drawing to come back")
    e2e.leave(app)


def test_export(desktop, place):
    """The dialog: a picture of just the size that was asked for, and the numbers."""
    app, training, loss = train(desktop)
    path = os.path.join(place, "loss.png")
    choose(app, training, "Export Chart…")
    app.set_value(app.find("spin button", "Width"), 1001)
    app.set_value(app.find("spin button", "Height"), 640)
    app.find("label", re.compile("1001 × 640 pixels"))
    e2e.picture(app, "charts-export")
    e2e.save(app, lambda: app.click(app.find("button", "Export…")), path)
    app.find("label", "Saved “loss.png”")
    app.gone("combo box", "Format")
    with open(path, "rb") as file:
        head = file.read(24)
    assert struct.unpack(">II", head[16:24]) == (1001, 640), head
    choose(app, training, "Export Chart…")
    app.select(app.find("combo box", "Format"), "Numbers (CSV)")
    numbers = e2e.save(app, lambda: app.click(app.find("button", "Export…")), os.path.join(place, "loss.csv"))
    with open(numbers, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 40 and rows[-1]["Epoch"] == "40", rows[-1]
    assert float(rows[0]["validation"]) > 0
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
