/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks in a row: the calling thread reads text and cuts it at line breaks, helpers parse what it cut, and it takes the blocks in their order. It parses one itself where
 * none is ready, and does over with the ordinary parser whatever a block could not be parsed as. */
#include <string.h>

#include "cam-csv-block.h"

#define MOST_HELPERS 3
#define N_SLOTS      (2 * (MOST_HELPERS + 1))
/* Text without a line break that is still waited for. */
#define MOST_CARRY   (4 * CAM_CSV_BLOCK_SIZE)

int cam_csv_helpers = -1;

typedef enum { FREE, FILLED, TAKEN, DONE } SlotState;

typedef struct
{
  CamCsvBlock block;
  SlotState   state;      /* under the lock */
} Slot;

typedef struct
{
  CamCsvBlockPlan plan;
  Slot            slots[N_SLOTS];
  guint           first, n_used;     /* calling thread only: slots in use, a ring */
  GThread        *helpers[MOST_HELPERS];
  guint           n_helpers;
  struct
  {
    GMutex        lock;
    GCond         filled, done;
    gboolean      is_over;
  } shared;
} Ring;

static Slot *
get_slot (Ring  *self,
          guint  place)
{
  return &self->slots[(self->first + place) % N_SLOTS];
}

/* Under the lock: the oldest slot that nobody has taken. */
static Slot *
take_slot (Ring *self)
{
  for (guint i = 0; i < N_SLOTS; i++)
    {
      Slot *slot = get_slot (self, i);

      if (slot->state == FILLED)
        {
          slot->state = TAKEN;
          return slot;
        }
    }

  return NULL;
}

/* Parses one without the lock, which is held before and after. */
static void
parse_slot (Ring *self,
            Slot *slot)
{
  g_mutex_unlock (&self->shared.lock);
  cam_csv_block_parse (&slot->block, &self->plan);
  g_mutex_lock (&self->shared.lock);
  slot->state = DONE;
  g_cond_signal (&self->shared.done);
}

static gpointer                               /* helper thread */
help (gpointer data)
{
  Ring *self = data;

  g_mutex_lock (&self->shared.lock);
  while (!self->shared.is_over)
    {
      Slot *slot = take_slot (self);

      if (slot != NULL)
        parse_slot (self, slot);
      else
        g_cond_wait (&self->shared.filled, &self->shared.lock);
    }
  g_mutex_unlock (&self->shared.lock);

  return NULL;
}

static Ring *
ring_new (const CamCsvDialect *dialect,
          guint                n_columns)
{
  Ring *self = g_new0 (Ring, 1);

  self->plan = (CamCsvBlockPlan) { dialect, n_columns };
  for (guint i = 0; i < N_SLOTS; i++)
    cam_csv_block_init (&self->slots[i].block, n_columns);
  g_mutex_init (&self->shared.lock);
  g_cond_init (&self->shared.filled);
  g_cond_init (&self->shared.done);
  self->n_helpers = cam_csv_helpers >= 0 ? (guint) cam_csv_helpers : MIN (g_get_num_processors () - 1, MOST_HELPERS);
  for (guint i = 0; i < self->n_helpers; i++)
    self->helpers[i] = g_thread_new ("cam-csv", help, self);

  return self;
}

static void
ring_free (Ring *self)
{
  g_mutex_lock (&self->shared.lock);
  self->shared.is_over = TRUE;
  g_cond_broadcast (&self->shared.filled);
  g_mutex_unlock (&self->shared.lock);
  for (guint i = 0; i < self->n_helpers; i++)
    g_thread_join (self->helpers[i]);

  for (guint i = 0; i < N_SLOTS; i++)
    cam_csv_block_clear (&self->slots[i].block, self->plan.n_columns);
  g_mutex_clear (&self->shared.lock);
  g_cond_clear (&self->shared.filled);
  g_cond_clear (&self->shared.done);
  g_free (self);
}

