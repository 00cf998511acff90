/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values to bytes and back. */
#include "cam-state-walk.h"

#include <string.h>

void
cam_state_walk_values (CamStateWalk *self,
                       gpointer      values,
                       gsize         size)
{
  if (self->written != NULL)
    {
      g_byte_array_append (self->written, values, (guint) size);
      return;
    }
  if (self->has_failed || size > self->left)
    {
      self->has_failed = TRUE;
      return;
    }
  if (size > 0)
    memcpy (values, self->data, size);
  self->data += size;
  self->left -= size;
}

void
cam_state_walk_uint (CamStateWalk *self,
                     guint        *value)
{
  guint32 number = *value;

  cam_state_walk_values (self, &number, sizeof number);
  *value = number;
}

void
cam_state_walk_boolean (CamStateWalk *self,
                        gboolean     *value)
{
  guint8 byte = *value ? 1 : 0;

  cam_state_walk_values (self, &byte, sizeof byte);
  *value = byte != 0;
}

void
cam_state_walk_double (CamStateWalk *self,
                       double       *value)
{
  cam_state_walk_values (self, value, sizeof *value);
}

void
cam_state_walk_bytes (CamStateWalk  *self,
                      GBytes       **bytes)
{
  gboolean has_some = *bytes != NULL;
  guint64 size = has_some ? g_bytes_get_size (*bytes) : 0;

  cam_state_walk_boolean (self, &has_some);
  if (!has_some)
    {
      if (self->written == NULL && !self->has_failed)
        g_clear_pointer (bytes, g_bytes_unref);
      return;
    }
  cam_state_walk_values (self, &size, sizeof size);
  if (self->written != NULL)
    {
      cam_state_walk_values (self, (gpointer) g_bytes_get_data (*bytes, NULL), (gsize) size);
      return;
    }
  if (self->has_failed || size > self->left)
    {
      self->has_failed = TRUE;
      return;
    }
  g_clear_pointer (bytes, g_bytes_unref);
  *bytes = g_bytes_new (self->data, (gsize) size);
  self->data += size;
  self->left -= (gsize) size;
}
