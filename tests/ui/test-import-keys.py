#!/usr/bin/python3
"""Bringing data in by keyboard alone: the file chooser and its tick, each field of the Import options, cells of a spreadsheet pasted with Ctrl+V."""
import os, threading, time

import endtoend as e2e
from endtoend import choose, tab_to
from Xlib import X, Xatom, display
from Xlib.error import ConnectionClosedError
from Xlib.protocol import event

FIELDS = ["Read as", "Encoding", "Separator", "First row", "Quote", "Comment lines begin with", "Uneven rows", "Decimal mark", "Thousands mark", "Dates"]


class Clipboard(threading.Thread):
    """What another program copied: it owns the clipboard of the desktop, and hands the text to who asks for it."""

    def __init__(self, desktop, text):
        super().__init__(daemon=True)
        self.text = text
        self.display = display.Display(desktop.env["DISPLAY"])
        self.window = self.display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self.window.set_selection_owner(self.display.get_atom("CLIPBOARD"), X.CurrentTime)
        self.display.sync()
        self.start()

    def run(self):
        targets, utf8 = self.display.get_atom("TARGETS"), self.display.get_atom("UTF8_STRING")
        try:
            while True:
                asked = self.display.next_event()
                if asked.type == X.SelectionClear:
                    return
                if asked.type != X.SelectionRequest:
                    continue
                place = asked.property or asked.target
                if asked.target == targets:
                    asked.requestor.change_property(place, Xatom.ATOM, 32, [targets, utf8])
                elif asked.target == utf8:
                    asked.requestor.change_property(place, utf8, 8, self.text.encode())
                else:
                    place = X.NONE
                asked.requestor.send_event(event.SelectionNotify(time=asked.time, requestor=asked.requestor, selection=asked.selection, target=asked.target, property=place))
                self.display.flush()
        except ConnectionClosedError:
            pass


def write_orders(place):
    """Dates whose day could be their month, a decimal comma, a word that may spell “missing”."""
    path = os.path.join(place, "orders.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("when;price;kind\n" + "".join(f"0{1 + i % 9}/02/2024;{i},5;{['a', 'b', 'gone'][i % 3]}\n" for i in range(40)))
    return path


def open_with_options(app, path):
    """Ctrl+O, the tick, the whole path, Return."""
    app.key("ctrl+o")
    tick = app.find("checkbox", "Import options…")
    app.focus(tick)
    tab_to(app, tick)
    if "checked" not in tick.states:
        app.key("space")
    app.wait_until(lambda: "checked" in tick.states, what="the tick")
    app.choose_file(path)
    dialog = app.find("window", "Import options")
    app.focus(dialog)
    return dialog, app.find("label", "what was read", within=dialog)


def status(app):
    return app.find("label", "data status", timeout=20, within=e2e.page(app, "Data"))


def test_fields(desktop, place):
    path = write_orders(place)
    app = e2e.start(desktop)
    dialog, summary = open_with_options(app, path)
    app.wait_until(lambda: summary.text == "40 rows × 3 columns · semicolon, UTF-8, decimal comma", what="the first reading")
    for name in FIELDS:
        tab_to(app, app.find("combo box", name, within=dialog))

    # From the last of them on to the missing values, which are typed.
    dates = app.find("combo box", "Dates", within=dialog)
    choose(app, dates, "Month first")
    app.wait_until(lambda: "2024-01-02" in app.texts(dialog), what="dates read month first")
    app.key("Tab")
    time.sleep(0.2)
    app.key("ctrl+a")
    app.type_text("gone\n")
    app.wait_until(lambda: "gone" not in app.texts(app.find("tree grid", "First rows", within=dialog)), what="a spelling of “missing”")

    skip = app.find("spin button", "Lines above the table", within=dialog)
    tab_to(app, skip)
    app.key("Up")
    app.wait_until(lambda: "column_1\ndate" in app.texts(dialog), what="the names to be passed over")
    app.key("Down")
    app.wait_until(lambda: "when\ndate" in app.texts(dialog), what="the names again")
    tab_to(app, app.find("tree grid", "First rows", within=dialog))
    app.key("alt+g")
    app.wait_until(lambda: "2024-02-01" in app.texts(dialog) and "gone" in app.texts(dialog), what="all as found")

    # Escape leaves things as they were; Return, as soon as the dialog is there, opens the file.
    app.key("Escape")
    app.gone("window", "Import options")
    app.find("button", "Open sample Iris")
    dialog, summary = open_with_options(app, path)
    app.wait_until(lambda: summary.text.startswith("40 rows"), what="the first rows")
    app.key("Return")
    app.gone("window", "Import options")
    here = status(app)
    app.wait_until(lambda: here.text.startswith("40 rows × 3 columns"), what="the table")
    e2e.leave(app)


def test_chooser_without_options(desktop, place):
    path = write_orders(place)
    app = e2e.start(desktop)
    app.key("ctrl+o")
    app.choose_file(path)
    here = status(app)
    app.wait_until(lambda: here.text.startswith("40 rows × 3 columns"), what="the table")
    e2e.leave(app)


def test_paste(desktop, place):
    """On the welcome page, then on the Data page; a cell with nothing in it stands first, as where rows have names."""
    app = e2e.start(desktop)
    app.find("button", "Open sample Iris")
    Clipboard(desktop, "\tprice\tkind\n" + "".join(f"row {i}\t{i},5\t{'ab'[i % 2]}\n" for i in range(30)))
    time.sleep(0.3)             # the program is told of it by the X server
    app.key("ctrl+v")
    here = status(app)
    app.wait_until(lambda: here.text.startswith("30 rows × 3 columns · tab"), what="the first cells")

    Clipboard(desktop, "x\ty\n" + "".join(f"{i}\t{i * i % 7}\n" for i in range(50)))
    time.sleep(0.3)
    app.key("ctrl+v")
    app.wait_until(lambda: here.text.startswith("50 rows × 2 columns · tab"), what="the other cells")

    # In an entry it is text, and nothing is opened.
    Clipboard(desktop, "petal")
    time.sleep(0.3)
    data = e2e.page(app, "Data")
    tab_to(app, app.find(None, "Preview of the table", within=data))
    app.key("ctrl+f")
    entry = app.find("search box", "Find a value", within=data)
    time.sleep(0.3)
    app.key("ctrl+v")
    app.wait_until(lambda: entry.text == "petal", what="the text in the entry")
    assert here.text.startswith("50 rows"), here.text
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
