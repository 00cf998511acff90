/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table against a preparation, column by column. */

#include "cam-table-check.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cam-name-match.h"
#include "cam-words.h"

#define MAX_TOLD 3

static void
finding_free (gpointer data)
{
  CamTableFinding *finding = data;

  g_free (finding->column);
  g_free (finding->example);
  g_free (finding->range);
  g_free (finding->lowest);
  g_free (finding->highest);
  g_free (finding);
}

static void
rename_free (gpointer data)
{
  CamTableRename *self = data;

  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

/* Cells ------------------------------------------------------------------------------------------------------------- */

#define FINE G_MAXUINT

/* One column as the model looks at it. */
typedef struct
{
  const CamTable  *table;
  guint            column;
  CamFeatureFacts  facts;
  gboolean         is_numeric;      /* so is the table's column */
  gboolean         wants_range;
  GHashTable      *known;           /* levels; NULL: a number */
  guint8          *is_known;        /* [levels of the table's column]; NULL: it has none */
} Look;

static void
look_init (Look            *self,
           const CamTable  *table,
           guint            column,
           CamFeatureFacts  facts,
           gboolean         wants_range)
{
  *self = (Look) { .table = table, .column = column, .facts = facts, .is_numeric = cam_column_kind_is_numeric (cam_table_get_kind (table, column)) };
  self->wants_range = wants_range && !isnan (facts.typical);
  if (facts.levels == NULL)
    return;
  self->known = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < facts.levels->len; i++)
    g_hash_table_add (self->known, facts.levels->pdata[i]);
  if (self->is_numeric)
    return;
  self->is_known = g_new0 (guint8, cam_table_get_n_levels (table, column) + 1);
  for (guint i = 0; i < cam_table_get_n_levels (table, column); i++)
    self->is_known[i] = g_hash_table_contains (self->known, cam_table_get_level (table, column, i));
}

static void
look_clear (Look *self)
{
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->is_known, g_free);
}

static guint
look_at_level (const Look *self,
               gsize       row)
{
  int code;

  if (self->is_known == NULL)
    {
      g_autofree char *text = cam_table_dup_text (self->table, self->column, row);

      return *text == '\0' ? CAM_FINDING_MISSING : g_hash_table_contains (self->known, text) ? FINE : CAM_FINDING_UNSEEN;
    }
  code = cam_table_get_code (self->table, self->column, row);
  return code < 0 ? CAM_FINDING_MISSING : self->is_known[code] ? FINE : CAM_FINDING_UNSEEN;
}

/* What there is to say of a cell: a CamFindingKind, or FINE. */
static guint
look_at (const Look *self,
         gsize       row)
{
  double value;

  if (self->known != NULL)
    return look_at_level (self, row);
  value = cam_table_get_number (self->table, self->column, row);
  if (isnan (value))
    return self->is_numeric || cam_table_get_code (self->table, self->column, row) < 0 ? CAM_FINDING_MISSING : CAM_FINDING_NO_NUMBER;
  return self->wants_range && (value < self->facts.min || value > self->facts.max) ? CAM_FINDING_OUTSIDE : FINE;
}

static gboolean
leaves_out (const Look     *look,
            CamFindingKind  kind)
{
  switch (kind)
    {
    case CAM_FINDING_UNSEEN:
      return look->facts.drops_unseen;
    case CAM_FINDING_MISSING:
    case CAM_FINDING_NO_NUMBER:
      return look->facts.drops_missing;
    case CAM_FINDING_OUTSIDE:
    default:
      return FALSE;
    }
}

static CamTableFinding *
new_finding (const Look     *look,
             guint           feature,
             CamFindingKind  kind,
             gsize           n_rows,
             gsize           first)
{
  CamTableFinding *finding = g_new0 (CamTableFinding, 1);

  finding->kind = kind;
  finding->feature = feature;
  finding->column = g_strdup (cam_table_get_name (look->table, look->column));
  finding->n_rows = n_rows;
  finding->leaves_out = leaves_out (look, kind);
  if (kind != CAM_FINDING_MISSING)
    finding->example = cam_table_dup_text (look->table, look->column, first);
  return finding;
}

