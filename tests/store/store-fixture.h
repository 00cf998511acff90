/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of this floor share: a folder with a workspace that goes away, and a run in it. */
#pragma once

#include <cam-store.h>

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  char *path;
} Fixture;

extern const char *const fixture_keys[];    /* four */
extern const CamRunStart fixture_plain_run;

void      fixture_set_up    (Fixture *fixture, gconstpointer data);
void      fixture_tear_down (Fixture *fixture, gconstpointer data);
CamStore *fixture_open      (const char *path);
gint64    fixture_begin_run (CamStore *store);
/* Epochs @first … @first + @n − 1, each number one tenth more than the one before. */
void      fixture_append    (CamStore *store, gint64 run, guint first, guint n);

G_END_DECLS
