-- A workspace of schema version 1 with one finished run: the statements that version ran, and the rows it wrote.
PRAGMA application_id = 1128353092;
PRAGMA user_version = 1;
CREATE TABLE draft (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  experiment TEXT NOT NULL);
CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  experiment TEXT NOT NULL,
  preparation TEXT,
  data_name TEXT,
  data_sha256 TEXT,
  seed INTEGER NOT NULL,
  keys TEXT NOT NULL,
  monitor TEXT,
  best_epoch INTEGER NOT NULL DEFAULT 0,
  best_value REAL,
  started_at INTEGER NOT NULL,
  seconds REAL NOT NULL DEFAULT 0,
  report TEXT,
  message TEXT);
CREATE TABLE epoch (
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  vals BLOB NOT NULL,
  PRIMARY KEY (run, epoch)) WITHOUT ROWID;
CREATE TABLE weights (
  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  which TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (run, which));
INSERT INTO run (id, name, state, experiment, seed, keys, monitor, best_epoch, best_value, started_at)
  VALUES (1, 'Run 1', 'finished', '{"camadas":1}', 42, 'loss', 'loss', 1, 0.5, 1700000000000000);
INSERT INTO epoch (run, epoch, vals) VALUES (1, 1, x'000000000000e03f');
