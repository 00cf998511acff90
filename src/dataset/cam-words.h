/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words and their indices, as Keras's TextVectorization has them: letters A to Z made small, its punctuation taken away, split at blanks; 0 stands for nothing (padding), 1 for a word that is not
 * known, then come the words of the training rows, the most frequent first, equally frequent ones from the last in the order of their bytes.
 *
 * Source: Keras 3, layers/preprocessing/text_vectorization.py and index_lookup.py; tests/data/words/keras.json was recorded from it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _CamWords CamWords;

/* cam_words_new: @words: (transfer full): char *, from index 2 on. NULL: one of them stands twice. */
CamWords   *cam_words_new       (GPtrArray *words);
/* cam_words_fit: of @texts (NULL: missing), at most @vocabulary indices, the two special ones counted. */
CamWords   *cam_words_fit       (const char *const *texts, gsize n, guint vocabulary);
void        cam_words_free      (CamWords *self);
guint       cam_words_get_n     (const CamWords *self);             /* indices, the special ones counted */
const char *cam_words_get       (const CamWords *self, guint i);    /* 0: "", 1: "[UNK]" */
/* cam_words_index: the first @length words of @text; zeros behind the last. */
void        cam_words_index     (const CamWords *self, const char *text, guint length, float *to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CamWords, cam_words_free)

G_END_DECLS
