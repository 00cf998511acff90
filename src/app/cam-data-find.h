/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for a value in a table: words as a part of a cell, in any case; numbers as the value itself. */
#pragma once

#include <gio/gio.h>

#include <cam-table.h>

G_BEGIN_DECLS

typedef struct { gsize row; guint column; gsize n_all; } CamDataFound;

/**
 * cam_data_find:
 * @needle: what is looked for; not empty
 * @columns: of guint, in the order they are looked through in a row
 * @from: the first row that is looked at; after the last comes the first again
 * @backward: the rows before @from, from below
 *
 * Any thread. O(rows × columns).
 *
 * Returns: %FALSE: nowhere, or cancelled; @found->n_all counts the rows that have it
 */
gboolean cam_data_find (const CamTable *table, const char *needle, const GArray *columns, gsize from, gboolean backward, GCancellable *cancellable, CamDataFound *found);

G_END_DECLS
