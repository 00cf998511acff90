/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stopping by signal. */
#include "cam-cli-stop.h"

#include <signal.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "cam-cli-command.h"

static const int signals[CAM_CLI_N_STOP_SIGNALS] = { SIGINT, SIGTERM, SIGHUP };

/* @current: the source that is being dispatched, 0: none. */
static void
give_back (CamCliStop *self,
           guint       current)
{
  for (guint i = 0; i < CAM_CLI_N_STOP_SIGNALS; i++)
    {
      if (self->sources[i] == 0)
        continue;
      if (self->sources[i] != current)
        g_source_remove (self->sources[i]);
      self->sources[i] = 0;
      signal (signals[i], SIG_DFL);
    }
}

/* The first signal stops the work. It also gives the signals back, so that the second ends the process at once: by hand, as GLib does it only
 * some time after this function, and the words below invite a second one. */
static gboolean
signal_cb (gpointer data)
{
  CamCliStop *self = data;
  guint current = g_source_get_id (g_main_current_source ());

  self->stop (self->work);
  give_back (self, current);
  cam_cli_progress_clear (self->progress);
  cam_cli_complain (_("stopping; once more ends at once."));
  return G_SOURCE_REMOVE;
}

void
cam_cli_stop_watch (CamCliStop      *self,
                    gboolean         with_hangup,
                    void           (*stop) (gpointer work),
                    gpointer         work,
                    CamCliProgress  *progress)
{
  *self = (CamCliStop) { .stop = stop, .work = work, .progress = progress };
  for (guint i = 0; i < CAM_CLI_N_STOP_SIGNALS; i++)
    {
      struct sigaction action;

      /* nohup wants the end of the terminal to be passed over. */
      if (signals[i] == SIGHUP && (!with_hangup || (sigaction (SIGHUP, NULL, &action) == 0 && action.sa_handler == SIG_IGN)))
        continue;
      self->sources[i] = g_unix_signal_add (signals[i], signal_cb, self);
    }
}

void
cam_cli_stop_unwatch (CamCliStop *self)
{
  give_back (self, 0);
}
