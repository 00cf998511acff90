#!/usr/bin/python3
"""Several experiments on one data set: made, named, changed to and removed in the header's menu; a run each; all there after a restart."""
import json, re

import endtoend as e2e


def drafts(desktop):
    """Name → document of every experiment that the workspace keeps, and the name of the open one."""
    rows = e2e.query(e2e.workspaces(desktop)[0], "SELECT experiment, is_open FROM draft ORDER BY id")
    documents = [(json.loads(text), is_open) for text, is_open in rows]
    return {document["name"]: document for document, _ in documents}, [document["name"] for document, is_open in documents if is_open]


def button(app):
    return app.find("button", re.compile("^Experiment: "))


def menu(app):
    app.click(button(app))
    return app.find("list", "Experiments on this data")


def test_experiments(desktop, place):
    app = e2e.start(desktop)
    e2e.open_sample(app, "Iris")
    app.wait_until(lambda: "Iris" in button(app).name, what="the name in the header")

    menu(app)
    e2e.picture(app, "experiments-one")
    app.click(app.find("button", "Duplicate"))
    app.wait_until(lambda: drafts(desktop)[1] == ["Iris 2"], what="the copy to be open")
    training = e2e.Training(app)
    training.run(6)

    # Named by what is typed; the step has a name and can be undone.
    menu(app)
    name = app.find("text box", "Name", within=app.find("widget", "CamExperimentMenu"))
    app.click(name)
    app.key("ctrl+a")
    app.type_text("Wide")
    app.key("Return")
    app.wait_until(lambda: "Wide" in button(app).name, what="the new name")
    app.wait_until(lambda: drafts(desktop)[1] == ["Wide"], what="the new name to be kept")

    # The first one as it was, by keyboard; its run does not mix with the other's settings.
    rows = menu(app)
    app.click(app.find("list item", "Iris", within=rows))
    app.wait_until(lambda: drafts(desktop)[1] == ["Iris"], what="the first to be open")
    assert training.find("spin button", "Epochs").text != "6"
    app.key("ctrl+t")
    app.wait_until(lambda: len(drafts(desktop)[0]) == 3, what="a new one by its key")

    # Removed, and brought back by the toast.
    rows = menu(app)
    e2e.picture(app, "experiments-three")
    row = app.find("list item", "Wide", within=rows)
    app.click(app.find("button", "Remove", within=row))
    app.wait_until(lambda: "Wide" not in drafts(desktop)[0], what="it to be gone")
    app.click(app.find("button", "Undo", within=app.find("widget", "AdwToastWidget")))
    app.wait_until(lambda: "Wide" in drafts(desktop)[0], what="it to be back")
    e2e.leave(app)

    app = e2e.start(desktop)
    e2e.wait_for_data(app)
    rows = menu(app)
    for title in ("Iris", "Wide", "Iris 2"):
        assert app.find("list item", title, within=rows)
    app.click(app.find("list item", "Wide", within=rows))
    app.wait_until(lambda: "Wide" in button(app).name, what="the named one")
    assert drafts(desktop)[0]["Wide"]["fit"]["epochs"] == 6
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