static void
tell_range (CamTableFinding *finding,
            const Look      *look,
            double           lowest,
            double           highest)
{
  g_autofree char *min = cam_table_dup_value (look->table, look->column, look->facts.min);
  g_autofree char *max = cam_table_dup_value (look->table, look->column, look->facts.max);

  /* translators: the smallest and the largest value of a column in training */
  finding->range = g_strdup_printf (_("%s … %s"), min, max);
  if (lowest < look->facts.min)
    finding->lowest = cam_table_dup_value (look->table, look->column, lowest);
  if (highest > look->facts.max)
    finding->highest = cam_table_dup_value (look->table, look->column, highest);
}

static void
check_column (CamTableCheck *self,
              const Look    *look,
              guint          feature)
{
  static const CamFindingKind order[] = { CAM_FINDING_NO_NUMBER, CAM_FINDING_UNSEEN, CAM_FINDING_MISSING, CAM_FINDING_OUTSIDE };
  gsize n[G_N_ELEMENTS (order)] = { 0 }, first[G_N_ELEMENTS (order)] = { 0 };
  double lowest = INFINITY, highest = -INFINITY;

  for (gsize row = 0; row < cam_table_get_n_rows (look->table); row++)
    {
      guint kind = look_at (look, row);

      if (kind == FINE)
        continue;
      if (n[kind]++ == 0)
        first[kind] = row;
      if (kind == CAM_FINDING_OUTSIDE)
        {
          double value = cam_table_get_number (look->table, look->column, row);

          lowest = MIN (lowest, value);
          highest = MAX (highest, value);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      CamTableFinding *finding;

      if (n[order[i]] == 0)
        continue;
      finding = new_finding (look, feature, order[i], n[order[i]], first[order[i]]);
      if (order[i] == CAM_FINDING_OUTSIDE)
        tell_range (finding, look, lowest, highest);
      g_ptr_array_add (self->findings, finding);
    }
}

/* Columns ----------------------------------------------------------------------------------------------------------- */

static void
need (CamTableCheck  *self,
      const CamTable *table,
      GHashTable     *used,
      const char     *name)
{
  if (name == NULL || !g_hash_table_add (used, (gpointer) name))
    return;
  if (cam_table_find (table, name) < 0)
    g_ptr_array_add (self->missing, g_strdup (name));
}

static gboolean
is_pixels (const CamPreparation *preparation)
{
  guint height, width, channels;
  double brightest;

  return cam_preparation_get_picture (preparation, &height, &width, &channels, &brightest);
}

static void
find_renames (CamTableCheck *self)
{
  g_autoptr(GPtrArray) left = g_ptr_array_new ();

  for (guint i = 0; i < self->extra->len; i++)
    g_ptr_array_add (left, self->extra->pdata[i]);
  for (guint i = 0; i < self->missing->len; i++)
    {
      int best = cam_name_match_find (self->missing->pdata[i], left);
      CamTableRename *found;

      if (best < 0)
        continue;
      found = g_new0 (CamTableRename, 1);
      found->from = g_strdup (left->pdata[best]);
      found->to = g_strdup (self->missing->pdata[i]);
      g_ptr_array_add (self->renames, found);
      g_ptr_array_remove_index (left, (guint) best);
    }
}

CamTableCheck *
cam_table_check_new (const CamPreparation *preparation,
                     const CamTable       *table,
                     gboolean              wants_range)
{
  CamTableCheck *self = g_new0 (CamTableCheck, 1);
  g_autoptr(GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  int last = -1;

  self->missing = g_ptr_array_new_with_free_func (g_free);
  self->extra = g_ptr_array_new_with_free_func (g_free);
  self->renames = g_ptr_array_new_with_free_func (rename_free);
  self->findings = g_ptr_array_new_with_free_func (finding_free);
  self->n_features = cam_preparation_get_n_features (preparation);
  wants_range = wants_range && !is_pixels (preparation);
  for (guint i = 0; i < self->n_features; i++)
    {
      const char *name = cam_preparation_get_feature_name (preparation, i);
      CamFeatureFacts facts = cam_preparation_get_feature_facts (preparation, i);
      int column = cam_table_find (table, name);
      Look look;

      need (self, table, used, name);
      if (column < 0)
        continue;
      self->is_reordered = self->is_reordered || column < last;
      last = column;
      if (facts.kind == CAM_COLUMN_TEXT)
        continue;
      look_init (&look, table, (guint) column, facts, wants_range);
      check_column (self, &look, i);
      look_clear (&look);
    }
  /* A forecast looks back on its targets too; elsewhere they need not be there. */
  for (guint i = 0; i < cam_preparation_get_n_targets (preparation); i++)
    if (cam_preparation_get_n_columns (preparation) > self->n_features)
      need (self, table, used, cam_preparation_get_target_name (preparation, i));
    else
      g_hash_table_add (used, (gpointer) cam_preparation_get_target_name (preparation, i));
  if (cam_preparation_is_sequence (preparation))
    {
      need (self, table, used, cam_preparation_get_order (preparation));
      need (self, table, used, cam_preparation_get_group (preparation));
    }
  for (guint i = 0; i < cam_table_get_n_columns (table); i++)
    if (!g_hash_table_contains (used, cam_table_get_name (table, i)))
      g_ptr_array_add (self->extra, g_strdup (cam_table_get_name (table, i)));
  find_renames (self);
  return self;
}

void
cam_table_check_free (CamTableCheck *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->missing);
  g_ptr_array_unref (self->extra);
  g_ptr_array_unref (self->renames);
  g_ptr_array_unref (self->findings);
  g_free (self);
}

gsize *
cam_table_finding_dup_rows (const CamTableFinding *self,
                            const CamPreparation  *preparation,
                            const CamTable        *table,
                            gsize                 *n)
{
  gsize *rows = g_new (gsize, self->n_rows + 1);
  int column = cam_table_find (table, self->column);
  Look look;

  *n = 0;
  if (column < 0)
    return rows;
  look_init (&look, table, (guint) column, cam_preparation_get_feature_facts (preparation, self->feature), self->kind == CAM_FINDING_OUTSIDE);
  for (gsize row = 0; row < cam_table_get_n_rows (table) && *n < self->n_rows; row++)
    if (look_at (&look, row) == (guint) self->kind)
      rows[(*n)++] = row;
  look_clear (&look);
  return rows;
}

GPtrArray *
cam_table_renames_copy (GPtrArray *renames)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (rename_free);

  for (guint i = 0; i < renames->len; i++)
    {
      const CamTableRename *other = renames->pdata[i];
      CamTableRename *own = g_new0 (CamTableRename, 1);

      own->from = g_strdup (other->from);
      own->to = g_strdup (other->to);
      g_ptr_array_add (copy, own);
    }
  return copy;
}

