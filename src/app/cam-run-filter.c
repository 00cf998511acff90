/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter of the runs: a line of words and conditions, read once and then asked for each run. */

#include "cam-run-filter.h"

#include <math.h>
#include <string.h>

#include <cam-number.h>

typedef enum { HAS, EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, MORE, MORE_EQUAL } Relation;

typedef struct
{
  Relation    relation;
  const char *key;        /* interned; NULL for HAS */
  char       *text;       /* folded */
  double      number;     /* NaN: none */
} Term;

struct _CamRunFilter
{
  GArray *terms;
};

static void
term_clear (gpointer data)
{
  g_free (((Term *) data)->text);
}

/* “lr>0.01” and “lr > 0.01” are the same: signs stand alone after this. */
static GPtrArray *
split (const char *text)
{
  GPtrArray *tokens = g_ptr_array_new_with_free_func (g_free);

  while (*text != '\0')
    {
      gsize n = strspn (text, " \t\n");

      text += n;
      n = strcspn (text, " \t\n<>=!");
      if (n == 0)
        n = strspn (text, "<>=!");
      if (n > 0)
        g_ptr_array_add (tokens, g_strndup (text, n));
      text += n;
    }
  return tokens;
}

static Relation
read_relation (const char *token)
{
  static const struct { const char *sign; Relation relation; } all[] = {
    { "=", EQUAL }, { "==", EQUAL }, { "!=", NOT_EQUAL }, { "<", LESS }, { "<=", LESS_EQUAL }, { ">", MORE }, { ">=", MORE_EQUAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (strcmp (token, all[i].sign) == 0)
      return all[i].relation;
  return HAS;
}

static double
read_number (const char *text)
{
  g_autofree char *plain = g_strdelimit (g_strdup (text), ",", '.');
  double value = NAN;

  return cam_number_parse (plain, strlen (plain), &value) ? value : NAN;
}

CamRunFilter *
cam_run_filter_new (const char *text)
{
  g_autoptr(GPtrArray) tokens = split (text != NULL ? text : "");
  CamRunFilter *self;

  if (tokens->len == 0)
    return NULL;
  self = g_new0 (CamRunFilter, 1);
  self->terms = g_array_new (FALSE, FALSE, sizeof (Term));
  g_array_set_clear_func (self->terms, term_clear);
  for (guint i = 0; i < tokens->len; i++)
    {
      Relation relation = i + 2 < tokens->len ? read_relation (tokens->pdata[i + 1]) : HAS;
      Term term = { .relation = relation, .number = NAN };
      const char *name = tokens->pdata[i];

      if (relation != HAS)
        {
          term.key = g_intern_string (g_ascii_strcasecmp (name, "lr") == 0 ? "learning_rate" : name);
          term.number = read_number (tokens->pdata[i + 2]);
          term.text = g_utf8_casefold (tokens->pdata[i + 2], -1);
          i += 2;
        }
      else
        term.text = g_utf8_casefold (name, -1);
      /* A condition that is still being typed (“lr >”) keeps everything. */
      if (relation == HAS && (read_relation (name) != HAS || (i + 2 == tokens->len && read_relation (tokens->pdata[i + 1]) != HAS)))
        {
          g_free (term.text);
          continue;
        }
      g_array_append_val (self->terms, term);
    }
  return self;
}

void
cam_run_filter_free (CamRunFilter *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->terms);
  g_free (self);
}

static gboolean
contains (const char *text,
          const char *folded)
{
  g_autofree char *fold = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return fold != NULL && strstr (fold, folded) != NULL;
}

static gboolean
has_word (CamRunItem *run,
          const char *word)
{
  GPtrArray *settings = cam_run_item_peek_settings (run);
  g_autofree char *state = NULL;

  if (contains (cam_run_item_get_name (run), word))
    return TRUE;
  g_object_get (run, "state-text", &state, NULL);
  if (contains (state, word))
    return TRUE;
  for (guint i = 0; i < settings->len; i++)
    if (contains (((CamRunSetting *) settings->pdata[i])->text, word))
      return TRUE;
  return FALSE;
}

/* FALSE: the run has nothing of that name. */
static gboolean
look_up (CamRunItem  *run,
         const char  *key,
         char       **text,
         double      *number)
{
  const CamRunRecord *record = cam_run_item_get_record (run);
  const CamRunSetting *setting = cam_run_settings_find (cam_run_item_peek_settings (run), key);

  *text = NULL;
  *number = NAN;
  if (strcmp (key, "name") == 0)
    *text = g_strdup (record->name);
  else if (strcmp (key, "state") == 0)
    g_object_get (run, "state-text", text, NULL);
  else if (strcmp (key, "best") == 0)
    *number = record->best_epoch > 0 ? record->best_value : NAN;
  else if (strcmp (key, "seconds") == 0 || strcmp (key, "time") == 0)
    *number = record->seconds;
  else if (strcmp (key, "epochs") == 0)
    *number = record->n_epochs;
  else if (setting != NULL)
    {
      *text = g_strdup (setting->text);
      *number = setting->number;
    }
  return *text != NULL || !isnan (*number);
}

static gboolean
fits (const Term *term,
      CamRunItem *run)
{
  g_autofree char *text = NULL;
  double number;

  if (term->relation == HAS)
    return has_word (run, term->text);
  if (!look_up (run, term->key, &text, &number))
    return FALSE;
  switch (term->relation)
    {
    case EQUAL:
    case NOT_EQUAL:
      {
        gboolean is_equal = !isnan (term->number) && !isnan (number) ? number == term->number : contains (text, term->text);

        return is_equal == (term->relation == EQUAL);
      }
    case LESS:
      return number < term->number;
    case LESS_EQUAL:
      return number <= term->number;
    case MORE:
      return number > term->number;
    case MORE_EQUAL:
      return number >= term->number;
    case HAS:
    default:
      return FALSE;
    }
}

gboolean
cam_run_filter_match (const CamRunFilter *self,
                      CamRunItem         *run)
{
  for (guint i = 0; i < self->terms->len; i++)
    if (!fits (&g_array_index (self->terms, Term, i), run))
      return FALSE;
  return TRUE;
}
