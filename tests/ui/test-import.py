#!/usr/bin/python3
"""Import options: files of all kinds opened through the dialog, corrected in it, remembered; cells and files from the clipboard."""
import os, time

import endtoend as e2e
from gi.repository import GLib

# File under tests/data: what the dialog finds, what the Data page says after “Open”.
FILES = {
    "messy/umsatz_cp1252.csv": ("60 rows × 8 columns · semicolon, Windows-1252, decimal comma", "60 rows × 8 columns"),
    "messy/sensors_utf16le.tsv": ("72 rows × 5 columns · tab, UTF-16 LE, decimal point", "72 rows × 5 columns"),
    "messy/bom_ragged_comments.csv": ("10 rows × 5 columns · comma, UTF-8, decimal point", "10 rows × 5 columns"),
    "datasets/alice_in_wonderland.txt": ("2,732 rows × 1 column · a row a line, UTF-8", None),
    "datasets/mnist_10k-images-idx3-ubyte.gz": ("The first 5,000 rows × 785 columns · IDX pictures, 28 × 28", None),
}


def import_file(app, path):
    app.activate_action("win.import-path", GLib.Variant("s", path))
    return app.find("window", "Import options")


def summary(app, dialog):
    return app.find("label", "what was read", within=dialog)


def status(app):
    return app.find("label", "data status", timeout=20, within=e2e.page(app, "Data"))


def test_files(desktop, place):
    app = e2e.start(desktop)
    for number, (name, (found, says)) in enumerate(FILES.items()):
        dialog = import_file(app, os.path.join(e2e.DATA, name))
        label = summary(app, dialog)
        app.wait_until(lambda: label.text == found, what=f"{name}: {found}, not {label.text}", timeout=20)
        e2e.picture(app, f"import-{number}")
        if says is None:
            app.key("Escape")
            app.gone("window", "Import options")
            continue
        app.click(app.find("button", "Open", within=dialog))
        app.gone("window", "Import options")
        here = status(app)
        app.wait_until(lambda: here.text.startswith(says), what=f"{name} on the Data page")
    e2e.leave(app)


def test_corrected_and_remembered(desktop, place):
    """The dialog opened from the chooser; day and month exchanged, the header taken for a row; what was chosen is there when the file is opened again."""
    path = os.path.join(place, "orders.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("when;price;kind\n" + "".join(f"0{1 + i % 9}/02/2024;{i},5;{'ab'[i % 2]}\n" for i in range(40)))
    app = e2e.start(desktop)
    dialog = import_file(app, path)
    label = summary(app, dialog)
    app.wait_until(lambda: label.text.startswith("40 rows × 3 columns"), what="the first reading")
    assert "2024-02-01" in app.texts(dialog), app.texts(dialog)
    app.select(app.find("combo box", "Dates", within=dialog), "Month first")
    app.wait_until(lambda: "2024-01-02" in app.texts(dialog), what="dates read month first")
    app.select(app.find("combo box", "First row", within=dialog), "Values")
    app.wait_until(lambda: label.text.startswith("41 rows"), what="the header as a row")
    app.select(app.find("combo box", "First row", within=dialog), "Names")
    app.wait_until(lambda: label.text.startswith("40 rows"), what="the header as names")
    e2e.picture(app, "import-corrected")
    app.click(app.find("button", "Open", within=dialog))
    app.gone("window", "Import options")
    here = status(app)
    app.wait_until(lambda: here.text.startswith("40 rows × 3 columns"), what="the table")

    # The button of the Data page opens it again, with what was chosen.
    app.click(app.find("button", "Import options…", within=e2e.page(app, "Data")))
    dialog = app.find("window", "Import options")
    app.wait_until(lambda: "2024-01-02" in app.texts(dialog), what="the chosen order")
    assert app.find("button", "Read Again", within=dialog)
    app.key("Escape")
    app.gone("window", "Import options")
    app.activate_action("win.close-data")
    app.find("button", "Open sample Iris")
    dialog = import_file(app, path)
    app.wait_until(lambda: "2024-01-02" in app.texts(dialog), what="the order remembered with the file")
    app.click(app.find("button", "Guess all again", within=dialog))
    app.wait_until(lambda: "2024-02-01" in app.texts(dialog), what="the guess")
    app.key("Escape")
    app.gone("window", "Import options")
    e2e.leave(app)


def test_not_readable(desktop, place):
    """A wrong choice is told in the dialog, and taken back there."""
    path = os.path.join(place, "bytes.csv")
    with open(path, "wb") as file:
        file.write("name,x\nJosé,1\nAna,2\n".encode("latin-1"))
    app = e2e.start(desktop)
    dialog = import_file(app, path)
    label = summary(app, dialog)
    app.wait_until(lambda: label.text == "2 rows × 2 columns · comma, Windows-1252, decimal point", what="the guess")
    app.select(app.find("combo box", "Encoding", within=dialog), "UTF-8")
    app.find("label", "It cannot be read this way", within=dialog)
    app.wait_until(lambda: any("line 2" in text and "UTF-8" in text for text in app.texts(dialog)), what="line and encoding")
    e2e.picture(app, "import-problem")
    app.click(app.find("button", "Guess all again", within=dialog))
    app.wait_until(lambda: label.text.startswith("2 rows"), what="the guess again")
    app.key("Escape")
    app.gone("window", "Import options")
    e2e.leave(app)


def test_folder(desktop, place):
    """A folder of pictures, as it is dropped or chosen."""
    for label in "ab":
        os.makedirs(os.path.join(place, "pictures", label))
        for i in range(12):
            with open(os.path.join(place, "pictures", label, f"{i}.pgm"), "wb") as file:
                file.write(b"P5 4 4 255\n" + bytes((i * 5 + p + 100 * (label == "b")) % 256 for p in range(16)))
    app = e2e.start(desktop)
    dialog = import_file(app, os.path.join(place, "pictures"))
    label = summary(app, dialog)
    app.wait_until(lambda: label.text == "24 rows × 18 columns · pictures, 4 × 4, grey", what="the pictures")
    e2e.picture(app, "import-folder")
    app.click(app.find("button", "Open", within=dialog))
    here = status(app)
    app.wait_until(lambda: here.text == "24 rows × 18 columns · pictures, 4 × 4, grey", what="the table of pictures")
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
