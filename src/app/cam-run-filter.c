/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter of the runs: a line of words and conditions, read once and then asked for each run. */

#include "cam-run-filter.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include <cam-number.h>

typedef enum { HAS, EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, MORE, MORE_EQUAL } Relation;

typedef struct
{
  Relation    relation;
  const char *key;        /* interned; NULL: anywhere */
  char       *text;       /* folded */
  double      number;     /* NaN: none */
  gboolean    is_not;
  gboolean    was_found;  /* some run has something of that name */
} Term;

struct _CamRunFilter
{
  GArray  *terms;
  char    *problem;
  char    *unknown;       /* made when asked for */
  gboolean was_asked;
};

static void
term_clear (gpointer data)
{
  g_free (((Term *) data)->text);
}

/* Reading it ---------------------------------------------------------------------------------------------------------- */

static gboolean
is_sign (char c)
{
  return c != '\0' && strchr ("<>=!:", c) != NULL;
}

/* “lr>0.01” and “lr > 0.01” are the same: signs stand alone after this. */
static GPtrArray *
split (const char *text)
{
  GPtrArray *tokens = g_ptr_array_new_with_free_func (g_free);

  while (*text != '\0')
    {
      const char *end;
      int is_not;
      gsize n;

      text += strspn (text, " \t\n");
      is_not = text[0] == '-' && text[1] == '"';
      if (text[is_not] == '"' && (end = strchr (text + is_not + 1, '"')) != NULL)
        {
          if (end > text + is_not + 1)
            g_ptr_array_add (tokens, g_strdup_printf ("%s%.*s", is_not ? "-" : "", (int) (end - text) - is_not - 1, text + is_not + 1));
          text = end + 1;
          continue;
        }
      n = is_sign (*text) ? strspn (text, "<>=!:") : strcspn (text, " \t\n<>=!:");
      if (n > 0)
        g_ptr_array_add (tokens, g_strndup (text, n));
      text += n;
    }
  return tokens;
}

static gboolean
read_relation (const char *token,
               Relation   *relation)
{
  static const struct { const char *sign; Relation relation; } all[] = {
    { ":", HAS }, { "=", EQUAL }, { "==", EQUAL }, { "!=", NOT_EQUAL }, { "<", LESS }, { "<=", LESS_EQUAL }, { ">", MORE }, { ">=", MORE_EQUAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (strcmp (token, all[i].sign) == 0)
      {
        *relation = all[i].relation;
        return TRUE;
      }
  return FALSE;
}

/* “0,01” is a number too, and so is “95%”. */
static double
read_number (const char *text)
{
  g_autofree char *plain = g_strdelimit (g_strdup (text), ",", '.');
  gsize n = strlen (plain);
  gboolean is_percent = n > 1 && plain[n - 1] == '%';
  double value = NAN;

  if (!cam_number_parse (plain, is_percent ? n - 1 : n, &value))
    return NAN;
  return is_percent ? value / 100 : value;
}

static void
complain (CamRunFilter *self,
          char         *problem)
{
  if (self->problem == NULL)
    self->problem = problem;
  else
    g_free (problem);
}

static void
add_term (CamRunFilter *self,
          const char   *name,
          Relation      relation,
          const char   *text)
{
  Term term = { .relation = relation, .number = text != NULL ? read_number (text) : NAN };

  term.is_not = name[0] == '-' && name[1] != '\0';
  name += term.is_not ? 1 : 0;
  if (text != NULL)
    term.key = g_intern_string (g_ascii_strcasecmp (name, "lr") == 0 ? "learning_rate" : name);
  if (relation >= LESS && isnan (term.number))
    {
      complain (self, g_strdup_printf (_("“%s” is no number"), text));
      return;
    }
  term.text = g_utf8_casefold (text != NULL ? text : name, -1);
  g_array_append_val (self->terms, term);
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
      const char *name = tokens->pdata[i], *sign = i + 1 < tokens->len ? tokens->pdata[i + 1] : NULL;
      Relation relation = HAS;

      if (is_sign (*name))
        complain (self, g_strdup_printf (_("Before “%s” there is the name of a setting or a metric, as in “lr > 0.001”"), name));
      else if (sign == NULL || !is_sign (*sign))
        add_term (self, name, HAS, NULL);
      else if (!read_relation (sign, &relation))
        {
          complain (self, g_strdup_printf (_("“%s” is no comparison; there are = != < <= > >= and :"), sign));
          i += i + 2 < tokens->len ? 2 : 1;
        }
      else if (i + 2 >= tokens->len || is_sign (*(const char *) tokens->pdata[i + 2]))
        {
          complain (self, g_strdup_printf (_("“%s %s” goes on with a value"), name, sign));
          i++;
        }
      else
        {
          add_term (self, name, relation, tokens->pdata[i + 2]);
          i += 2;
        }
    }
  return self;
}

void
cam_run_filter_free (CamRunFilter *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->terms);
  g_free (self->problem);
  g_free (self->unknown);
  g_free (self);
}

/* Asking a run -------------------------------------------------------------------------------------------------------- */

