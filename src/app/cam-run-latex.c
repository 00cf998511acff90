/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs as LaTeX. */

#include "cam-run-latex.h"

#include <math.h>

static const char *
escape_of (char c)
{
  switch (c)
    {
    case '\\':
      return "\\textbackslash{}";
    case '~':
      return "\\textasciitilde{}";
    case '^':
      return "\\textasciicircum{}";
    case '&':
      return "\\&";
    case '%':
      return "\\%";
    case '$':
      return "\\$";
    case '#':
      return "\\#";
    case '_':
      return "\\_";
    case '{':
      return "\\{";
    case '}':
      return "\\}";
    /* In the older font encodings these are other characters. */
    case '<':
      return "\\textless{}";
    case '>':
      return "\\textgreater{}";
    case '|':
      return "\\textbar{}";
    case '"':
      return "\\textquotedbl{}";
    case '\n':
      return " ";
    default:
      return NULL;
    }
}

char *
cam_run_latex_escape (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (escape_of (*text) != NULL)
      g_string_append (out, escape_of (*text));
    else
      g_string_append_c (out, *text);
  return g_string_free (out, FALSE);
}

/* Settings are of any kind: they stand right where each that is there is a number. */
static gboolean
stands_right (const CamRunField *field,
              GPtrArray         *runs,
              CamRunWhen         when)
{
  if (field->kind != CAM_RUN_FIELD_SETTING)
    return cam_run_field_is_figure (field);
  for (guint i = 0; i < runs->len; i++)
    {
      CamRunKey key = cam_run_field_get_key (field, runs->pdata[i], when);

      if (isnan (key.number) && key.text != NULL)
        return FALSE;
    }
  return TRUE;
}

/* @run NULL: the head. */
static void
add_row (GString    *out,
         GArray     *fields,
         CamRunItem *run,
         CamRunWhen  when)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const CamRunField *field = &g_array_index (fields, CamRunField, i);
      g_autofree char *text = run != NULL ? cam_run_field_dup_text (field, run, when) : cam_run_field_dup_title (field, when);
      g_autofree char *escaped = cam_run_latex_escape (text);

      g_string_append_printf (out, "%s%s", i > 0 ? " & " : "  ", escaped);
    }
  g_string_append (out, " \\\\\n");
}

char *
cam_run_latex_new (GPtrArray  *runs,
                   GArray     *fields,
                   CamRunWhen  when)
{
  GString *out = g_string_new ("% \\usepackage{booktabs}\n\\begin{tabular}{");
  g_autoptr(GArray) told = g_array_new (FALSE, FALSE, sizeof (CamRunField));

  for (guint i = 0; i < fields->len; i++)
    if (g_array_index (fields, CamRunField, i).kind != CAM_RUN_FIELD_CURVE)
      g_array_append_val (told, g_array_index (fields, CamRunField, i));
  for (guint i = 0; i < told->len; i++)
    g_string_append_c (out, stands_right (&g_array_index (told, CamRunField, i), runs, when) ? 'r' : 'l');
  g_string_append (out, "}\n  \\toprule\n");
  add_row (out, told, NULL, when);
  g_string_append (out, "  \\midrule\n");
  for (guint i = 0; i < runs->len; i++)
    add_row (out, told, runs->pdata[i], when);
  g_string_append (out, "  \\bottomrule\n\\end{tabular}\n");
  return g_string_free (out, FALSE);
}

gboolean
cam_run_export_latex (GPtrArray   *runs,
                      GArray      *fields,
                      CamRunWhen   when,
                      const char  *path,
                      GError     **error)
{
  g_autofree char *text = cam_run_latex_new (runs, fields, when);

  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, error);
}
