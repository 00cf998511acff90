/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of Keras's layers. */
#include "cam-keras-keys.h"

#include <string.h>

#include "cam-keras-value.h"

/* Keys of Keras that a field table lacks have their value behind “=”. A “?” marks a key that the first versions do not know: it is written only where it is not at its default. */
typedef struct
{
  const char *class_name;
  const char *keys;
} LayerKeys;

#define WEIGHT_KEYS "kernel_initializer bias_initializer kernel_regularizer bias_regularizer kernel_constraint bias_constraint"
#define CONV_KEYS "activity_regularizer? filters kernel_size strides padding data_format dilation_rate groups activation use_bias " WEIGHT_KEYS
#define POOLING_KEYS "pool_size padding strides data_format"
#define GLOBAL_KEYS "data_format keepdims"
#define NORM_KEYS "beta_initializer gamma_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint"
#define RECURRENT_KEYS_BEGIN "activity_regularizer? return_sequences return_state=false go_backwards stateful=false unroll=false units activation"
#define RECURRENT_KEYS_END "use_bias kernel_initializer recurrent_initializer bias_initializer"
#define RECURRENT_KEYS_LIMITS \
  "kernel_regularizer recurrent_regularizer bias_regularizer kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout"

static const LayerKeys layers[] = {
  { "Dense", "activity_regularizer? units activation use_bias " WEIGHT_KEYS },
  { "Activation", "activation" },
  { "ReLU", "max_value negative_slope threshold" },
  { "LeakyReLU", "negative_slope" },
  { "PReLU", "alpha_initializer alpha_regularizer alpha_constraint shared_axes" },
  { "ELU", "alpha?" },
  { "Softmax", "axis" },
  { "Conv1D", CONV_KEYS },
  { "Conv2D", CONV_KEYS },
  { "Conv1DTranspose", "activity_regularizer? filters kernel_size strides padding data_format dilation_rate=1 activation use_bias " WEIGHT_KEYS },
  { "Conv2DTranspose", "activity_regularizer? filters kernel_size strides padding data_format dilation_rate=1 activation use_bias " WEIGHT_KEYS },
  { "DepthwiseConv2D", "activity_regularizer? depth_multiplier kernel_size strides padding data_format dilation_rate activation use_bias depthwise_initializer bias_initializer "
                       "depthwise_regularizer bias_regularizer depthwise_constraint bias_constraint" },
  { "SeparableConv2D", "activity_regularizer? depth_multiplier filters kernel_size strides padding data_format dilation_rate activation use_bias depthwise_initializer "
                       "pointwise_initializer bias_initializer depthwise_regularizer pointwise_regularizer bias_regularizer "
                       "depthwise_constraint pointwise_constraint bias_constraint" },
  { "MaxPooling1D", POOLING_KEYS },
  { "MaxPooling2D", POOLING_KEYS },
  { "AveragePooling1D", POOLING_KEYS },
  { "AveragePooling2D", POOLING_KEYS },
  { "GlobalMaxPooling1D", GLOBAL_KEYS },
  { "GlobalMaxPooling2D", GLOBAL_KEYS },
  { "GlobalAveragePooling1D", GLOBAL_KEYS },
  { "GlobalAveragePooling2D", GLOBAL_KEYS },
  { "UpSampling2D", "size data_format interpolation" },
  { "Flatten", "data_format" },
  { "Reshape", "target_shape" },
  { "Permute", "dims" },
  { "RepeatVector", "n" },
  { "Dropout", "rate seed=null noise_shape=null" },
  { "AlphaDropout", "rate seed=null noise_shape=null" },
  { "SpatialDropout1D", "rate seed=null" },
  { "SpatialDropout2D", "rate seed=null data_format=\"channels_last\"" },
  { "GaussianNoise", "stddev seed=null" },
  { "GaussianDropout", "rate seed=null" },
  { "BatchNormalization", "axis momentum epsilon center scale beta_initializer gamma_initializer moving_mean_initializer moving_variance_initializer "
                          "beta_regularizer gamma_regularizer beta_constraint gamma_constraint synchronized=false" },
  { "LayerNormalization", "axis epsilon center scale " NORM_KEYS },
  { "GroupNormalization", "groups axis epsilon center scale " NORM_KEYS },
  { "SimpleRNN", RECURRENT_KEYS_BEGIN " " RECURRENT_KEYS_END " " RECURRENT_KEYS_LIMITS },
  { "LSTM", RECURRENT_KEYS_BEGIN " recurrent_activation " RECURRENT_KEYS_END " unit_forget_bias " RECURRENT_KEYS_LIMITS " seed=null" },
  { "GRU", RECURRENT_KEYS_BEGIN " recurrent_activation " RECURRENT_KEYS_END " " RECURRENT_KEYS_LIMITS " reset_after seed=null" },
  { "Embedding", "activity_regularizer? input_dim output_dim embeddings_initializer embeddings_regularizer embeddings_constraint mask_zero" },
  { "ZeroPadding1D", "padding data_format?" },
  { "Cropping1D", "cropping" },
};

