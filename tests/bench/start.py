#!/usr/bin/python3
"""start.py BARE-WINDOW: how long Camadas takes from its start to a drawn window, and what it costs when nothing happens.

Prints the median of several warm starts, in seconds and as a multiple of what a window with a single label takes in the same run; then, with the
samples on the screen and again after a run, the share of one core that the idle window takes, its frames and its memory. Fails when a target is
missed: a warm start under 0.6 s, nothing drawn and no processor time while idle.
"""
import os, statistics, sys, tempfile, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ui"))
import endtoend as e2e
import uidrive

STARTS = 7
TARGET_S = 0.6
IDLE_S = 5
MOST_IDLE = 0.005       # of a core: one tick of the clock that counts it is already 0.002


def measure_starts(desktop, *programs):
    """For each, seconds to a drawn window of every start. They take turns, so that what else the machine does meets all alike; the first round fills the
    caches of the system and does not count."""
    drawn = {program: [] for program in programs}
    for n in range(STARTS + 1):
        for program in programs:
            app = uidrive.App(desktop, [program])
            if n > 0:
                drawn[program].append(app.painted_s)
            app.close()
    return [drawn[program] for program in programs]


def idle(app, what):
    """Prints and checks what the window costs while nobody touches it."""
    time.sleep(7)                                     # let what runs after the last frame, tooltips and toasts come to their end
    before, frames = app.cpu_s(), len(app.frames(IDLE_S))
    share, memory = (app.cpu_s() - before) / IDLE_S, app.memory()
    print(f"idle, {what}: {share * 100:.2f} % of a core, {frames} frames in {IDLE_S} s; {memory['VmRSS']} kB resident, {memory['VmHWM']} kB at the peak")
    return share <= MOST_IDLE and frames == 0


def main(bare):
    with tempfile.TemporaryDirectory(prefix="camadas-bench-") as home:
        desktop = uidrive.Desktop(size="1600x1000", home=home)
        try:
            bare_starts, starts = measure_starts(desktop, bare, e2e.CAMADAS)
            start, least = statistics.median(starts), statistics.median(bare_starts)
            print(f"start to drawn window: median {start:.3f} s, worst {max(starts):.3f} s of {STARTS}; {start / least:.2f} times a bare window ({least:.3f} s)")
            app = e2e.start(desktop)
            ok = idle(app, "samples") and start < TARGET_S
            e2e.open_sample(app, "Breast cancer")
            e2e.Training(app).run(20)
            ok = idle(app, "after a run") and ok
            e2e.leave(app)
        finally:
            desktop.close()
    if not ok:
        print("MISSED a target")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
