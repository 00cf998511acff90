"""catalogue: the translations are complete, and fit the texts of the program.

Arguments: the top of the sources, then the options of xgettext that resources/po/meson.build names; more arguments after "--" name the tests to run.
"""
import json, os, re, subprocess, sys, tempfile, traceback

TOP = sys.argv[1]
OPTIONS = sys.argv[2:sys.argv.index("--")] if "--" in sys.argv else sys.argv[2:]
ONLY = sys.argv[sys.argv.index("--") + 1:] if "--" in sys.argv else []
PO = os.path.join(TOP, "resources", "po")

# A call that marks a text for translation in C, and the attribute that does so in XML.
MARK_C = re.compile(r"(?<![A-Za-z0-9_])(?:N?_|N?C_|ngettext) ?\(\s*\"")
MARK_XML = re.compile(r"\btranslatable=\"(?:yes|true|1)\"")
# A text that gettext would see the beginning of only, as a macro that it does not know stands in it.
CUT_IN_TWO = re.compile(r"(?<![A-Za-z0-9_])(?:N?_|ngettext) ?\((?:\s*\"(?:[^\"\\]|\\.)*\",?|\s*PRI[diouxX]64)+\s*(?!PRI[diouxX]64)[A-Z][A-Z0-9_]+")
# A conversion of printf(), with its position if it has one. “<PRIu64>” is how gettext writes the macros of inttypes.h.
CONVERSION = re.compile(r"%(?:(\d+)\$)?[-+#0']*(?:\*|\d+)?(?:\.(?:\*|\d+))?((?:hh?|ll?|z|j|t|L)?[diouxXeEfFgGaAcsp]|<[A-Z0-9a-z]+>|%)")


def run(*args):
    done = subprocess.run(args, capture_output=True, text=True, cwd=TOP, env={**os.environ, "LC_ALL": "C.UTF-8"})
    return done.returncode, done.stdout + done.stderr


def read(path):
    with open(path, encoding="utf-8") as opened:
        return opened.read()


def languages():
    return [line for line in read(os.path.join(PO, "LINGUAS")).split("\n") if line and not line.startswith("#")]


def catalogue(language):
    return os.path.join(PO, language + ".po")


class Entry:
    """One text of a catalogue: msgid, and msgid_plural or None; texts is what it is translated to."""

    def __init__(self, block):
        self.flags = [flag.strip() for line in re.findall(r"^#,(.*)$", block, re.M) for flag in line.split(",")]
        self.id, self.plural = self._field(block, "msgid"), self._field(block, "msgid_plural")
        self.context = self._field(block, "msgctxt")
        self.files = " ".join(re.findall(r"^#: (.*)$", block, re.M)).split()
        self.texts = [self._join(found) for found in re.findall(r"^msgstr(?:\[\d\])? ((?:\".*\"\n?)+)", block, re.M)]

    @staticmethod
    def _join(quoted):
        return "".join(line[1:-1] for line in quoted.strip().split("\n"))

    def _field(self, block, name):
        found = re.search(rf"^{name} ((?:\".*\"\n?)+)", block, re.M)
        return self._join(found[1]) if found else None

    def pairs(self):
        """Each translation with the text that it stands for."""
        return [(self.id if n == 0 or self.plural is None else self.plural, text) for n, text in enumerate(self.texts)]


def entries(path):
    """Without the head and without texts that are no longer used."""
    blocks = [block for block in re.split(r"\n\n+", read(path)) if re.search(r"^msgid ", block, re.M)]
    return [entry for entry in map(Entry, blocks) if entry.id != ""]


def extract(place):
    """All texts of the program, as a template; and what xgettext complained of."""
    template = os.path.join(place, "camadas.pot")
    status, complaints = run("xgettext", *OPTIONS, "--directory=" + TOP, "--files-from=" + os.path.join(PO, "POTFILES.in"), "--output=" + template)
    assert status == 0, complaints
    return template, complaints


def refuse(what, bad):
    assert not bad, what + "\n  " + "\n  ".join(bad)


def sources(folder, ending):
    for root, _, names in os.walk(os.path.join(TOP, folder)):
        yield from (os.path.relpath(os.path.join(root, name), TOP) for name in names if name.endswith(ending))


def test_potfiles(place):
    """POTFILES.in names the files with translatable texts: all of them, and no others."""
    wanted = ["resources/org.camadas.Camadas.desktop", "resources/org.camadas.Camadas.metainfo.xml", "resources/po/samples.h"]
    for folder, mark, ending in (("src", MARK_C, (".c", ".h")), ("ui", MARK_XML, (".ui",))):
        wanted += [file for file in sources(folder, ending) if mark.search(read(os.path.join(TOP, file)))]
    listed = [line for line in read(os.path.join(PO, "POTFILES.in")).split("\n") if line and not line.startswith("#")]
    refuse("add these lines to resources/po/POTFILES.in:", sorted(set(wanted) - set(listed)))
    refuse("take these lines out of resources/po/POTFILES.in, there is nothing to translate in them:", sorted(set(listed) - set(wanted)))
    assert listed == sorted(listed), "sort the lines of resources/po/POTFILES.in"


