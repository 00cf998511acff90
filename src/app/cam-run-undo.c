/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps with what runs were before each. */

#include "cam-run-undo.h"

/* Older ones are forgotten. */
#define MOST_STEPS 100

typedef struct
{
  CamRunItem *run;
  char       *name, *note;
  char      **tags;
  gboolean    is_pinned, is_archived;
} Before;

typedef struct
{
  GPtrArray *before;      /* of Before */
  gboolean   are_deleted;
} Step;

struct _CamRunUndo
{
  GQueue steps;           /* of Step, the last at the tail */
};

static void
before_free (gpointer data)
{
  Before *before = data;

  g_object_unref (before->run);
  g_free (before->name);
  g_free (before->note);
  g_strfreev (before->tags);
  g_free (before);
}

static void
step_free (gpointer data)
{
  Step *step = data;

  g_ptr_array_unref (step->before);
  g_free (step);
}

CamRunUndo *
cam_run_undo_new (void)
{
  CamRunUndo *self = g_new0 (CamRunUndo, 1);

  g_queue_init (&self->steps);
  return self;
}

void
cam_run_undo_clear (CamRunUndo *self)
{
  g_queue_clear_full (&self->steps, step_free);
}

void
cam_run_undo_free (CamRunUndo *self)
{
  if (self == NULL)
    return;
  cam_run_undo_clear (self);
  g_free (self);
}

void
cam_run_undo_add (CamRunUndo *self,
                  GPtrArray  *runs,
                  gboolean    are_deleted)
{
  Step *step = g_new0 (Step, 1);

  step->before = g_ptr_array_new_with_free_func (before_free);
  step->are_deleted = are_deleted;
  for (guint i = 0; i < runs->len; i++)
    {
      const CamRunRecord *record = cam_run_item_get_record (runs->pdata[i]);
      Before *before = g_new0 (Before, 1);

      before->run = g_object_ref (runs->pdata[i]);
      before->name = g_strdup (record->name);
      before->note = g_strdup (record->note);
      before->tags = g_strdupv (record->tags);
      before->is_pinned = record->is_pinned;
      before->is_archived = record->is_archived;
      g_ptr_array_add (step->before, before);
    }
  g_queue_push_tail (&self->steps, step);
  if (g_queue_get_length (&self->steps) > MOST_STEPS)
    step_free (g_queue_pop_head (&self->steps));
}

gboolean
cam_run_undo_can (CamRunUndo *self)
{
  return !g_queue_is_empty (&self->steps);
}

static gboolean
put_back (const Before *before,
          CamSession   *session,
          gboolean      is_deleted)
{
  const CamRunNotes notes = { before->name, (const char *const *) before->tags, before->note, before->is_pinned, before->is_archived };

  if (is_deleted && !cam_session_restore_run (session, before->run))
    return FALSE;
  return cam_session_note_run (session, before->run, &notes);
}

CamRunItem *
cam_run_undo_take_back (CamRunUndo *self,
                        CamSession *session)
{
  Step *step = g_queue_pop_tail (&self->steps);
  CamRunItem *first = NULL;

  if (step == NULL)
    return NULL;
  /* From the last on, as they were taken. */
  for (guint i = step->before->len; i > 0; i--)
    if (!put_back (step->before->pdata[i - 1], session, step->are_deleted))
      break;
  if (step->before->len > 0)
    first = g_object_ref (((Before *) step->before->pdata[0])->run);
  step_free (step);
  return first;
}
