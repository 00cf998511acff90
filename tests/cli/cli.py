"""cli: what the scripts that drive camadas-cli share: calling it, TAP, and documents to call it with.

A script defines functions test_…(place) and ends with cli.main(); place is a scratch folder of the test's own. The program is the script's first argument;
more arguments name the tests to run.
"""
import csv, json, os, re, shutil, subprocess, sys, tempfile, traceback

PROGRAM = os.path.abspath(sys.argv[1])
SAMPLES = os.environ["CAM_SAMPLES"]
DATA = os.environ["CAM_TEST_DATA"]


class Skip(Exception):
    pass


def main():
    """Run every test_ function of the calling script, and say how it went as TAP."""
    module = sys.modules["__main__"]
    only = sys.argv[2:]
    tests = [(name, run) for name, run in vars(module).items() if name.startswith("test_") and (not only or name in only)]
    print(f"1..{len(tests)}", flush=True)
    red = 0
    for number, (name, run) in enumerate(tests, 1):
        place = tempfile.mkdtemp(prefix="camadas-cli-")
        try:
            run(place)
            print(f"ok {number} {name}", flush=True)
        except Skip as reason:
            print(f"ok {number} {name} # SKIP {reason}", flush=True)
        except Exception:
            red += 1
            print(f"not ok {number} {name}", flush=True)
            print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), flush=True)
        finally:
            shutil.rmtree(place, ignore_errors=True)
    sys.exit(1 if red else 0)


def environment(**changes):
    """Ours without a display, so that nothing depends on one."""
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "LANGUAGE")}
    env.update(changes)
    return env


def check_messages(text):
    """Nothing of GLib's and of the sanitizers' may stand among the messages."""
    bad = [line for line in text.splitlines() if re.search(r"CRITICAL|WARNING|runtime error|Sanitizer", line)]
    assert not bad, "\n".join(bad[:10])


def call(*args, code=0, env=None, cwd=None, seconds=120):
    """Call the program; returns what it wrote to standard output and standard error."""
    done = subprocess.run([PROGRAM, *args], stdin=subprocess.DEVNULL, capture_output=True, env=env or environment(), cwd=cwd, timeout=seconds)
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    check_messages(err)
    assert done.returncode == code, f"{' '.join(args)}: exit status {done.returncode} instead of {code}\n{out}{err}"
    return out, err


def sample(name):
    return os.path.join(SAMPLES, name)


def document(place, name="breast-cancer", file="experiment.json", **fit):
    """A copy of a sample's experiment in @place, with other settings of its "fit"."""
    with open(sample(name + ".json"), encoding="utf-8") as opened:
        experiment = json.load(opened)
    experiment["data"]["file"] = sample(experiment["data"]["file"])
    experiment.setdefault("fit", {}).update(fit)
    return save(experiment, os.path.join(place, file))


def save(experiment, path):
    with open(path, "w", encoding="utf-8") as opened:
        json.dump(experiment, opened)
    return path


def load(*path):
    with open(os.path.join(*path), encoding="utf-8") as opened:
        return json.load(opened)


def read(*path):
    with open(os.path.join(*path), "rb") as opened:
        return opened.read()


def write(place, name, text):
    path = os.path.join(place, name)
    with open(path, "wb") as opened:
        opened.write(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def rows(*path):
    with open(os.path.join(*path), encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def brazilian(place, **changes):
    """An environment that speaks Brazilian Portuguese; a test without that locale is skipped."""
    if not any(re.fullmatch(r"pt_BR\.utf-?8", name, re.I) for name in subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.split()):
        if not shutil.which("localedef"):
            raise Skip("pt_BR.UTF-8 is not installed and there is no localedef")
        subprocess.run(["localedef", "--no-archive", "-i", "pt_BR", "-f", "UTF-8", os.path.join(place, "pt_BR.UTF-8")], capture_output=True)
        if not os.path.isdir(os.path.join(place, "pt_BR.UTF-8")):
            raise Skip("localedef cannot make pt_BR.UTF-8")
        changes["LOCPATH"] = place
    return environment(LC_ALL="pt_BR.UTF-8", **changes)


def comma_locale(place):
    """An environment whose decimal mark is a comma, though it speaks English."""
    return brazilian(place, LANGUAGE="en")
