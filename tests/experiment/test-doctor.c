/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data doctor: each finding where it is to be made and only there, cures that cure, and no false alarms on the samples. */
#include "sample-table.h"

#include <cam-doctor.h>
#include <cam-rng.h>
#include <math.h>
#include <string.h>

/* Tables, made of named columns --------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  CamRng   rng;
  guint    n, row;
  gboolean yes;        /* the target of the row */
  double   value;      /* … as a number */
} Maker;

static void
add_cell (Maker      *self,
          const char *kind,
          GString    *out)
{
  double noise = cam_rng_normal (&self->rng), chance = cam_rng_uniform (&self->rng);
  char buf[G_ASCII_DTOSTR_BUF_SIZE];
  double number = NAN;

  if (g_str_equal (kind, "noise"))
    number = noise;
  else if (g_str_equal (kind, "large"))
    number = 5000 + 2000 * noise;
  else if (g_str_equal (kind, "count"))
    number = self->row + 1;
  else if (g_str_equal (kind, "const"))
    number = 7;
  else if (g_str_equal (kind, "year"))
    number = 1900 + self->row / 2;
  else if (g_str_equal (kind, "outlier"))
    number = self->row % 200 == 77 ? 5000 : noise;
  else if (g_str_equal (kind, "gap10"))
    number = self->row % 10 == 3 ? NAN : noise;
  else if (g_str_equal (kind, "gap60"))
    number = self->row % 10 < 6 ? NAN : noise;
  else if (g_str_equal (kind, "coarse"))
    number = (double) cam_rng_below (&self->rng, 5);
  else if (g_str_equal (kind, "like"))          /* tells the class well, but not alone */
    number = (self->yes ? 1.5 : -1.5) + noise;
  else if (g_str_equal (kind, "tells"))         /* tells the class alone */
    number = (self->yes ? 3 : -3) + CLAMP (noise, -2, 2);
  else if (g_str_equal (kind, "value"))
    number = self->value;
  else if (g_str_equal (kind, "tells-value"))
    number = 2 * self->value + 0.01 * noise;
  else if (g_str_equal (kind, "flag"))          /* now and then, and only where the class is yes */
    number = self->yes && chance < 0.5;
  else if (g_str_equal (kind, "class"))
    g_string_append (out, self->yes ? "yes" : "no");
  else if (g_str_equal (kind, "copy"))
    g_string_append (out, self->yes ? "B" : "A");
  else if (g_str_equal (kind, "few"))
    g_string_append_c (out, (char) ('p' + cam_rng_below (&self->rng, 3)));
  else if (g_str_equal (kind, "many"))
    g_string_append_printf (out, "w%u", (guint) cam_rng_below (&self->rng, 90));
  else if (g_str_equal (kind, "name"))
    g_string_append_printf (out, "name%u", self->row * 7919 % 10007);
  else if (g_str_equal (kind, "mixed") && self->row % 12 == 5)
    g_string_append (out, "about two");
  else if (g_str_equal (kind, "mixed"))
    number = (double) cam_rng_below (&self->rng, 40);
  else if (g_str_equal (kind, "day"))
    g_string_append_printf (out, "20%02u-%02u-%02u", 10 + self->row / 336, 1 + self->row / 28 % 12, 1 + self->row % 28);
  else if (g_str_equal (kind, "early"))         /* a third word that the end of the table does not have */
    g_string_append_c (out, self->row < 200 && self->row % 4 == 1 ? 'r' : (char) ('p' + cam_rng_below (&self->rng, 2)));
  else if (g_str_equal (kind, "gappy-prose"))
    g_string_append (out, self->row % 50 == 9 ? "\"... !\"" : self->yes ? "it was a very good one" : "it was not a good one");
  else if (g_str_equal (kind, "long-prose"))
    for (guint i = 0; i < 12 + self->row % 20; i++)
      g_string_append_printf (out, "%sword%u", i > 0 ? " " : "", (guint) cam_rng_below (&self->rng, 50));
  else if (g_str_equal (kind, "pixel"))
    number = self->row % 60 == 31 ? 0 : (double) cam_rng_below (&self->rng, 256);
  else if (g_str_equal (kind, "prose"))
    g_string_append_printf (out, "row %u says something of its own", self->row);
  else if (g_str_equal (kind, "part"))
    g_string_append (out, chance < 0.6 ? "train" : chance < 0.8 ? "val" : "test");
  else
    g_error ("no such column: %s", kind);
  if (!isnan (number))
    g_string_append (out, g_ascii_formatd (buf, sizeof buf, "%.6g", number));
}

