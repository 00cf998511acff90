#!/usr/bin/python3
"""test-count.py MESON: whatever turns meson red must show in the closing line of count.py.

Each case is a program in a small project, which this very meson runs; so what meson records is not a matter of belief.
"""
import json, os, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))

# name: protocol, what the program does, and what is to be counted of it: (passed, failed, skipped)
CASES = {
    "good": ("tap", "echo 1..2; echo ok 1 /a; echo ok 2 /b", (2, 0, 0)),
    "bad-point": ("tap", "echo 1..2; echo ok 1 /a; echo not ok 2 /b; exit 1", (1, 1, 0)),
    "bad-point-status-0": ("tap", "echo 1..2; echo ok 1 /a; echo not ok 2 /b", (1, 1, 0)),
    "leak-at-exit": ("tap", "echo 1..2; echo ok 1 /a; echo ok 2 /b; exit 1", (2, 1, 0)),
    "killed": ("tap", "echo 1..2; echo ok 1 /a; echo ok 2 /b; kill -SEGV $$", (2, 1, 0)),
    "killed-early": ("tap", "echo 1..2; echo ok 1 /a; kill -ABRT $$", (1, 1, 0)),
    "plan-cut-short": ("tap", "echo 1..3; echo ok 1 /a; echo ok 2 /b", (2, 1, 0)),
    "bail-out": ("tap", "echo 1..2; echo ok 1 /a; echo Bail out!", (1, 1, 0)),
    "silent": ("tap", ":", (0, 1, 0)),
    "silent-and-bad": ("tap", "exit 1", (0, 1, 0)),
    "nothing-to-do": ("tap", "echo '1..0 # SKIP no display'", (0, 0, 1)),
    "one-skipped": ("tap", "echo 1..2; echo ok 1 /a; echo 'ok 2 /b # SKIP no locale'", (1, 0, 1)),
    "skipped-and-bad": ("tap", "echo 1..1; echo 'ok 1 /a # SKIP no locale'; exit 1", (0, 1, 1)),
    "unfinished": ("tap", "echo 1..2; echo ok 1 /a; echo 'not ok 2 /b # TODO later'", (1, 1, 0)),
    "slow": ("tap", "echo 1..2; echo ok 1 /a; echo ok 2 /b; sleep 30", (2, 1, 0)),
    "plain-good": ("exitcode", "exit 0", (1, 0, 0)),
    "plain-bad": ("exitcode", "exit 3", (0, 1, 0)),
    "plain-killed": ("exitcode", "kill -SEGV $$", (0, 1, 0)),
    "plain-slow": ("exitcode", "sleep 30", (0, 1, 0)),
    "plain-skipped": ("exitcode", "exit 77", (0, 0, 1)),
}


def run_all(meson, folder):
    """Runs every case, and returns the exit status of it all; what meson says is of no interest."""
    os.makedirs(folder)
    with open(folder + "/meson.build", "w", encoding="utf-8") as build:
        build.write("project('count')\nsh = find_program('sh')\n")
        for name, (protocol, script, _) in CASES.items():
            quoted = script.replace("'", "\\'")
            build.write(f"test('{name}', sh, args: ['-c', '{quoted}'], protocol: '{protocol}', timeout: 1, suite: 'tiny')\n")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([meson, "setup", folder + "/build", folder], check=True, **quiet)
    return subprocess.run([meson, "test", "-C", folder + "/build", "--no-rebuild"], check=False, **quiet).returncode


def pick(build, name):
    """A build that looks as if only this case had run."""
    one = build + "-" + name
    os.makedirs(one + "/meson-logs")
    shutil.copy(build + "/meson-logs/testlog.junit.xml", one + "/meson-logs")
    with open(build + "/meson-logs/testlog.json", encoding="utf-8") as log:
        lines = [line for line in log if json.loads(line)["name"].split(" / ")[-1] == name]
    assert len(lines) == 1
    with open(one + "/meson-logs/testlog.json", "w", encoding="utf-8") as log:
        log.writelines(lines)
    return one


def count(*arguments):
    """The last line of count.py, and its exit status."""
    done = subprocess.run([sys.executable, HERE + "/count.py", *arguments], check=False, capture_output=True, text=True)
    return (done.stdout.splitlines() or [done.stderr])[-1], done.returncode


def line(passed, failed, skipped):
    return f"{passed} passed, {failed} failed, {skipped} skipped"


def check(got, expected):
    assert got == expected, f"{got}, not {expected}"


def test_case(build, name):
    expected = CASES[name][2]
    bad = 1 if expected[1] else 0
    check(count(f"{pick(build, name)}={bad}"), (line(*expected), 1 if bad or not expected[0] else 0))


def test_together(build, status):
    assert status != 0
    sums = [sum(expected[i] for _, _, expected in CASES.values()) for i in range(3)]
    check(count(f"{build}={status}", f"{build}-good=0"), (line(sums[0] + 2, sums[1], sums[2]), 1))


def main(meson):
    with tempfile.TemporaryDirectory(prefix="camadas-count-") as place:
        build = place + "/all/build"
        status = run_all(meson, place + "/all")
        tests = [(name, lambda name=name: test_case(build, name)) for name in CASES]
        tests += [
            ("together", lambda: test_together(build, status)),
            ("meson-is-red", lambda: check(count(f"{build}-good=1"), (line(2, 1, 0), 1))),
            ("no-log", lambda: check(count(f"{place}/nothing=0"), (line(0, 1, 0), 1))),
            ("nothing-ran", lambda: check(count(), (line(0, 0, 0), 1))),
        ]
        print(f"1..{len(tests)}", flush=True)
        red = 0
        for number, (name, test) in enumerate(tests, 1):
            try:
                test()
                print(f"ok {number} /count/{name}", flush=True)
            except AssertionError as error:
                red = 1
                print(f"not ok {number} /count/{name}\n# {error}", flush=True)
    return red


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
