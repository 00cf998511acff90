/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two files of the table of runs share: rows, selection and menu stand in cam-run-table.c, columns and what is remembered of them in cam-run-table-columns.c. */
#pragma once

#include "cam-run-columns.h"
#include "cam-run-table.h"

G_BEGIN_DECLS

struct _CamRunTable
{
  AdwBin                parent_instance;

  /* owned */
  CamSession           *session;
  CamRunRows           *rows;
  CamRunSheet          *sheet;
  GPtrArray            *chosen;           /* of CamRunItem: what is selected, whatever place it has */
  char                 *filter_text;
  char                 *metric;
  gint64                study;            /* 0: all */
  CamRunChoice         *choice;
  CamRunOffer          *offer;
  CamRunDifferences    *differences;      /* in the making */
  char                 *remembered;       /* path of the workspace that the choice is from; NULL: none */
  guint                 scan_source;
  guint                 scan_next;
  guint                 save_source;
  double                drawn_at;         /* where rows were drawn around */
  gboolean              is_applying;      /* columns are being put in, not by hand */
  GtkWidget            *popover;

  /* template children */
  GtkColumnView        *view;
  GtkScrolledWindow    *scrolled;
  GtkStack             *stack;
  GtkLabel             *none;
  GtkMultiSelection    *selection;
  GMenuModel           *menu;
};

/* cam_run_table_recall: the choice that the workspace in use has, where it is another than before. */
void cam_run_table_recall        (CamRunTable *self);
/* cam_run_table_scan: which settings there are is found out anew, some runs a turn. */
void cam_run_table_scan          (CamRunTable *self);
void cam_run_table_show_columns  (CamRunTable *self);
void cam_run_table_read_order    (CamRunTable *self);
/* cam_run_table_set_when: heads of columns say it. */
void cam_run_table_set_when      (CamRunTable *self, CamRunWhen when);
/* cam_run_table_remember: soon. */
void cam_run_table_remember      (CamRunTable *self);
void cam_run_table_columns_init  (CamRunTable *self);

G_END_DECLS
