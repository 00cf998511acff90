"""How `sklearn.json` was made: tables, plain and awkward, and what scikit-learn says of the answers that Keras gives for them. Run in an environment with Keras, scikit-learn and SciPy,
at the top of the project: python3 tests/data/evaluate/record.py

The models were trained with camadas-cli on samples of `data/`, each with one hidden layer and for few epochs, so that they are wrong often enough.
"""
import csv, json, os, warnings, zipfile

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras, numpy as np, sklearn
from sklearn import metrics

warnings.simplefilter("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
draw = np.random.default_rng(5)


def plain(value):
    """JSON has no NaN."""
    value = float(value)
    return value if np.isfinite(value) else None


def sample(name):
    with open(os.path.join("data", name + ".csv"), encoding="utf-8", newline="") as opened:
        header, *rows = csv.reader(opened)
    return header, rows


class Model:
    def __init__(self, name):
        path = os.path.join(HERE, name + ".keras")
        self.network = keras.saving.load_model(path, compile=False)
        with zipfile.ZipFile(path) as archive:
            self.preparation = json.loads(archive.read("camadas.json"))["preparation"]

    def answer(self, header, rows):
        columns = []
        for step in self.preparation["features"]:
            assert step["kind"] == "number" and step["scaling"] == "standard"
            values = np.array([float(row[header.index(step["name"])]) for row in rows])
            columns.append((values - step["mean"]) / step["deviation"])
        return self.network.predict(np.stack(columns, 1).astype("float32"), verbose=0).astype(float)

    def truth(self, header, rows):
        return [[row[header.index(step["name"])] for row in rows] for step in self.preparation["targets"]]


def two_classes(truth, scores):
    said, both = scores > 0.5, 0 < truth.sum() < len(truth)
    return {"accuracy": plain(metrics.accuracy_score(truth, said)), "precision": plain(metrics.precision_score(truth, said)), "recall": plain(metrics.recall_score(truth, said)),
            "specificity": plain(metrics.recall_score(truth, said, pos_label=0)), "f1": plain(metrics.f1_score(truth, said)),
            "balanced_accuracy": plain(metrics.balanced_accuracy_score(truth, said)), "matthews": plain(metrics.matthews_corrcoef(truth, said)),
            "auc": plain(metrics.roc_auc_score(truth, scores)) if both else None,
            "average_precision": plain(metrics.average_precision_score(truth, scores)) if truth.any() else None, "brier": plain(np.mean((scores - truth) ** 2))}


def averages(truth, said, names, **how):
    scores = {}
    for average in names:
        for key, value in zip(("precision", "recall", "f1"), metrics.precision_recall_fscore_support(truth, said, average=average, zero_division=0, **how)):
            scores[f"{key}_{average}"] = plain(value)
    return scores


def binary(model, header, rows):
    levels = model.preparation["targets"][0]["levels"]
    truth, scores = np.array([levels.index(value) for value in model.truth(header, rows)[0]]), model.answer(header, rows)[:, 0]
    return {"details": two_classes(truth, scores), "confusion": {"classes": levels, "counts": metrics.confusion_matrix(truth, scores > 0.5, labels=[0, 1]).tolist()}}


def multi_class(model, header, rows):
    levels = model.preparation["targets"][0]["levels"]
    n = len(levels)
    truth, scores = np.array([levels.index(value) for value in model.truth(header, rows)[0]]), model.answer(header, rows)
    said = scores.argmax(1)
    details = {"accuracy": plain(metrics.accuracy_score(truth, said)), "balanced_accuracy": plain(metrics.balanced_accuracy_score(truth, said)),
               "matthews": plain(metrics.matthews_corrcoef(truth, said)), **averages(truth, said, ("macro", "weighted")),
               **{f"top_{k}": plain(metrics.top_k_accuracy_score(truth, scores, k=k, labels=range(n))) for k in (2, 3, 5) if k < n}}
    by_class = zip(*metrics.precision_recall_fscore_support(truth, said, labels=range(n), zero_division=0))
    return {"details": details, "confusion": {"classes": levels, "counts": metrics.confusion_matrix(truth, said, labels=range(n)).tolist()},
            "classes": [{"class": levels[i], "precision": plain(p), "recall": plain(r), "f1": plain(f), "support": int(s)} for i, (p, r, f, s) in enumerate(by_class)]}


def multi_label(model, header, rows):
    truth, scores = np.array(model.truth(header, rows)).T.astype(int), model.answer(header, rows)
    said = scores > 0.5
    labels = [{"label": step["name"], **two_classes(truth[:, i], scores[:, i]), "support": int(truth[:, i].sum())} for i, step in enumerate(model.preparation["targets"])]
    return {"details": {"exact_match": plain(metrics.accuracy_score(truth, said)), **averages(truth, said, ("micro", "macro", "weighted"))}, "labels": labels}


def misses(truth, said):
    return {"r2": plain(metrics.r2_score(truth, said)), "mean_absolute_error": plain(metrics.mean_absolute_error(truth, said)),
            "root_mean_squared_error": plain(metrics.root_mean_squared_error(truth, said)), "mape": plain(metrics.mean_absolute_percentage_error(truth, said)),
            "max_error": plain(np.abs(truth - said).max()), "bias": plain((said - truth).mean())}


def regression(model, header, rows):
    truth, said = np.array(model.truth(header, rows)).T.astype(float), model.answer(header, rows)
    targets = [{"target": step["name"], **misses(truth[:, i], said[:, i])} for i, step in enumerate(model.preparation["targets"])]
    return {"details": {key: plain(np.mean([one[key] for one in targets])) for key in targets[0] if key != "target"}, "targets": targets}


def pick(rows, n):
    return [rows[i] for i in draw.choice(len(rows), n, replace=False)]


def case(name, kind, header, rows):
    functions = {"binary": binary, "multi-class": multi_class, "multi-label": multi_label, "regression": regression}
    return {"name": name, "model": kind, "table": "\n".join(",".join(row) for row in [header] + rows) + "\n", **functions[kind](Model(kind), header, rows)}


def change(rows, at, values):
    return [row[:at] + [value] + row[at + 1:] for row, value in zip(rows, values)]


def main():
    cases = []
    header, rows = sample("banknotes")
    some = pick(rows, 120)
    cases.append(case("binary", "binary", header, some))
    # The same scores again, with the truth as often this as that.
    cases.append(case("binary, ties", "binary", header, some[:30] * 3 + change(some[:30], 4, draw.choice(["0", "1"], 30))))
    for value in "01":
        cases.append(case(f"binary, only {value}", "binary", header, [row for row in some if row[4] == value][:40]))
    cases.append(case("binary, one row", "binary", header, some[:1]))
    header, rows = sample("iris")
    cases.append(case("multi-class", "multi-class", header, rows))
    cases.append(case("multi-class, ties", "multi-class", header, rows[40:60] * 2 + change(rows[40:60], 4, draw.choice(["setosa", "versicolor", "virginica"], 20))))
    cases.append(case("multi-class, missing class", "multi-class", header, [row for row in rows if row[4] != "virginica"]))
    cases.append(case("multi-class, one class", "multi-class", header, [row for row in rows if row[4] == "versicolor"]))
    header, rows = sample("irrigation")
    some = pick(rows, 150)
    cases.append(case("multi-label", "multi-label", header, some))
    cases.append(case("multi-label, ties", "multi-label", header, some[:20] * 2 + change(some[:20], header.index("parcel_2"), draw.choice(["0", "1"], 20))))
    cases.append(case("multi-label, empty label", "multi-label", header, [row for row in some if row[header.index("parcel_1")] == "0"][:40]))
    header, rows = sample("energy-efficiency")
    some = pick(rows, 150)
    cases.append(case("regression", "regression", header, some))
    cases.append(case("regression, ties", "regression", header, some[:10] * 5))
    cases.append(case("regression, equal truths", "regression", header, change(some[:20], header.index("heating_load"), ["17.5"] * 20)))
    cases.append(case("regression, zeros", "regression", header, change(some[:20], header.index("cooling_load"), ["0"] * 10 + ["12.25"] * 10)))
    with open(os.path.join(HERE, "sklearn.json"), "w", encoding="utf-8") as out:
        json.dump({"made_with": f"scikit-learn {sklearn.__version__}, Keras {keras.__version__}; see record.py", "cases": cases}, out, indent=1, ensure_ascii=False)
        out.write("\n")


main()
