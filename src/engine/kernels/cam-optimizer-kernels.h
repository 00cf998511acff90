/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass of an optimizer over n parameters: w weights, g gradients (read only), the others slots that are updated. Element-wise but for LAMB; blocks may not overlap. Sources of the
 * formulas: keras.optimizers. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void cam_step_sgd      (float *w, const float *g, gsize n, float rate);
/* m ← momentum·m − rate·g; w ← w + m, or with @nesterov w + momentum·m − rate·g. */
void cam_step_momentum (float *w, const float *g, float *m, gsize n, float rate, float momentum, gboolean nesterov);
/* v ← ρv + (1 − ρ)g²; d = v, or with @mean (then the running mean gradient) v − mean²; step rate·g / √(d + ε), gathered in @m with momentum where it is not NULL. */
void cam_step_rmsprop  (float *w, const float *g, float *v, float *m, float *mean, gsize n, float rate, float rho, float momentum, float epsilon);
/* m ← m + (g − m)(1 − β₁); v ← v + (g² − v)(1 − β₂); w ← w − alpha·m / (√v + ε); alpha has the bias correction in it.
 * @top: running maximum of v for AMSGrad, or NULL. */
void cam_step_adam     (float *w, const float *g, float *m, float *v, float *top, gsize n, float alpha, float one_minus_beta_1, float one_minus_beta_2, float epsilon);
/* u ← max (β₂u, |g|); w ← w − alpha·m / (u + ε). */
void cam_step_adamax   (float *w, const float *g, float *m, float *u, gsize n, float alpha, float one_minus_beta_1, float beta_2, float epsilon);
/* w ← w − rate·(factor_m·m + factor_g·g) / (√(factor_v·v) + ε). */
void cam_step_nadam    (float *w, const float *g, float *m, float *v, gsize n, float rate, float one_minus_beta_1, float one_minus_beta_2,
                        float factor_m, float factor_g, float factor_v, float epsilon);
/* s ← s + g²; w ← w − rate·g / √(s + ε). */
void cam_step_adagrad  (float *w, const float *g, float *s, gsize n, float rate, float epsilon);
/* s: mean of squared gradients; x: of squared steps. */
void cam_step_adadelta (float *w, const float *g, float *s, float *x, gsize n, float rate, float rho, float epsilon);
/* s: sum of squares, z: the linear part; @l2 has β in it. */
void cam_step_ftrl     (float *w, const float *g, float *s, float *z, gsize n, float rate, float power, float l1, float l2, float shrinkage);
/* w ← w − rate·sign (β₁m + (1 − β₁)g); m ← β₂m + (1 − β₂)g. */
void cam_step_lion     (float *w, const float *g, float *m, gsize n, float rate, float beta_1, float beta_2);
/* u = factor_m·m / (√(factor_v·v) + ε); w ← w − rate·u·(‖w‖ / ‖u‖), the quotient 1 where either norm is 0. The block is a whole weight. */
void cam_step_lamb     (float *w, const float *g, float *m, float *v, gsize n, float rate, float one_minus_beta_1, float one_minus_beta_2,
                        float factor_m, float factor_v, float epsilon);

G_END_DECLS
