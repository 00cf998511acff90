#!/usr/bin/python3
"""The window in Brazilian Portuguese: everything is translated, and fits into the smallest window."""
import os, re

import endtoend as e2e

PAGES = (("Dados", "Data"), ("Rede", "Network"), ("Treinar", "Train"), ("Comparar", "Compare"), ("Prever", "Predict"))
WIDTH, HEIGHT = 1024, 700


def show(app, title, name):
    """A page, at the smallest size: with a text too long the window would not become, or not stay, as narrow as that."""
    tab = app.find("tab", title)
    app.click(tab)
    app.wait_until(lambda: "selected" in tab.states, what=f"the page {title}")
    window = app.root.children[0]
    assert tuple(window.extents[2:]) == (WIDTH, HEIGHT), f"{title} makes the window {window.extents[2]} × {window.extents[3]}"
    page = e2e.page(app, name)
    assert page.extents[2] <= WIDTH, f"{title} is {page.extents[2]} wide"
    return page


def walk(app, prefix):
    for title, name in PAGES:
        page = show(app, title, name)
        e2e.picture(app, f"pt-{prefix}-{name.lower()}")
        yield name, page


def finished(app, page):
    """Press Train and wait for the end of the run."""
    app.key("ctrl+r")
    batch = app.find("label", "lote", within=page)
    app.wait_until(lambda: "concluída" in batch.text or "parou cedo" in batch.text, timeout=60, what="the end of the run")


def test_pages(desktop, place):
    """All pages before and after a run, light and dark."""
    app = e2e.start(desktop, **e2e.brazilian(place))
    app.resize(WIDTH, HEIGHT)
    e2e.picture(app, "pt-welcome")
    app.click(app.find("button", "Abrir o exemplo Breast cancer"))
    task = app.find("label", "tarefa", timeout=20, within=e2e.page(app, "Data"))
    assert task.text == "Classificar diagnosis: benign ou malignant, a partir de 30 números", task.text
    for name, page in walk(app, "before"):
        texts = app.texts(page)
        if name == "Compare":
            assert "Nenhuma execução ainda" in texts, texts
    page = show(app, "Treinar", "Train")
    finished(app, page)
    for name, page in walk(app, "after"):
        if name == "Compare":
            assert re.match("1 execução", app.find("label", "situação das execuções", within=page).text)
    app.dark()
    for _ in walk(app, "dark"):
        pass
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
