/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text laid out for a terminal: widths as shown, columns that stand under each other. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* cam_cli_text_width: cells that @text takes on a terminal. */
guint       cam_cli_text_width  (const char *text);
/* cam_cli_text_clean: what comes from a file must not steer the terminal: control characters become spaces. g_free(). */
char       *cam_cli_text_clean  (const char *text);
/* cam_cli_text_cut: at most @width cells, the last an “…” where something is missing. g_free(). */
char       *cam_cli_text_cut    (const char *text, guint width);
void        cam_cli_text_pad    (GString *out, const char *text, guint width, gboolean to_the_right);
/* cam_cli_text_count: "1,348". g_free(). */
char       *cam_cli_text_count  (guint64 n);

/* A table of texts. @alignment: a letter a column, 'l' or 'r'. */
typedef struct _CamCliTable CamCliTable;
CamCliTable *cam_cli_table_new    (const char *alignment);
void         cam_cli_table_add    (CamCliTable *self, ...) G_GNUC_NULL_TERMINATED;   /* copies; a cell for each column */
void         cam_cli_table_take   (CamCliTable *self, char **cells);
/* Each line begins with @indent spaces. g_free(). */
char        *cam_cli_table_format (const CamCliTable *self, guint indent);
void         cam_cli_table_free   (CamCliTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamCliTable, cam_cli_table_free)

G_END_DECLS
