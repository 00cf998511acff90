"""sources: every file of tests/data/sources.json through “camadas-cli inspect --json”; tests/dataset/test-source.c reads the same table through the library."""
import filecmp, gzip, json, os, struct

import cli

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
KINDS = {"number": "#", "category": "@", "text": "$", "date": "%", "yes/no": "!"}

with open(os.path.join(TOP, "tests", "data", "sources.json"), encoding="utf-8") as opened:
    SOURCES = json.load(opened)


def check(name, wanted):
    told = json.loads(cli.call("inspect", os.path.join(TOP, name), "--json")[0])
    columns = told["columns"]
    assert told["rows"] == wanted["rows"] and len(columns) == wanted["columns"], (name, told["rows"], len(columns))
    assert "".join(KINDS[c["kind"]] for c in columns) == wanted["kinds"], name
    assert [columns[0]["name"], columns[-1]["name"]] == wanted["names"], name
    assert [c["missing"] for c in columns] == (wanted["missing"] or [0] * len(columns)), name
    assert {key: told["dialect"].get(key) for key in wanted["dialect"]} == wanted["dialect"], (name, told["dialect"])
    assert told["odd_rows"] == wanted.get("odd", 0), name
    lines = cli.call("inspect", os.path.join(TOP, name))[0].split("\n")
    plural = "" if wanted["columns"] == 1 else "s"
    assert lines[0].endswith(f": {wanted['rows']:,} rows of {wanted['columns']} column{plural} · {wanted['words']}"), lines[0]
    for column, row, text in wanted["cells"]:
        assert row > 0 or told["first_row"][column] == text, (name, column, told["first_row"][column])
    image = told.get("image")
    assert ([image["height"], image["width"], image["channels"]] if image else None) == wanted.get("image"), name


def test_every_file(place):
    for name, wanted in SOURCES.items():
        check(name, wanted)


def test_none_is_left_out(place):
    """Each file of data that is shipped is in the table, or is one that is there under another name."""
    for folder in "data", "tests/data/datasets", "tests/data/messy":
        for file in os.listdir(os.path.join(TOP, folder)):
            name = f"{folder}/{file}"
            if name in SOURCES or file.endswith((".json", ".md", ".build")):
                continue
            assert any(filecmp.cmp(os.path.join(TOP, name), os.path.join(TOP, other), shallow=False) for other in SOURCES), f"{name} is not in sources.json"


def test_run_predict_and_evaluate(place):
    """A network trained on pictures of an IDX file predicts those of a folder, of a packed CSV file, and of the IDX file itself."""
    rows = [(i % 2, [(200 if i % 2 else 20) + (i * 7 + p * 13) % 40 for p in range(4)]) for i in range(80)]
    images = cli.write(place, "x-images-idx3-ubyte", struct.pack(">4I", 0x803, 80, 2, 2) + bytes(value for _, pixels in rows for value in pixels))
    cli.write(place, "x-labels-idx1-ubyte.gz", gzip.compress(struct.pack(">2I", 0x801, 80) + bytes(label for label, _ in rows)))
    text = "label,p0_0,p0_1,p1_0,p1_1\n" + "".join(",".join(map(str, [label] + pixels)) + "\n" for label, pixels in rows)
    packed = cli.write(place, "x.csv.gz", gzip.compress(text.encode()))
    for number, (label, pixels) in enumerate(rows[:6]):
        # A portable grey map is a header and the pixels.
        os.makedirs(os.path.join(place, "pictures", str(label)), exist_ok=True)
        cli.write(place, f"pictures/{label}/{number}.pgm", b"P5 2 2 255\n" + bytes(pixels))

    document = {
        "camadas": 1,
        "data": {"file": images, "target": ["label"], "columns": {"label": {"kind": "category"}}, "preparation": {"scaling": "standard"}},
        "split": {"method": "stratified", "train": 0.7, "validation": 0.15, "test": 0.15, "seed": 1},
        "network": [{"class_name": "Dense", "config": {"units": 1, "activation": "sigmoid"}}],
        "loss": "binary_crossentropy", "metrics": ["accuracy"],
        "optimizer": {"class_name": "Adam", "config": {"learning_rate": 0.1}},
        "fit": {"batch_size": 8, "epochs": 20, "seed": 1},
    }
    experiment = cli.write(place, "x.json", json.dumps(document).encode())
    out = os.path.join(place, "out")
    cli.call("run", experiment, "--out", out)
    cli.call("run", experiment, "--data", packed, "--out", out)
    model = os.path.join(out, "model.keras")
    for data, n in (images, 80), (packed, 80), (os.path.join(place, "pictures"), 6):
        lines = cli.call("predict", model, data)[0].strip().split("\n")
        assert len(lines) == n + 1, (data, len(lines))
        told = json.loads(cli.call("evaluate", model, data, "--json")[0])
        assert "accuracy" in json.dumps(told), told
    assert cli.call("predict", model, images)[0].split("\n")[1:4] == cli.call("predict", model, packed)[0].split("\n")[1:4]


cli.main()