/* Words ------------------------------------------------------------------------------------------------------------- */

static char *
join_names (GPtrArray *all)
{
  GString *names = g_string_new (NULL);
  guint n = all->len;

  for (guint i = 0; i < MIN (n, MAX_TOLD); i++)
    /* translators: a column's name among others */
    g_string_append_printf (names, i == 0 ? _("“%s”") : _(", “%s”"), (char *) all->pdata[i]);
  if (n > MAX_TOLD)
    g_string_append_printf (names, _(" and %u more"), n - MAX_TOLD);
  return g_string_free (names, FALSE);
}

char *
cam_table_check_dup_problem (const CamTableCheck *self)
{
  g_autofree char *names = NULL;
  GString *text;

  if (self->missing->len == 0)
    return NULL;
  names = join_names (self->missing);
  text = g_string_new (NULL);
  g_string_append_printf (text, ngettext ("It has no column %s, which the model was trained on.", "It does not have the columns %s, which the model was trained on.", self->missing->len), names);
  for (guint i = 0; i < MIN (self->renames->len, MAX_TOLD); i++)
    {
      const CamTableRename *found = self->renames->pdata[i];

      g_string_append_c (text, '\n');
      g_string_append_printf (text, _("Its column “%s” may be what is called “%s”."), found->from, found->to);
    }
  return g_string_free (text, FALSE);
}

