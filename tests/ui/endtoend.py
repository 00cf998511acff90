"""endtoend: what the end-to-end scripts share: the program under test, TAP, and questions that many of them ask.

A script defines functions test_…(desktop, place) and ends with endtoend.main(). Each test gets an X server, session bus
and empty home of its own (place is a scratch folder), so that none sees what another left behind.
"""
import os, re, shutil, sqlite3, sys, tempfile, traceback

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
        desktop = uidrive.Desktop(size="1440x960", home=os.path.join(place, "home"), env={"G_DEBUG": "fatal-warnings"})
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


def start(desktop, *args):
    """Camadas on this desktop; a second start on the same desktop finds the home of the first."""
    return uidrive.App(desktop, [CAMADAS, *args])


def check_output(app):
    """No complaint of GLib or GTK may stand in what the program printed."""
    bad = [line for line in app.output().splitlines() if re.search(r"CRITICAL|WARNING|ERROR|runtime error", line)]
    assert not bad, "\n".join(bad[:10])


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
