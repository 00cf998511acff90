#!/usr/bin/python3
"""A newcomer's first hour, in one go: a file of their own, a preset, another activation, a run that is paused, slowed, stopped, exported and saved; and all of it there the next day."""
import json, os, re, shutil, time

import endtoend as e2e


def draft(desktop):
    [(text,)] = e2e.query(e2e.workspaces(desktop)[0], "SELECT experiment FROM draft WHERE is_open")
    return json.loads(text)


def choose_preset(app, page, title):
    app.click(app.find("button", "Presets", within=page))
    app.click(app.find("list item", title))


def choose_activation(app, page, name):
    """A picture in the lab of the chosen layer; the lab stands below the settings."""
    picture = app.find("button", name, within=page)
    app.click(picture)


def export_chart(app, training, path):
    menu = training.find("button", "Chart menu")
    app.click(menu)
    app.click(app.find("menu item", "Export Chart…", within=app.popup_of(menu)))
    button = app.find("button", "Export…")
    e2e.save(app, lambda: app.click(button), path)
    app.find("label", f"Saved “{os.path.basename(path)}”")


def test_first_hour(desktop, place):
    table = os.path.join(place, "my-wines.csv")
    shutil.copy(os.path.join(e2e.DATA, "datasets", "wine_cultivars.csv"), table)
    app = e2e.start(desktop)

    # Open a CSV; the task is proposed in a sentence.
    app.key("ctrl+o")
    app.choose_file(table)
    task = e2e.wait_for_data(app)
    assert task == "Classify cultivar: 0, 1 or 2, from 13 numbers", task
    e2e.picture(app, "newcomer-data")

    # A preset, and another activation for its first layer.
    page = e2e.show_page(app, "Network")
    choose_preset(app, page, "Small network")
    app.wait_until(lambda: len(draft(desktop)["network"]) == 2, what="the preset")
    app.click(app.find("list item", re.compile("^Dense, .*relu"), within=page))
    choose_activation(app, page, "tanh")
    app.wait_until(lambda: draft(desktop)["network"][0]["config"]["activation"] == "tanh", what="the activation")
    e2e.picture(app, "newcomer-network")

    # Train, pause, lower the rate, resume, stop.
    training = e2e.Training(app)
    training.start()
    training.wait_for_epochs(20)
    app.click(training.find("button", re.compile("^Pause")))
    resume = training.find("button", re.compile("^Resume"))
    time.sleep(0.3)                                     # let what was on its way arrive
    paused = training.epochs()
    training.set_rate("0.0002")
    e2e.picture(app, "newcomer-paused")
    app.click(resume)
    training.wait_for_epochs(paused + 20)
    training.stop()
    epochs = training.epochs()
    e2e.picture(app, "newcomer-stopped")

    # Take it home.
    chart, model = os.path.join(place, "loss.png"), os.path.join(place, "wine.keras")
    export_chart(app, training, chart)
    assert open(chart, "rb").read(4) == b"\x89PNG"
    e2e.save(app, lambda: app.key("ctrl+s"), model)
    assert "dense" in e2e.cli("summary", model)
    kept = draft(desktop)
    said = app.wait_until(lambda: str(epochs) in training.chart().description.replace(",", "") and training.chart().description, what="the chart to come to its end")
    e2e.leave(app)

    # The next day.
    app = e2e.start(desktop)
    assert e2e.wait_for_data(app) == task
    training = e2e.Training(app)
    assert training.find("label", "run").text == "Run 1"
    assert training.epochs() == epochs
    app.wait_until(lambda: training.chart().description == said, what=f"the chart to say {said}")
    assert "0.0002" in training.chart("Learning rate").description
    page = e2e.show_page(app, "Network")
    app.find("list item", re.compile("^Dense, .*tanh"), within=page)
    assert draft(desktop) == kept
    again = e2e.save(app, lambda: app.key("ctrl+s"), os.path.join(place, "again.keras"))
    rows = e2e.cli("predict", model, table)
    assert len(rows.splitlines()) == 179 and rows == e2e.cli("predict", again, table)
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