char *
cam_table_check_dup_aside (const CamTableCheck *self)
{
  GString *text = g_string_new (NULL);

  if (self->is_reordered)
    g_string_append (text, _("Its columns are in another order: they are taken by their names."));
  if (self->extra->len > 0)
    {
      g_autofree char *names = join_names (self->extra);

      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("%u column is left aside: %s.", "%u columns are left aside: %s.", self->extra->len), self->extra->len, names);
    }
  return g_string_free (text, text->len == 0);
}

static char *
describe_outside (const CamTableFinding *self,
                  const char            *count)
{
  g_autofree char *ends = NULL;

  if (self->lowest != NULL && self->highest != NULL)
    /* translators: values of a column outside of its range */
    ends = g_strdup_printf (_("down to %s, up to %s"), self->lowest, self->highest);
  else
    ends = self->lowest != NULL ? g_strdup_printf (_("down to %s"), self->lowest) : g_strdup_printf (_("up to %s"), self->highest);
  return g_strdup_printf (ngettext ("%s row has “%s” outside of its range in training, %s (%s): its answer is extrapolated.",
                                    "%s rows have “%s” outside of its range in training, %s (%s): their answers are extrapolated.", self->n_rows),
                          count, self->column, self->range, ends);
}

char *
cam_table_finding_dup_text (const CamTableFinding *self)
{
  g_autofree char *count = cam_words_count (self->n_rows);

  switch (self->kind)
    {
    case CAM_FINDING_OUTSIDE:
      return describe_outside (self, count);
    case CAM_FINDING_UNSEEN:
      if (self->leaves_out)
        return g_strdup_printf (ngettext ("%s row has a value in “%s” never seen in training (“%s”): it gets no answer.",
                                          "%s rows have a value in “%s” never seen in training (“%s” first): they get no answer.", self->n_rows),
                                count, self->column, self->example);
      return g_strdup_printf (ngettext ("%s row has a value in “%s” never seen in training (“%s”): it counts as none of those known.",
                                        "%s rows have a value in “%s” never seen in training (“%s” first): it counts as none of those known.", self->n_rows),
                              count, self->column, self->example);
    case CAM_FINDING_NO_NUMBER:
      if (self->leaves_out)
        return g_strdup_printf (ngettext ("%s row has words in “%s” where a number is needed (“%s”): it gets no answer.",
                                          "%s rows have words in “%s” where a number is needed (“%s” first): they get no answer.", self->n_rows),
                                count, self->column, self->example);
      return g_strdup_printf (ngettext ("%s row has words in “%s” where a number is needed (“%s”): it is filled in as in training.",
                                        "%s rows have words in “%s” where a number is needed (“%s” first): it is filled in as in training.", self->n_rows),
                              count, self->column, self->example);
    case CAM_FINDING_MISSING:
    default:
      if (self->leaves_out)
        return g_strdup_printf (ngettext ("%s row has no value in “%s” that can be used: it gets no answer.",
                                          "%s rows have no value in “%s” that can be used: they get no answer.", self->n_rows),
                                count, self->column);
      return g_strdup_printf (ngettext ("%s row has no value in “%s”: it is filled in as in training.",
                                        "%s rows have no value in “%s”: it is filled in as in training.", self->n_rows),
                              count, self->column);
    }
}

char *
cam_table_check_dup_detail (const CamTableCheck *self)
{
  GString *text;

  if (self->findings->len == 0)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < MIN (self->findings->len, MAX_TOLD); i++)
    {
      g_autofree char *sentence = cam_table_finding_dup_text (self->findings->pdata[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", sentence);
    }
  if (self->findings->len > MAX_TOLD)
    {
      guint n = self->findings->len - MAX_TOLD;

      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("And %u finding more.", "And %u findings more.", n), n);
    }
  return g_string_free (text, FALSE);
}
