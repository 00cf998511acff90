#!/usr/bin/python3
"""Training in the real window: Stop, pause, restart, a rate by hand, divergence, and a death in the middle."""
import os, re, signal, time

import endtoend as e2e


def test_stop_leaves_a_model(desktop, place):
    app = e2e.start(desktop)
    e2e.open_sample(app, "Breast cancer")
    training = e2e.Training(app)
    training.start()
    training.wait_for_epochs(30)
    training.stop()
    assert re.match(r"You stopped it after [\d,]+ epochs of 1,000,000\.", training.find("label", "what happened").text)
    training.find("label", "accuracy, test")            # scores come although it was stopped
    epochs = training.epochs()

    button = training.find("button", "Save the model that this run leaves (Ctrl+S)")
    model = e2e.save(app, lambda: app.click(button), os.path.join(place, "stopped.keras"))
    summary = e2e.cli("summary", model)
    assert "dense" in summary and "641" in summary, summary
    predictions = e2e.cli("predict", model, os.path.join(e2e.SAMPLES, "breast-cancer.csv"))
    assert len(predictions.splitlines()) == 570
    [(state, n)] = e2e.query(e2e.workspaces(desktop)[0], "SELECT state, (SELECT COUNT(*) FROM epoch WHERE run = run.id) FROM run")
    assert (state, n) == ("stopped", epochs), (state, n, epochs)
    e2e.leave(app)


def test_pause(desktop, place):
    app = e2e.start(desktop)
    e2e.open_sample(app, "Darts")
    training = e2e.Training(app)
    training.start()
    app.key("ctrl+p")
    resume = training.find("button", re.compile("^(Resume|Go on|Continue)"))
    time.sleep(0.3)                                     # let what was on its way arrive
    seen, used = training.epochs(), app.cpu_s()
    time.sleep(1)
    assert training.epochs() == seen
    assert app.cpu_s() - used < 0.3, f"a paused run used {app.cpu_s() - used:.2f} s of the processor in one second"
    app.click(resume)
    training.wait_for_epochs(seen + 5)
    training.stop()
    e2e.leave(app)


def test_restart(desktop, place):
    """The run is there after a restart, with its curves and its model."""
    app = e2e.start(desktop)
    e2e.open_sample(app, "Darts")
    training = e2e.Training(app)
    training.start()
    training.wait_for_epochs(40)
    training.stop()
    epochs, chart = training.epoch.text, training.chart()
    said = app.wait_until(lambda: e2e.last_point(chart) == e2e.number(epochs) and chart.description, what="the chart to come to its end")
    e2e.leave(app)

    app = e2e.start(desktop)
    e2e.wait_for_data(app)
    training = e2e.Training(app)
    assert training.find("label", "run").text == "Run 1"
    assert training.epoch.text == epochs
    chart = training.chart()
    app.wait_until(lambda: chart.description == said, what=f"the chart to say {said}")
    model = e2e.save(app, lambda: app.key("ctrl+s"), os.path.join(place, "again.keras"))
    e2e.cli("summary", model)
    e2e.leave(app)


def test_by_hand(desktop, place):
    """Pause, a lower rate, resume, stop, an epoch more, some epochs more: one run, the document as it was, and all of it there after a restart."""
    app = e2e.start(desktop)
    e2e.open_sample(app, "Breast cancer")
    training = e2e.Training(app)
    training.start()
    training.wait_for_epochs(20)
    app.key("ctrl+p")
    training.find("button", re.compile("^Resume"))
    time.sleep(0.3)                                     # let what was on its way arrive
    paused = training.epochs()
    training.set_rate("0.0005")
    rates = training.chart("Learning rate")
    told = app.wait_until(lambda: re.search(r"0\.0005", rates.description) and rates.description, what="the new rate in its chart")
    e2e.picture(app, "train-paused")
    app.key("ctrl+e")                                   # one epoch, and a pause again
    app.wait_until(lambda: training.epochs() == paused + 1, what="one epoch more")
    training.find("button", re.compile("^Resume"))
    time.sleep(0.3)
    assert training.epochs() == paused + 1
    app.key("ctrl+p")
    training.wait_for_epochs(paused + 30)
    training.stop()
    stopped = training.epochs()

    app.key("ctrl+e")
    training.wait_for_end("finished")
    assert training.epochs() == stopped + 1
    go_on = training.find("button", "Go on with this run for some epochs (Ctrl+Shift+E)")
    app.wait_until(lambda: "sensitive" in go_on.states, what="more epochs to be possible")
    app.key("ctrl+shift+e")
    more = app.find("spin button", "Epochs more")
    app.set_value(more, 4)
    app.click(app.find("button", "Go on", within=training.page))
    app.wait_until(lambda: training.epochs() == stopped + 5, what="four epochs more")
    training.wait_for_end("finished")
    changed = training.find("label", re.compile(r"^0\.0005 from epoch [\d,]+")).text
    # What was done to the run is no step of the document: the last is the number of epochs.
    app.find("button", "Undo “Change epochs” (Ctrl+Z)")
    [(rate,)] = e2e.query(e2e.workspaces(desktop)[0], "SELECT json_extract(experiment, '$.optimizer.config.learning_rate') FROM run")
    assert rate == 0.002, rate
    said, loss = app.wait_until(lambda: e2e.last_point(training.chart()) == stopped + 5 and training.chart().description, what="the chart"), training.epoch.text
    e2e.picture(app, "train-by-hand")
    e2e.leave(app)

    app = e2e.start(desktop)
    e2e.wait_for_data(app)
    training = e2e.Training(app)
    assert training.epoch.text == loss
    app.wait_until(lambda: training.chart().description == said, what=f"the chart to say {said}")
    assert "0.0005" in training.chart("Learning rate").description
    training.find("label", changed)
    [(n, runs)] = e2e.query(e2e.workspaces(desktop)[0], "SELECT (SELECT COUNT(*) FROM epoch), (SELECT COUNT(*) FROM run)")
    assert (n, runs) == (stopped + 5, 1), (n, runs)
    app.key("ctrl+e")                                   # and it can still go on
    app.wait_until(lambda: training.epochs() == stopped + 6, what="one epoch more")
    training.wait_for_end("finished")
    e2e.leave(app)


