#!/usr/bin/python3
"""Every file of tests/data/sources.json through the Import options of the window, and what the Data page then shows of it.

The arguments are folders of the table; a test for each file in them, all in one run of the program: opening the next file is part of what is tested."""
import json, os, sys, time

import endtoend as e2e
import uidrive
from gi.repository import GLib

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
KINDS = {"#": "number", "@": "category", "$": "text", "%": "date", "!": "yes/no"}
HEAD_ROWS, PREVIEW_ROWS, PREVIEW_COLUMNS = 5000, 100, 40        # what the dialog reads, and shows
MISSING = "–"                                                   # how dialog and page write it

with open(os.path.join(TOP, "tests", "data", "sources.json"), encoding="utf-8") as opened:
    SOURCES = json.load(opened)


def count(n, what):
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"


def ask_names(app, nodes):
    return app._ask(nodes, "Get", uidrive.PROPS, GLib.Variant("(ss)", (uidrive.ATSPI + "Accessible", "Name")))


def ask_children(app, nodes):
    return [[uidrive.Node(node.conn, ref) for ref in refs] for node, refs in zip(nodes, app._ask(nodes, "GetChildren"))]


def labels(app, nodes):
    """What the label within each of many nodes says, by one question a level."""
    while any(role != "label" for role in app._ask(nodes, "GetRoleName")):
        nodes = [children[-1] if children else node for node, children in zip(nodes, ask_children(app, nodes))]
    return ask_names(app, nodes)


def flat(text):
    """As one line shows it."""
    return text.replace("\r", " ").replace("\n", " ")


def check_dialog(app, dialog, wanted):
    """The sentence above the preview, the heads of its columns, and its cells."""
    rows = f"The first {HEAD_ROWS:,} rows" if wanted["rows"] >= HEAD_ROWS else count(wanted["rows"], "row")
    summary = app.find("label", "what was read", within=dialog)
    sentence = f"{rows} × {count(wanted['columns'], 'column')} · {wanted['words']}"
    app.wait_until(lambda: summary.text == sentence, 20, f"“{sentence}”, not “{summary.text}”")

    head, body = app.find("tree grid", "First rows", within=dialog).children[:2]
    titles = labels(app, head.children)
    assert [title.rsplit("\n", 1)[1] for title in titles] == [KINDS[kind] for kind in wanted["kinds"][:PREVIEW_COLUMNS]], titles
    assert titles[0].rsplit("\n", 1)[0] == wanted["names"][0], titles[0]
    assert wanted["columns"] > PREVIEW_COLUMNS or titles[-1].rsplit("\n", 1)[0] == wanted["names"][1], titles[-1]
    shown = body.children
    checked = 0
    for column, row, text in wanted["cells"]:
        if row < min(PREVIEW_ROWS, len(shown)) and column < PREVIEW_COLUMNS:
            [got] = labels(app, [shown[row].children[column]])
            assert got == (flat(text) or MISSING), (column, row, got)
            checked += 1
    assert checked > 0, "no cell of the table of files is in the preview"
    return [title.rsplit("\n", 1)[0] for title in titles]


def table_on_page(app, grid):
    """The columns in sight, as name → kind, and the rows in sight, as number → name → text."""
    nodes = grid.children
    roles, told = app._ask(nodes, "GetRoleName"), ask_names(app, nodes)
    heads = [(node.extents[0], *name.rsplit(", ", 3)[:2]) for node, role, name in zip(nodes, roles, told) if role == "column header"]
    order = [name for _, name, _ in sorted(heads)]
    table = {}
    for cells in ask_children(app, [node for node, role in zip(nodes, roles) if role == "row"]):
        places = app._ask(cells, "GetExtents", "Component", GLib.Variant("(u)", (1,)))
        # Rows and cells that wait outside have no width; the row's number stands before all the others.
        texts = [text for _, width, text in sorted(zip([place[0] for place in places], [place[2] for place in places], ask_names(app, cells))) if width > 0]
        if texts:
            table[int(texts[0].replace(",", ""))] = dict(zip(order, texts[1:]))
    return {name: kind for _, name, kind in heads}, table


def check_cells(table, names, wanted):
    """Those cells of the table of files that are in sight."""
    checked = 0
    for column, row, text in wanted["cells"]:
        name = names[column] if column < len(names) else None
        if name in table.get(row + 1, {}):
            assert table[row + 1][name] == (text or MISSING), (column, row, table[row + 1][name])
            checked += 1
    assert checked > 0, "no cell of the table of files is in sight"


def in_time(check, timeout=5):
    """The page is told a little after it is drawn, so what is wrong counts only if it stays wrong."""
    end = time.monotonic() + timeout
    while True:
        try:
            return check()
        except (AssertionError, ValueError, IndexError, GLib.Error):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


class DataPage:
    """The Data page of a run of the program, and the parts of it that stay."""

    def __init__(self, app):
        self.app, self.page = app, e2e.page(app, "Data")
        self.status = self.find("label", "data status")
        self.columns, self.rows = self.find("button", "Columns"), self.find("button", "Rows")
        self.shown = self.find("label", "columns shown")
        self.list, self.grid = self.find("tree grid", "Columns"), self.find("grid", "Preview of the table")

    def find(self, role, name):
        return self.app.find(role, name, within=self.page)

    def check(self, names, wanted):
        """The status, the list of columns, and the cells at the top."""
        app, size = self.app, count(wanted["columns"], "column")
        sentence = f"{count(wanted['rows'], 'row')} × {size} · {wanted['words']}"
        app.wait_until(lambda: self.status.text.split("; ")[0] == sentence, 20, f"“{sentence}”, not “{self.status.text}”")

        # What is suggested as the target may be classes where the file has numbers.
        known = dict(zip(names, wanted["kinds"]))
        column, kind = wanted.get("target", (0, wanted["kinds"][0]))
        known[names[column]] = kind

        app.click(self.columns)
        app.wait_until(lambda: self.shown.text == size, what="the list of columns")
        in_time(lambda: self.check_list(names, known))
        app.click(self.rows)
        in_time(lambda: self.check_rows(names, known, wanted))

    def check_list(self, names, known):
        rows = ask_children(self.app, self.list.children[1].children[:PREVIEW_COLUMNS])
        listed = dict(zip(labels(self.app, [row[0] for row in rows]), labels(self.app, [row[2] for row in rows])))
        assert listed == {name: KINDS[known[name]] for name in names[:len(listed)]}, listed

    def check_rows(self, names, known, wanted):
        kinds, table = table_on_page(self.app, self.grid)
        assert all(KINDS[known[name]] == kind for name, kind in kinds.items() if name in known), kinds
        check_cells(table, names, wanted)


pages = {}


def dialogs(app):
    """Looked for among the windows only: there are thousands of other widgets."""
    return [window for window in app.root.children if window.name == "Import options"]


def check(app, name):
    wanted = SOURCES[name]
    app.activate_action("win.import-path", GLib.Variant("s", os.path.join(TOP, name)))
    dialog = app.wait_until(lambda: dialogs(app), what="the Import options")[0]
    names = check_dialog(app, dialog, wanted)
    e2e.picture(app, "import-" + name.replace("/", "-"))
    app.focus(dialog)
    app.key("alt+o")
    app.wait_until(lambda: not dialogs(app), what="the Import options to close")
    if app not in pages:
        pages[app] = DataPage(app)
    pages[app].check(names, wanted)


if __name__ == "__main__":
    folders = sys.argv[1:]
    e2e.main_together([name for name in SOURCES if not folders or os.path.dirname(name) in folders or name in folders], check)
