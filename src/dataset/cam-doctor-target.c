/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The target and the split: rare classes, missing answers, and rows whose order tells more than it should. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-doctor-private.h"

/* The rarest class against the most frequent one. */
#define UNEVEN 0.4
#define VERY_UNEVEN 0.1
#define HANDFUL 6
/* Changes of class from row to row, against what rows in random order would have. */
#define FEW_CHANGES 0.1

/* The classes of the usable rows by code, and how many rows each has. */
typedef struct
{
  GHashTable *places;      /* double → place + 1 */
  GArray     *values;      /* double */
  GArray     *counts;      /* gsize */
} Classes;

static void
classes_clear (Classes *self)
{
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->values, g_array_unref);
  g_clear_pointer (&self->counts, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Classes, classes_clear)

static void
count_classes (const CamExam *self,
               const GArray  *rows,
               Classes       *classes)
{
  classes->places = g_hash_table_new_full (g_double_hash, g_double_equal, g_free, NULL);
  classes->values = g_array_new (FALSE, FALSE, sizeof (double));
  classes->counts = g_array_new (FALSE, TRUE, sizeof (gsize));
  for (guint i = 0; i < rows->len; i++)
    {
      double value = cam_exam_get_value (self, self->targets[0], g_array_index (rows, gsize, i));
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (classes->places, &value));

      if (place == 0)
        {
          place = classes->values->len + 1;
          g_hash_table_insert (classes->places, g_memdup2 (&value, sizeof value), GUINT_TO_POINTER (place));
          g_array_append_val (classes->values, value);
          g_array_set_size (classes->counts, place);
        }
      g_array_index (classes->counts, gsize, place - 1)++;
    }
}

static char *
describe_class (const CamExam *self,
                const Classes *classes,
                guint          place)
{
  char buf[G_ASCII_DTOSTR_BUF_SIZE];
  double value = g_array_index (classes->values, double, place);

  if (cam_column_kind_is_numeric (cam_table_get_kind (self->table, self->targets[0])))
    return g_strdup (g_ascii_formatd (buf, sizeof buf, "%.12g", value));

  return g_strdup (cam_table_get_level (self->table, self->targets[0], (guint) value));
}

static GArray *
list_targets (const CamExam *self)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_vals (columns, self->targets, self->n_targets);

  return columns;
}

static void
examine_balance (CamExam       *self,
                 const Classes *classes)
{
  const gsize n = self->usable->len;
  guint rarest = 0, most = 0;
  g_autofree char *rare = NULL, *frequent = NULL, *share = NULL, *baseline = NULL;
  g_autoptr(GArray) columns = list_targets (self);
  const json_t *weights = json_object_get (self->fit, "class_weight");
  double ratio;
  CamFinding *finding;

  for (guint c = 1; c < classes->counts->len; c++)
    {
      if (g_array_index (classes->counts, gsize, c) < g_array_index (classes->counts, gsize, rarest))
        rarest = c;
      if (g_array_index (classes->counts, gsize, c) > g_array_index (classes->counts, gsize, most))
        most = c;
    }
  ratio = (double) g_array_index (classes->counts, gsize, rarest) / (double) g_array_index (classes->counts, gsize, most);
  if (classes->counts->len < 2 || ratio >= UNEVEN || (weights != NULL && !json_is_null (weights)))
    return;

  rare = describe_class (self, classes, rarest);
  frequent = describe_class (self, classes, most);
  share = cam_exam_share ((double) g_array_index (classes->counts, gsize, rarest) / (double) n);
  baseline = cam_exam_share ((double) g_array_index (classes->counts, gsize, most) / (double) n);
  finding = cam_exam_add (self, "imbalance", ratio < VERY_UNEVEN ? CAM_SEVERITY_WARNING : CAM_SEVERITY_NOTE, columns,
                          g_strdup_printf (_("Classes are uneven: %s of rows are %s"), share, rare),
                          g_strdup_printf (_("Always saying “%s” would be right in %s of rows. Weights make each class count alike."), frequent, baseline));
  cam_finding_set_cure (finding, _("Weight"));
  cam_finding_cure_path (finding, "fit/class_weight", json_string ("balanced"));
}

/* Where the target has a word of its own in every third row, it names rows: all else that could be said of its classes follows from that. */
static gboolean
examine_number (CamExam       *self,
                const Classes *classes)
{
  g_autoptr(GArray) columns = NULL;

  if (self->usable->len < 20 || classes->counts->len * 3 <= self->usable->len)
    return FALSE;
  columns = list_targets (self);
  if (cam_table_get_n_columns (self->table) == 1 && cam_table_get_kind (self->table, 0) == CAM_COLUMN_TEXT)
    {
      cam_exam_add (self, "target-names", CAM_SEVERITY_ERROR, columns, g_strdup (_("A text alone leaves nothing to tell apart")),
                    g_strdup (_("Read it a character a row, in the import options: then the network learns which character comes next. Or add a column that says what each line is.")));
      return TRUE;
    }
  cam_exam_add (self, "target-names", CAM_SEVERITY_ERROR, columns, g_strdup_printf (_("%s names rows rather than classes"), cam_exam_get_name (self, self->targets[0])),
                g_strdup_printf (_("It has %u different words in %u rows, so that most of them are never seen twice. Choose another target."), classes->counts->len, self->usable->len));

  return TRUE;
}

static gboolean
is_method (const CamExam *self,
           const char    *method)
{
  const char *own = json_string_value (json_object_get (self->split, "method"));

  return g_strcmp0 (own != NULL ? own : "stratified", method) == 0;
}

