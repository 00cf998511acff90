#!/usr/bin/python3
"""start.py: how long Camadas takes from its start to a drawn window, and what it costs when nothing happens.

Prints the median of several warm starts, in seconds, the same for a bare GTK program in the same run where one is installed, the share of one
core that the idle window takes, and its memory. Fails when a target is missed, so that it can be read as a check: a warm start under 0.6 s,
nothing drawn and no processor time while idle.
"""
import os, statistics, sys, tempfile, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ui"))
import uidrive

STARTS = 7
TARGET_S = 0.6
IDLE_S = 5


def main():
    camadas = os.environ["CAMADAS"]
    home = tempfile.mkdtemp(prefix="camadas-bench-")
    desktop = uidrive.Desktop(size="1440x960", home=home)
    drawn = []
    for n in range(STARTS + 1):                       # the first one fills the caches of the system
        app = uidrive.App(desktop, [camadas])
        if n > 0:
            drawn.append(app.painted_s)
        if n < STARTS:
            app.close()
    time.sleep(2)                                     # let what runs after the first frame come to its end
    before, frames = app.cpu_s(), len(app.frames(IDLE_S))
    idle = (app.cpu_s() - before) / IDLE_S
    memory = app.memory()
    app.close()
    desktop.close()
    print(f"start to drawn window: median {statistics.median(drawn):.3f} s, worst {max(drawn):.3f} s of {STARTS}")
    print(f"idle: {idle * 100:.2f} % of a core, {frames} frames in {IDLE_S} s")
    print(f"memory: {memory['VmRSS']} kB resident, {memory['VmHWM']} kB at the peak")
    failed = statistics.median(drawn) >= TARGET_S or idle > 0.005 or frames > 0
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
