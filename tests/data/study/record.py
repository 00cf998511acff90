"""How `keras.json` and the `.keras` files beside it were made: the exercises of a course done with Keras and scikit-learn alone. Run in an environment with Keras 3, scikit-learn and pandas:
    python3 record.py FOLDER-OF-THE-SAMPLES
"""
import json, os, sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras, numpy, pandas, sklearn
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler

SAMPLES, HERE = sys.argv[1], os.path.dirname(os.path.abspath(__file__))


def network(n_inputs, hidden, outputs, activation):
    keras.utils.set_random_seed(7)
    layers = [keras.layers.Dense(units, activation="relu") for units in hidden] + [keras.layers.Dense(outputs, activation=activation)]
    return keras.Sequential([keras.Input((n_inputs,)), *layers])


def fit(start, loss, rate, train, validation, epochs):
    """From the weights in the file @start, without shuffling: nothing is left to chance."""
    model = keras.saving.load_model(os.path.join(HERE, start))
    model.compile(optimizer=keras.optimizers.Adam(rate), loss=loss, metrics=["accuracy"])
    model.fit(*train, batch_size=32, epochs=epochs, shuffle=False, verbose=0)
    ends = {}
    for part, rows in (("train", train), ("val", validation)):
        loss_value, accuracy = model.evaluate(*rows, batch_size=4096, verbose=0)
        ends[part + "_loss"], ends[part + "_accuracy"] = float(loss_value), float(accuracy)
    return ends


def cross_validation():
    table = pandas.read_csv(os.path.join(SAMPLES, "breast-cancer.csv"))
    y = (table["diagnosis"] == sorted(table["diagnosis"].unique())[1]).to_numpy("float32")
    x = table.drop(columns="diagnosis").to_numpy("float64")
    network(x.shape[1], (16, 8), 1, "sigmoid").save(os.path.join(HERE, "breast-cancer-start.keras"))
    folds, ends = numpy.zeros(len(y), int), []
    for number, (_, rows) in enumerate(StratifiedKFold(5, shuffle=True, random_state=7).split(x, y), 1):
        folds[rows] = number
    for number in range(1, 6):
        inside, outside = folds != number, folds == number
        scaler = StandardScaler().fit(x[inside])
        parts = [(scaler.transform(x[rows]).astype("float32"), y[rows]) for rows in (inside, outside)]
        ends.append(fit("breast-cancer-start.keras", "binary_crossentropy", 0.002, *parts, 20))
    names = ends[0].keys()
    return {"folds": folds.tolist(), "scores": ends,
            "mean": {name: float(numpy.mean([end[name] for end in ends])) for name in names},
            "deviation": {name: float(numpy.std([end[name] for end in ends], ddof=1)) for name in names}}


def learning_curve():
    table = pandas.read_csv(os.path.join(SAMPLES, "digits.csv"))
    x = table.drop(columns="digit").to_numpy("float64")
    y = keras.utils.to_categorical(table["digit"], 10)
    network(x.shape[1], (64,), 10, "softmax").save(os.path.join(HERE, "digits-start.keras"))
    n_train, ends = int(len(y) * 0.8), {}
    for share in (0.05, 0.2, 0.5, 1.0):
        n = int(numpy.ceil(share * n_train - 1e-9))
        scaler = StandardScaler().fit(x[n_train - n:n_train])
        parts = [(scaler.transform(x[rows]).astype("float32"), y[rows]) for rows in (slice(n_train - n, n_train), slice(n_train, None))]
        ends[share] = {"rows": n, **fit("digits-start.keras", "categorical_crossentropy", 0.001, *parts, 15)}
    return {"sizes": list(ends), "scores": list(ends.values())}


recorded = {"note": f"Made by record.py with Keras {keras.__version__} ({keras.backend.backend()}), scikit-learn {sklearn.__version__}.",
            "cross-validation": cross_validation(), "learning-curve": learning_curve()}
with open(os.path.join(HERE, "keras.json"), "w", encoding="utf-8") as file:
    json.dump(recorded, file, indent=1)
