/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of numbers as a person types and reads them: "3 × 3", "0.01, 0.001", "1, 1 · 2, 2". Pure functions, any thread. */
#pragma once

#include <cam-field.h>

G_BEGIN_DECLS

/* cam_field_text: @value (completed) of an INTS, FLOATS, PAIRS or TEXT field; "none" for null. g_free(). */
char   *cam_field_text       (const CamField *field, const json_t *value);

/**
 * cam_field_text_parse:
 * @text: as typed: "3 × 3", "3,3", "3x3", "3", "(3, 3)"; pairs one after the other; "0,01; 0,001" with decimal commas. "none" or nothing where the setting may be null
 * @reason: (out): why it cannot be, a sentence; g_free(). Untouched where a value is returned
 *
 * Returns: (transfer full): a value that cam_field_check() accepts, as it is completed: a list where one number was typed for all; or %NULL
 */
json_t *cam_field_text_parse (const CamField *field, const char *text, char **reason);

G_END_DECLS
