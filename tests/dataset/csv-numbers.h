/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large files of numbers, for what shows only there: progress, cancelling, memory, speed. */
#pragma once

#include <glib.h>

#define CSV_NUMBERS_COLUMNS 20

/* csv_numbers_make: a file of about @size bytes in the folder for temporary files: a header and rows of decimals with up to seven digits. Returns its path; csv_numbers_remove(). */
char  *csv_numbers_make   (gsize size, gsize *n_rows);
void   csv_numbers_remove (char *path);

/* What stands in a cell. */
double csv_numbers_value  (gsize row, guint column);

/* Kilobytes of this process' memory: "VmRSS" now, "VmHWM" at the most. */
gsize  csv_numbers_memory (const char *what);