def test_diverged(desktop, place):
    """A rate far too high, set by hand: the run goes back to its best epoch, with the rate that did no harm there, and on."""
    app = e2e.start(desktop)
    e2e.open_sample(app, "Energy efficiency")
    training = e2e.Training(app)
    training.start()
    training.wait_for_epochs(5)
    app.key("ctrl+p")
    training.find("button", re.compile("^Resume"))
    training.set_rate("1000")
    app.key("ctrl+p")
    button = training.find("button", re.compile("^Go back to epoch [0-9]+ \\(best\\) with a lower rate"))
    said = training.find("label", "run message").text
    assert re.match(r"Diverged: in epoch [0-9]+, batch [0-9]+.*training row.*layer “", said), said
    more = training.find("label", "run message, more").text
    assert "Likely cause: the learning rate, 1000, is" in more and "with the rate 0.005." in more, more
    e2e.picture(app, "train-diverged")
    chip = training.find("label", "state of the run")
    app.click(button)
    best = training.epochs()
    training.wait_for_epochs(best + 200)
    assert chip.text == "running", chip.text
    training.stop()
    kinds = [kind for kind, in e2e.query(e2e.workspaces(desktop)[0], "SELECT kind FROM event WHERE run = 1 ORDER BY place")]
    assert "back" in kinds, kinds
    training.find("label", re.compile(r"^to epoch [\d,]+, from [\d,]+"))

    # Where no epoch was good there is nothing to go back to: a new run, and an edit that can be undone.
    app.set_value(training.find("spin button", "Learning rate"), 1000)
    app.key("ctrl+r")
    app.click(training.find("button", "Start again with a lower rate"))
    app.wait_until(lambda: e2e.query(e2e.workspaces(desktop)[0], "SELECT json_extract(experiment, '$.optimizer.config.learning_rate') FROM run WHERE id = 3") == [(100.0,)], what="a third run at 100")
    app.key("Escape")
    app.wait_until(lambda: chip.text in ("stopped", "diverged"), what="the third run to end")
    e2e.leave(app)


def test_killed(desktop, place):
    """kill −9 in the middle: no epoch that had ended is lost, and the next start says what it recovered."""
    app = e2e.start(desktop)
    e2e.open_sample(app, "Breast cancer")
    training = e2e.Training(app)
    training.start()
    training.wait_for_epochs(50)
    time.sleep(2)                                       # what a run needs to go on is kept every second
    seen = training.epochs()
    os.kill(app.pid, signal.SIGKILL)
    app.proc.wait()
    workspace = e2e.workspaces(desktop)[0]
    [(kept, last)] = e2e.query(workspace, "SELECT COUNT(*), MAX(epoch) FROM epoch")
    assert kept == last, f"{kept} epochs are kept, but the last is {last}"
    assert kept >= seen, f"the window had shown {seen} epochs, {kept} are kept"

    app = e2e.start(desktop)
    app.find("label", re.compile(f"^Run 1 was cut short by a crash; ({kept:,}|{kept}) epochs were kept"), timeout=20)
    training = e2e.Training(app)
    assert e2e.number(training.epoch.text) == kept
    [(state, best)] = e2e.query(workspace, "SELECT state, best_epoch FROM run")
    assert state == "interrupted", state
    assert 0 < best <= kept
    e2e.picture(app, "train-interrupted")
    # The best model so far was kept as well.
    model = e2e.save(app, lambda: app.key("ctrl+s"), os.path.join(place, "recovered.keras"))
    e2e.cli("predict", model, os.path.join(e2e.SAMPLES, "breast-cancer.csv"))

    # And it goes on from there.
    app.click(training.find("button", "Go on"))
    training.wait_for_epochs(kept + 20)
    app.click(training.find("button", "Stop and keep the best model (Esc)"))
    training.wait_for_end("stopped")
    training.find("label", re.compile("^after epoch [\\d,]+"))
    [(n, last)] = e2e.query(workspace, "SELECT COUNT(*), MAX(epoch) FROM epoch")
    assert n == last and n > kept, (n, last, kept)
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
