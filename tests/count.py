#!/usr/bin/python3
"""count.py BUILD=STATUS…: adds up what meson recorded of each build's tests, and prints the plain closing line.

STATUS is the exit status of `meson test -C BUILD`. A program that speaks TAP counts by its test points (the JUnit file has them); how the
program itself ended stands only in the JSON log. So one that ended badly with no bad point (a leak found at exit, a plan cut short, a time-out),
or that had no point at all, counts as one more failure; and so does a build whose `meson test` ended badly with no bad result, or left no log.
A test marked as unfinished (`not ok … # TODO`) is not a success either. Ends with 1 when anything failed, or when nothing ran.
"""
import json, os, re, sys
import xml.etree.ElementTree as ET


def read_points(path):
    """The test points of each program, as (name, outcome), by the name of the program."""
    points = {}
    for suite in ET.parse(path).getroot().iter("testsuite"):
        for case in suite.iter("testcase"):
            outcomes = {child.tag for child in case}
            outcome = "failed" if outcomes & {"failure", "error"} else "skipped" if "skipped" in outcomes else "passed"
            points.setdefault(suite.get("name"), []).append((case.get("name"), outcome))
    return points


def read_programs(path):
    with open(path, encoding="utf-8") as log:
        return [json.loads(line) for line in log if line.strip()]


def unfinished(program):
    """The points that the program itself called unfinished: meson takes them as expected to fail, and the JUnit file does not tell."""
    return {match[1] for match in re.finditer(r"^not ok (\d+).*# *TODO", program.get("stdout") or "", re.MULTILINE | re.IGNORECASE)}


def count_program(program, points):
    """(name, outcome) of everything that this program stands for."""
    name, result = program["name"], program["result"]
    if not points:
        # No TAP, or nothing said in it: then meson calls it skipped.
        good = result == "OK"
        skipped = result == "SKIP" and (program["returncode"] == 77 or re.search(r"^1\.\.0", program.get("stdout") or "", re.MULTILINE))
        return [(f"{name}: {result}", "passed" if good else "skipped" if skipped else "failed")]
    todo = unfinished(program)
    counted = [(f"{name}: {point}", "failed" if point.split(" ", 1)[0] in todo else outcome) for point, outcome in points]
    if result not in ("OK", "SKIP") and not any(outcome == "failed" for _, outcome in counted):
        counted.append((f"{name}: {result} with exit status {program['returncode']}, though no point of it failed", "failed"))
    return counted


def count_build(build, status):
    logs = os.path.join(build, "meson-logs", "testlog")
    try:
        programs, points = read_programs(logs + ".json"), read_points(logs + ".junit.xml")
    except (OSError, ValueError, ET.ParseError) as error:
        return [(f"{build}: no results ({error})", "failed")]
    counted = []
    for program in programs:
        # The JUnit file puts the project in front: “project.suite / name”.
        ours = [suite for suite in points if suite.split(".", 1)[-1] == program["name"]]
        counted += count_program(program, [point for suite in ours for point in points[suite]])
    if status != "0" and not any(outcome == "failed" for _, outcome in counted):
        counted.append((f"{build}: meson test ended with {status}, though no result is bad", "failed"))
    return counted


def main(builds):
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    for argument in builds:
        build, _, status = argument.rpartition("=")
        for name, outcome in count_build(build, status):
            totals[outcome] += 1
            if outcome != "passed":
                print(f"{outcome}: {name}")
    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")
    return 1 if totals["failed"] or not totals["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