/* "a=noise,b=like,y=class": @n rows; the class is yes in @share of them, by chance or (negative) in the last ones; a number otherwise. Every @twice-th row stands twice. */
static CamTable *
make_table (const char *columns,
            guint       n,
            double      share,
            guint       twice)
{
  g_auto(GStrv) pairs = g_strsplit_set (columns, ",=", -1);      /* a name, its kind, a name … */
  GString *out = g_string_new (NULL);
  g_autofree char *text = NULL;
  Maker self = { .n = n };

  cam_rng_init (&self.rng, 1, 1);
  for (guint c = 0; pairs[c] != NULL; c += 2)
    g_string_append_printf (out, "%s%s", c > 0 ? "," : "", pairs[c]);
  g_string_append_c (out, '\n');
  for (self.row = 0; self.row < n; self.row++)
    {
      gsize start = out->len;

      self.yes = share < 0 ? self.row >= n * (1 + share) : cam_rng_uniform (&self.rng) < share;
      self.value = 10 * cam_rng_normal (&self.rng);
      for (guint c = 0; pairs[c] != NULL; c += 2)
        {
          if (c > 0)
            g_string_append_c (out, ',');
          add_cell (&self, pairs[c + 1], out);
        }
      g_string_append_c (out, '\n');
      if (twice > 0 && self.row % twice == 0)
        {
          g_autofree char *line = g_strdup (out->str + start);

          g_string_append (out, line);
        }
    }
  text = g_string_free (out, FALSE);

  return csv_table (text);
}

/* Cases ----------------------------------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *columns;
  guint       n;
  double      share;
  guint       twice;
  const char *data, *split, *fit;     /* more than the target, NULL: nothing */
  const char *found;                  /* ids, worst first, with columns: "leak(a,b) imbalance" */
  const char *after;                  /* once all that can be cured is; NULL: nothing is left */
} Case;

