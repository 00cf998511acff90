/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables for tests: the samples, and small ones written out. */
#pragma once

#include <cam-csv.h>
#include <cam-experiment.h>

G_BEGIN_DECLS

/* sample_path: "iris.csv" among the samples. g_free(). */
char          *sample_path   (const char *name);
CamTable      *sample_table  (const char *name);
/* csv_table: of a CSV text. */
CamTable      *csv_table     (const char *text);
/* parse_json, parse_experiment: of a text that must be right; ' stands for ". */
json_t        *parse_json       (const char *text);
CamExperiment *parse_experiment (const char *text);

/* One of four small tables, sixty rows each, with the columns a, b and: */
typedef enum
{
  TABLE_NUMBER,     /* y, a number from about −3 to 3 */
  TABLE_TWO,        /* y and z, numbers */
  TABLE_YES_NO,     /* y: no, yes */
  TABLE_THREE,      /* y: blue, green, red */
  TABLE_LABELS,     /* y and z: 0 and 1 */
  N_TABLES
} TableKind;

CamTable      *small_table      (TableKind kind);
/* small_dataset: of that table, target y (and z). */
CamDataset    *small_dataset    (TableKind kind);

G_END_DECLS
