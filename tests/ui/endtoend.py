"""endtoend: what the end-to-end scripts share: the program under test, TAP, and questions that many of them ask.

A script defines functions test_…(desktop, place) and ends with endtoend.main(). Each test gets an X server, session bus
and empty home of its own (place is a scratch folder), so that none sees what another left behind.
"""
import os, re, shutil, sqlite3, subprocess, sys, tempfile, time, traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import uidrive

CAMADAS = os.environ["CAMADAS"]
CLI = os.environ["CAMADAS_CLI"]
SAMPLES = os.environ["CAM_SAMPLES"]
DATA = os.environ["CAM_TEST_DATA"]
OUT = os.environ.get("CAM_SCREENSHOTS")         # a folder: keep the pictures


def main():
    """Run every test_ function of the calling script, and say how it went as TAP."""
    module = sys.modules["__main__"]
    only = sys.argv[1:]
    tests = [(name, run) for name, run in vars(module).items() if name.startswith("test_") and (not only or name in only)]
    print(f"1..{len(tests)}", flush=True)
    red = 0
    for number, (name, run) in enumerate(tests, 1):
        place = tempfile.mkdtemp(prefix="camadas-e2e-")
        desktop = uidrive.Desktop(size="1600x1000", home=os.path.join(place, "home"))
        try:
            run(desktop, place)
            print(f"ok {number} {name}", flush=True)
        except Exception:
            red += 1
            print(f"not ok {number} {name}", flush=True)
            print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), flush=True)
        finally:
            desktop.close()
            shutil.rmtree(place, ignore_errors=True)
    sys.exit(1 if red else 0)


def main_together(cases, check):
    """Say as TAP how check (app, case) goes for each of @cases, all in one run of the program; only after a failure it is started anew."""
    print(f"1..{len(cases) + 1}", flush=True)
    place = tempfile.mkdtemp(prefix="camadas-e2e-")
    desktop = uidrive.Desktop(size="1600x1000", home=os.path.join(place, "home"))
    app, red = None, 0
    for number, (name, run) in enumerate([(case, lambda case=case: check(app, case)) for case in cases] + [("without complaint", lambda: leave(app))], 1):
        try:
            app = app or start(desktop)
            run()
            print(f"ok {number} {name}", flush=True)
        except Exception:
            red += 1
            print(f"not ok {number} {name}", flush=True)
            print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), flush=True)
            if app is not None:
                app.close()
            app = None
    desktop.close()
    shutil.rmtree(place, ignore_errors=True)
    sys.exit(1 if red else 0)


def start(desktop, *args, **env):
    """Camadas on this desktop; a second start on the same desktop finds the home of the first. Warnings end it, but not the window manager."""
    env.setdefault("G_DEBUG", "fatal-warnings")
    return uidrive.App(desktop, ["env", *(f"{name}={value}" for name, value in env.items()), CAMADAS, *args])


def leave(app):
    """End it as a person does: nothing may have been complained of."""
    app.key("ctrl+q")
    status = app.wait_exit()
    check_output(app)
    assert status == 0, f"Camadas ended with status {status}"


def check_output(app):
    """No complaint of GLib or GTK may stand in what the program printed."""
    bad = [line for line in app.output().splitlines() if re.search(r"CRITICAL|WARNING|ERROR|runtime error", line)]
    assert not bad, "\n".join(bad[:10])


def open_sample(app, name):
    app.click(app.find("button", f"Open sample {name}"))
    wait_for_data(app)


def wait_for_data(app):
    """Until the Data page says what there is to learn; returns that sentence."""
    return app.find("label", "task", timeout=20, within=page(app, "Data")).text


def page(app, name):
    """The page, to look for things in: the whole window has more than a thousand."""
    return app.find("widget", f"Cam{name}Page")


def show_page(app, name):
    tab = app.find("tab", name)
    app.click(tab)
    app.wait_until(lambda: "selected" in tab.states, what=f"the page {name}")
    return page(app, name)


def switch(app, node, on):
    """A switch, brought to a state."""
    if ("checked" in node.states) != on:
        app.click(node)
        app.wait_until(lambda: ("checked" in node.states) == on, what=f"{node} to be {on}")


def number(text):
    """The first whole number of a text: “Epoch 1,234 of 9” gives 1234."""
    return int(re.search(r"\d[\d,]*", text)[0].replace(",", ""))


def has_keyboard(app, node):
    """It, or the button within it that takes the keyboard for it."""
    return any("focused" in found.states for _, found, *_ in app.tree(node))


def tab_to(app, node, most=80):
    """Only with the Tab key."""
    for _ in range(most):
        if has_keyboard(app, node):
            return
        app.key("Tab")
        time.sleep(0.1)
    raise AssertionError(f"{node} is not reached by Tab")


