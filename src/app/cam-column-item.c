/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A column of the open table for lists. */

#include "cam-column-item.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-relation.h>

#include "cam-words.h"

#define N_LEVEL_BARS 8

struct _CamColumnItem
{
  GObject         parent_instance;

  CamTable       *table;
  guint           column;
  json_t         *settings;
  CamColumnFacts  facts;
};

G_DEFINE_FINAL_TYPE (CamColumnItem, cam_column_item, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
cam_column_item_finalize (GObject *object)
{
  CamColumnItem *self = CAM_COLUMN_ITEM (object);

  g_clear_pointer (&self->table, cam_table_unref);
  g_clear_pointer (&self->settings, json_decref);
  g_free (self->facts.top);
  G_OBJECT_CLASS (cam_column_item_parent_class)->finalize (object);
}

static void
cam_column_item_class_init (CamColumnItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cam_column_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", CAM_TYPE_COLUMN_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cam_column_item_init (CamColumnItem *self)
{
  self->facts.min = self->facts.max = self->facts.mean = NAN;
}

CamColumnItem *
cam_column_item_new (CamTable *table,
                     guint     column)
{
  CamColumnItem *self;

  g_return_val_if_fail (table != NULL, NULL);

  self = g_object_new (CAM_TYPE_COLUMN_ITEM, NULL);
  self->table = cam_table_ref (table);
  self->column = column;
  self->facts.n_missing = cam_table_get_n_missing (table, column);
  return self;
}

guint
cam_column_item_get_column (CamColumnItem *self)
{
  g_return_val_if_fail (CAM_IS_COLUMN_ITEM (self), 0);

  return self->column;
}

const char *
cam_column_item_get_name (CamColumnItem *self)
{
  g_return_val_if_fail (CAM_IS_COLUMN_ITEM (self), NULL);

  return cam_table_get_name (self->table, self->column);
}

CamTable *
cam_column_item_get_table (CamColumnItem *self)
{
  g_return_val_if_fail (CAM_IS_COLUMN_ITEM (self), NULL);

  return self->table;
}

const CamColumnFacts *
cam_column_item_get_facts (CamColumnItem *self)
{
  g_return_val_if_fail (CAM_IS_COLUMN_ITEM (self), NULL);

  return &self->facts;
}

const json_t *
cam_column_item_get_settings (CamColumnItem *self)
{
  g_return_val_if_fail (CAM_IS_COLUMN_ITEM (self), NULL);

  return self->settings;
}

const char *
cam_column_item_peek (CamColumnItem *self,
                      const char    *key)
{
  const char *text;

  g_return_val_if_fail (CAM_IS_COLUMN_ITEM (self), "");

  text = json_string_value (json_object_get (self->settings, key));
  return text != NULL ? text : "";
}

gboolean
cam_column_item_is_numeric (CamColumnItem *self)
{
  const char *kind = cam_column_item_peek (self, "kind");

  return g_str_equal (kind, "number") || g_str_equal (kind, "date");
}

gboolean
cam_column_item_set_settings (CamColumnItem *self,
                              json_t        *settings)
{
  g_return_val_if_fail (CAM_IS_COLUMN_ITEM (self), FALSE);

  if (json_equal (self->settings, settings))
    {
      json_decref (settings);
      return FALSE;
    }
  g_clear_pointer (&self->settings, json_decref);
  self->settings = settings;
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

void
cam_column_item_set_facts (CamColumnItem        *self,
                           const CamColumnFacts *facts)
{
  g_return_if_fail (CAM_IS_COLUMN_ITEM (self));

  g_free (self->facts.top);
  self->facts = *facts;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
count_top (CamColumnFacts *facts,
           const CamTable *table,
           guint           column)
{
  const guint n_levels = cam_table_get_n_levels (table, column);
  g_autofree gsize *counts = g_new0 (gsize, n_levels + 1);
  guint top = 0;

  for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
    {
      int code = cam_table_get_code (table, column, row);

      if (code >= 0 && (guint) code < n_levels)
        counts[code]++;
    }
  for (guint level = 1; level < n_levels; level++)
    if (counts[level] > counts[top])
      top = level;
  if (n_levels > 0 && counts[top] > 0)
    {
      facts->top = g_strdup (cam_table_get_level (table, column, top));
      facts->n_top = counts[top];
    }
}

/* A bar for each of a few whole numbers: more bars than numbers would leave gaps. */
static guint
count_bars (const CamColumnSummary *summary)
{
  const double span = summary->max - summary->min;

  if (summary->n_different <= CAM_COLUMN_BARS && span >= 1 && span < CAM_COLUMN_BARS && summary->min == floor (summary->min) && span == floor (span)
      && summary->n_different <= span + 1)
    return (guint) span + 1;
  return CAM_COLUMN_BARS;
}

/* Of texts: how many have how many words. */
static void
count_word_bars (CamColumnFacts *facts,
                 const CamTable *table,
                 guint           column)
{
  const guint n_levels = cam_table_get_n_levels (table, column);
  g_autofree guint *lengths = g_new0 (guint, n_levels + 1);
  guint most = 0;

  for (guint level = 0; level < n_levels; level++)
    {
      lengths[level] = cam_text_count_words (cam_table_get_level (table, column, level));
      most = MAX (most, lengths[level]);
    }
  facts->n_bars = MIN (most + 1, CAM_COLUMN_BARS);
  memset (facts->bars, 0, sizeof facts->bars);
  for (gsize row = 0; row < cam_table_get_n_rows (table); row++)
    {
      int code = cam_table_get_code (table, column, row);

      if (code >= 0 && (guint) code < n_levels)
        facts->bars[(gsize) lengths[code] * facts->n_bars / (most + 1)]++;
    }
}

void
cam_column_facts_count (CamColumnFacts *facts,
                        const CamTable *table,
                        guint           column)
{
  gboolean is_numeric = cam_column_kind_is_numeric (cam_table_get_kind (table, column));
  CamColumnSummary summary;

  cam_table_summarise (table, column, &summary);
  *facts = (CamColumnFacts) { .is_known = TRUE, .n = summary.n, .n_missing = summary.n_missing, .n_different = summary.n_different,
                              .min = summary.min, .max = summary.max, .mean = summary.mean };
  facts->n_bars = cam_table_histogram (table, column, is_numeric ? count_bars (&summary) : N_LEVEL_BARS, facts->bars);
  if (!is_numeric)
    count_top (facts, table, column);
  if (facts->n_top == 1)
    facts->n_bars = 0;        /* each value once: there is nothing to see */
  if (cam_table_get_kind (table, column) == CAM_COLUMN_TEXT)
    count_word_bars (facts, table, column);
}

/* Words and looks --------------------------------------------------------------------------------------------------- */

const char *
cam_column_item_get_icon (CamColumnItem *self)
{
  const char *kind = cam_column_item_peek (self, "kind");

  if (g_str_equal (kind, "yes/no"))
    return "camadas-yesno-symbolic";
  if (g_str_equal (kind, "category"))
    return cam_table_get_n_levels (self->table, self->column) == 2 ? "camadas-yesno-symbolic" : "camadas-category-symbolic";
  if (g_str_equal (kind, "text"))
    return "format-text-rich-symbolic";
  if (g_str_equal (kind, "date"))
    return "x-office-calendar-symbolic";
  return "camadas-number-symbolic";
}

const char *
cam_column_item_get_kind (CamColumnItem *self)
{
  const char *kind = cam_column_item_peek (self, "kind");

  if (g_str_equal (kind, "category"))
    return _("category");
  if (g_str_equal (kind, "yes/no"))
    return _("yes/no");
  if (g_str_equal (kind, "date"))
    return _("date");
  if (g_str_equal (kind, "text"))
    return _("text");
  return _("number");
}

const char *
cam_column_item_get_role (CamColumnItem *self)
{
  const char *role = cam_column_item_peek (self, "role");

  if (g_str_equal (role, "target"))
    return _("target");
  if (g_str_equal (role, "group"))
    return _("group");
  if (g_str_equal (role, "ignored"))
    return _("ignored");
  return _("feature");
}

const char *
cam_column_item_get_preparation (CamColumnItem *self)
{
  const char *scaling = cam_column_item_peek (self, "scaling");

  if (!g_str_equal (cam_column_item_peek (self, "role"), "feature"))
    return cam_column_item_get_role (self);
  if (g_str_equal (cam_column_item_peek (self, "kind"), "text"))
    return _("word indices");
  if (!cam_column_item_is_numeric (self))
    return g_str_equal (cam_column_item_peek (self, "coding"), "ordinal") ? _("ordinal") : _("one-hot");
  if (g_str_equal (scaling, "standard"))
    return _("standard");
  if (g_str_equal (scaling, "min-max"))
    return _("min–max");
  if (g_str_equal (scaling, "robust"))
    return _("robust");
  return _("as it is");
}

const char *
cam_column_item_get_hue (CamColumnItem *self)
{
  const char *role = cam_column_item_peek (self, "role");

  if (g_str_equal (role, "target"))
    return "cam-ink-orange";
  if (g_str_equal (role, "group"))
    return "cam-ink-violet";
  if (g_str_equal (role, "ignored"))
    return "cam-ink-slate";
  return cam_column_item_is_numeric (self) ? "cam-ink-blue" : "cam-ink-green";
}

char *
cam_column_item_dup_value (CamColumnItem *self,
                           double         value)
{
  g_return_val_if_fail (CAM_IS_COLUMN_ITEM (self), NULL);

  if (cam_table_get_kind (self->table, self->column) == CAM_COLUMN_DATE && isfinite (value))
    return cam_table_dup_value (self->table, self->column, value);
  return cam_words_number (value);
}
