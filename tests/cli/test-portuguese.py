"""camadas-cli in Brazilian Portuguese: what it says, and that its files do not depend on the language."""
import os

import cli


def test_help(place):
    out = cli.call("--help", env=cli.brazilian(place))[0]
    assert "Uso:\n  camadas-cli COMANDO [OPÇÃO…] ARQUIVO…\n" in out, out
    assert "Código de saída: 0 sucesso, 1 o trabalho falhou" in out, out


def test_run(place):
    env = cli.brazilian(place)
    path = cli.document(place, epochs=4)
    english = cli.call("run", path, "--out", os.path.join(place, "en"))[0]
    out = cli.call("run", path, "--out", os.path.join(place, "pt"), env=env)[0]
    assert "398 linhas para treinar, 86 para validar, 85 para testar" in out, out
    assert "Concluída após 4 épocas." in out, out
    assert "Finished after 4 epochs." in english, english
    for name in ("history.csv", "predictions.csv"):
        assert cli.read(place, "en", name) == cli.read(place, "pt", name), name
    scores = [cli.load(place, language, "report.json")["scores"] for language in ("en", "pt")]
    assert scores[0] == scores[1]


def test_inspect(place):
    out = cli.call("inspect", cli.sample("iris.csv"), env=cli.brazilian(place))[0]
    assert "150 linhas de 5 colunas · vírgula, UTF-8, ponto decimal" in out, out
    table = cli.write(place, "one.csv", "a\n1\n2\n")
    assert "2 linhas de 1 coluna ·" in cli.call("inspect", table, env=cli.brazilian(place))[0]


def test_complaints(place):
    """Wrong usage, and a mistake in a document, which is found on a lower floor."""
    env = cli.brazilian(place)
    assert "comando desconhecido: “trian”." in cli.call("trian", code=2, env=env)[1]
    error = cli.call("run", cli.document(place, epochs=0), code=1, env=env)[1]
    assert "“epochs”" in error and "deve ser" in error, error
    missing = cli.call("inspect", os.path.join(place, "missing.csv"), code=1, env=env)[1]
    assert "não é possível ler" in missing, missing


if __name__ == "__main__":
    cli.main()
