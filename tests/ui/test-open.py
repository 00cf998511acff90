#!/usr/bin/python3
"""Tables opened through the real dialog: everyday Brazilian ones, awkward ones, and those that are refused."""
import os, re

import endtoend as e2e

# File of tests/data/messy: what the Data page says of it.
MESSY = {
    "seoul_bike_latin1_semicolon.csv": "8,760 rows × 14 columns · semicolon, Windows-1252, decimal comma",
    "umsatz_cp1252.csv": "60 rows × 8 columns · semicolon, Windows-1252, decimal comma",
    "sensors_utf16le.tsv": "72 rows × 5 columns · tab, UTF-16 LE, decimal point",
    "horse_colic.data": "300 rows × 28 columns · blanks, UTF-8, decimal point",
    "pipe_no_header.txt": "80 rows × 5 columns · pipe, UTF-8, decimal point",
}

BRAZILIAN = """Município;População;Área (km²);Região;Índice
São Paulo;11.451.999;1.521,20;Sudeste;0,805
Açailândia;106.357;5.806,44;Nordeste;0,672
Foz do Iguaçu;285.415;618,35;Sul;0,751
"""


def open_csv(app, path):
    app.key("ctrl+o")
    app.choose_file(path)


def status(app):
    return app.find("label", "data status", timeout=20, within=e2e.page(app, "Data"))


def test_brazilian(desktop, place):
    """Semicolons, decimal commas, thousands and Latin-1, and then a network trained from it."""
    path = os.path.join(place, "municípios.csv")
    header, *rows = BRAZILIAN.splitlines()
    with open(path, "w", encoding="latin-1", newline="\r\n") as file:
        file.write("\n".join([header] + rows * 20) + "\n")
    app = e2e.start(desktop)
    open_csv(app, path)
    label = status(app)
    app.wait_until(lambda: "60 rows × 5 columns" in label.text, what="the table")
    assert "semicolon" in label.text and "decimal comma" in label.text, label.text
    data = e2e.page(app, "Data")
    rows = app.find_all("row", None, within=data)
    texts = [text for row in rows[:3] for text in app.texts(row)]
    for text in ("São Paulo", "Açailândia", "1521.2", "11451999", "0.672"):
        assert text in texts, f"{text} is not among {texts}"
    assert "Município" in app.texts(data)
    e2e.picture(app, "open-brazilian")
    training = e2e.Training(app)
    training.run(5)
    e2e.leave(app)


def test_messy(desktop, place):
    app = e2e.start(desktop)
    for name, says in MESSY.items():
        open_csv(app, os.path.join(e2e.DATA, "messy", name))
        label = status(app)
        app.wait_until(lambda: label.text.startswith(says.split(" · ")[0]), what=f"{name} to be read")
        assert label.text == says, f"{name}: {label.text}"
        e2e.wait_for_data(app)
    e2e.leave(app)


def test_refused(desktop, place):
    """What cannot be read is told with its line and column, and what was open stays."""
    path = os.path.join(place, "broken.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("a,b\n1,x\n2,\"y\n3,z\n")
    app = e2e.start(desktop)
    e2e.open_sample(app, "Iris")
    open_csv(app, path)
    app.find("label", re.compile("broken.csv: line 3, column 2: the quote that begins here is never closed"))
    e2e.picture(app, "open-refused")
    assert "150 rows × 5 columns" in status(app).text
    app.click(app.find("button", "Close this message"))
    training = e2e.Training(app)
    training.run(3)
    e2e.leave(app)


def test_given_on_the_command_line(desktop, place):
    app = e2e.start(desktop, os.path.join(e2e.SAMPLES, "iris.csv"))
    label = status(app)
    app.wait_until(lambda: "150 rows × 5 columns" in label.text, what="the table")
    assert "species" in e2e.wait_for_data(app)
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
