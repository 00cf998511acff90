/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arithmetic on sizes that come from outside: overflow is an answer, not a surprise. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Each returns FALSE, and leaves *out alone, where the result does not fit. */
gboolean cam_size_add (gsize a, gsize b, gsize *out);
gboolean cam_size_mul (gsize a, gsize b, gsize *out);

G_END_DECLS