def choose(app, row, item):
    """Another entry of a combo row or drop-down that has the keyboard: opened with space, walked to with Down."""
    app.key("space")
    popup = app.popup_of(row)
    entries = [node for node in app.find_all("list item", None, within=popup)]
    wanted = next(node for node in entries if item in app.texts(node))

    def focused():
        return next((node for node in entries if "focused" in node.states), None)

    at = app.wait_until(focused, what="the list to have the keyboard")
    while at != wanted:
        app.key("Down")
        app.wait_until(lambda: focused() not in (None, at), what="the next entry to have the keyboard")
        at = focused()
    app.key("Return")
    app.wait_until(lambda: app.text_of(row) == item, what=f"{item} to be chosen")


def last_point(chart):
    """The epoch of the last point that a chart tells of; 0 while there is none."""
    told = re.search(r".* at epoch (\d+)", chart.description)
    return int(told[1]) if told else 0


class Training:
    """The Train page, and the labels in it that tell how far a run is: found once, as they stay."""

    def __init__(self, app):
        self.app, self.page = app, show_page(app, "Train")
        self.epoch, self.batch = self.find("label", "epoch"), self.find("label", "batch")

    def find(self, role, name):
        return self.app.find(role, name, within=self.page)

    def set_up(self, epochs, early_stopping=False):
        switch(self.app, self.find("switch", "Early stopping"), early_stopping)
        self.app.set_value(self.find("spin button", "Epochs"), epochs)

    def run(self, epochs=10):
        """A short run, to its end."""
        self.set_up(epochs)
        self.app.key("ctrl+r")
        self.wait_for_end("finished")

    def start(self, epochs=1000000):
        """A run that only a person ends, if not said otherwise."""
        self.set_up(epochs)
        self.app.key("ctrl+r")
        self.wait_for_epochs(1)

    def epochs(self):
        """Epochs that have ended: one less than the one under way, or the count at the end."""
        text = self.epoch.text
        return number(text) - (1 if text.startswith("Epoch") else 0)

    def wait_for_epochs(self, n, timeout=30):
        self.app.wait_until(lambda: not self.epoch.text.startswith("Ready") and self.epochs() >= n, timeout, f"{n} epochs")

    def wait_for_end(self, what, timeout=30):
        self.app.wait_until(lambda: what in self.batch.text, timeout, f"the run to be {what}")

    def stop(self):
        self.app.key("Escape")
        self.wait_for_end("stopped")

    def set_rate(self, text):
        """A learning rate for the run under way, by keyboard alone."""
        self.app.key("ctrl+l")
        field = self.app.find("spin button", "Learning rate", within=self.find(None, "Learning rate of this run"))
        self.app.wait_until(lambda: "focused" in field.states, what="the keyboard to be in the rate")
        self.app.key("ctrl+a")
        self.app.type_text(text)
        self.app.key("Return")
        self.app.wait_until(lambda: field.text == text, what=f"the rate to be {text}")

    def chart(self, title="Loss"):
        """The drawing of a curve chart; its description tells the last point."""
        return self.find(None, re.compile(f"^{title}: "))


def save(app, action, path):
    """Through the real dialog: action opens it. Returns when the file is there."""
    action()
    app.choose_file(path)
    app.wait_until(lambda: os.path.exists(path), what=f"{path} to be written")
    return path


def brazilian(place):
    """Variables for a desktop in Brazilian Portuguese; the locale is made for the moment."""
    folder = os.path.join(place, "locale")
    os.makedirs(folder)
    subprocess.run(["localedef", "--no-archive", "-i", "pt_BR", "-f", "UTF-8", os.path.join(folder, "pt_BR.UTF-8")], check=False, capture_output=True)
    assert os.listdir(folder), "localedef made nothing; is the package locales installed?"
    return {"LOCPATH": folder, "LC_ALL": "pt_BR.UTF-8"}


def comma_locale(place):
    """Variables for a decimal comma on a desktop that speaks English."""
    return {**brazilian(place), "LANGUAGE": "en"}


def cli(*args):
    """What camadas-cli says to this; it must succeed."""
    done = subprocess.run([CLI, *args], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, f"{' '.join(args)}: {done.stderr}"
    return done.stdout


def picture(app, name):
    if OUT:
        os.makedirs(OUT, exist_ok=True)
        app.screenshot(os.path.join(OUT, name + ".png"))


def workspaces(desktop):
    """Every workspace file below the desktop's home."""
    found = []
    for folder, _, files in os.walk(desktop.env["HOME"]):
        found += [os.path.join(folder, file) for file in files if file.endswith(".camadas")]
    return found


def query(path, sql, *args):
    """Ask a workspace from outside, without writing to it."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        return db.execute(sql, args).fetchall()
