/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For tests of splits: a table of columns, split as a section says, and the parts as rows. */
#pragma once

#include <cam-split-private.h>

G_BEGIN_DECLS

typedef struct
{
  GArray *parts[CAM_N_PARTS];     /* of gsize */
} SplitParts;

/* Single quotes stand for double ones. New reference. */
json_t  *split_json        (const char *text);
/* Split the rows of @table as @text says; @data its "data" section, NULL: none. */
gboolean split_table       (CamTable *table, const char *data, const char *text, SplitParts *parts, GError **error);
void     split_parts_clear (SplitParts *self);
gsize    split_parts_row   (const SplitParts *self, guint part, guint i);
/* Ascending, and each of @n rows in one part; where not @complete, in one at most. */
void     split_parts_check (const SplitParts *self, gsize n, gboolean complete);
gboolean split_parts_equal (const SplitParts *a, const SplitParts *b);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SplitParts, split_parts_clear)

G_END_DECLS
