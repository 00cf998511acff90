/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data doctor: what in a table and its settings will spoil a fit, each finding with its reason, its numbers, and an edit that cures it.
 *
 *   id                 says                                                                              cure
 *   "leak"             one column predicts the target almost alone: a rule of one column, fitted on      ignore
 *                      training rows, is right on validation rows as well
 *   "leak-part"        one of a column's two values never occurs without one rare class                  ignore
 *   "missing-target"   rows without a target, which are left out                                         –
 *   "missing-most"     most of a column is missing                                                       ignore
 *   "missing"          rows are left out for want of a value                                             median, most frequent
 *   "constant"         a column has one value                                                            ignore
 *   "identifier"       a column numbers or names the rows                                                ignore
 *   "categories"       a column becomes very many inputs                                                 ignore
 *   "mixed"            a column of numbers and a few words, taken for words                              number
 *   "scales"           numbers of very different size reach the network unscaled                         standard
 *   "outliers"         a few values far outside, which a scaling by mean or range suffers from           robust
 *   "correlated"       columns that say the same                                                         ignore all but one
 *   "text"             a text that the network does not see                                              –
 *   "imbalance"        rare classes                                                                      class weights
 *   "rare-class"       classes of a handful of rows, or not seen in training                             stratified, where that helps
 *   "class-validation", "class-test"  classes that training has, but validation or test lacks          stratified, where that helps
 *   "few-samples"      classes of too few pictures or texts                                              –
 *   "text-empty"       texts without a word                                                              –
 *   "text-cut"         texts longer than what is read of them                                            a longer sequence
 *   "image-blank"      pictures that show nothing                                                        –
 *   "target-names"     a target of words that hardly repeat                                               –
 *   "sorted"           the target is sorted, and the split takes rows as they stand                      stratified or random
 *   "time"             rows in order of time, split by chance                                            ordered
 *   "split-column"     the column that splits is an input too                                            ignore, or the role group
 *   "duplicates"       rows that stand twice                                                             –
 *   "duplicates-split" rows of validation or test that stand in training too                             –
 *
 * Where there are very many rows, a finding that needs no count rests on a sample (the same for the same table and split) and its reason says so. */
#pragma once

#include "cam-table.h"

#include <cam-json.h>

G_BEGIN_DECLS

/* The key of the "data" section that lists what is ignored: [{ "finding": id, "columns": [names] }]. It changes nothing in the dataset. */
#define CAM_IGNORED_FINDINGS "ignored_findings"

typedef enum
{
  CAM_SEVERITY_ERROR,      /* results will not be true */
  CAM_SEVERITY_WARNING,    /* results will be worse than they need to be */
  CAM_SEVERITY_NOTE,       /* good to know */
} CamSeverity;

typedef struct
{
  char         *id;
  CamSeverity   severity;
  char         *title;       /* a claim: “petal_area predicts species almost alone” */
  char         *reason;      /* a sentence or two, with the numbers */
  char        **columns;     /* names; never NULL */
  char         *cure_title;  /* for a button: “Ignore”; NULL: nothing to offer */
  gboolean      is_ignored;  /* somebody has seen it and chose to live with it */
  json_t       *cure;        /* an object: path in the document ("data/columns/id/role", as cam_experiment_with() has it) → value; null removes; NULL: nothing to offer */
} CamFinding;

void       cam_finding_free    (CamFinding *self);

/**
 * cam_doctor_examine:
 * @data, @split, @fit: sections of the experiment document; @split and @fit may be NULL
 *
 * Worst first. Where the settings cannot be used at all, only what can be said without them is said. Any thread; about a second for a million rows of 20 columns.
 *
 * Returns: (transfer full) (element-type CamFinding): never NULL, unless cancelled
 */
GPtrArray *cam_doctor_examine  (const CamTable *table, const json_t *data, const json_t *split, const json_t *fit, GCancellable *cancellable);

/* cam_findings_mark_ignored: sets is_ignored anew, as @data has it; cam_doctor_examine() does so by itself. */
void       cam_findings_mark_ignored (const GPtrArray *findings, const json_t *data);
/* cam_finding_set_ignored: the list for "data/ignored_findings" with or without this one; null where nothing is left in it. New reference. */
json_t    *cam_finding_set_ignored   (const CamFinding *self, const json_t *data, gboolean is_ignored);
/* cam_data_is_same: whether two "data" sections (NULL: empty) make the same dataset: they differ in nothing but what is ignored. */
gboolean   cam_data_is_same          (const json_t *a, const json_t *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamFinding, cam_finding_free)

G_END_DECLS
