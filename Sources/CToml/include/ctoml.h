#ifndef CTOML_H
#define CTOML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a node holds. Dates and times are recognised and carry no value: no file of ours has one.
typedef enum ctoml_kind {
  CTOML_TABLE = 0,
  CTOML_ARRAY = 1,
  CTOML_STRING = 2,
  CTOML_INTEGER = 3,
  CTOML_FLOAT = 4,
  CTOML_BOOLEAN = 5,
  CTOML_DATE = 6
} ctoml_kind;

/// One value. Text is UTF-8, not terminated, and lives as long as its document. Lines and columns
/// count from 1. Elements of arrays, and the root, have an empty key at their own position.
typedef struct ctoml_node {
  ctoml_kind kind;
  const char *key;
  size_t key_count;
  uint32_t key_line, key_column;
  uint32_t line, column;
  const char *text;
  size_t text_count;
  int64_t integer;
  double number;
  bool boolean;
  /// Number of children that follow in the list, each with its own descendants after it.
  size_t children;
} ctoml_node;

/// Why a document was refused. `line` is 0 when the reason has no place.
typedef struct ctoml_error {
  uint32_t line, column;
  char message[256];
} ctoml_error;

/// A parsed document: its nodes in depth-first order, the root table first, children of a table in
/// the file's order.
typedef struct ctoml_document ctoml_document;

/// Parses `count` bytes of TOML 1.0 in UTF-8, with or without a byte order mark. NULL and a filled
/// `error` when they are not TOML, nest deeper than 64 values, or chain more than 32 dotted keys.
/// Never throws.
ctoml_document *ctoml_parse(const char *bytes, size_t count, ctoml_error *error);

/// Number of nodes; at least 1.
size_t ctoml_count(const ctoml_document *document);

/// The node at `index`, which must be below `ctoml_count`.
const ctoml_node *ctoml_node_at(const ctoml_document *document, size_t index);

/// Frees the document and all text of its nodes. NULL is accepted.
void ctoml_free(ctoml_document *document);

#ifdef __cplusplus
}
#endif

#endif
