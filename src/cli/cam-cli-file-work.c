/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cam-cli-file-work.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "cam-cli-command.h"
#include "cam-cli-progress.h"
#include "cam-cli-stop.h"
#include "cam-cli-text.h"

#define SHOW_EVERY_MS  100
#define SHOW_AFTER_US  (400 * 1000)     /* a file that is done sooner needs no bar */
#define EVENT_EVERY_US (500 * 1000)

typedef struct
{
  CamCliFileWork  run;
  gpointer        work;
  GCancellable   *cancellable;
  GMainLoop      *loop;
  const char     *place;
  gboolean        wants_json;
  CamCliProgress  progress;
  CamCliStop      stop;
  gint64          began, told;

  struct
  {
    GMutex   lock;
    goffset  done, total;
    gsize    n_rows;
  } shared;

  /* The thread's, and the main one's after it has ended. */
  gboolean        ok;
  GError         *error;
} FileWork;

static void                                   /* file thread */
progress_cb (goffset  bytes_read,
             goffset  bytes_total,
             gsize    n_rows,
             gpointer user_data)
{
  FileWork *self = user_data;

  g_mutex_lock (&self->shared.lock);
  self->shared.done = bytes_read;
  self->shared.total = bytes_total;
  self->shared.n_rows = n_rows;
  g_mutex_unlock (&self->shared.lock);
}

static gboolean
ended_cb (gpointer user_data)
{
  FileWork *self = user_data;

  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

static gpointer                               /* file thread */
thread (gpointer data)
{
  FileWork *self = data;

  self->ok = self->run (self->work, progress_cb, self, self->cancellable, &self->error);
  g_idle_add (ended_cb, self);

  return NULL;
}

static gboolean
show_cb (gpointer user_data)
{
  FileWork *self = user_data;
  gint64 now = g_get_monotonic_time ();
  CamCliStanding standing = { .place = self->place, .loss = NAN, .val_loss = NAN, .rows_per_s = NAN, .left_s = NAN };
  double elapsed_s = (double) (now - self->began) / G_USEC_PER_SEC;
  gsize n_rows;

  g_mutex_lock (&self->shared.lock);
  n_rows = self->shared.n_rows;
  standing.share = self->shared.total > 0 ? (double) self->shared.done / (double) self->shared.total : 0.0;
  g_mutex_unlock (&self->shared.lock);
  if (n_rows == 0 || now - self->began < SHOW_AFTER_US)
    return G_SOURCE_CONTINUE;

  standing.rows_per_s = (double) n_rows / elapsed_s;
  if (standing.share > 0.0)
    standing.left_s = elapsed_s / standing.share * (1.0 - standing.share);
  cam_cli_progress_show (&self->progress, &standing);
  if (self->wants_json && now - self->told >= EVENT_EVERY_US)
    {
      self->told = now;
      cam_cli_print_event (json_pack ("{s:s, s:I, s:f, s:f}", "event", "progress", "rows", (json_int_t) n_rows, "share", standing.share, "rows_per_second", standing.rows_per_s));
    }

  return G_SOURCE_CONTINUE;
}

static void
stop (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

gboolean
cam_cli_file_work (const char      *path,
                   const char      *place,
                   gboolean         wants_json,
                   CamCliFileWork   run,
                   gpointer         work,
                   GError         **error)
{
  FileWork self = { .run = run, .work = work, .place = place, .wants_json = wants_json, .began = g_get_monotonic_time () };
  g_autofree char *base = g_filename_display_basename (path);
  guint timer = g_timeout_add (SHOW_EVERY_MS, show_cb, &self);
  GThread *worker;

  self.cancellable = g_cancellable_new ();
  self.loop = g_main_loop_new (NULL, FALSE);
  g_mutex_init (&self.shared.lock);
  cam_cli_progress_init (&self.progress, !(wants_json && isatty (STDOUT_FILENO)));
  cam_cli_stop_watch (&self.stop, TRUE, stop, self.cancellable, &self.progress);
  worker = g_thread_new ("cam-file", thread, &self);
  g_main_loop_run (self.loop);
  g_thread_join (worker);
  cam_cli_progress_clear (&self.progress);
  cam_cli_stop_unwatch (&self.stop);

  g_source_remove (timer);
  g_main_loop_unref (self.loop);
  g_object_unref (self.cancellable);
  g_mutex_clear (&self.shared.lock);
  /* What is wrong with the file names it; where it could not be opened, or another not be written, the message does so itself. */
  if (!self.ok && self.error->domain != G_FILE_ERROR && self.error->domain != G_IO_ERROR && strstr (self.error->message, base) == NULL)
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_prefix_error (&self.error, "%s: ", shown);
    }
  if (!self.ok)
    g_propagate_error (error, self.error);

  return self.ok;
}

void
cam_cli_tell_remarks (const char           *path,
                      const CamFileRemarks *remarks)
{
  g_autoptr(GPtrArray) list = cam_file_remarks_list (remarks);
  g_autofree char *shown = g_filename_display_name (path);

  for (guint i = 0; i < list->len; i++)
    {
      g_autofree char *clean = cam_cli_text_clean (g_ptr_array_index (list, i));

      cam_cli_complain ("%s: %s", shown, clean);
    }
}

json_t *
cam_cli_list_remarks (const CamFileRemarks *remarks)
{
  g_autoptr(GPtrArray) list = cam_file_remarks_list (remarks);
  json_t *array = json_array ();

  for (guint i = 0; i < list->len; i++)
    json_array_append_new (array, json_string (g_ptr_array_index (list, i)));

  return array;
}