static const Case cases[] = {
  { .name = "clean", .columns = "a=noise,b=like,c=few,y=class", .n = 400, .share = 0.5, .found = "" },
  { .name = "clean-number", .columns = "a=noise,b=noise,c=few,y=value", .n = 400, .found = "" },
  { .name = "leak-number", .columns = "a=noise,b=tells,y=class", .n = 400, .share = 0.5, .found = "leak(b)" },
  { .name = "leak-copy", .columns = "a=noise,b=copy,y=class", .n = 400, .share = 0.5, .found = "leak(b)" },
  { .name = "leak-value", .columns = "a=noise,b=tells-value,y=value", .n = 400, .data = "'preparation': {'scaling': 'standard'}", .found = "leak(b)" },
  { .name = "only-feature-is-no-leak", .columns = "b=tells,y=class", .n = 400, .share = 0.5, .found = "" },
  { .name = "leak-part", .columns = "a=noise,f=flag,y=class", .n = 1000, .share = 0.29, .fit = "{'class_weight': 'balanced'}", .found = "leak-part(f)" },
  { .name = "constant-among-unscaled", .columns = "k=const,l=large,y=class", .n = 100, .share = 0.5, .found = "constant(k)" },
  { .name = "constant", .columns = "a=noise,k=const,y=class", .n = 100, .share = 0.5, .found = "constant(k)" },
  { .name = "identifier-count", .columns = "n=count,a=noise,y=class", .n = 300, .share = 0.5, .data = "'preparation': {'scaling': 'standard'}", .found = "identifier(n)" },
  { .name = "identifier-name", .columns = "n=name,a=noise,y=class", .n = 300, .share = 0.5, .data = "'columns': {'n': {'kind': 'category', 'role': 'feature'}}", .found = "identifier(n)" },
  { .name = "year-is-no-identifier", .columns = "n=year,a=noise,y=class", .n = 300, .share = 0.5, .data = "'preparation': {'scaling': 'standard'}", .found = "" },
  { .name = "categories", .columns = "m=many,a=noise,y=class", .n = 600, .share = 0.5, .data = "'columns': {'m': {'kind': 'category', 'role': 'feature'}}", .found = "categories(m)" },
  { .name = "mixed", .columns = "m=mixed,a=noise,y=class", .n = 600, .share = 0.5, .data = "'preparation': {'scaling': 'standard'}", .found = "mixed(m)" },
  { .name = "missing", .columns = "g=gap10,a=noise,y=class", .n = 400, .share = 0.5, .found = "missing(g)" },
  { .name = "missing-filled", .columns = "g=gap10,a=noise,y=class", .n = 400, .share = 0.5, .data = "'preparation': {'missing': 'mean'}", .found = "" },
  { .name = "missing-most", .columns = "g=gap60,a=noise,y=class", .n = 400, .share = 0.5, .found = "missing-most(g)" },
  { .name = "missing-target", .columns = "a=noise,b=noise,y=gap10", .n = 400, .found = "missing-target(y)", .after = "missing-target(y)" },
  { .name = "scales", .columns = "a=noise,l=large,y=class", .n = 200, .share = 0.5, .found = "scales(a,l)" },
  { .name = "scales-of-one", .columns = "c=few,l=large,y=class", .n = 200, .share = 0.5, .found = "scales(l)" },
  { .name = "scaled", .columns = "a=noise,l=large,y=class", .n = 200, .share = 0.5, .data = "'preparation': {'scaling': 'standard'}", .found = "" },
  { .name = "outliers", .columns = "a=noise,o=outlier,y=class", .n = 1000, .share = 0.5, .data = "'preparation': {'scaling': 'standard'}", .found = "outliers(o)" },
  { .name = "correlated", .columns = "a=noise,b=value,c=tells-value,y=class", .n = 300, .share = 0.5, .data = "'preparation': {'scaling': 'standard'}", .found = "correlated(c)" },
  { .name = "text", .columns = "t=prose,a=noise,y=class", .n = 200, .share = 0.5, .found = "text(t)", .after = "text(t)" },
  { .name = "text-empty", .columns = "t=gappy-prose,y=class", .n = 300, .share = 0.5, .data = "'text': {'vocabulary': 100, 'length': 10}, 'columns': {'t': {'role': 'feature', 'kind': 'text'}}",
    .found = "text-empty(t)", .after = "text-empty(t)" },
  { .name = "text-cut", .columns = "t=long-prose,y=class", .n = 300, .share = 0.5, .data = "'text': {'vocabulary': 100, 'length': 10}, 'columns': {'t': {'role': 'feature', 'kind': 'text'}}",
    .found = "text-cut(t)" },
  { .name = "text-few", .columns = "t=long-prose,y=class", .n = 60, .share = 0.3, .data = "'text': {'vocabulary': 100, 'length': 40}, 'columns': {'t': {'role': 'feature', 'kind': 'text'}}",
    .fit = "{'class_weight': 'balanced'}", .found = "few-samples(y)", .after = "few-samples(y)" },
  { .name = "image-blank", .columns = "a0=pixel,a1=pixel,a2=pixel,a3=pixel,y=class", .n = 300, .share = 0.5, .data = "'image': {'height': 2, 'width': 2, 'channels': 1}",
    .found = "image-blank()", .after = "image-blank()" },
  { .name = "imbalance", .columns = "a=noise,b=noise,y=class", .n = 1000, .share = 0.05, .found = "imbalance(y)" },
  { .name = "imbalance-weighted", .columns = "a=noise,b=noise,y=class", .n = 1000, .share = 0.05, .fit = "{'class_weight': 'balanced'}", .found = "" },
  { .name = "rare-class", .columns = "a=noise,b=noise,y=class", .n = 400, .share = -0.01, .fit = "{'class_weight': 'balanced'}", .found = "rare-class(y)", .after = "rare-class(y)" },
  { .name = "unseen-class", .columns = "a=noise,b=noise,y=class", .n = 400, .share = -0.2, .split = "{'method': 'ordered'}", .fit = "{'class_weight': 'balanced'}",
    .found = "rare-class(y) sorted(y)" },
  { .name = "target-names", .columns = "a=noise,b=noise,y=name", .n = 200, .data = "'columns': {'y': {'kind': 'category'}}", .found = "target-names(y)", .after = "target-names(y)" },
  { .name = "class-lacking", .columns = "s=part,a=noise,b=noise,y=early", .n = 400, .data = "'columns': {'s': {'role': 'ignored'}, 'y': {'kind': 'category'}}",
    .split = "{'method': 'ordered'}", .fit = "{'class_weight': 'balanced'}", .found = "class-validation(y) class-test(y)" },
  { .name = "sorted", .columns = "a=noise,b=noise,y=class", .n = 400, .share = -0.5, .split = "{'method': 'ordered'}", .found = "sorted(y)" },
  { .name = "sorted-shuffled", .columns = "a=noise,b=noise,y=class", .n = 400, .share = -0.5, .found = "" },
  { .name = "ordered-unsorted", .columns = "a=noise,b=noise,y=class", .n = 400, .share = 0.5, .split = "{'method': 'ordered'}", .found = "" },
  { .name = "sorted-number", .columns = "a=noise,b=noise,y=count", .n = 400, .split = "{'method': 'ordered'}", .found = "sorted(y)" },
  { .name = "time", .columns = "d=day,a=noise,b=noise,y=value", .n = 400, .data = "'preparation': {'scaling': 'standard'}, 'columns': {'d': {'role': 'ignored'}}",
    .split = "{'method': 'random'}", .found = "time(d)" },
  { .name = "time-by-name", .columns = "year=year,a=noise,y=value", .n = 400, .data = "'preparation': {'scaling': 'standard'}", .split = "{'method': 'random'}", .found = "time(year)" },
  { .name = "split-column", .columns = "s=part,a=noise,y=class", .n = 400, .share = 0.5, .split = "{'method': 'column', 'column': 's'}", .found = "split-column(s)" },
  { .name = "group-as-input", .columns = "m=few,a=noise,y=class", .n = 400, .share = 0.5, .split = "{'method': 'grouped', 'column': 'm'}", .found = "split-column(m)" },
  { .name = "duplicates", .columns = "a=noise,b=noise,y=class", .n = 400, .share = 0.5, .twice = 10, .found = "duplicates-split() duplicates()", .after = "duplicates-split() duplicates()" },
  { .name = "coarse-rows-are-no-duplicates", .columns = "a=coarse,b=coarse,y=class", .n = 400, .share = 0.5, .found = "" },
  { .name = "two-at-once", .columns = "k=const,a=noise,b=tells,y=class", .n = 1000, .share = 0.3, .found = "leak(b) constant(k)" },
};

