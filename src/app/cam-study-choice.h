/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings of an experiment that a study can vary, each with what may stand there; and numbers in a list, as they are typed. */
#pragma once

#include <cam-experiment.h>

G_BEGIN_DECLS

typedef struct
{
  /* owned */
  char       *path;         /* in a plan: "network/hidden/config/activation" */
  char       *title;        /* “Activation of the hidden layers” */
  GPtrArray  *names;        /* of char *: what can be chosen by name; NULL: numbers */
  GPtrArray  *titles;       /* of char *: how the names are shown */
  json_t     *current;      /* what stands there now; of several layers that of the first */

  gboolean    is_activation; /* its names have curves */
  gboolean    is_single;    /* of one layer alone */
  gboolean    is_whole;     /* numbers without fractions */
  gboolean    is_log;       /* steps by factors */
  double      min, max;     /* of numbers */
} CamStudyChoice;

/* cam_study_choices_list: of CamStudyChoice, those that matter most first. Never empty. */
GPtrArray *cam_study_choices_list       (const CamExperiment *experiment);
void       cam_study_choice_free        (CamStudyChoice *choice);
/* cam_study_choice_find_name: the name that stands there now; NULL: none of them. Borrowed. */
const char *cam_study_choice_find_name  (const CamStudyChoice *choice);
/* cam_study_choice_make_value: of a name; what stands there now keeps its own settings. New reference. */
json_t    *cam_study_choice_make_value  (const CamStudyChoice *choice, const char *name);
/* cam_study_choice_propose: whether @name is ticked to begin with. */
gboolean   cam_study_choice_propose     (const CamStudyChoice *choice, const char *name);
/* cam_study_choice_propose_numbers: some around the current one. New reference. */
json_t    *cam_study_choice_propose_numbers (const CamStudyChoice *choice);

/**
 * cam_study_numbers_parse:
 * @text: "16, 32, 64", "0.1 0.2", "0,1; 0,2", with or without "%"
 * @is_whole: a comma between digits always parts two numbers
 *
 * Returns: (transfer full): an array of numbers, of shares where they are in per cent; %NULL with CAM_JSON_ERROR_VALUE, which names what is no number
 */
json_t    *cam_study_numbers_parse      (const char *text, gboolean is_whole, GError **error);
/* cam_study_numbers_format: such a text. @is_share: as per cent. g_free(). */
char      *cam_study_numbers_format     (const json_t *numbers, gboolean is_share);

G_END_DECLS
