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


def kinds(desktop):
    """The layers in short: "Dense 16, Dropout off"."""
    return ", ".join(layer["class_name"] + (f" {layer['config']['units']}" if "units" in layer["config"] else "") + (" off" if layer.get("enabled") is False else "")
                     for layer in network(desktop))


BEGIN = "Dense 16, Dropout, Dense 8, Dense 1"


def begin(desktop):
    app = e2e.start(desktop)
    e2e.open_sample(app, "Breast cancer")
    return app, e2e.show_page(app, "Network")


def card(app, page, name):
    return app.find("list item", re.compile(f"^{name}"), within=page)


def expect(app, desktop, wanted, what):
    app.wait_until(lambda: kinds(desktop) == wanted, what=what)


def undo(app, desktop, wanted=BEGIN):
    app.key("ctrl+z")
    expect(app, desktop, wanted, "the step to be undone")


def test_switch_off(desktop, place):
    """By key, by switch and by menu: told on the card, at the foot and in the code, and undone in one step."""
    app, page = begin(desktop)
    app.click(card(app, page, "Dropout"))
    app.key("ctrl+slash")
    expect(app, desktop, "Dense 16, Dropout off, Dense 8, Dense 1", "the layer to be off")
    card(app, page, "Dropout, rate 0.2.*switched off")
    assert app.find("label", "number of layers", within=page).text == "3 layers, 1 off"
    app.click(app.find("button", "Keras code", within=page))
    code = app.find("text box", re.compile("code", re.I), within=page)
    app.wait_until(lambda: "    # layers.Dropout(0.2),\n" in code.text, what="the comment in the code")
    app.click(app.find("button", "Keras code", within=page))
    undo(app, desktop)
    e2e.switch(app, app.find("switch", "Switched on", within=page), False)
    expect(app, desktop, "Dense 16, Dropout off, Dense 8, Dense 1", "the layer to be off by its switch")
    app.right_click(card(app, page, "Dropout"))
    app.click(app.find("menu item", "Switch On"))
    expect(app, desktop, BEGIN, "the layer to be on by its menu")

    # It trains without it.
    app.click(card(app, page, "Dense, 16 units"))
    app.key("ctrl+slash")
    app.wait_until(lambda: app.find("label", "number of parameters", within=page).text == "257 parameters", what="fewer parameters")
    app.key("ctrl+r")
    app.wait_until(lambda: e2e.query(e2e.workspaces(desktop)[0], "SELECT count(*) FROM run") == [(1,)], what="a run")
    app.key("Escape")
    e2e.leave(app)


def test_several_by_mouse(desktop, place):
    app, page = begin(desktop)
    app.click(card(app, page, "Dense, 16 units"))
    with app.held("ctrl"):
        app.click(card(app, page, "Dense, 8 units"))
    app.find(None, "2 layers chosen", within=page)
    app.click(app.find("button", "Duplicate", within=page))
    expect(app, desktop, "Dense 16, Dropout, Dense 8, Dense 16, Dense 8, Dense 1", "both to be duplicated")
    undo(app, desktop)

    app.click(card(app, page, "Dense, 16 units"))
    with app.held("shift"):
        app.click(card(app, page, "Dense, 8 units"))
    app.find(None, "3 layers chosen", within=page)
    # A card of the chosen ones keeps them chosen under its menu; another does not.
    app.right_click(card(app, page, "Dropout"))
    app.click(app.find("menu item", "Remove"))
    expect(app, desktop, "Dense 1", "all three to be removed")
    undo(app, desktop)
    app.click(card(app, page, "Dense, 16 units"))
    app.right_click(card(app, page, "Dropout"))
    app.click(app.find("menu item", "Remove"))
    expect(app, desktop, "Dense 16, Dense 8, Dense 1", "one to be removed")
    undo(app, desktop)
    e2e.leave(app)


def test_drag(desktop, place):
    """One card, and two at once."""
    app, page = begin(desktop)
    app.drag(card(app, page, "Dense, 8 units"), card(app, page, "Dense, 16 units"), sfx=0.3, tfx=0.3, tfy=0.2)
    expect(app, desktop, "Dense 8, Dense 16, Dropout, Dense 1", "the card to be moved")
    undo(app, desktop)
    app.click(card(app, page, "Dense, 16 units"))
    with app.held("ctrl"):
        app.click(card(app, page, "Dropout"))
    app.find(None, "2 layers chosen", within=page)
    app.drag(card(app, page, "Dense, 16 units"), card(app, page, "Dense, output"), sfx=0.3, tfx=0.3, tfy=0.35)
    expect(app, desktop, "Dense 8, Dense 16, Dropout, Dense 1", "both cards to be moved")
    undo(app, desktop)
    e2e.leave(app)


