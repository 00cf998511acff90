#!/usr/bin/python3
"""How soon the real window answers a person: the first point of a curve after Train, and keys while a fit runs. It runs by itself."""
import statistics, time

import endtoend as e2e

ROUNDS = 5                      # of a measurement: what else the machine does only ever adds
MOST_LATENCY_S = 0.1
FIRST_CURVE_S = 1.0


def test_curves_grow(desktop, place):
    """Sample, Train: the first point soon, then more and more of them, in both charts."""
    app = e2e.start(desktop)
    e2e.open_sample(app, "Breast cancer")
    training = e2e.Training(app)
    training.set_up(1000000)
    card = training.find("label", "Binary cross-entropy, measured at the end of each epoch")
    (x, y), (width, height) = app.place(card, 0, 1), (600, 250)
    before = app._pixels(x, y, width, height)
    app.key("ctrl+r")
    pressed = time.monotonic()
    app.wait_until(lambda: app._pixels(x, y, width, height) != before, what="the first point of the curve")
    first = time.monotonic() - pressed
    print(f"# the first point came after {first:.2f} s", flush=True)
    assert first < FIRST_CURVE_S, f"the first point took {first:.2f} s"

    loss, accuracy = training.chart(), training.chart("Accuracy")
    seen, pictures = [], set()
    for _ in range(4):
        wanted = (seen[-1] if seen else 0) + 20
        training.wait_for_epochs(wanted)
        app.wait_until(lambda: e2e.last_point(loss) >= wanted, what="the chart to follow")
        seen.append(e2e.last_point(loss))
        pictures.add(app._pixels(x, y, width, height))
    assert seen == sorted(set(seen)), seen
    assert len(pictures) >= 3, "the drawing stands still"
    assert "validation" in accuracy.description and "train" in accuracy.description, accuracy.description
    e2e.picture(app, "train-running")
    training.stop()
    e2e.leave(app)


def measure(app, tabs):
    """Seconds from a key press to the page that it asks for, some times over."""
    times = []
    for name, key in (("Network", "ctrl+2"), ("Compare", "ctrl+4"), ("Data", "ctrl+1"), ("Train", "ctrl+3")) * 5:
        start = time.monotonic()
        app.key(key)
        while "selected" not in tabs[name].states:
            assert time.monotonic() < start + 5, f"{key} is not answered"
        times.append(time.monotonic() - start)
        time.sleep(0.05)
    return times


def test_answers_while_training(desktop, place):
    """Keys are answered within 100 ms while a fit runs and its charts are drawn."""
    app = e2e.start(desktop)
    e2e.open_sample(app, "Breast cancer")
    tabs = {name: app.find("tab", name) for name in ("Data", "Network", "Train", "Compare")}
    training = e2e.Training(app)
    training.start()
    measure(app, tabs)                                  # each page once, so that it is built
    worst = []
    for _ in range(ROUNDS):
        times = measure(app, tabs)
        worst.append(max(times))
        print(f"# answered after {statistics.median(times) * 1000:.0f} ms in the median, {worst[-1] * 1000:.0f} ms at the most", flush=True)
        if worst[-1] < MOST_LATENCY_S:
            break
    assert min(worst) < MOST_LATENCY_S, f"a key was answered after {min(worst) * 1000:.0f} ms"
    training.wait_for_epochs(training.epochs() + 10)    # it did run all the while
    training.stop()
    e2e.leave(app)


if __name__ == "__main__":
    e2e.main()
