#!/usr/bin/python3
"""Runs beside each other."""
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
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
