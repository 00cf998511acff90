#!/usr/bin/python3
"""count.py JUNIT…: adds up the results that meson wrote, and prints the plain closing line.

A program that speaks TAP counts by its test points; one that crashed or left its plan counts as failed as well.
Ends with 1 when anything failed, or when nothing ran.
"""
import sys
import xml.etree.ElementTree as ET


def main(paths):
    passed = failed = skipped = 0
    for path in paths:
        for case in ET.parse(path).getroot().iter("testcase"):
            outcomes = {child.tag for child in case}
            if outcomes & {"failure", "error"}:
                failed += 1
                print(f"failed: {case.get('classname', '')} {case.get('name', '')}".rstrip())
            elif "skipped" in outcomes:
                skipped += 1
                print(f"skipped: {case.get('classname', '')} {case.get('name', '')}".rstrip())
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
