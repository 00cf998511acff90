"""How `sklearn.json` was made: scores as scikit-learn has them, of cases plain and awkward. Run in an environment with scikit-learn and SciPy: python3 record.py"""
import json, os, warnings

import numpy as np, scipy, sklearn
from scipy import stats
from sklearn import metrics
from sklearn.calibration import calibration_curve

warnings.simplefilter("ignore")
draw = np.random.default_rng(11)


def plain(value):
    """JSON has no NaN and no infinity."""
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    value = float(value)
    return value if np.isfinite(value) else None


def binary(name, truth, scores):
    truth, scores = np.asarray(truth), np.asarray(scores, "float32").astype(float)
    both = len(set(truth)) == 2
    case = {"name": name, "truth": truth.tolist(), "scores": scores.tolist(),
            "auc": plain(metrics.roc_auc_score(truth, scores)) if both else None,
            "average_precision": plain(metrics.average_precision_score(truth, scores)) if truth.any() else None,
            "brier": plain(np.mean((scores - truth) ** 2)), "thresholds": []}
    if both:
        fpr, tpr, _ = metrics.roc_curve(truth, scores)
        case["roc"] = [plain(fpr), plain(tpr)]
    if truth.any():
        precision, recall, _ = metrics.precision_recall_curve(truth, scores)
        case["precision_recall"] = [plain(precision[::-1]), plain(recall[::-1])]
    for threshold in (0.0, 0.25, 0.5, 0.75, 1.0):
        said = scores > threshold
        tn, fp, fn, tp = metrics.confusion_matrix(truth, said, labels=[0, 1]).ravel()
        case["thresholds"].append({
            "threshold": threshold, "counts": [int(tp), int(fp), int(tn), int(fn)], "accuracy": plain(metrics.accuracy_score(truth, said)),
            "precision": plain(metrics.precision_score(truth, said)), "recall": plain(metrics.recall_score(truth, said)),
            "specificity": plain(metrics.recall_score(truth, said, pos_label=0)), "f1": plain(metrics.f1_score(truth, said)),
            "balanced_accuracy": plain(metrics.balanced_accuracy_score(truth, said)), "matthews": plain(metrics.matthews_corrcoef(truth, said))})
    share, said = calibration_curve(truth, scores, n_bins=5, pos_label=1) if both else ([], [])
    case["reliability"] = [plain(said), plain(share)]
    return case


def averages(truth, said, **how):
    return {average: plain(metrics.precision_recall_fscore_support(truth, said, average=average, zero_division=0, **how)[:3]) for average in ("macro", "weighted", "micro")}


def multiclass(name, truth, scores):
    truth, scores = np.asarray(truth), np.asarray(scores, "float32").astype(float)
    n, said = scores.shape[1], scores.argmax(1)
    per_class = metrics.precision_recall_fscore_support(truth, said, labels=range(n), zero_division=0)
    return {"name": name, "n_classes": n, "truth": truth.tolist(), "scores": scores.ravel().tolist(), "confusion": metrics.confusion_matrix(truth, said, labels=range(n)).ravel().tolist(),
            "accuracy": plain(metrics.accuracy_score(truth, said)), "balanced_accuracy": plain(metrics.balanced_accuracy_score(truth, said)),
            "matthews": plain(metrics.matthews_corrcoef(truth, said)), "precision": plain(per_class[0]), "recall": plain(per_class[1]), "f1": plain(per_class[2]),
            "support": plain(per_class[3]), "averages": averages(truth, said),
            "top_k": [plain(metrics.top_k_accuracy_score(truth, scores, k=k, labels=range(n))) for k in range(1, n)],
            "auc": [plain(metrics.roc_auc_score(truth == c, scores[:, c])) if 0 < (truth == c).sum() < len(truth) else None for c in range(n)]}


def multilabel(name, truth, scores):
    truth, scores = np.asarray(truth), np.asarray(scores, "float32").astype(float)
    said = scores > 0.5
    return {"name": name, "n_labels": truth.shape[1], "truth": truth.ravel().tolist(), "scores": scores.ravel().tolist(), "exact": plain(metrics.accuracy_score(truth, said)),
            "averages": averages(truth, said), "auc": [plain(metrics.roc_auc_score(t, s)) if len(set(t)) == 2 else None for t, s in zip(truth.T, scores.T)]}


def regression(name, truth, said):
    truth, said = (np.asarray(values, "float32").astype(float) for values in (truth, said))
    residuals = np.sort(said - truth)
    return {"name": name, "truth": truth.tolist(), "said": said.tolist(), "mean_absolute": plain(metrics.mean_absolute_error(truth, said)),
            "median_absolute": plain(metrics.median_absolute_error(truth, said)), "max_absolute": plain(metrics.max_error(truth, said)),
            "root_mean_square": plain(metrics.mean_squared_error(truth, said) ** 0.5), "bias": plain(np.mean(said - truth)), "r2": plain(metrics.r2_score(truth, said)),
            "mape": plain(metrics.mean_absolute_percentage_error(truth, said)),
            "normal": plain(stats.norm.ppf((np.arange(len(truth)) + 0.5) / len(truth))), "residuals": plain(residuals)}


def probabilities(n, classes):
    return draw.dirichlet([0.6] * classes, n).astype("float32")


truth = draw.integers(0, 2, 60)
leaning = np.clip(truth * 0.3 + draw.random(60) * 0.7, 0, 1)
wide = probabilities(80, 5)
labels = draw.integers(0, 2, (40, 4))
numbers = draw.normal(20, 5, 50)
recorded = {
    "note": f"Made by record.py with scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}.",
    "binary": [binary("plain", truth, leaning), binary("ties", truth, np.round(leaning * 4) / 4), binary("all scores equal", truth[:10], np.full(10, 0.5)),
               binary("only positive", np.ones(8, int), draw.random(8)), binary("only negative", np.zeros(8, int), draw.random(8)),
               binary("perfect", [0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]), binary("upside down", [1, 1, 0, 0], [0.1, 0.2, 0.8, 0.9]), binary("one row", [1], [0.7])],
    "multiclass": [multiclass("plain", draw.integers(0, 5, 80), wide), multiclass("a class without rows", draw.choice([0, 1, 3, 4], 80), wide),
                   multiclass("never said", draw.integers(0, 3, 30), np.hstack([probabilities(30, 2) * 0.9, np.full((30, 1), 0.01)])), multiclass("one class only", np.full(12, 2), probabilities(12, 3))],
    "multilabel": [multilabel("plain", labels, np.clip(labels * 0.3 + draw.random((40, 4)) * 0.7, 0, 1)), multilabel("a label nobody has", labels * [1, 1, 0, 1], draw.random((40, 4)))],
    "regression": [regression("plain", numbers, numbers + draw.normal(0.5, 2, 50)), regression("one value only", np.full(10, 3.5), draw.normal(3.5, 1, 10)),
                   regression("one value, all right", np.full(6, 2.0), np.full(6, 2.0)), regression("zeros", [0, 1, 0, -2], [0.5, 1, 0, -1]), regression("one row", [2], [3])],
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "sklearn.json"), "w", encoding="utf-8") as file:
    json.dump(recorded, file, indent=None, separators=(",", ":"))
