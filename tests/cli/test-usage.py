"""How camadas-cli answers to its call: help, version, mistakes, exit status."""
import os, shutil, subprocess

import cli

COMMANDS = ["run", "study", "predict", "evaluate", "summary", "inspect", "plot", "schema"]


def test_help_lists_commands(place):
    out, err = cli.call("--help")
    listed = [line.split()[0] for line in out.split("\nCommands:\n")[1].split("\n\n")[0].splitlines()]
    assert listed == COMMANDS, listed
    assert err == ""
    assert cli.call("-h")[0] == out and cli.call("help")[0] == out


def test_each_command_has_help(place):
    for command in COMMANDS:
        out, err = cli.call(command, "--help")
        assert f"camadas-cli {command} " in out and "--help" in out and err == "", out
        assert cli.call("help", command)[0] == out


def test_version(place):
    out, err = cli.call("--version")
    assert out.split()[0] == "camadas-cli" and out.split()[1][0].isdigit() and out.count("\n") == 1


# Call, exit status, and what the one sentence must name.
MISTAKES = [
    ([], 2, "a command is missing"),
    (["trian", "x.json"], 2, "unknown command “trian”"),
    (["study"], 2, "PLAN.json"),
    (["study", "missing.json"], 1, "missing.json"),
    (["study", "missing.json", "--threads", "0"], 2, "--threads"),
    (["study", "missing.json", "--resume"], 2, "--resume"),
    (["convert", "model.keras", "model.onnx"], 2, "unknown command “convert”"),
    (["help", "trian"], 2, "unknown command “trian”"),
    (["--json"], 2, "unknown option “--json”"),
    (["experiment.json"], 2, "camadas-cli run experiment.json"),
    (["model.keras"], 2, "camadas-cli summary model.keras"),
    (["table.csv"], 2, "camadas-cli inspect table.csv"),
    (["run"], 2, "EXPERIMENT.json"),
    (["run", "a.json", "b.json"], 2, "“b.json”"),
    (["run", "a.json", "--fast"], 2, "--fast"),
    (["run", "a.json", "--threads", "two"], 2, "--threads"),
    (["run", "a.json", "--threads", "0"], 2, "--threads"),
    (["run", "a.json", "--threads", "-3"], 2, "--threads"),
    (["run", "a.json", "--seed", "-1"], 2, "--seed"),
    (["run", "a.json", "--seed", "1.5"], 2, "--seed"),
    (["run", "a.json", "--seed"], 2, "--seed"),
    (["run", "missing.json"], 1, "missing.json"),
    (["predict", "model.keras"], 2, "DATA.csv"),
    (["predict", "missing.keras", "missing.csv"], 1, "missing.keras"),
    (["evaluate", "missing.keras", "missing.csv"], 1, "missing.keras"),
    (["summary", "missing.keras"], 1, "missing.keras"),
    (["summary", "missing.json"], 1, "missing.json"),
    (["summary", "missing.keras", "--data", "x.csv"], 2, "--data"),
    (["inspect"], 2, "DATA.csv"),
    (["inspect", "missing.csv"], 1, "missing.csv"),
    (["inspect", "."], 1, "folder"),
    (["plot", "history.csv"], 2, "--out"),
    (["plot", "history.csv", "--out", "chart.gif"], 2, "chart.gif"),
    (["plot", "history.csv", "--out", ".svg"], 2, ".svg"),
    (["plot", "missing.csv", "--out", "chart.svg"], 1, "missing.csv"),
    (["plot", "history.csv", "--out", "chart.svg", "--width", "5"], 2, "--width"),
    (["schema", "x.json"], 2, "x.json"),
]


def test_mistakes_are_told_in_a_sentence(place):
    for args, code, named in MISTAKES:
        out, err = cli.call(*args, code=code, cwd=place)
        lines = err.splitlines()
        assert out == "", (args, out)
        assert lines[0].startswith("camadas-cli") and named in lines[0], (args, err)
        # Wrong usage has a second line, that says where help is.
        assert len(lines) == (2 if code == 2 else 1), (args, err)
        assert code != 2 or "--help" in lines[1], (args, err)
        assert os.listdir(place) == [], (args, os.listdir(place))


def test_full_output_is_a_failure(place):
    if not os.path.exists("/dev/full"):
        raise cli.Skip("there is no /dev/full")
    with open("/dev/full", "w") as full:
        done = subprocess.run([cli.PROGRAM, "schema"], stdout=full, stderr=subprocess.PIPE, env=cli.environment(), timeout=60)
    assert done.returncode == 1 and b"standard output" in done.stderr, done


def test_needs_no_toolkit(place):
    if not shutil.which("ldd"):
        raise cli.Skip("there is no ldd")
    linked = subprocess.run(["ldd", cli.PROGRAM], capture_output=True, text=True).stdout
    assert "libc.so" in linked
    for name in ("libgtk", "libadwaita"):
        assert name not in linked, linked


def test_quotes_without_a_locale(place):
    """A container has no locale; its terminal understands UTF-8 all the same."""
    err = cli.call("trian", code=2, env={"PATH": os.environ["PATH"]})[1]
    assert "“trian”" in err


cli.main()
