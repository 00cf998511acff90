/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words and their indices. */
#include "cam-words.h"

#include <string.h>

#define FIRST_WORD 2

struct _CamWords
{
  GPtrArray  *words;
  GHashTable *index;   /* word, of the list → its index */
};

static gboolean
is_blank (char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next word of *text without punctuation, small, into @word; FALSE: there is none. A word of nothing but punctuation is none. */
static gboolean
next_word (const char **text,
           GString     *word)
{
  const char *at = *text;

  g_string_truncate (word, 0);
  for (; *at != '\0' && !(is_blank (*at) && word->len > 0); at++)
    if (!is_blank (*at) && !g_ascii_ispunct (*at))
      g_string_append_c (word, g_ascii_tolower (*at));
  *text = at;

  return word->len > 0;
}

CamWords *
cam_words_new (GPtrArray *words)
{
  g_autoptr(CamWords) self = g_new0 (CamWords, 1);

  self->words = words;
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < words->len; i++)
    if (!g_hash_table_insert (self->index, g_ptr_array_index (words, i), GUINT_TO_POINTER (i + FIRST_WORD)))
      return NULL;

  return g_steal_pointer (&self);
}

typedef struct { char *word; gsize count; } Counted;

static int
compare_counted (gconstpointer a,
                 gconstpointer b)
{
  const Counted *x = a, *y = b;

  return x->count != y->count ? (x->count < y->count ? 1 : -1) : -strcmp (x->word, y->word);
}

static void
count_words (GHashTable *places,
             GArray     *counted,
             const char *text)
{
  g_autoptr(GString) word = g_string_new (NULL);

  while (next_word (&text, word))
    {
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, word->str));

      if (place == 0)
        {
          Counted one = { g_strdup (word->str), 0 };

          g_array_append_val (counted, one);
          place = counted->len;
          g_hash_table_insert (places, one.word, GUINT_TO_POINTER (place));
        }
      g_array_index (counted, Counted, place - 1).count++;
    }
}

CamWords *
cam_words_fit (const char *const *texts,
               gsize              n,
               guint              vocabulary)
{
  g_autoptr(GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GArray) counted = g_array_new (FALSE, FALSE, sizeof (Counted));
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < n; i++)
    if (texts[i] != NULL)
      count_words (places, counted, texts[i]);
  g_array_sort (counted, compare_counted);
  for (guint i = 0; i < counted->len; i++)
    {
      char *word = g_array_index (counted, Counted, i).word;

      if (i + FIRST_WORD < vocabulary)
        g_ptr_array_add (words, word);
      else
        g_free (word);
    }

  return cam_words_new (words);
}

void
cam_words_free (CamWords *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->index);
  g_ptr_array_unref (self->words);
  g_free (self);
}

guint
cam_words_get_n (const CamWords *self)
{
  return self->words->len + FIRST_WORD;
}

const char *
cam_words_get (const CamWords *self,
               guint           i)
{
  return i == 0 ? "" : i == 1 ? "[UNK]" : g_ptr_array_index (self->words, i - FIRST_WORD);
}

void
cam_words_index (const CamWords *self,
                 const char     *text,
                 guint           length,
                 float          *to)
{
  g_autoptr(GString) word = g_string_new (NULL);
  guint used = 0;

  while (used < length && next_word (&text, word))
    {
      guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->index, word->str));

      to[used++] = index > 0 ? (float) index : 1.0f;
    }
  for (; used < length; used++)
    to[used] = 0.0f;
}
