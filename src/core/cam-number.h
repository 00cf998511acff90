/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as text that is the same in every locale: for files, never for the screen. Thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CAM_NUMBER_BUF 40

/* cam_number_format: @value with @digits significant digits (1 to 17), "nan", "inf", "-inf". Returns @buf. */
const char *cam_number_format   (char buf[CAM_NUMBER_BUF], double value, int digits);

/* cam_number_shortest: the fewest digits that read back to the same float (is_float) or double. */
const char *cam_number_shortest (char buf[CAM_NUMBER_BUF], double value, gboolean is_float);

/* cam_number_put: the same of a double at @to, where CAM_NUMBER_BUF bytes are free; returns its end, and does not terminate it. @n_decimals: (inout): 0 before the first of numbers that are
 * alike, such as those of a column; then they are quicker. */
char       *cam_number_put      (char *to, double value, int *n_decimals);

/* cam_number_put_float: the same of a float. */
char       *cam_number_put_float (char *to, float value);

/* cam_number_parse: the whole of @text[0 … length) as a number with decimal point; spaces around are not allowed.
 * Also reads "nan", "inf" and "infinity" in any case. Returns FALSE, *value untouched, where it is not a number. */
gboolean    cam_number_parse    (const char *text, gsize length, double *value);

G_END_DECLS
