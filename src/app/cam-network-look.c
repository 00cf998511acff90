/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks into a network, on a worker's thread. */
#include "cam-network-look.h"

/* What a worker needs: never changed while one has it. */
typedef struct
{
  gatomicrefcount  ref_count;
  gpointer         plan;
  GDestroyNotify   free_plan;
  CamNetwork      *network;       /* the worker's */
  CamNetworkAsk    ask;
  GDestroyNotify   free_answer;
} Subject;

typedef struct
{
  Subject *subject;
  GBytes  *weights;
  gint64   took;                  /* µs */
} Job;

struct _CamNetworkLook
{
  CamNetworkAsk       ask;
  GDestroyNotify      free_answer;
  CamNetworkAnswered  answered;
  gpointer            user_data;

  /* owned */
  Subject            *subject;      /* NULL: nothing is asked */
  GBytes             *weights;
  GCancellable       *cancellable;  /* of the life of this */

  gboolean            is_busy;
  gboolean            is_stale;     /* the look under way is to be followed by another */
};

static void
subject_unref (Subject *subject)
{
  if (!g_atomic_ref_count_dec (&subject->ref_count))
    return;
  subject->free_plan (subject->plan);
  cam_network_free (subject->network);
  g_free (subject);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  subject_unref (job->subject);
  g_bytes_unref (job->weights);
  g_free (job);
}

static void                                   /* a pool's thread */
work (GTask        *task,
      gpointer      source,
      gpointer      task_data,
      GCancellable *cancellable)
{
  Job *job = task_data;
  const Subject *subject = job->subject;
  gint64 began = g_get_monotonic_time ();
  gpointer answer = cam_network_set_weights (subject->network, job->weights, NULL) ? subject->ask (subject->plan, subject->network) : NULL;

  job->took = g_get_monotonic_time () - began;
  g_task_return_pointer (task, answer, subject->free_answer);
}

static void
start_again (CamNetworkLook *self)
{
  g_autoptr(GBytes) weights = self->weights != NULL ? g_bytes_ref (self->weights) : NULL;

  if (weights != NULL)
    cam_network_look_start (self, weights);
}

static void
worked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = G_TASK (result);
  const Job *job = g_task_get_task_data (task);
  CamNetworkLook *self;
  gpointer answer = g_task_propagate_pointer (task, NULL);
  gboolean has_answer = answer != NULL;

  /* Cancelled: there is nobody any more, and the answer went with the task. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return;
  self = user_data;
  self->is_busy = FALSE;
  self->answered (answer, job->subject->plan, job->subject == self->subject, job->took, self->user_data);
  if (has_answer && self->is_stale)
    start_again (self);
}

CamNetworkLook *
cam_network_look_new (CamNetworkAsk       ask,
                      GDestroyNotify      free_answer,
                      CamNetworkAnswered  answered,
                      gpointer            user_data)
{
  CamNetworkLook *self = g_new0 (CamNetworkLook, 1);

  self->ask = ask;
  self->free_answer = free_answer;
  self->answered = answered;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  return self;
}

void
cam_network_look_free (CamNetworkLook *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->subject, subject_unref);
  g_clear_pointer (&self->weights, g_bytes_unref);
  g_free (self);
}

void
cam_network_look_set_plan (CamNetworkLook *self,
                           gpointer        plan,
                           GDestroyNotify  free_plan,
                           CamNetwork     *network)
{
  g_return_if_fail ((plan != NULL) == (network != NULL));

  g_clear_pointer (&self->subject, subject_unref);
  self->is_stale = TRUE;
  if (plan == NULL)
    return;
  self->subject = g_new0 (Subject, 1);
  g_atomic_ref_count_init (&self->subject->ref_count);
  self->subject->plan = plan;
  self->subject->free_plan = free_plan;
  self->subject->network = network;
  self->subject->ask = self->ask;
  self->subject->free_answer = self->free_answer;
  start_again (self);
}

gboolean
cam_network_look_has_plan (const CamNetworkLook *self)
{
  return self->subject != NULL;
}

void
cam_network_look_start (CamNetworkLook *self,
                        GBytes         *weights)
{
  g_autoptr(GTask) task = NULL;
  Job *job;

  if (self->weights != weights)
    {
      g_clear_pointer (&self->weights, g_bytes_unref);
      self->weights = g_bytes_ref (weights);
    }
  if (self->is_busy || self->subject == NULL)
    return;
  job = g_new0 (Job, 1);
  g_atomic_ref_count_inc (&self->subject->ref_count);
  job->subject = self->subject;
  job->weights = g_bytes_ref (weights);
  self->is_busy = TRUE;
  self->is_stale = FALSE;
  task = g_task_new (NULL, self->cancellable, worked_cb, self);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, work);
}

void
cam_network_look_follow (CamNetworkLook *self)
{
  self->is_stale = TRUE;
}

gboolean
cam_network_look_is_busy (const CamNetworkLook *self)
{
  return self->is_busy;
}

gboolean
cam_network_look_has_weights (const CamNetworkLook *self)
{
  return self->weights != NULL;
}

gboolean
cam_network_look_is_of (const CamNetworkLook *self,
                        GBytes               *weights)
{
  return self->weights != NULL && g_bytes_equal (self->weights, weights);
}

void
cam_network_look_forget (CamNetworkLook *self)
{
  g_clear_pointer (&self->weights, g_bytes_unref);
}
