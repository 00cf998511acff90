/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the samples are: texts without words or longer than what is read of them, pictures that show nothing, classes of too few samples, parts that lack a class. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "cam-doctor-private.h"
#include "cam-relation.h"

/* Of the texts, to be worth saying. */
#define MANY_CUT 0.1
/* What a cure reads: nine texts in ten whole, within what a recurrent layer can follow. */
#define WHOLE_TEXTS 0.9
#define LONGEST_TEXT 500
/* Pictures and texts of a class in training, to learn from. */
#define FEW_SAMPLES 20
/* Of so few training rows another finding tells. */
#define HANDFUL 6

/* Texts -------------------------------------------------------------------------------------------------------------------------------------------------- */

static void
examine_text (CamExam *self)
{
  const guint column = self->features[0];
  const gsize n = self->sample->len;
  g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint)), lengths = g_array_sized_new (FALSE, FALSE, sizeof (double), (guint) n);
  gsize n_empty = 0, n_cut = 0, example = 0;
  double longest;

  for (gsize i = 0; i < n; i++)
    {
      char buf[40];
      gsize row = g_array_index (self->sample, gsize, i);
      double n_words = cam_text_count_words (cam_cell_level (self->table, column, row, buf));

      if (n_words == 0.0 && n_empty++ == 0)
        example = row;
      n_cut += n_words > self->settings->text_length;
      g_array_append_val (lengths, n_words);
    }
  g_array_append_val (columns, column);
  g_array_sort (lengths, cam_exam_compare);
  longest = n > 0 ? g_array_index (lengths, double, lengths->len - 1) : 0.0;

  if (n_empty > 0)
    {
      g_autofree char *share = cam_exam_share ((double) n_empty / (double) n), *sample = cam_exam_tell_sample (self);

      cam_exam_add (self, "text-empty", n_empty * 100 > n ? CAM_SEVERITY_WARNING : CAM_SEVERITY_NOTE, columns,
                    g_strdup_printf (ngettext ("%zu text has no words", "%zu texts have no words", n_empty), n_empty),
                    g_strdup_printf (_("Nothing can be told from %s of the texts, such as that of row %zu: they are empty or nothing but marks. Take these rows out of the file.%s"), share, example + 1, sample));
    }
  if ((double) n_cut > MANY_CUT * (double) n)
    {
      double wanted = MIN (g_array_index (lengths, double, (guint) (WHOLE_TEXTS * (lengths->len - 1))), LONGEST_TEXT);
      g_autofree char *share = cam_exam_share ((double) n_cut / (double) n), *sample = cam_exam_tell_sample (self);
      CamFinding *finding = cam_exam_add (self, "text-cut", CAM_SEVERITY_NOTE, columns, g_strdup_printf (_("%s of the texts are read in part"), share),
                                          g_strdup_printf (_("The network reads the first %u words; the longest text has %.0f. What comes later is never seen.%s"),
                                                           self->settings->text_length, longest, sample));

      if (wanted > self->settings->text_length)
        {
          cam_finding_set_cure (finding, _("Read more"));
          cam_finding_cure_path (finding, "data/text/length", json_integer ((json_int_t) ceil (wanted)));
        }
    }
}

/* Pictures ------------------------------------------------------------------------------------------------------------------------------------------------ */

static gboolean
is_blank (const CamExam *self,
          gsize          row)
{
  double first = cam_table_get_number (self->table, self->features[0], row);

  for (guint f = 1; f < self->n_features; f++)
    if (cam_table_get_number (self->table, self->features[f], row) != first)
      return FALSE;

  return TRUE;
}

static void
examine_pictures (CamExam *self)
{
  gsize n_blank = 0, example = 0;
  g_autofree char *share = NULL, *sample = NULL;

  for (guint f = 0; f < self->n_features; f++)
    if (!cam_exam_is_numeric (self, self->features[f]))
      return;
  for (guint i = 0; i < self->sample->len; i++)
    {
      gsize row = g_array_index (self->sample, gsize, i);

      if (is_blank (self, row) && n_blank++ == 0)
        example = row;
    }
  if (n_blank == 0)
    return;
  share = cam_exam_share ((double) n_blank / (double) self->sample->len);
  sample = cam_exam_tell_sample (self);
  cam_exam_add (self, "image-blank", n_blank * 100 > self->sample->len ? CAM_SEVERITY_WARNING : CAM_SEVERITY_NOTE, NULL,
                g_strdup_printf (ngettext ("%zu picture is blank", "%zu pictures are blank", n_blank), n_blank),
                g_strdup_printf (_("All pixels are the same in %s of the pictures, such as that of row %zu: they show nothing. Take them out of the data.%s"), share, example + 1, sample));
}

/* Classes ------------------------------------------------------------------------------------------------------------------------------------------------- */

