/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of studies share: a plan, and waiting for its end. */
#pragma once

#include <cam-study.h>

#include "experiment-fixture.h"

G_BEGIN_DECLS

/* A call with its last argument named error, which must not be set. */
#define CHECKED(call) ({ g_autoptr(GError) error_ = NULL; GError **error = &error_; __typeof__ (call) value_ = (call); g_assert_no_error (error_); value_; })

/* Of a network of 8 units on iris. @settings: JSON without its braces. */
CamPlan *fixture_plan           (const char *settings, guint epochs);
void     fixture_wait_for_study (CamStudy *study);

G_END_DECLS