/* Waits for the oldest block, parsing others meanwhile. */
static CamCsvBlock *
wait_for_first (Ring *self)
{
  Slot *first = get_slot (self, 0);

  g_mutex_lock (&self->shared.lock);
  while (first->state != DONE)
    {
      Slot *slot = take_slot (self);

      if (slot != NULL)
        parse_slot (self, slot);
      else
        g_cond_wait (&self->shared.done, &self->shared.lock);
    }
  g_mutex_unlock (&self->shared.lock);

  return &first->block;
}

/* The oldest block into the builder, by what it was parsed to or by its text. */
static gboolean
take_first (Ring           *self,
            CamCsvParser   *parser,
            CamCsvBuilder  *builder,
            GError        **error)
{
  CamCsvBlock *block = wait_for_first (self);
  gboolean ok = TRUE;

  if (block->is_clean && cam_csv_parser_is_between_rows (parser) && cam_csv_builder_takes_blocks (builder, self->plan.n_columns) &&
      cam_csv_builder_add_block (builder, block))
    {
      cam_csv_parser_pass_lines (parser, block->n_lines);
      ok = cam_csv_builder_offer (builder, error);
    }
  else
    ok = cam_csv_parser_feed (parser, block->text->str, block->text->len, error);
  get_slot (self, 0)->state = FREE;
  self->first = (self->first + 1) % N_SLOTS;
  self->n_used--;

  return ok;
}

static void
add_block (Ring                *self,
           const CamCsvBuilder *builder,
           GString             *carry,
           const char          *text,
           gsize                length)
{
  Slot *slot = get_slot (self, self->n_used++);

  cam_csv_builder_get_readings (builder, slot->block.readings);
  g_string_truncate (slot->block.text, 0);
  g_string_append_len (slot->block.text, carry->str, (gssize) carry->len);
  g_string_append_len (slot->block.text, text, (gssize) length);
  g_string_truncate (carry, 0);

  g_mutex_lock (&self->shared.lock);
  slot->state = FILLED;
  g_cond_signal (&self->shared.filled);
  g_mutex_unlock (&self->shared.lock);
}

gboolean
cam_csv_blocks_can_read (const CamCsvParser  *parser,
                         const CamCsvBuilder *builder)
{
  return cam_csv_helpers > -2 && cam_csv_parser_takes_blocks (parser) && cam_csv_parser_is_between_rows (parser) &&
         cam_csv_builder_takes_blocks (builder, cam_csv_builder_get_n_columns (builder));
}

gboolean
cam_csv_blocks_read (CamCsvSource         *source,
                     CamCsvParser         *parser,
                     CamCsvBuilder        *builder,
                     const CamCsvDialect  *dialect,
                     const char           *rest,
                     gsize                 n_rest,
                     gboolean            (*tell) (gpointer user_data, GError **error),
                     gpointer              user_data,
                     GError              **error)
{
  Ring *ring = ring_new (dialect, cam_csv_builder_get_n_columns (builder));
  g_autoptr(GString) carry = g_string_new_len (rest, (gssize) n_rest);
  g_autoptr(GError) problem = NULL;
  gboolean ok = TRUE;
  const char *text;
  gssize n = 0;

  while (ok && (n = cam_csv_source_read (source, &text, &problem)) > 0)
    {
      const char *after = memrchr (text, '\n', (gsize) n);
      gsize whole = after != NULL ? (gsize) (after + 1 - text) : carry->len > MOST_CARRY ? (gsize) n : 0;

      if (ring->n_used == N_SLOTS)
        ok = take_first (ring, parser, builder, error);
      if (ok && whole > 0)
        add_block (ring, builder, carry, text, whole);
      g_string_append_len (carry, text + whole, n - (gssize) whole);
      ok = ok && tell (user_data, error);
    }
  while (ok && ring->n_used > 0)
    ok = take_first (ring, parser, builder, error) && tell (user_data, error);
  ring_free (ring);

  /* Text before bytes that are none is read first, so that the line is known. */
  ok = ok && cam_csv_parser_feed (parser, carry->str, carry->len, error);
  if (!ok || n == 0)
    return ok;
  g_propagate_error (error, g_steal_pointer (&problem));
  cam_csv_parser_prefix_position (parser, error);

  return FALSE;
}
