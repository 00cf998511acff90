/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Callbacks of a fit: made from its settings, checked against the history's keys, and asked before and after each epoch. */
#include <glib/gi18n-lib.h>

#include "cam-fit-private.h"
#include "cam-monitor.h"

static void
free_callback (gpointer callback)
{
  CamCallback *self = callback;

  json_decref (self->config);
  self->ops->free (self);
}

gboolean
cam_fit_make_callbacks (CamFit        *self,
                        const json_t  *given,
                        GError       **error)
{
  self->callbacks = g_ptr_array_new_with_free_func (free_callback);
  for (gsize i = 0; i < json_array_size (given); i++)
    {
      g_autofree char *where = g_strdup_printf (_("callbacks, number %zu"), i + 1);
      g_autoptr(json_t) config = NULL;
      const CamCallbackOps *ops = (const CamCallbackOps *) (gconstpointer) cam_kind_resolve (CAM_KIND_CALLBACK, json_array_get (given, i), where, &config, error);
      CamCallback *callback;

      if (ops == NULL)
        return FALSE;
      callback = ops->create (config);
      callback->ops = ops;
      callback->config = g_steal_pointer (&config);
      g_ptr_array_add (self->callbacks, callback);
    }

  return TRUE;
}

gboolean
cam_fit_sets_rate (const CamFit *self)
{
  for (guint i = 0; i < self->callbacks->len; i++)
    if (((const CamCallback *) g_ptr_array_index (self->callbacks, i))->ops->sets_rate)
      return TRUE;

  return FALSE;
}

static gboolean
check_callback (CamFit       *self,
                CamCallback  *callback,
                const char   *where,
                GError      **error)
{
  const CamMonitor *monitor = callback->ops->get_monitor != NULL ? callback->ops->get_monitor (callback) : NULL;

  if (callback->ops->check != NULL && !callback->ops->check (callback->config, (const char *const *) self->keys, where, error))
    return FALSE;
  if (callback->ops->sets_rate && cam_optimizer_has_schedule (&self->optimizer))
    {
      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS,
                   _("%s: the optimizer’s “learning_rate” follows a schedule, so that no callback can set it; give it a number, or remove this callback"), where);
      return FALSE;
    }
  if (monitor != NULL && !g_strv_contains ((const char *const *) self->keys, monitor->key))
    {
      g_autofree char *list = g_strjoinv (", ", self->keys);

      g_set_error (error, CAM_ENGINE_ERROR, CAM_ENGINE_ERROR_SETTINGS, _("%s: “%s” is not measured in this run; choose one of %s"), where, monitor->key, list);
      return FALSE;
    }
  if (monitor != NULL && callback->ops->defines_best && self->monitor == NULL)
    {
      self->monitor = g_strdup (monitor->key);
      self->monitor_larger = monitor->larger;
    }

  return TRUE;
}

gboolean
cam_fit_check_callbacks (CamFit  *self,
                         GError **error)
{
  for (guint i = 0; i < self->callbacks->len; i++)
    {
      CamCallback *callback = g_ptr_array_index (self->callbacks, i);
      g_autofree char *where = g_strdup_printf (_("callbacks, number %u (%s)"), i + 1, callback->ops->kind.class_name);

      if (!check_callback (self, callback, where, error))
        return FALSE;
    }
  if (self->monitor == NULL)
    self->monitor = g_strdup (self->validation.n_rows > 0 ? "val_loss" : "loss");

  return TRUE;
}

static CamSite
get_site (CamFit            *self,
          const double      *values,
          const CamFitHooks *hooks)
{
  return (CamSite) {
    .keys = (const char *const *) self->keys,
    .values = values,
    .network = self->network,
    .optimizer = &self->optimizer,
    .step = self->step,
    .save = hooks != NULL ? hooks->on_checkpoint : NULL,
    .write = hooks != NULL ? hooks->on_line : NULL,
    .user_data = hooks != NULL ? hooks->user_data : NULL,
  };
}

void
cam_fit_begin_callbacks (CamFit            *self,
                         const CamFitHooks *hooks)
{
  CamSite site = get_site (self, NULL, hooks);

  for (guint i = 0; i < self->callbacks->len; i++)
    {
      CamCallback *callback = g_ptr_array_index (self->callbacks, i);

      if (callback->ops->on_begin != NULL)
        callback->ops->on_begin (callback, &site, self->epoch);
    }
}

char *
cam_fit_ask_callbacks (CamFit            *self,
                       const double      *values,
                       const CamFitHooks *hooks)
{
  CamSite site = get_site (self, values, hooks);
  char *first = NULL;

  for (guint i = 0; i < self->callbacks->len; i++)
    {
      CamCallback *callback = g_ptr_array_index (self->callbacks, i);
      g_autofree char *reason = NULL;

      if (callback->ops->on_epoch (callback, &site, self->epoch, &reason) && first == NULL)
        first = g_steal_pointer (&reason);
    }

  return first;
}