static char *
join (const GPtrArray *findings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const CamFinding *finding = findings->pdata[i];
      g_autofree char *columns = g_strjoinv (",", finding->columns);

      g_string_append_printf (text, "%s%s(%s)", i > 0 ? " " : "", finding->id, columns);
    }

  return g_string_free (text, FALSE);
}

static GPtrArray *
examine (CamTable            *table,
         const CamExperiment *experiment)
{
  return cam_doctor_examine (table, cam_experiment_get_data (experiment), cam_experiment_get_split (experiment), cam_experiment_peek (experiment, "fit"), NULL);
}

/* @experiment with all cures. */
static CamExperiment *
cure (CamExperiment   *experiment,
      const GPtrArray *findings)
{
  CamExperiment *cured = cam_experiment_ref (experiment);

  for (guint i = 0; i < findings->len; i++)
    {
      const CamFinding *finding = findings->pdata[i];
      g_autoptr(GError) error = NULL;
      CamExperiment *next;

      g_assert_true (g_utf8_strlen (finding->title, -1) > 8 && g_utf8_strlen (finding->reason, -1) > 20);
      g_assert_true (g_str_has_suffix (finding->reason, ".") && !g_str_has_suffix (finding->title, "."));
      g_assert_true ((finding->cure == NULL) == (finding->cure_title == NULL));
      if (finding->cure == NULL)
        continue;
      next = cam_experiment_with_all (cured, finding->cure, &error);
      g_assert_no_error (error);
      cam_experiment_unref (cured);
      cured = next;
    }

  return cured;
}

static void
test_case (gconstpointer data)
{
  const Case *self = data;
  g_autoptr(CamTable) table = make_table (self->columns, self->n, self->share, self->twice);
  g_autofree char *document = g_strdup_printf ("{'camadas': 1, 'data': {'target': ['y']%s%s}, 'split': %s, 'fit': %s, 'network': []}", self->data != NULL ? ", " : "",
                                               self->data != NULL ? self->data : "", self->split != NULL ? self->split : "{}", self->fit != NULL ? self->fit : "{}");
  g_autoptr(CamExperiment) experiment = parse_experiment (document), cured = NULL;
  g_autoptr(GPtrArray) findings = examine (table, experiment), left = NULL;
  g_autofree char *found = join (findings), *after = NULL;

  g_assert_cmpstr (found, ==, self->found);
  cured = cure (experiment, findings);
  left = examine (table, cured);
  after = join (left);
  g_assert_cmpstr (after, ==, self->after != NULL ? self->after : "");
}