/* By its whole name, or by the last word of it: “patience” finds “EarlyStopping patience”. */
static const CamRunSetting *
find_setting (GPtrArray  *settings,
              const char *key)
{
  const CamRunSetting *setting = cam_run_settings_find (settings, key);
  g_autofree char *ending = setting == NULL ? g_strconcat (" ", key, NULL) : NULL;

  for (guint i = 0; i < settings->len && setting == NULL; i++)
    if (g_str_has_suffix (((CamRunSetting *) settings->pdata[i])->key, ending))
      setting = settings->pdata[i];
  return setting;
}

/* What a run has of a name: a text, borrowed or in @owned, a number, or neither. FALSE: nothing has that name. */
static gboolean
look_up (CamRunItem  *run,
         const char  *key,
         CamRunWhen   when,
         const char **text,
         char       **owned,
         double      *number)
{
  const CamRunRecord *record = cam_run_item_get_record (run);
  const CamRunSetting *setting = find_setting (cam_run_item_peek_settings (run), key);

  if (setting != NULL)
    {
      *text = setting->text;
      *number = setting->number;
    }
  else if (g_strv_contains ((const char *const *) record->keys, key))
    *number = cam_run_item_get_value (run, key, when);
  else if (strcmp (key, "name") == 0)
    *text = record->name;
  else if (strcmp (key, "note") == 0)
    *text = record->note;
  else if (strcmp (key, "study") == 0)
    *text = record->study_name != NULL ? record->study_name : "";
  else if (strcmp (key, "data") == 0)
    *text = record->data_name != NULL ? record->data_name : "";
  else if (strcmp (key, "state") == 0)
    {
      g_object_get (run, "state-text", owned, NULL);
      *text = *owned;
    }
  else if (strcmp (key, "best") == 0)
    *number = record->best_epoch > 0 ? record->best_value : NAN;
  else if (strcmp (key, "seconds") == 0 || strcmp (key, "time") == 0)
    *number = record->seconds;
  else if (strcmp (key, "epochs") == 0)
    *number = record->n_epochs;
  else
    return FALSE;
  return TRUE;
}

static gboolean
contains (const char *text,
          const char *folded)
{
  g_autofree char *fold = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return fold != NULL && strstr (fold, folded) != NULL;
}

/* A whole tag, however it is written. */
static gboolean
has_tag (CamRunItem *run,
         const char *folded)
{
  const CamRunRecord *record = cam_run_item_get_record (run);

  for (guint i = 0; record->tags[i] != NULL; i++)
    {
      g_autofree char *fold = g_utf8_casefold (record->tags[i], -1);

      if (strcmp (fold, folded) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_equal (const Term *term,
          const char *text,
          double      number)
{
  if (!isnan (term->number) && !isnan (number))
    return number == term->number;
  return contains (text, term->text);
}

static gboolean
fits (Term       *term,
      CamRunItem *run,
      CamRunWhen  when)
{
  g_autofree char *owned = NULL;
  const char *text = NULL;
  double number = NAN;

  if (term->key == NULL)
    return strstr (cam_run_item_peek_words (run), term->text) != NULL;
  if (strcmp (term->key, "tag") == 0)
    return term->was_found = TRUE, has_tag (run, term->text) != (term->relation == NOT_EQUAL);
  if (strcmp (term->key, "is") == 0)
    {
      const CamRunRecord *record = cam_run_item_get_record (run);

      term->was_found = strcmp (term->text, "pinned") == 0 || strcmp (term->text, "archived") == 0;
      return !term->was_found || (*term->text == 'p' ? record->is_pinned : record->is_archived);
    }
  if (!look_up (run, term->key, when, &text, &owned, &number))
    return FALSE;
  term->was_found = TRUE;
  switch (term->relation)
    {
    case HAS:
    case EQUAL:
      return is_equal (term, text, number);
    case NOT_EQUAL:
      return !is_equal (term, text, number);
    case LESS:
      return number < term->number;
    case LESS_EQUAL:
      return number <= term->number;
    case MORE:
      return number > term->number;
    case MORE_EQUAL:
      return number >= term->number;
    default:
      return FALSE;
    }
}

gboolean
cam_run_filter_match (CamRunFilter *self,
                      CamRunItem   *run,
                      CamRunWhen    when)
{
  gboolean matches = TRUE;

  self->was_asked = TRUE;
  for (guint i = 0; i < self->terms->len; i++)
    {
      Term *term = &g_array_index (self->terms, Term, i);

      /* All are asked, so that a name that no run has is found out. */
      if ((matches || !term->was_found) && fits (term, run, when) == term->is_not)
        matches = FALSE;
    }
  return matches;
}

const char *
cam_run_filter_get_problem (CamRunFilter *self)
{
  if (self->problem != NULL || !self->was_asked)
    return self->problem;
  for (guint i = 0; i < self->terms->len; i++)
    {
      const Term *term = &g_array_index (self->terms, Term, i);

      if (term->key == NULL || term->was_found)
        continue;
      g_free (self->unknown);
      if (strcmp (term->key, "is") == 0)
        self->unknown = g_strdup_printf (_("A run can be “is:pinned” or “is:archived”, not “is:%s”"), term->text);
      else
        self->unknown = g_strdup_printf (_("No run has a setting or a metric called “%s”"), term->key);
      return self->unknown;
    }
  return NULL;
}
