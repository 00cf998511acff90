#!/usr/bin/python3
"""The Data page by keyboard alone: columns chosen and edited together, undone and redone, another target, another task; and what is kept of it."""
import json, os, re, time

import endtoend as e2e
from endtoend import choose, has_keyboard, tab_to


def draft(desktop):
    """The document as it is kept: what the next start would open."""
    [(text,)] = e2e.query(e2e.workspaces(desktop)[0], "SELECT experiment FROM draft")
    return json.loads(text)


def wait_for_draft(app, desktop, holds, what):
    """The draft is written a moment after the last change."""
    app.wait_until(lambda: holds(draft(desktop)), 15, what)


def column(document, name):
    return document["data"].get("columns", {}).get(name, {})


def chosen(app):
    return app.find("label", "chosen column", within=e2e.page(app, "Data"))


NUMBERS = ["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"]


def test_columns_together(desktop, place):
    app = e2e.start(desktop, os.path.join(e2e.SAMPLES, "iris.csv"))
    assert "species" in e2e.wait_for_data(app)
    data = e2e.page(app, "Data")
    grid = app.find(None, "Preview of the table", within=data)

    # The target stands first; the four numbers beside it are chosen with Shift.
    tab_to(app, grid)
    app.key("Home", "Right")
    name = chosen(app)
    app.wait_until(lambda: name.text == NUMBERS[0], what="the first number")
    app.key("shift+Right", "shift+Right", "shift+Right")
    app.wait_until(lambda: name.text == "4 columns", what="four columns")

    # Return leads to their settings; Scaling goes from standard to min–max.
    app.key("Return")
    role = app.find("combo box", "Role", within=data)
    app.wait_until(lambda: "focused" in role.states, what="the settings")
    scaling = app.find("combo box", "Scaling", within=data)
    tab_to(app, scaling)
    choose(app, scaling, "Min–max")
    wait_for_draft(app, desktop, lambda d: all(column(d, n).get("scaling") == "min-max" for n in NUMBERS), "min-max for all four")
    app.find("button", re.compile("Undo.*Set scaling of 4 columns"))
    e2e.picture(app, "data-together")

    app.key("ctrl+z")
    wait_for_draft(app, desktop, lambda d: not any("scaling" in column(d, n) for n in NUMBERS), "what was before")
    app.key("ctrl+shift+z")
    wait_for_draft(app, desktop, lambda d: all(column(d, n).get("scaling") == "min-max" for n in NUMBERS), "min-max again")
    e2e.leave(app)


def test_target_and_task(desktop, place):
    app = e2e.start(desktop, os.path.join(e2e.SAMPLES, "iris.csv"))
    task = app.find("label", "task", timeout=20, within=e2e.page(app, "Data"))
    app.wait_until(lambda: "species" in task.text, what="the task")
    data = e2e.page(app, "Data")
    assert task.text == "Classify species: setosa, versicolor or virginica, from 4 numbers", task.text

    # Another target: a number, so that there is something to predict.
    grid = app.find(None, "Preview of the table", within=data)
    tab_to(app, grid)
    app.key("Home", "Right", "Return")
    role = app.find("combo box", "Role", within=data)
    app.wait_until(lambda: "focused" in role.states, what="the settings")
    target = app.find("combo box", "Target", within=data)
    app.key("alt+t")
    app.wait_until(lambda: has_keyboard(app, target), what="the target to have the keyboard")
    choose(app, target, NUMBERS[3])
    wait_for_draft(app, desktop, lambda d: d["data"].get("target") == [NUMBERS[3]], "the other target")
    app.wait_until(lambda: task.text == f"Predict {NUMBERS[3]} from 4 columns", what="the sentence of it")

    # Back, and a task of its own: an autoencoder needs no target.
    app.key("ctrl+z")
    wait_for_draft(app, desktop, lambda d: column(d, "species").get("role") == "target" and "target" not in d["data"], "the first target")
    menu = app.find("button", "task menu", within=data)
    tab_to(app, menu)
    app.key("space")
    time.sleep(0.3)
    app.key("u")                                    # its letter in the menu
    wait_for_draft(app, desktop, lambda d: d["data"].get("task") == "autoencoder", "the autoencoder")
    app.wait_until(lambda: task.text == "Give back 4 numbers" or "Give back" in task.text, what="the sentence of the autoencoder")
    app.key("ctrl+z")
    wait_for_draft(app, desktop, lambda d: "task" not in d["data"], "the task as found")
    e2e.leave(app)