def test_several_by_keyboard(desktop, place):
    app, page = begin(desktop)
    app.click(card(app, page, "Dense, 16 units"))
    app.key("shift+Down")
    app.find(None, "2 layers chosen", within=page)
    app.key("alt+Down")
    expect(app, desktop, "Dense 8, Dense 16, Dropout, Dense 1", "both to move down")
    app.key("alt+Up")
    expect(app, desktop, BEGIN, "both to move up")
    app.key("ctrl+d")
    expect(app, desktop, "Dense 16, Dropout, Dense 16, Dropout, Dense 8, Dense 1", "both to be duplicated")
    app.key("ctrl+slash")
    expect(app, desktop, "Dense 16, Dropout, Dense 16 off, Dropout off, Dense 8, Dense 1", "the copies to be off")
    app.key("Delete")
    expect(app, desktop, BEGIN, "the copies to be removed")
    app.key("ctrl+a", "ctrl+x")
    expect(app, desktop, "", "all to be cut")
    app.key("ctrl+v")
    expect(app, desktop, BEGIN, "all to be pasted")
    app.key("shift+F10")
    app.click(app.find("menu item", "Duplicate"))
    expect(app, desktop, f"{BEGIN}, {BEGIN}", "all to be duplicated by the menu")
    for wanted in (BEGIN, "", BEGIN, "Dense 16, Dropout, Dense 16 off, Dropout off, Dense 8, Dense 1"):
        undo(app, desktop, wanted)
    e2e.leave(app)


def copy_from_entry(app, page, text):
    """As from a text editor: the search field is one."""
    search = app.find("search box", "Search layers", within=page)
    app.click(search)
    app.key("ctrl+a")
    app.type_text(text)
    app.key("ctrl+a", "ctrl+x")


def test_paste_text(desktop, place):
    app, page = begin(desktop)
    copy_from_entry(app, page, '[{"class_name": "GaussianNoise"}, {"class_name": "Dense", "config": {"units": 5}}]')
    app.click(card(app, page, "Dropout"))
    app.key("ctrl+v")
    expect(app, desktop, "Dense 16, Dropout, GaussianNoise, Dense 5, Dense 8, Dense 1", "the typed layers to be pasted")
    undo(app, desktop)
    for nonsense, reason in (("good morning", "cannot be pasted as layers"), ('[{"class_name": "Dens"}]', "“Dens” is not known")):
        copy_from_entry(app, page, nonsense)
        app.click(card(app, page, "Dropout"))
        app.key("ctrl+v")
        app.find("label", re.compile(reason))
    assert kinds(desktop) == BEGIN
    e2e.leave(app)


def test_presets(desktop, place):
    app, page = begin(desktop)
    app.click(app.find("button", "Presets", within=page))
    names = [name for name in ("Logistic model", "Small network", "Medium network", "Deep network") if app.find("list item", name)]
    assert len(names) == 4 and not app.find_all("list item", "Small CNN")
    app.click(app.find("list item", "Deep network"))
    app.wait_until(lambda: "BatchNormalization" in kinds(desktop), what="the deep network")
    undo(app, desktop)
    app.click(app.find("button", "Presets", within=page))
    app.find("list item", "Logistic model")
    app.key("Return")
    expect(app, desktop, "Dense 1", "the simplest one by keyboard")
    app.wait_until(lambda: app.find("label", "network status", within=page).text == "Ready to train", what="a network that can train")
    undo(app, desktop)
    e2e.leave(app)


def test_activations(desktop, place):
    """Chosen and compared by their pictures."""
    app, page = begin(desktop)
    app.click(card(app, page, "Dense, 16 units"))
    app.click(app.find("button", "tanh", within=page))
    app.wait_until(lambda: network(desktop)[0]["config"]["activation"] == "tanh", what="tanh")
    assert "Flat below -2.2, above 2.2" in app.find("label", "where the activation is flat", within=page).text
    app.click(app.find("button", "Compare with", within=page))
    flow = app.find(None, "Activations to compare with")
    app.click(app.find("button", "gelu", within=flow))
    app.key("Escape")
    app.find(None, re.compile("^tanh, gelu, f\\(x\\)"), within=page)
    app.click(app.find("button", "Compare with gelu no longer", within=page))
    app.find(None, re.compile("^tanh, f\\(x\\)"), within=page)
    assert network(desktop)[0]["config"]["activation"] == "tanh"
    e2e.leave(app)


def test_impossible_pair(desktop, place):
    """A last activation that does not go with the loss: told on the card, Train says why, and a button mends it."""
    app, page = begin(desktop)
    app.click(card(app, page, "Dense, output"))
    app.click(app.find("button", "softmax", within=page))
    app.wait_until(lambda: app.find("label", "network status", within=page).text == "1 layer needs attention", what="the card to complain")
    card(app, page, "Dense, output.*use sigmoid")
    assert "sensitive" not in app.find("button", "Train").states
    app.click(app.find("button", "Use sigmoid", within=page))
    app.wait_until(lambda: app.find("label", "network status", within=page).text == "Ready to train", what="it to be mended")
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