static GHashTable *
count_classes (const CamExam *self,
               const GArray  *rows)
{
  GHashTable *counts = g_hash_table_new_full (g_double_hash, g_double_equal, g_free, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      double value = cam_exam_get_value (self, self->targets[0], g_array_index (rows, gsize, i));

      g_hash_table_insert (counts, g_memdup2 (&value, sizeof value), GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, &value)) + 1));
    }

  return counts;
}

static char *
describe_class (const CamExam *self,
                double         value)
{
  char buf[G_ASCII_DTOSTR_BUF_SIZE];

  if (cam_column_kind_is_numeric (cam_table_get_kind (self->table, self->targets[0])))
    return g_strdup (g_ascii_formatd (buf, sizeof buf, "%.12g", value));

  return g_strdup (cam_table_get_level (self->table, self->targets[0], (guint) value));
}

/* A few dozen rows of numbers may do; of pictures and texts every one is different. */
static void
examine_few (CamExam    *self,
             GHashTable *trained)
{
  g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_few = 0, least = G_MAXUINT;
  double rarest = 0.0;
  GHashTableIter iter;
  gpointer key, value;
  g_autofree char *name = NULL;

  g_hash_table_iter_init (&iter, trained);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      guint n = GPOINTER_TO_UINT (value);

      n_few += n < FEW_SAMPLES;
      if (n < least || (n == least && *(double *) key < rarest))
        {
          least = n;
          rarest = *(double *) key;
        }
    }
  if (n_few == 0)
    return;
  name = describe_class (self, rarest);
  g_array_append_val (columns, self->targets[0]);
  cam_exam_add (self, "few-samples", CAM_SEVERITY_WARNING, columns,
                self->is_image ? g_strdup_printf (ngettext ("%u class has few pictures", "%u classes have few pictures", n_few), n_few)
                               : g_strdup_printf (ngettext ("%u class has few texts", "%u classes have few texts", n_few), n_few),
                g_strdup_printf (_("Training has %u of “%s”; below %u hardly more than these themselves is learned. Gather more, or join classes in the file."), least, name, FEW_SAMPLES));
}

/* A class that training knows, but a part that measures does not: its scores say nothing of it. */
static void
examine_parts (CamExam    *self,
               GHashTable *trained)
{
  static const char *const words[] = { [CAM_PART_VALIDATION] = N_("Validation lacks a class"), [CAM_PART_TEST] = N_("Test lacks a class") };
  const char *method = json_string_value (json_object_get (self->split, "method"));
  const gboolean is_stratified = method == NULL || g_str_equal (method, "stratified");

  for (guint part = CAM_PART_VALIDATION; part < CAM_N_PARTS; part++)
    {
      g_autoptr(GHashTable) there = count_classes (self, self->parts[part]);
      g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autofree char *name = NULL;
      double first = NAN;
      GHashTableIter iter;
      gpointer key, value;
      guint n_lacking = 0;
      CamFinding *finding;

      g_hash_table_iter_init (&iter, trained);
      while (g_hash_table_iter_next (&iter, &key, &value))
        if (GPOINTER_TO_UINT (value) >= HANDFUL && !g_hash_table_contains (there, key))
          {
            n_lacking++;
            first = !(first <= *(double *) key) ? *(double *) key : first;
          }
      if (n_lacking == 0 || self->parts[part]->len == 0)
        continue;
      name = describe_class (self, first);
      g_array_append_val (columns, self->targets[0]);
      finding = cam_exam_add (self, part == CAM_PART_VALIDATION ? "class-validation" : "class-test", CAM_SEVERITY_WARNING, columns, g_strdup (_(words[part])),
                              n_lacking == 1 ? g_strdup_printf (_("It has no row of “%s”, so that its scores say nothing of this class."), name)
                                             : g_strdup_printf (_("It has no row of “%s” and %u classes more, so that its scores say nothing of these."), name, n_lacking - 1));
      if (!is_stratified)
        {
          cam_finding_set_cure (finding, _("Stratify"));
          cam_finding_cure_path (finding, "split/method", json_string ("stratified"));
        }
    }
}

/* That the target is sorted says why a part lacks classes. */
static gboolean
is_sorted (const CamExam *self)
{
  for (guint i = 0; i < self->findings->len; i++)
    if (g_str_equal (((CamFinding *) self->findings->pdata[i])->id, "sorted"))
      return TRUE;

  return FALSE;
}

void
cam_exam_samples (CamExam *self)
{
  gboolean is_text = self->settings->vocabulary > 0 && self->n_features == 1;

  if (is_text)
    examine_text (self);
  if (self->is_image && self->n_features > 1)
    examine_pictures (self);
  if (self->has_classes && self->is_split && !self->is_sequence)
    {
      g_autoptr(GHashTable) trained = count_classes (self, self->parts[CAM_PART_TRAIN]);

      /* Names rather than classes are another finding. */
      if (g_hash_table_size (trained) < 2 || g_hash_table_size (trained) * 3 > self->usable->len)
        return;
      if (is_text || self->is_image)
        examine_few (self, trained);
      if (!is_sorted (self))
        examine_parts (self, trained);
    }
}
