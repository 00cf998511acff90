#!/usr/bin/python3
"""Building a network in the real window: what is typed into a layer's settings reaches the document, whatever is clicked next."""
import json, re

import endtoend as e2e


def add_layer(app, page, kind):
    """From the palette, by its search field; the new layer is chosen then."""
    search = app.find("search box", "Search layers", within=page)
    app.click(search)
    app.type_text(kind)
    app.key("Return")
    app.wait_until(lambda: app.find("label", "chosen layer", within=page).text == kind, what=f"{kind} to be chosen")


def network(desktop):
    [(text,)] = e2e.query(e2e.workspaces(desktop)[0], "SELECT experiment FROM draft")
    return json.loads(text)["network"]


def test_half_typed_list(desktop, place):
    """A list is typed but not entered, and another card is clicked: the list is kept, in the layer that it was typed for."""
    app = e2e.start(desktop)
    e2e.open_sample(app, "Breast cancer")
    page = e2e.show_page(app, "Network")
    app.click(app.find("list item", re.compile("^Dense, 16 units"), within=page))
    add_layer(app, page, "Reshape")
    shape = app.find("text box", "Shape", within=page)
    app.click(shape)
    app.key("ctrl+a")
    app.type_text("4, 4")
    app.click(app.find("list item", re.compile("^Dense, 8 units"), within=page))
    app.wait_until(lambda: app.find("label", "chosen layer", within=page).text == "Dense", what="the other layer to be chosen")
    app.wait_until(lambda: [layer["config"]["target_shape"] for layer in network(desktop) if layer["class_name"] == "Reshape"] == [[4, 4]], what="the list to be kept")
    app.click(app.find("list item", re.compile("^Reshape"), within=page))
    app.wait_until(lambda: app.find("text box", "Shape", within=page).text.replace(" ", "") in ("4×4", "4,4"), what="the list to be shown")
    e2e.leave(app)


def test_frozen(desktop, place):
    """A layer that does not learn: a switch, a step that can be undone, and fewer weights that do."""
    app = e2e.start(desktop)
    e2e.open_sample(app, "Breast cancer")
    page = e2e.show_page(app, "Network")
    app.click(app.find("list item", re.compile("^Dense, 16 units"), within=page))
    e2e.switch(app, app.find("switch", "Trainable", within=page), False)
    app.wait_until(lambda: network(desktop)[0].get("trainable") is False, what="the layer to be frozen")
    app.key("ctrl+z")
    app.wait_until(lambda: "trainable" not in network(desktop)[0], what="the layer to learn again")
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