def test_samples(place):
    """resources/po/samples.h has the descriptions of all samples."""
    told = [json.loads(read(os.path.join(TOP, file))).get("description") for file in sorted(sources("data", ".json"))]
    listed = [json.loads(quoted) for quoted in re.findall(r"^N_\((\".*\")\)$", read(os.path.join(PO, "samples.h")), re.M)]
    refuse("add these to resources/po/samples.h, each as N_(\"…\"):", [text for text in told if text and text not in listed])
    refuse("take these out of resources/po/samples.h:", [text for text in listed if text not in told])


def test_texts(place):
    """xgettext understands every text, to its end."""
    refuse("xgettext complains:", [line for line in extract(place)[1].split("\n") if line])
    refuse("a macro such as G_GUINT64_FORMAT ends a text for gettext; write PRIu64 (of inttypes.h), %zu or %lld:",
           [f"{file}: {found[0]}" for file in sources("src", (".c", ".h")) for found in CUT_IN_TWO.finditer(read(os.path.join(TOP, file)))])


def test_msgfmt(place):
    """gettext's own checks: syntax, formats, accelerators, plural forms."""
    for language in languages():
        status, said = run("msgfmt", "--check", "--check-accelerators=_", "--output-file=" + os.path.join(place, "out.mo"), catalogue(language))
        assert status == 0 and not said, said


def test_no_guesses(place):
    """No entry is fuzzy: such a translation was guessed by msgmerge from a similar text, and is not shown."""
    for language in languages():
        refuse(f"look at these translations in resources/po/{language}.po, mend them, and take out the mark “fuzzy”:",
               [entry.id for entry in entries(catalogue(language)) if "fuzzy" in entry.flags])


def conversions(text):
    """The arguments that a format takes, in their order."""
    found = [(int(place) if place else n + 1, kind) for n, (place, kind) in enumerate(item for item in CONVERSION.findall(text) if item[1] != "%")]
    return [kind for _, kind in sorted(found)]


def test_formats(place):
    """A translation takes the arguments of its text, also where gettext does not know that it is a format."""
    for language in languages():
        refuse("these take other arguments than the English text:",
               [f"{text}  ←  {source}" for entry in entries(catalogue(language)) if "no-c-format" not in entry.flags
                for source, text in entry.pairs() if text and conversions(text) != conversions(source)])


def shape(text):
    """What a translation must share with its text: marks that the program or the eye relies on."""
    return {
        "blanks and line ends around it": (re.match(r"(?:\\n| )*", text)[0], re.search(r"(?:\\n| )*$", text)[0]),
        "bold marks": sorted(re.findall(r"</?[a-z]+>", text)),
        "the colon, the dots or the full stop at its end": re.search(r"[.:…]?(?:\\n| )*$", text)[0].strip(),
    }


def test_shape(place):
    for language in languages():
        bad = []
        for entry in entries(catalogue(language)):
            if any(file.endswith(".desktop") for file in entry.files):
                continue
            for source, text in entry.pairs():
                if text and entry.context != "thousands" and " " in source.strip():
                    theirs, ours = shape(source), shape(text)
                    bad += [f"{what}: {text}  ←  {source}" for what in ours if ours[what] != theirs[what]]
        refuse("these differ from the English text in", bad)


def test_quotes(place):
    """Quotes are curly, and an ellipsis is one character."""
    for language in languages():
        refuse("straight quotes or three dots:",
               [text for entry in entries(catalogue(language)) for source, text in entry.pairs()
                if text.count('\\"') != source.count('\\"') or "..." in text or ("'" in text and "'" not in source)])


def count_missing(place, language):
    template, _ = extract(place)
    merged = os.path.join(place, language + ".po")
    status, said = run("msgmerge", "--quiet", "--no-fuzzy-matching", "--output-file=" + merged, catalogue(language), template)
    assert status == 0, said
    return [entry for entry in entries(merged) if not all(entry.texts) or "fuzzy" in entry.flags], len(entries(merged))


def test_complete(place):
    """Every text of the program is translated."""
    for language in languages():
        missing, total = count_missing(place, language)
        print(f"# {language}: {len(missing)} of {total} texts are not translated", flush=True)
        refuse(f"“ninja -C build camadas-update-po” adds these to resources/po/{language}.po; translate them there by the glossary at its head, "
               "and take out marks “fuzzy”:",
               [f"{entry.id}  ({', '.join(entry.files)})" for entry in missing])


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_") and (not ONLY or name in ONLY)]
    print(f"1..{len(tests)}", flush=True)
    red = 0
    for number, (name, test) in enumerate(tests, 1):
        try:
            with tempfile.TemporaryDirectory(prefix="camadas-po-") as place:
                test(place)
            print(f"ok {number} {name}", flush=True)
        except Exception as reason:
            red += 1
            print(f"not ok {number} {name}", flush=True)
            text = str(reason) if isinstance(reason, AssertionError) and str(reason) else traceback.format_exc()
            print("".join(f"# {line}\n" for line in text.splitlines()), flush=True)
    sys.exit(1 if red else 0)


main()