def test_list_of_columns(desktop, place):
    """Searched, all of them selected, given another kind and left out together."""
    app = e2e.start(desktop, os.path.join(e2e.SAMPLES, "iris.csv"))
    e2e.wait_for_data(app)
    data = e2e.page(app, "Data")
    button = app.find("button", "Columns", within=data)
    tab_to(app, button)
    app.key("space")
    shown = app.find("label", "columns shown", within=data)
    app.wait_until(lambda: shown.text == "5 columns", what="the list")
    tab_to(app, app.find("search box", "Search columns", within=data))
    app.type_text("petal")
    app.wait_until(lambda: shown.text == "2 of 5 columns", what="the petals")
    e2e.picture(app, "data-columns")
    app.key("Tab", "Tab")
    for _ in range(10):
        app.key("ctrl+a")
        time.sleep(0.2)
        if shown.text.endswith("2 selected"):
            break
        app.key("Tab")
    assert shown.text == "2 of 5 columns · 2 selected", shown.text
    app.key("Return")
    role = app.find("combo box", "Role", within=data)
    app.wait_until(lambda: "focused" in role.states, what="the settings")
    kind = app.find("combo box", "Kind", within=data)
    app.key("Tab")
    app.wait_until(lambda: has_keyboard(app, kind), what="the kind to have the keyboard")
    choose(app, kind, "Category")
    wait_for_draft(app, desktop, lambda d: [column(d, n).get("kind") for n in NUMBERS] == [None, None, "category", "category"], "the petals as categories")
    app.key("shift+Tab")
    app.wait_until(lambda: has_keyboard(app, role), what="the role to have the keyboard")
    choose(app, role, "Ignored")
    wait_for_draft(app, desktop, lambda d: [column(d, n).get("role") for n in NUMBERS] == [None, None, "ignored", "ignored"], "the petals left out")
    e2e.leave(app)


def test_rows(desktop, place):
    """A row by its number, and a value, in a table that is longer than the window."""
    path = os.path.join(place, "long.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("n,word,y\n")
        file.writelines(f"{i},{'needle' if i == 43210 else 'hay' + str(i % 7)},{i % 13}\n" for i in range(1, 60001))
    app = e2e.start(desktop, path)
    e2e.wait_for_data(app)
    data = e2e.page(app, "Data")
    grid = app.find(None, "Preview of the table", within=data)
    tab_to(app, grid)
    app.key("ctrl+g")
    entry = app.find("spin button", "Row", within=data)
    app.wait_until(lambda: "focused" in entry.states or entry.value == 1, what="the entry")
    time.sleep(0.3)
    app.key("ctrl+a")
    app.type_text("54321\n")

    def rows():
        return [app.texts(row) for row in app.find_all("row", None, within=data)]

    app.wait_until(lambda: any(texts[:1] == ["54,321"] and "54321" in texts for texts in rows()), 15, "row 54,321")
    app.key("ctrl+f")
    app.find("search box", "Find a value", within=data)
    time.sleep(0.3)
    app.type_text("needle")
    app.wait_until(lambda: any(texts[:1] == ["43,210"] and "needle" in texts for texts in rows()), 15, "the needle")
    assert app.find("label", "rows found", within=data).text == "in 1 row"
    e2e.picture(app, "data-found")
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