/* Samples ---------------------------------------------------------------------------------------------------------------------------------------------------- */

typedef struct { const char *name, *found; } SampleCase;

/* What is true of the samples as their documents set them up. */
static const SampleCase sample_cases[] = {
  { "asteroid-flyby", "" },
  { "banknotes", "duplicates-split() duplicates()" },
  { "breast-cancer", "outliers(radius_error,perimeter_error,area_error) correlated(mean_perimeter)" },
  { "co2", "" },
  { "darts", "" },
  { "digits", "constant(p00,p40,p47)" },
  { "digits-autoencoder", "constant(p00,p40,p47)" },
  { "digits-cnn", "" },
  { "energy-efficiency", "" },
  { "iris", "" },
  { "irrigation", "" },
  { "penguins", "" },
  { "sentiment", "" },
  { "sunspots", "" },
};

static const char *
find_expected (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (sample_cases); i++)
    if (g_str_equal (sample_cases[i].name, name))
      return sample_cases[i].found;

  return NULL;
}

/* Each sample of the table; others are to give nothing worse than a note. */
static void
test_samples (void)
{
  g_autofree char *folder = sample_path ("");
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;
  guint n = 0;

  while ((file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, ".json"))
      {
        g_autofree char *name = g_strndup (file, strlen (file) - strlen (".json")), *path = sample_path (file), *found = NULL, *csv = NULL;
        g_autoptr(CamExperiment) experiment = cam_experiment_load (path, NULL);
        g_autoptr(CamTable) table = NULL;
        g_autoptr(GPtrArray) findings = NULL;
        const char *expected = find_expected (name);

        csv = g_path_get_basename (cam_experiment_get_file (experiment));
        if (!g_str_has_suffix (csv, ".csv"))
          continue;
        table = sample_table (csv);
        findings = examine (table, experiment);
        found = join (findings);
        g_test_message ("%s: %s", name, found);
        if (expected != NULL)
          g_assert_cmpstr (found, ==, expected);
        for (guint i = 0; i < findings->len && expected == NULL; i++)
          g_assert_cmpint (((CamFinding *) findings->pdata[i])->severity, ==, CAM_SEVERITY_NOTE);
        n += expected != NULL;
      }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (sample_cases));
}

/* A finding is ignored by what it is and where, in the document; nothing else changes for it. */
static void
test_ignored (void)
{
  g_autoptr(CamTable) table = make_table ("k=const,a=noise,b=tells,y=class", 1000, 0.3, 0);
  g_autoptr(CamExperiment) experiment = parse_experiment ("{'camadas': 1, 'data': {'target': ['y']}, 'network': []}"), one = NULL, both = NULL, none = NULL;
  g_autoptr(GPtrArray) findings = examine (table, experiment), again = NULL;
  g_autoptr(json_t) list = NULL, longer = NULL, shorter = NULL, gone = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *found = join (findings), *still_found = NULL;

  g_assert_cmpstr (found, ==, "leak(b) constant(k)");
  for (guint i = 0; i < findings->len; i++)
    g_assert_false (((CamFinding *) findings->pdata[i])->is_ignored);

  list = cam_finding_set_ignored (findings->pdata[1], cam_experiment_get_data (experiment), TRUE);
  one = cam_experiment_with (experiment, "data/" CAM_IGNORED_FINDINGS, list, &error);
  g_assert_no_error (error);
  g_assert_true (cam_data_is_same (cam_experiment_get_data (experiment), cam_experiment_get_data (one)));
  again = examine (table, one);
  still_found = join (again);
  g_assert_cmpstr (still_found, ==, found);
  g_assert_false (((CamFinding *) again->pdata[0])->is_ignored);
  g_assert_true (((CamFinding *) again->pdata[1])->is_ignored);

  /* Another one beside it; twice is once; and both given up again. */
  longer = cam_finding_set_ignored (findings->pdata[0], cam_experiment_get_data (one), TRUE);
  g_assert_cmpuint (json_array_size (longer), ==, 2);
  both = cam_experiment_with (one, "data/" CAM_IGNORED_FINDINGS, longer, &error);
  g_assert_no_error (error);
  json_decref (g_steal_pointer (&longer));
  longer = cam_finding_set_ignored (findings->pdata[0], cam_experiment_get_data (both), TRUE);
  g_assert_cmpuint (json_array_size (longer), ==, 2);
  cam_findings_mark_ignored (findings, cam_experiment_get_data (both));
  g_assert_true (((CamFinding *) findings->pdata[0])->is_ignored);
  shorter = cam_finding_set_ignored (findings->pdata[0], cam_experiment_get_data (both), FALSE);
  g_assert_true (json_equal (shorter, list));
  gone = cam_finding_set_ignored (findings->pdata[1], cam_experiment_get_data (one), FALSE);
  g_assert_true (json_is_null (gone));
  cam_findings_mark_ignored (findings, cam_experiment_get_data (experiment));
  g_assert_false (((CamFinding *) findings->pdata[0])->is_ignored);

  /* The document refuses what is no list of findings. */
  none = cam_experiment_with (experiment, "data/" CAM_IGNORED_FINDINGS, json_object_get (cam_experiment_get_data (experiment), "target"), &error);
  g_assert_null (none);
  g_assert_nonnull (error);
}

