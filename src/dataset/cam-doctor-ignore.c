/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings that somebody has seen and chose to live with: "data/ignored_findings" of the document, told by what was found and in which columns. */
#include "cam-doctor-private.h"

static json_t *
describe (const CamFinding *finding)
{
  json_t *columns = json_array ();

  for (guint i = 0; finding->columns[i] != NULL; i++)
    json_array_append_new (columns, json_string (finding->columns[i]));

  return json_pack ("{s:s, s:o}", "finding", finding->id, "columns", columns);
}

/* Where it stands in the list; −1: not there. */
static int
find (const json_t     *list,
      const CamFinding *finding)
{
  g_autoptr(json_t) wanted = describe (finding);

  for (gsize i = 0; i < json_array_size (list); i++)
    if (json_equal (json_array_get (list, i), wanted))
      return (int) i;

  return -1;
}

void
cam_findings_mark_ignored (const GPtrArray *findings,
                           const json_t    *data)
{
  const json_t *list = json_object_get (data, CAM_IGNORED_FINDINGS);

  for (guint i = 0; i < findings->len; i++)
    {
      CamFinding *finding = findings->pdata[i];

      finding->is_ignored = find (list, finding) >= 0;
    }
}

json_t *
cam_finding_set_ignored (const CamFinding *self,
                         const json_t     *data,
                         gboolean          is_ignored)
{
  const json_t *list = json_object_get (data, CAM_IGNORED_FINDINGS);
  g_autoptr(json_t) changed = list != NULL ? json_deep_copy (list) : json_array ();
  int place = find (changed, self);

  if (is_ignored && place < 0)
    json_array_append_new (changed, describe (self));
  else if (!is_ignored && place >= 0)
    json_array_remove (changed, (gsize) place);

  return json_array_size (changed) > 0 ? g_steal_pointer (&changed) : json_null ();
}

gboolean
cam_data_is_same (const json_t *a,
                  const json_t *b)
{
  g_autoptr(json_t) left = a != NULL ? json_copy ((json_t *) a) : json_object (), right = b != NULL ? json_copy ((json_t *) b) : json_object ();

  json_object_del (left, CAM_IGNORED_FINDINGS);
  json_object_del (right, CAM_IGNORED_FINDINGS);

  return json_equal (left, right) == 1;
}

json_t *
cam_ignored_findings_schema (void)
{
  return json_pack ("{s:s, s:s, s:{s:s, s:b, s:[s, s], s:{s:{s:s}, s:{s:s, s:{s:s}}}}}", "type", "array", "description", "What the data doctor found and somebody chose to live with.",
                    "items", "type", "object", "additionalProperties", 0, "required", "finding", "columns",
                    "properties", "finding", "type", "string", "columns", "type", "array", "items", "type", "string");
}
