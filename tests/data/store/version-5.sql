-- A workspace of schema version 5 with a study and two runs, one of them in the study: the statements that version ran, and the rows it wrote.
PRAGMA application_id = 1128353092;
PRAGMA user_version = 5;
CREATE TABLE draft (  id INTEGER PRIMARY KEY AUTOINCREMENT,  experiment TEXT NOT NULL,  is_open INTEGER NOT NULL DEFAULT 0);
CREATE TABLE epoch (  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,  epoch INTEGER NOT NULL,  vals BLOB NOT NULL,  PRIMARY KEY (run, epoch)) WITHOUT ROWID;
INSERT INTO "epoch" VALUES(1,1,X'000000000000E03F000000000000E83F');
INSERT INTO "epoch" VALUES(1,2,X'000000000000D03F000000000000E03F');
INSERT INTO "epoch" VALUES(2,1,X'000000000000E03F000000000000E83F');
CREATE TABLE event (  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,  place INTEGER NOT NULL,  kind TEXT NOT NULL,  epoch INTEGER NOT NULL,  batch INTEGER NOT NULL,  value REAL,  PRIMARY KEY (run, place)) WITHOUT ROWID;
CREATE TABLE run (  id INTEGER PRIMARY KEY AUTOINCREMENT,  name TEXT NOT NULL,  state TEXT NOT NULL,  experiment TEXT NOT NULL,  preparation TEXT,  data_name TEXT,  data_sha256 TEXT,  seed INTEGER NOT NULL,  keys TEXT NOT NULL,  monitor TEXT,  best_epoch INTEGER NOT NULL DEFAULT 0,  best_value REAL,  started_at INTEGER NOT NULL,  seconds REAL NOT NULL DEFAULT 0,  report TEXT,  message TEXT, deleted INTEGER NOT NULL DEFAULT 0, study INTEGER REFERENCES study (id) ON DELETE SET NULL, place INTEGER);
INSERT INTO "run" VALUES(1,'relu','finished','{"camadas":1}','{}','iris.csv','00ff',42,'loss
val_loss','val_loss',2,0.5,1795642330667835,1.5,'{}',NULL,0,NULL,NULL);
INSERT INTO "run" VALUES(2,'Run 2','stopped','{"camadas":1}',NULL,'iris.csv',NULL,1,'loss
val_loss','val_loss',1,0.75,1795642330667944,0.5,NULL,'Stopped.',0,1,0);
CREATE TABLE study (  id INTEGER PRIMARY KEY AUTOINCREMENT,  name TEXT NOT NULL,  plan TEXT NOT NULL,  data_sha256 TEXT,  started_at INTEGER NOT NULL,  is_finished INTEGER NOT NULL DEFAULT 0);
INSERT INTO "study" VALUES(1,'Repeat over seeds','{"camadas-plan":1}',NULL,1795642330667791,0);
CREATE TABLE weights (  run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,  which TEXT NOT NULL,  epoch INTEGER NOT NULL,  data BLOB NOT NULL,  PRIMARY KEY (run, which));
CREATE INDEX run_of_study ON run (study, place) WHERE study IS NOT NULL;
