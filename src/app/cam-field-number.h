/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a setting as a person types and steps them: text both ways, and the next round value up or down.
 * NaN stands for null. Pure functions, any thread. */
#pragma once

#include <cam-field.h>

G_BEGIN_DECLS

/* cam_field_number_text: "0.001", "1e-7", "64"; "none" for NaN. g_free(). */
char     *cam_field_number_text  (const CamField *field, double value);

/**
 * cam_field_number_parse:
 * @text: as typed: "1e-3", "0,001"; "none" or nothing where the setting may be null
 * @value: (out): NaN for null; untouched where %FALSE is returned
 *
 * Returns: %FALSE where it is no number, not whole though it must be, or outside the setting's bounds
 */
gboolean  cam_field_number_parse (const CamField *field, const char *text, double *value);
/* cam_field_number_reason: why @text cannot be; NULL: it can. g_free(). */
char     *cam_field_number_reason (const CamField *field, const char *text);
gboolean  cam_field_number_fits  (const CamField *field, double value);

/**
 * cam_field_number_step:
 * @n: how many steps; negative: down
 *
 * A setting that steps by factors goes 1, 2, 5, 10, …, a whole number of that kind by powers of two; others by
 * cam_field_number_increment().
 *
 * Returns: the value @n steps from @value, or @value itself where that would leave the bounds
 */
double    cam_field_number_step  (const CamField *field, double value, int n);

/* cam_field_number_increment: what a step up from @value adds, about: for the buttons and keys of a spin button. */
double    cam_field_number_increment (const CamField *field, double value);

G_END_DECLS