static void
examine_rare (CamExam       *self,
              const Classes *classes)
{
  g_autoptr(GArray) columns = list_targets (self);
  GString *names = g_string_new (NULL);
  guint n_rare = 0, n_unseen = 0;
  g_auto(Classes) trained = { 0 };

  count_classes (self, self->parts[CAM_PART_TRAIN], &trained);
  for (guint c = 0; c < classes->counts->len; c++)
    {
      const double *value = &g_array_index (classes->values, double, c);
      gsize n = g_array_index (classes->counts, gsize, c);
      gboolean is_unseen = self->is_split && !g_hash_table_contains (trained.places, value);

      n_unseen += is_unseen;
      n_rare += n < HANDFUL;
      if ((is_unseen || n < HANDFUL) && n_rare + n_unseen <= 3)
        {
          g_autofree char *name = describe_class (self, classes, c);

          /* translators: a class and how many rows it has: “Antarctica: 3” */
          g_string_append_printf (names, _("%s%s: %zu"), names->len > 0 ? ", " : "", name, n);
        }
    }
  if (n_unseen > 0 && !self->is_sequence)
    {
      CamFinding *finding = cam_exam_add (self, "rare-class", CAM_SEVERITY_ERROR, columns,
                                          g_strdup_printf (ngettext ("%u class is not seen in training", "%u classes are not seen in training", n_unseen), n_unseen),
                                          g_strdup_printf (_("The split leaves no training row of it, so that it can never be said (rows: %s)."), names->str));

      if (!is_method (self, "stratified"))
        {
          cam_finding_set_cure (finding, _("Stratify"));
          cam_finding_cure_path (finding, "split/method", json_string ("stratified"));
        }
    }
  else if (n_rare > 0 && n_rare < classes->counts->len)
    cam_exam_add (self, "rare-class", CAM_SEVERITY_WARNING, columns,
                  g_strdup_printf (ngettext ("%u class has a handful of rows", "%u classes have a handful of rows", n_rare), n_rare),
                  g_strdup_printf (_("Of so few nothing can be learned or measured; gather more, or join classes in the file (rows: %s)."), names->str));
  g_string_free (names, TRUE);
}

static void
examine_missing (CamExam *self)
{
  g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  gsize most = 0;

  for (guint t = 0; t < self->n_targets; t++)
    if (cam_table_get_n_missing (self->table, self->targets[t]) > 0)
      {
        g_array_append_val (columns, self->targets[t]);
        most = MAX (most, cam_table_get_n_missing (self->table, self->targets[t]));
      }
  if (columns->len > 0 && !self->is_sequence)
    {
      g_autofree char *names = cam_exam_join (self, columns), *share = cam_exam_share ((double) most / (double) self->n_rows);

      cam_exam_add (self, "missing-target", most * 2 > self->n_rows ? CAM_SEVERITY_WARNING : CAM_SEVERITY_NOTE, columns,
                    g_strdup_printf (ngettext ("%zu row has no target", "%zu rows have no target", most), most),
                    g_strdup_printf (_("Where %s is missing (%s of rows) there is nothing to learn; these rows are left out."), names, share));
    }
}

/* As the rows stand: a class changes seldom from row to row, or a number goes one way only. */
static gboolean
is_sorted (const CamExam *self,
           const Classes *classes)
{
  const gsize n = self->usable->len;
  gsize n_changes = 0, n_up = 0, n_down = 0;
  double chance = 1.0, before = NAN;

  for (gsize i = 0; i < n; i++)
    {
      double value = cam_exam_get_value (self, self->targets[0], g_array_index (self->usable, gsize, i));

      n_changes += i > 0 && value != before;
      n_up += i > 0 && value > before;
      n_down += i > 0 && value < before;
      before = value;
    }
  if (!self->has_classes)
    return n > 50 && (n_up == 0 || n_down == 0) && n_up + n_down > n / 20;
  for (guint c = 0; c < classes->counts->len; c++)
    chance -= pow ((double) g_array_index (classes->counts, gsize, c) / (double) n, 2.0);

  return n > 20 && chance > 0.0 && (double) n_changes < FEW_CHANGES * chance * (double) n;
}

static void
examine_order (CamExam       *self,
               const Classes *classes)
{
  g_autoptr(GArray) columns = list_targets (self);
  CamFinding *finding;
  const char *name;

  if (!is_method (self, "ordered") || json_object_get (self->split, "column") != NULL || self->is_sequence || !is_sorted (self, classes))
    return;
  name = cam_exam_get_name (self, self->targets[0]);
  finding = cam_exam_add (self, "sorted", CAM_SEVERITY_ERROR, columns, g_strdup_printf (_("Rows are sorted by %s"), name),
                          self->has_classes
                            ? g_strdup (_("The split takes rows as they stand, so that training and validation have different classes."))
                            : g_strdup (_("The split takes rows as they stand, so that validation has values that training never sees.")));
  cam_finding_set_cure (finding, self->has_classes ? _("Stratify") : _("Split by chance"));
  cam_finding_cure_path (finding, "split/method", json_string (self->has_classes ? "stratified" : "random"));
}

void
cam_exam_target (CamExam *self)
{
  g_auto(Classes) classes = { 0 };

  if (self->n_targets == 0)
    return;
  examine_missing (self);
  if (self->usable->len == 0)
    return;
  if (self->has_classes)
    {
      count_classes (self, self->usable, &classes);
      if (!examine_number (self, &classes))
        {
          examine_balance (self, &classes);
          examine_rare (self, &classes);
        }
    }
  if (self->n_targets == 1)
    examine_order (self, &classes);
}
