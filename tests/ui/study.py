"""study: what the scripts share that point at studies: a dialog from the arrow of Train, its start, the card on the Compare page, and the same study without a window."""
import csv, io, os, re, subprocess

import endtoend as e2e

ARROW = "Studies: several runs from one plan"


def open_dialog(app, entry):
    app.click(app.find("button", ARROW))
    app.click(app.find("menu item", entry))
    return app.find("window", entry.rstrip("…").replace("Compare Activations", "Compare"))


def set_values(app, dialog, **values):
    for name, value in values.items():
        app.set_value(app.find("spin button", re.compile(f"^{name}"), within=dialog), value)


def begin(app, dialog, runs):
    """Once it is known what the study takes it can be started."""
    summary = app.find("label", "what the study takes", within=dialog)
    app.wait_until(lambda: summary.text.startswith(runs), 30, f"the study to take {runs}")
    button = app.find("button", "Start", within=dialog)
    app.wait_until(lambda: "sensitive" in button.states, what="Start to be possible")
    app.click(button)
    app.wait_until(lambda: "selected" in app.find("tab", "Compare").states, what="the page Compare")


def view(app):
    return app.find("widget", "CamStudyView", within=e2e.page(app, "Compare"))


def wait_for_badge(app, text, timeout=170):
    badge = app.find("label", "runs of the study that are done", within=view(app))
    app.wait_until(lambda: re.fullmatch(text, badge.text), timeout, f"the study to be at {text}")


def press(app, name):
    app.click(app.find("button", name, within=view(app)))


def wait_for_state(app, pattern, timeout=20):
    label = app.find("label", "state of the study", within=view(app))
    app.wait_until(lambda: re.search(pattern, label.text), timeout, f"the study to be {pattern}")


def finding(app):
    return app.find("label", "what was found", within=view(app)).text


def saved_table(app, place):
    """The study's table, saved through its menu."""
    press(app, "Menu of the study")
    path = os.path.join(place, "saved.csv")
    e2e.save(app, lambda: app.click(app.find("menu item", "Save Table…")), path)
    with open(path, "rb") as file:
        return file.read()


def saved_rows(app, place):
    return list(csv.DictReader(io.StringIO(saved_table(app, place).decode("utf-8"))))


def plan_of(desktop, place):
    """The plan of the newest study in the workspace, as a file, and the workspace."""
    for workspace in e2e.workspaces(desktop):
        rows = e2e.query(workspace, "SELECT plan FROM study ORDER BY id DESC")
        if rows:
            path = os.path.join(place, "plan.json")
            with open(path, "w", encoding="utf-8") as file:
                file.write(rows[0][0])
            return path, workspace
    raise AssertionError("no study is kept")


def undisturbed(path, place):
    """The table of the same plan, run by camadas-cli from end to end."""
    folder = os.path.join(place, "undisturbed")
    subprocess.run([e2e.CLI, "study", path, "--out", folder], check=True, capture_output=True, timeout=170)
    with open(os.path.join(folder, "study.csv"), "rb") as file:
        return file.read()
