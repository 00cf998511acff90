/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that a layer cannot take, such as an index that its Embedding does not have: told with the layer and the number. */
#include <glib/gi18n-lib.h>

#include "cam-network-private.h"

char *
cam_network_complain (const CamNetwork *self,
                      guint             layer,
                      const float      *x,
                      gsize             n,
                      gsize            *row)
{
  const CamLayer *of = cam_network_layer (self, layer);
  g_autofree char *complaint = of->kind->complain != NULL ? of->kind->complain (of, x, n, row) : NULL;

  /* translators: the number, name and kind of a layer, then what is wrong */
  return complaint != NULL ? g_strdup_printf (_("layer %u, “%s” (%s): %s"), layer + 1, of->name, of->kind->name, complaint) : NULL;
}

gboolean
cam_network_check_rows (const CamNetwork  *self,
                        const float       *x,
                        gsize              n_rows,
                        const char        *which,
                        GError           **error)
{
  gsize row = 0;
  g_autofree char *complaint = cam_network_complain (self, 0, x, n_rows, &row);

  if (complaint == NULL)
    return TRUE;

  g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_DATA,
               /* translators: the number of a row, which rows ("training"), and what is wrong */
               _("Row %zu of the %s rows, %s"), row + 1, which, complaint);
  return FALSE;
}
