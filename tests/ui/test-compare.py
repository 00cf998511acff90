#!/usr/bin/python3
"""Runs beside each other."""
import os

import endtoend as e2e


def test_compare(desktop, place):
    """Two runs with different settings: both listed, what differs is a column, their curves overlaid; one deleted comes back by Undo."""
    app = e2e.start(desktop)
    e2e.open_sample(app, "Iris")
    training = e2e.Training(app)
    training.run(8)
    app.set_value(training.find("spin button", "Learning rate"), 0.05)
    app.key("ctrl+r")
    app.wait_until(lambda: training.find("label", "run").text == "Run 2", what="the second run")
    training.wait_for_end("finished")

    page = e2e.show_page(app, "Compare")
    status = app.find("label", "runs status", within=page)
    app.wait_until(lambda: status.text.startswith("2 runs"), what="two runs")
    texts = app.texts(page)
    for text in ("Run 1", "Run 2", "learning_rate", "0.05", "0.005"):
        assert text in texts, text
    assert "batch_size" not in texts                    # it is the same in both
    chart = app.find("image", "Validation loss", within=page)
    app.wait_until(lambda: "Run 1" in chart.description and "Run 2" in chart.description, what="both curves")
    e2e.picture(app, "compare")
    app.click(app.find("checkbox", "Show the curve of Run 1", within=page))
    app.wait_until(lambda: "Run 1" not in chart.description and "Run 2" in chart.description, what="one curve")

    app.click(app.find("button", "Menu of Run 1", within=page))
    app.click(app.find("menu item", "Delete"))
    app.wait_until(lambda: status.text.startswith("1 run"), what="one run")
    app.key("ctrl+z")
    app.wait_until(lambda: status.text.startswith("2 runs"), what="two runs again")
    say_of_runs(app, page, status, place)
    e2e.leave(app)


def retype(app, entry, text):
    app.click(entry)
    app.key("ctrl+a")
    app.key("BackSpace")
    if text:
        app.type_text(text, entry)


def say_of_runs(app, page, status, place):
    """A tag, a pin and the archive by menu and key, a column by hand, and the table as LaTeX."""
    app.click(app.find("button", "Menu of Run 1", within=page))
    app.click(app.find("menu item", "Tags…"))
    entry = app.find("text box", "New tag")
    app.type_text("slow, but sure", entry)
    app.key("Return")
    app.key("Escape")
    search = app.find("search box", "Filter the runs", within=page)
    app.type_text("tag:\"slow  but sure\"", search)
    app.wait_until(lambda: "1 found" in status.text, what="the tagged run")
    retype(app, search, "lr > much")
    app.wait_until(lambda: status.text == "“much” is no number", what="a word on the filter")
    retype(app, search, "")
    app.wait_until(lambda: "found" not in status.text, what="all runs")

    app.click(app.find("button", "Menu of Run 1", within=page))
    app.click(app.find("menu item", "Pin or Unpin"))
    app.click(app.find("button", "Menu of Run 1", within=page))
    app.click(app.find("menu item", "Archive or Bring Back"))
    app.wait_until(lambda: "1 found" in status.text, what="one run put away")
    app.key("ctrl+z")
    app.wait_until(lambda: "found" not in status.text, what="the archived run again")

    app.click(app.find("button", "Columns", within=page))
    app.click(app.find("checkbox", "batch_size"))
    app.key("Escape")
    app.wait_until(lambda: "batch_size" in app.texts(page), what="the column")
    e2e.picture(app, "runs-table")

    def export():
        app.click(app.find("button", "Export…", within=page))
        app.click(app.find("menu item", "Table as LaTeX…"))
    with open(e2e.save(app, export, os.path.join(place, "runs.tex")), encoding="utf-8") as file:
        text = file.read()
    assert "\\toprule" in text and "batch\\_size" in text and "slow  but sure" in text, text
    rows = [line for line in text.split("\n") if "Run " in line]
    assert rows[1].startswith("  Run 1 ") if rows[0].startswith("  Run &") else rows[0].startswith("  Run 1 "), rows


if __name__ == "__main__":
    e2e.main()