/* Keys of other versions that would change what a layer gives, with the value that does not. */
static const struct
{
  const char *key;
  const char *harmless;
} foreign_keys[] = {
  { "return_state", "false" },
  { "stateful", "false" },
  { "time_major", "false" },
  { "zero_output_for_mask", "false" },
  { "rms_scaling", "false" },
  { "renorm", "false" },
  { "output_padding", "null" },
  { "lora_rank", "null" },
  { "groups", "1" },
  { "dilation_rate", "1" },
  { "data_format", "\"channels_last\"" },
};

static const struct
{
  const char *class_name;
  const char *old_key;
  const char *key;
} renamed_keys[] = {
  { "LeakyReLU", "alpha", "negative_slope" },
  { "RepeatVector", "repeats", "n" },
};

static const char *
find_keys (const char *class_name)
{
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    if (g_str_equal (layers[i].class_name, class_name))
      return layers[i].keys;

  return "";
}

static gboolean
is_usual (const CamField *field,
          const json_t   *value)
{
  g_autoptr(json_t) usual = cam_fields_default (field);

  return value == NULL || cam_keras_same_value (usual, value);
}

/* @word: "units", "alpha?" or "seed=null". */
static void
write_key (const CamLayerKind *kind,
           const json_t       *config,
           char               *word,
           json_t             *written)
{
  char *equals = strchr (word, '=');
  gboolean is_recent = g_str_has_suffix (word, "?");
  const CamField *field;
  const json_t *value;

  if (is_recent)
    word[strlen (word) - 1] = '\0';
  if (equals != NULL)
    *equals = '\0';

  field = cam_fields_find (cam_layer_kind_get_fields (kind), word);
  value = json_object_get (config, word);
  if (field != NULL && !(is_recent && is_usual (field, value)))
    json_object_set_new (written, word, cam_keras_value_build (field, value));
  else if (field == NULL && equals != NULL)
    json_object_set_new (written, word, json_loads (equals + 1, JSON_DECODE_ANY, NULL));
}

json_t *
cam_keras_keys_build (const CamLayerKind *kind,
                      const json_t       *config)
{
  const char *keys = find_keys (cam_layer_kind_get_name (kind));
  gboolean is_listed = *keys != '\0';
  g_auto(GStrv) words = g_strsplit (keys, " ", -1);
  json_t *written = json_object ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      write_key (kind, config, words[i], written);

  /* A kind that is not listed has the keys of its field table; of one that is, what else there is to say where it is not the usual. */
  for (const CamField *field = cam_layer_kind_get_fields (kind); field->key != NULL; field++)
    {
      const json_t *value = json_object_get (config, field->key);

      if (field->type != CAM_FIELD_OBJECT && json_object_get (written, field->key) == NULL && (is_listed ? !is_usual (field, value) : TRUE)
          && !(g_str_equal (field->key, "activity_regularizer") && is_usual (field, value)))
        json_object_set_new (written, field->key, cam_keras_value_build (field, value));
    }

  return written;
}

/* Lists are what each of their members is: [1, 1] is 1. */
static gboolean
is_harmless (const json_t *value,
             const json_t *harmless)
{
  for (gsize i = 0; i < json_array_size (value); i++)
    if (!cam_keras_same_value (json_array_get (value, i), harmless))
      return FALSE;

  return value == NULL || json_is_null (value) || json_array_size (value) > 0 || cam_keras_same_value (value, harmless);
}

const char *
cam_keras_keys_find_fault (const CamLayerKind *kind,
                           const json_t       *config)
{
  for (guint i = 0; i < G_N_ELEMENTS (foreign_keys); i++)
    {
      g_autoptr(json_t) harmless = json_loads (foreign_keys[i].harmless, JSON_DECODE_ANY, NULL);

      if (cam_fields_find (cam_layer_kind_get_fields (kind), foreign_keys[i].key) == NULL && !is_harmless (json_object_get (config, foreign_keys[i].key), harmless))
        return foreign_keys[i].key;
    }

  return NULL;
}

gboolean
cam_keras_keys_is_for_training (const char *key)
{
  return g_str_has_suffix (key, "_initializer") || g_str_has_suffix (key, "_regularizer") || g_str_has_suffix (key, "_constraint")
         || g_str_equal (key, "seed") || g_str_equal (key, "noise_shape");
}

gboolean
cam_keras_keys_has_trainable (const CamLayerKind *kind)
{
  return !g_str_has_prefix (cam_layer_kind_get_name (kind), "SpatialDropout");
}

json_t *
cam_keras_keys_rename (const char   *class_name,
                       const json_t *config)
{
  json_t *copy = json_copy ((json_t *) config);

  for (guint i = 0; i < G_N_ELEMENTS (renamed_keys); i++)
    {
      json_t *value = json_object_get (copy, renamed_keys[i].old_key);

      if (g_str_equal (renamed_keys[i].class_name, class_name) && value != NULL && json_object_get (copy, renamed_keys[i].key) == NULL)
        json_object_set (copy, renamed_keys[i].key, value);
    }

  return copy;
}
