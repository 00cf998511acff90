#!/usr/bin/python3
"""The data doctor and the split designer, by keyboard alone: a spoiled table is cured, and the document says so."""
import json, os, random, re, sqlite3, time

import endtoend as e2e


def write_spoiled(place):
    """A number of the row, a column that never changes, the answer under another name, few of one class."""
    chance = random.Random(4)
    path = os.path.join(place, "spoiled.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("number,same,x,z,answer,batch,y\n")
        for row in range(600):
            yes = chance.random() < 0.15
            file.write(f"{row + 1},7,{chance.gauss(0, 1):.4f},{chance.gauss(yes, 1):.4f},{'B' if yes else 'A'},lot{row * 7 % 24},{'yes' if yes else 'no'}\n")
    return path


def document(app, place):
    """The draft as the workspace keeps it."""
    for folder, _, names in os.walk(os.path.join(place, "home")):
        for name in names:
            if name.endswith(".camadas"):
                with sqlite3.connect(f"file:{os.path.join(folder, name)}?mode=ro", uri=True) as store:
                    for table, column in [(t, c[1]) for (t,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'") for c in store.execute(f"PRAGMA table_info({t})")]:
                        for (text,) in store.execute(f"SELECT {column} FROM {table}"):
                            if isinstance(text, str) and text.startswith("{") and '"camadas"' in text:
                                return json.loads(text)
    return None


def findings(app, data):
    return [button.name for button in app.find_all("button", None, within=app.find("widget", "CamDoctorCard", within=data))]


def focus_by_tab(app, node):
    """Shift+Tab until the keyboard is there, backwards as that leaves the rows of the table for last: whatever can be clicked can be reached."""
    for _ in range(150):
        if any("focused" in part.states for part in [node, *app.find_all("button", None, within=node)]):     # of a drop-down it is the button within
            return
        app.key("shift+Tab")
        time.sleep(0.15)         # the state of a widget comes a little after the key
    raise AssertionError(f"{node} is not reached by Tab")


def role(draft, column):
    return draft["data"]["columns"].get(column, {}).get("role")


def wait_for_draft(app, place, look, wanted):
    def there():
        draft = document(app, place)
        return draft is not None and look(draft) == wanted
    app.wait_until(there, what=f"the document to say {wanted}")


def test_cures_by_keyboard(desktop, place):
    app = e2e.start(desktop, write_spoiled(place))
    e2e.wait_for_data(app)
    data = e2e.page(app, "Data")
    card = app.find("widget", "CamDoctorCard", within=data)
    leak = app.find("button", "Leave column out: answer predicts the target almost alone", within=card, timeout=20)
    focus_by_tab(app, leak)
    app.key("space")
    app.gone("button", "Leave column out: answer predicts the target almost alone", within=card)
    wait_for_draft(app, place, lambda draft: role(draft, "answer"), "ignored")
    # The keyboard went on to the next cure; undo brings the finding back.
    app.key("ctrl+z")
    app.find("button", "Leave column out: answer predicts the target almost alone", within=card)
    wait_for_draft(app, place, lambda draft: role(draft, "answer"), None)

    cure_all = app.find("button", "Cure all", within=card)
    focus_by_tab(app, cure_all)
    app.key("space")
    app.wait_until(lambda: not [name for name in findings(app, data) if ":" in name], what="all to be cured")
    wait_for_draft(app, place, lambda draft: (role(draft, "answer"), role(draft, "same"), draft["fit"].get("class_weight")),
                   ("ignored", "ignored", "balanced"))
    app.find("label", "Nothing amiss was found: the data are fit to be learned from.", within=card)
    e2e.picture(app, "doctor-cured")
    app.key("ctrl+z")
    app.find("button", "Leave column out: answer predicts the target almost alone", within=card)
    e2e.leave(app)


def test_ignored_by_keyboard(desktop, place):
    """A finding is left as it is, told of on demand, and thought better of; a cure of all leaves it alone."""
    app = e2e.start(desktop, write_spoiled(place))
    e2e.wait_for_data(app)
    data = e2e.page(app, "Data")
    card = app.find("widget", "CamDoctorCard", within=data)
    claim = "answer predicts the target almost alone"
    ignored = lambda draft: [(entry["finding"], entry["columns"]) for entry in draft["data"].get("ignored_findings", [])]
    ignore = app.find("button", f"Ignore finding: {claim}", within=card, timeout=20)
    focus_by_tab(app, ignore)
    app.key("space")
    app.gone("button", f"Leave column out: {claim}", within=card)
    wait_for_draft(app, place, ignored, [("leak", ["answer"])])
    app.find("button", re.compile("Undo.*Ignore Finding"))
    app.key("ctrl+z")
    app.find("button", f"Leave column out: {claim}", within=card)
    wait_for_draft(app, place, ignored, [])
    app.key("ctrl+shift+z")
    app.gone("button", f"Leave column out: {claim}", within=card)

    focus_by_tab(app, app.find("button", "Cure all", within=card))
    app.key("space")
    wait_for_draft(app, place, lambda draft: (role(draft, "same"), role(draft, "answer")), ("ignored", None))
    app.find("label", "Nothing amiss was found besides what you ignore.", within=card)
    show = app.find("button", "Show ignored (1)", within=card)
    focus_by_tab(app, show)
    app.key("space")
    heed = app.find("button", f"Heed finding: {claim}", within=card)
    e2e.picture(app, "doctor-ignored")
    focus_by_tab(app, heed)
    app.key("space")
    app.find("button", f"Leave column out: {claim}", within=card)
    wait_for_draft(app, place, ignored, [])
    e2e.leave(app)


def test_low_window(desktop, place):
    """In a low window split and findings share a place, and a dozen rows stay in sight; by keyboard, and there is as much room whichever is shown."""
    app = e2e.start(desktop, write_spoiled(place))
    e2e.wait_for_data(app)
    data = e2e.page(app, "Data")
    grid = app.find(None, "Preview of the table", within=data)
    cure = app.find("button", "Leave column out: answer predicts the target almost alone", within=data, timeout=20)
    app.resize(1024, 700)
    switcher = app.find("button", re.compile("^Data doctor, [0-9]+ findings$"), within=data)
    app.gone("button", cure.name, within=data)
    assert app.find("combo box", "Split method", within=data)
    room = grid.extents
    focus_by_tab(app, switcher)
    app.key("space")
    app.find("button", cure.name, within=data)
    app.gone("combo box", "Split method", within=data)
    assert "focused" in switcher.states, "the keyboard stays on the switcher"
    rows = app.find_all("row", None, within=data)
    assert len(rows) >= 9, f"{len(rows)} rows are in sight"
    assert grid.extents == room, "the table keeps its place"
    e2e.picture(app, "doctor-low")
    app.resize(1400, 900)
    app.find("combo box", "Split method", within=data)
    app.find("button", cure.name, within=data)
    e2e.leave(app)


def test_split_by_keyboard(desktop, place):
    app = e2e.start(desktop, write_spoiled(place))
    e2e.wait_for_data(app)
    card = app.find("widget", "CamSplitCard", within=e2e.page(app, "Data"))
    status = app.find("label", "split status", within=card)
    bar = app.find(None, "Split of the rows", within=card)
    split = lambda draft: draft["split"]

    # Shares: two steps less of training, then one step less of test, become one step each of the document.
    focus_by_tab(app, bar)
    app.key("Left", "Left")
    wait_for_draft(app, place, lambda draft: (split(draft)["train"], split(draft)["validation"], split(draft)["test"]), (0.68, 0.17, 0.15))
    app.key("shift+Right")
    wait_for_draft(app, place, lambda draft: (split(draft)["train"], split(draft)["validation"], split(draft)["test"]), (0.68, 0.18, 0.14))

    method = app.find("combo box", "Split method", within=card)
    focus_by_tab(app, method)
    app.key("space", "Down", "Down", "Return")
    app.wait_until(lambda: "groups stay whole" in status.text, what="the method to be explained")
    wait_for_draft(app, place, lambda draft: (split(draft)["method"], role(draft, "batch")), ("grouped", "group"))
    app.key("space", "Down", "Down", "Down", "Return")
    app.wait_until(lambda: "validation_split=0.18" in status.text, what="Keras's split")
    wait_for_draft(app, place, lambda draft: (split(draft)["method"], split(draft)["validation"], split(draft)["test"], role(draft, "batch")),
                   ("ordered", 0.18, 0.0, None))
    app.key("ctrl+z")
    wait_for_draft(app, place, lambda draft: split(draft)["method"], "grouped")
    app.key("ctrl+z")
    wait_for_draft(app, place, lambda draft: (split(draft)["method"], split(draft)["test"]), ("stratified", 0.14))

    # Folds, one of them after the other.
    folds = app.find("spin button", "Folds", within=card)
    focus_by_tab(app, folds)
    app.key("Up", "Up", "Up")
    app.wait_until(lambda: "Validation is fold 1 of 4." in status.text, what="folds")
    fold = app.find("spin button", "Fold", within=card)
    focus_by_tab(app, fold)
    app.key("Up")
    wait_for_draft(app, place, lambda draft: (split(draft).get("folds"), split(draft).get("fold")), (4, 2))
    e2e.picture(app, "split-folds")
    e2e.leave(app)


def test_bar_is_dragged(desktop, place):
    app = e2e.start(desktop, write_spoiled(place))
    e2e.wait_for_data(app)
    bar = app.find(None, "Split of the rows", within=app.find("widget", "CamSplitCard", within=e2e.page(app, "Data")))
    app.drag(bar, bar, sfx=0.699, sfy=0.3, tfx=0.5, tfy=0.3)
    wait_for_draft(app, place, lambda draft: (draft["split"]["train"], draft["split"]["test"]), (0.5, 0.15))
    app.key("ctrl+z")
    wait_for_draft(app, place, lambda draft: draft["split"]["train"], 0.7)
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
