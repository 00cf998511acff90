#!/usr/bin/python3
"""Runs overlaid on the Compare page: in groups, over time, by a click on a curve; and two of them beside each other by keyboard alone."""
import json, os, re, time

import endtoend as e2e


def start_with_runs(desktop, place):
    """Six runs, three activations with two seeds each, made without the window; all of them ticked. Returns program and page."""
    plan = os.path.join(place, "plan.json")
    workspace = os.path.join(place, "runs.camadas")
    with open(plan, "w", encoding="utf-8") as file:
        json.dump({"camadas-plan": 1, "name": "Activations", "experiment": os.path.join(e2e.SAMPLES, "iris.json"), "kind": "compare",
                   "setting": "network/hidden/config/activation", "values": ["relu", "tanh", "sigmoid"], "seeds": [1, 2]}, file)
    e2e.cli("study", plan, "--workspace", workspace, "--out", os.path.join(place, "out"))
    return open_runs(desktop, workspace, 6)


def open_runs(desktop, workspace, n):
    app = e2e.start(desktop, workspace)
    page = e2e.show_page(app, "Compare")
    status = app.find("label", "runs status", within=page)
    app.wait_until(lambda: status.text.startswith(f"{n} runs"), what=f"{n} runs")
    return app, page


def chart_of(app, page, title="Validation loss"):
    return app.find("image", title, within=page)


def says(app, page, text):
    """A line under the title of a chart."""
    return app.find("label", re.compile(text), within=page)


def menu_item(app, page, *path):
    """Through the menu of the left chart."""
    button = next(node for node in app.find_all("button", "Chart menu", within=page) if node.extents[2] > 0)
    app.click(button)
    for name in path:
        app.click(app.find("menu item", name))
        time.sleep(0.3)                             # a submenu slides in
    app.key("Escape")


def pick(app, choice, item):
    """An entry of a drop-down, with the pointer."""
    app.click(choice)
    app.click(next(node for node in app.find_all("list item", None, within=app.popup_of(choice)) if item in app.texts(node)))


def has_selection(app, page):
    """One or two rows are selected: what can be done with them says so."""
    return "sensitive" in app.find("button", "Compare…", within=page).states


def test_groups(desktop, place):
    """Grouped by a setting the curves are means; the band's kind and the axis are chosen in the menu, and are there again at the next start."""
    app, page = start_with_runs(desktop, place)
    chart = chart_of(app, page)
    app.wait_until(lambda: "relu · seed 1" in chart.description, what="the single curves")
    pick(app, app.find("combo box", "Grouping of the runs", within=page), "Group by activation")
    says(app, page, "^Mean of 2 runs by activation, band one deviation")
    app.wait_until(lambda: "seed" not in chart.description and "relu" in chart.description and "sigmoid" in chart.description, what="the means")
    e2e.picture(app, "overlay-groups")

    menu_item(app, page, "Band of a Mean", "Lowest to Highest")
    says(app, page, "^Mean of 2 runs by activation, band from lowest to highest")
    menu_item(app, page, "Horizontal Axis", "Time")
    app.wait_until(lambda: "Seconds" in chart.description or "at seconds" in chart.description.lower(), what="seconds on the axis")
    menu_item(app, page, "Show Single Runs Behind Means")
    app.wait_until(lambda: "relu · seed 1" in chart.description, what="the runs behind the means")
    e2e.picture(app, "overlay-time")
    e2e.leave(app)

    app, page = open_runs(desktop, os.path.join(place, "runs.camadas"), 6)
    says(app, page, "^Mean of 2 runs by activation, band from lowest to highest")
    chart = chart_of(app, page)
    app.wait_until(lambda: "relu · seed 1" in chart.description, what="the choices of before")
    e2e.leave(app)


def test_click(desktop, place):
    """A click on a curve selects its row."""
    app, page = start_with_runs(desktop, place)
    chart = chart_of(app, page)
    app.wait_until(lambda: "relu · seed 1" in chart.description, what="the curves")
    assert not has_selection(app, page)
    for fy in range(8, 92, 3):                      # down through the plot, until a curve is hit
        app.click(chart, fx=0.25, fy=fy / 100)
        if has_selection(app, page):
            break
    app.wait_until(lambda: has_selection(app, page), what="a row to be selected")
    e2e.picture(app, "overlay-click")
    e2e.leave(app)


def test_diff(desktop, place):
    """Two runs beside each other, by keyboard: chosen, opened, copied, left."""
    app, page = start_with_runs(desktop, place)
    app.wait_until(lambda: "relu · seed 1" in chart_of(app, page).description, what="the curves")
    rows = app.find("tree grid", "Runs", within=page)
    e2e.tab_to(app, rows)
    app.key("Down")
    app.key("Home")
    app.key("shift+Down")
    app.key("ctrl+d")
    app.find("label", "tanh · seed 2 ↔ sigmoid · seed 2", within=page)
    texts = app.texts(page)
    for text in ("~", "activation", "tanh", "sigmoid", "Settings", "Network", "Data and split", "Scores", "validation loss"):
        assert text in texts, text
    e2e.picture(app, "overlay-diff")
    app.key("ctrl+c")
    app.find("label", "Comparison copied as text")
    app.key("Escape")
    app.wait_until(lambda: "selected" in " ".join(app.find("tab", "Compare").states) and chart_of(app, page).extents[2] > 0, what="the table again")

    # One run against the experiment that is open: the same, but for its activation and seed.
    app.key("Home")
    app.key("ctrl+d")
    app.find("label", "sigmoid · seed 2 ↔ Open experiment", within=page)
    assert "seed" in app.texts(page)
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
