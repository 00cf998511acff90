#!/usr/bin/python3
"""Studies by pointing: each kind from the arrow of Train; paused, cancelled, resumed, killed; begun here and resumed by camadas-cli, and the other way round, with the table of an undisturbed study."""
import json, os, re, signal, subprocess, time

import endtoend as e2e
from study import begin, open_dialog, plan_of, press, saved_table, undisturbed, view, wait_for_badge, wait_for_state


def open_long(app):
    """Digits, so that each run takes some seconds and ends by itself alone."""
    e2e.open_sample(app, "Digits")
    training = e2e.Training(app)
    training.set_up(LONG)


LONG = 1200


def begin_long(app):
    open_long(app)
    dialog = open_dialog(app, "Repeat with Seeds…")
    app.set_value(app.find("spin button", "Seeds", within=dialog), 4)
    begin(app, dialog, "4 runs")


def choose_study(app):
    page = e2e.show_page(app, "Compare")
    app.select(app.find(None, "Study", within=page), re.compile("^Seeds"))


def test_kinds(desktop, place):
    """A small study of each kind, to its end; the table is restricted to its runs; the winner of the last one is adopted, and undone."""
    app = e2e.start(desktop)
    e2e.open_sample(app, "Iris")
    e2e.Training(app).set_up(5)
    n = 0
    for entry, changes, runs, words in (("Repeat with Seeds…", {"Seeds": 2}, 2, "over 2 runs"), ("Cross-validate…", {"Folds": 3}, 3, "over 3 runs"),
                                        ("Learning Curve…", {"Steps": 2, "Repeats": 1}, 2, "ore data"), ("Compare Activations…", {"Seeds": 1}, 4, "one pair of runs"),
                                        ("Search…", {"Trials": 3}, 3, "better than")):
        dialog = open_dialog(app, entry)
        for name, value in changes.items():
            app.set_value(app.find("spin button", name, within=dialog), value)
        begin(app, dialog, f"{runs} runs")
        wait_for_badge(app, f"{runs} of {runs}")
        n += runs
        finding = app.find("label", "what was found", within=view(app))
        app.wait_until(lambda: words in finding.text, what=f"“{words}” in “{finding.text}”")
        status = app.find("label", "runs status", within=e2e.page(app, "Compare"))
        app.wait_until(lambda: status.text.startswith(f"{n} run"), what=f"{n} runs in the list")
        e2e.picture(app, "study-" + entry.split()[0].rstrip("…").lower())
    press(app, "Adopt")
    app.click(app.find("menu item", "Adopt the Winner"))
    app.wait_until(lambda: "selected" in app.find("tab", "Train").states, what="the page Train")
    undo = app.find("button", "Undo")
    app.wait_until(lambda: "Adopt trial" in undo.description, what="a step that can be undone")
    e2e.leave(app)


def test_pause_cancel_resume(desktop, place):
    app = e2e.start(desktop)
    begin_long(app)
    wait_for_state(app, "left|running")
    press(app, "Pause")
    wait_for_state(app, "paused")
    e2e.picture(app, "study-paused")
    time.sleep(0.5)
    press(app, "Resume")
    wait_for_state(app, "left|running")
    press(app, "Cancel")
    wait_for_state(app, "not finished")
    press(app, "Resume")
    wait_for_badge(app, "4 of 4")
    path, _ = plan_of(desktop, place)
    assert saved_table(app, place) == undisturbed(path, place)
    e2e.leave(app)


def test_killed(desktop, place):
    """The program's end in the middle: the next start has the study as it was left, and the table is that of an undisturbed study."""
    app = e2e.start(desktop)
    begin_long(app)
    wait_for_badge(app, "[123] of 4")
    os.kill(app.proc.pid, signal.SIGKILL)
    app.wait_exit()
    app = e2e.start(desktop)
    e2e.wait_for_data(app)
    choose_study(app)
    press(app, "Resume")
    wait_for_badge(app, "4 of 4")
    path, _ = plan_of(desktop, place)
    assert saved_table(app, place) == undisturbed(path, place)
    e2e.leave(app)


def test_begun_here_and_there(desktop, place):
    """Begun in the window and closed; camadas-cli does one run more and is stopped; the window does the rest."""
    app = e2e.start(desktop)
    begin_long(app)
    wait_for_badge(app, "[123] of 4")
    app.key("ctrl+q")
    app.click(app.find("button", "Stop and close"))
    assert app.wait_exit() == 0
    path, workspace = plan_of(desktop, place)
    process = subprocess.Popen([e2e.CLI, "study", path, "--workspace", workspace, "--resume", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    first = process.stdout.readline()
    assert 1 <= json.loads(first)["done"] <= 3, first
    assert json.loads(process.stdout.readline())["event"] in ("run", "end")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    app = e2e.start(desktop)
    e2e.wait_for_data(app)
    choose_study(app)
    if "4 of 4" not in app.find("label", "runs of the study that are done", within=view(app)).text:
        press(app, "Resume")
    wait_for_badge(app, "4 of 4")
    assert saved_table(app, place) == undisturbed(path, place)
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
