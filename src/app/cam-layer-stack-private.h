/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the stack share: cam-layer-stack.c has cards and selection, cam-layer-stack-actions.c what is done with the chosen layers. */
#pragma once

#include "cam-layer-card.h"
#include "cam-layer-stack.h"

G_BEGIN_DECLS

struct _CamLayerStack
{
  AdwBin         parent_instance;

  /* owned */
  CamSession    *session;
  json_t        *layers;          /* the document's, as the cards show them */
  GPtrArray     *cards;           /* of CamLayerCard, which the list holds; those on their way out are not among them */
  GArray        *chosen;          /* of guint, ascending: the chosen layers */
  GArray        *next;            /* those that will be after the edit under way; NULL: what changed tells */

  int            selected;        /* the one of them whose settings are shown; −1: none is chosen */
  int            gap;             /* where a dragged layer would go; −1: nothing is dragged */
  gboolean       is_narrow;
  gboolean       is_showing;      /* the list's selection is set by us */

  /* template children */
  GtkListBox    *list;
  AdwClamp      *input_clamp;
  GtkListBoxRow *input_row;
  GtkLabel      *input_text;
  GtkLabel      *input_shape;
  GtkListBoxRow *tail_row;
  GtkWidget     *tail;
};

CamLayerCard *cam_layer_stack_get_card       (CamLayerStack *self, int layer);    /* NULL: there is none */
/* cam_layer_stack_choose: @places (borrowed), and of these @selected for the settings (−1: the first). */
void          cam_layer_stack_choose         (CamLayerStack *self, GArray *places, int selected, gboolean with_focus);

/* cam_layer_stack_install_actions: "stack.…", for class_init. */
void          cam_layer_stack_install_actions (GtkWidgetClass *widget_class);
void          cam_layer_stack_update_actions (CamLayerStack *self);
void          cam_layer_stack_add_drop       (CamLayerStack *self);

G_END_DECLS
