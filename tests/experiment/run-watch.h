/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A listener to a runner that holds it to its contract: signals in the right thread and order, nothing told that the store does not have, nothing after the end. */
#pragma once

#include <cam-runner.h>

G_BEGIN_DECLS

typedef struct _Watch Watch;

struct _Watch
{
  CamRunner *runner;            /* borrowed */
  CamStore  *store;             /* borrowed; NULL: the run is not kept */
  gboolean   may_lag;           /* the store may have less than was told */
  GThread   *thread;
  GArray    *values;            /* double: what was told, epochs by keys */
  guint      n_epochs, n_emissions, n_progress;
  gboolean   has_ended;

  /* Called once when as many epochs are told. */
  guint      at;
  void     (*action) (Watch *watch);
};

void watch_init  (Watch *watch, CamRunner *runner, CamStore *store);
/* watch_start: the sample's run begins, or the test fails. */
void watch_start (Watch *watch, const char *sample, CamExperiment *experiment, guint n_threads);
/* watch_wait: turns the thread's loop until the end. */
void watch_wait  (Watch *watch);
/* watch_idle: turns the loop for a while. */
void watch_idle  (Watch *watch, guint ms);
void watch_clear (Watch *watch);

G_END_DECLS
