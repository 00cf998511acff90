/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns the table of runs has, in which order and how wide: what was chosen by hand, and what stands for it where nothing was. Kept as text with the workspace. */
#pragma once

#include "cam-run-rows.h"

G_BEGIN_DECLS

/* What there is to choose from. */
typedef struct
{
  /* owned; of interned keys */
  GPtrArray  *metrics;       /* history keys that any run has */
  GPtrArray  *settings;      /* of any run */
  GPtrArray  *differing;     /* those of them that not all have alike */
  const char *metric;        /* interned: a column unless it was taken away; NULL: none */
  gboolean    has_tags, has_studies, has_data;      /* some run is tagged; belongs to a study; not all are of one file */
} CamRunOffer;

typedef struct
{
  /* owned */
  GHashTable *given;         /* id of a field → shown, or not, by hand */
  GHashTable *widths;        /* id of a field → pixels */
  GPtrArray  *places;        /* ids as they were put by hand; empty: nobody did */

  CamRunOrder order;
  gboolean    has_order;
  CamRunWhen  when;
  gboolean    shows_archived;
} CamRunChoice;

CamRunChoice *cam_run_choice_new       (void);
void          cam_run_choice_free      (CamRunChoice *self);
/* cam_run_choice_read: @text NULL, or of another version: nothing is chosen. */
void          cam_run_choice_read      (CamRunChoice *self, const char *text);
char         *cam_run_choice_to_text   (CamRunChoice *self);

/* cam_run_choice_list_all: every field that could be a column, in the table's own order: of CamRunField. cam_run_choice_list(): those that are, in that of the user. Free the arrays. */
GArray       *cam_run_choice_list_all  (const CamRunOffer *offer);
GArray       *cam_run_choice_list      (CamRunChoice *self, const CamRunOffer *offer);
gboolean      cam_run_choice_is_shown  (CamRunChoice *self, const CamRunOffer *offer, const CamRunField *field);
void          cam_run_choice_show      (CamRunChoice *self, const CamRunField *field, gboolean is_shown);
/* cam_run_choice_forget: columns are again those that differ. */
void          cam_run_choice_forget    (CamRunChoice *self);
/* cam_run_choice_get_width: @own where it was not changed by hand. */
int           cam_run_choice_get_width (CamRunChoice *self, const CamRunField *field, int own);
void          cam_run_choice_set_width (CamRunChoice *self, const CamRunField *field, int width);

CamRunOffer  *cam_run_offer_new        (void);
void          cam_run_offer_free       (CamRunOffer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamRunChoice, cam_run_choice_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamRunOffer, cam_run_offer_free)

G_END_DECLS