/* The rest ----------------------------------------------------------------------------------------------------------------------------------------------------- */

static void
test_cancelled (void)
{
  g_autoptr(CamTable) table = make_table ("a=noise,y=class", 100, 0.5, 0);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_null (cam_doctor_examine (table, NULL, NULL, NULL, cancellable));
}

/* Settings that cannot be used do not keep the doctor from looking: no target, a split that fails, a column that is not there. */
static void
test_odd_settings (void)
{
  static const char *const documents[] = {
    "{'camadas': 1, 'data': {}, 'network': []}",
    "{'camadas': 1, 'data': {'target': ['y']}, 'split': {'method': 'column', 'column': 'nowhere'}, 'network': []}",
    "{'camadas': 1, 'data': {'target': ['nowhere']}, 'network': []}",
    "{'camadas': 1, 'data': {'target': ['y'], 'columns': {'a': {'role': 'ignored'}, 'k': {'role': 'ignored'}}}, 'network': []}",
  };
  g_autoptr(CamTable) table = make_table ("a=gap60,k=const,y=class", 100, 0.5, 0);
  g_autoptr(CamTable) tiny = csv_table ("a,y\n1,2\n"), bare = csv_table ("a,y\n,\n,\n");

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr(CamExperiment) experiment = parse_experiment (documents[i]);
      g_autoptr(GPtrArray) findings = examine (table, experiment);
      g_autoptr(GPtrArray) of_tiny = examine (tiny, experiment), of_bare = examine (bare, experiment);

      g_assert_nonnull (findings);
      g_assert_nonnull (of_tiny);
      g_assert_nonnull (of_bare);
    }
}

/* A sample is looked at, and the reason says so; what is found is the same again. */
static void
test_many_rows (void)
{
  g_autoptr(CamTable) table = make_table ("a=noise,b=tells,y=class", 60000, 0.5, 0);
  g_autoptr(CamExperiment) experiment = parse_experiment ("{'camadas': 1, 'data': {'target': ['y']}, 'network': []}");
  g_autoptr(GPtrArray) findings = examine (table, experiment), again = examine (table, experiment);
  const CamFinding *finding = findings->pdata[0];

  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_cmpstr (finding->id, ==, "leak");
  g_assert_nonnull (strstr (finding->reason, "20000 of 42000 training rows"));
  g_assert_cmpstr (((CamFinding *) again->pdata[0])->reason, ==, finding->reason);
}

/* Names that are steps of a path need care. */
static void
test_names (void)
{
  g_autoptr(CamTable) table = make_table ("a/b~c=const,d=noise,e=noise,y=class", 100, 0.5, 0);
  g_autoptr(CamExperiment) experiment = parse_experiment ("{'camadas': 1, 'data': {'target': ['y']}, 'network': []}"), cured = NULL;
  g_autoptr(GPtrArray) findings = examine (table, experiment);

  g_assert_cmpuint (findings->len, ==, 1);
  cured = cure (experiment, findings);
  g_assert_cmpstr (json_string_value (cam_experiment_peek (cured, "data/columns/a~1b~0c/role")), ==, "ignored");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/experiment/doctor/case/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/experiment/doctor/samples", test_samples);
  g_test_add_func ("/experiment/doctor/ignored", test_ignored);
  g_test_add_func ("/experiment/doctor/cancelled", test_cancelled);
  g_test_add_func ("/experiment/doctor/odd-settings", test_odd_settings);
  g_test_add_func ("/experiment/doctor/many-rows", test_many_rows);
  g_test_add_func ("/experiment/doctor/names", test_names);

  return g_test_run ();
}
