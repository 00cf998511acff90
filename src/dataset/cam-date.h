/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates and times as files write them, and as Camadas keeps them: days since 1970-01-01 in UTC, the time of day as fraction. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The ways of writing a date. A column is written in one of them. */
typedef enum
{
  CAM_DATE_ISO,           /* 2024-03-01, 2024/03/01, 2024.03.01, 2024-03 */
  CAM_DATE_DAY_FIRST,     /* 31/12/2023, 31.12.2023, 31-12-23 */
  CAM_DATE_MONTH_FIRST,   /* 12/31/2023, 12-31-23 */
  CAM_DATE_NAMED,         /* 3 Feb 2024, 03-fev-24, Feb 3, 2024 */
  CAM_DATE_DIGITS,        /* 2024, 20240301: numbers, unless somebody says that they are dates */
  CAM_DATE_N_FORMS,
} CamDateForm;

/* How much of it is said. */
typedef enum { CAM_DATE_MONTH, CAM_DATE_DAY, CAM_DATE_MINUTE, CAM_DATE_SECOND, CAM_DATE_MILLISECOND } CamDateDetail;

/* cam_date_parse: a time (12:30, 12:30:15.250, 3:05 PM) may follow, and an offset from UTC (Z, +02:00), which is taken off. *detail and *has_offset may be NULL. */
gboolean    cam_date_parse  (const char *text, gsize length, CamDateForm form, double *days, CamDateDetail *detail, gboolean *has_offset);

#define CAM_DATE_BUF 40
/* cam_date_format: "2024-03", "2024-03-01", "2024-03-01 12:30", …; "" for NaN. Returns @buf. */
const char *cam_date_format (char buf[CAM_DATE_BUF], double days, CamDateDetail detail);

G_END_DECLS
