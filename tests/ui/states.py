#!/usr/bin/python3
"""states: pictures of every state of the pages, at the smallest and at the usual size, light and dark, to be looked at by people.

    ninja -C build states           (into build/states)

Not a test: nothing is asserted but that each state is reached. 1024 × 700 and 1400 × 900, names like train-paused-1024-dark.png.
"""
import os, re, sys, tempfile, time

import endtoend as e2e
import uidrive

SIZES = ((1024, 700), (1400, 900))


class Camera:
    def __init__(self, folder, dark):
        self.folder, self.mode, self.app = folder, "dark" if dark else "light", None

    def take(self, name):
        for width, height in SIZES:
            self.app.resize(width, height)
            self.app._move(1590, 990)           # no hover, no tooltip
            time.sleep(0.8)                     # charts follow their new size
            self.app.screenshot(os.path.join(self.folder, f"{name}-{width}-{self.mode}.png"), self.app.root.children[0])


def data_and_network(camera, app):
    camera.take("welcome")
    e2e.open_sample(app, "Breast cancer")
    app.find("label", "data status", within=e2e.page(app, "Data"))
    camera.take("data")
    page = e2e.show_page(app, "Network")
    camera.take("network")
    app.click(app.find("list item", re.compile("^Dense, .*output"), within=page))
    app.click(app.find("button", "softmax", within=page))
    app.find("label", re.compile("needs attention"), within=page)
    camera.take("network-wrong")
    app.key("ctrl+z")
    e2e.show_page(app, "Compare")
    camera.take("compare-empty")
    e2e.show_page(app, "Predict")
    camera.take("predict-empty")


def training(camera, app):
    training = e2e.Training(app)
    camera.take("train-empty")
    training.start()
    training.wait_for_epochs(50)
    camera.take("train-running")
    app.key("ctrl+p")
    training.find("button", re.compile("^Resume"))
    camera.take("train-paused")
    app.key("ctrl+p")
    training.stop()
    camera.take("train-stopped")
    training.run(60)
    camera.take("train-finished")
    training.set_up(3000, early_stopping=True)
    app.key("ctrl+r")
    training.wait_for_end("early", 90)
    camera.take("train-early")
    e2e.show_page(app, "Compare")
    camera.take("compare")
    e2e.show_page(app, "Predict")
    camera.take("predict")


def diverged(camera, app):
    app.activate_action("win.close-data")
    e2e.open_sample(app, "Energy efficiency")
    training = e2e.Training(app)
    training.start()
    training.wait_for_epochs(5)
    app.key("ctrl+p")
    training.find("button", re.compile("^Resume"))
    training.set_rate("1000")
    app.key("ctrl+p")
    training.find("button", re.compile("^Go back to epoch"))
    camera.take("train-diverged")


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    for dark in (False, True):
        with tempfile.TemporaryDirectory(prefix="camadas-states-") as place:
            desktop = uidrive.Desktop(size="1600x1000", home=os.path.join(place, "home"))
            try:
                camera = Camera(folder, dark)
                camera.app = app = e2e.start(desktop)
                if dark:
                    app.dark()
                for part in (data_and_network, training, diverged):
                    part(camera, app)
                e2e.leave(app)
            finally:
                desktop.close()
    print(f"{len(os.listdir(folder))} pictures in {folder}")


if __name__ == "__main__":
    main()
