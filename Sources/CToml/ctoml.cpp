#include "ctoml.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace {
// What toml++ asserts of its input and does not report, as the blank key of `[.a]`.
struct broken_assertion : std::exception {
  const char *what() const noexcept override { return "a key is wanted"; }
};
}  // namespace

// toml++ 3.3 asserts on some bad input where it should refuse, and under NDEBUG assumes that it
// cannot come. Here an assertion throws, in every build.
#undef NDEBUG
#define TOML_ASSERT(expression) \
  do {                          \
    if (!(expression)) throw broken_assertion(); \
  } while (false)
#define TOML_EXCEPTIONS 1
#define TOML_MAX_NESTED_VALUES 64
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_WINDOWS_COMPAT 0
#include <toml++/toml.h>

struct ctoml_document {
  toml::table root;
  std::vector<ctoml_node> nodes;
};

namespace {

constexpr int maximum_dots = 32;

void fill(ctoml_error *error, uint32_t line, uint32_t column, std::string_view message) {
  if (!error) return;
  error->line = line;
  error->column = column;
  const size_t count = std::min(message.size(), sizeof error->message - 1);
  std::memcpy(error->message, message.data(), count);
  error->message[count] = 0;
}

// toml++ bounds the nesting of values, not the depth of dotted keys, and its tables are destroyed
// by recursion: a line of 100,000 dots would overflow the stack. This walk over the bare text skips
// strings and comments and stops at the first chain of keys that is too long.
bool dots_are_bounded(std::string_view text, ctoml_error *error) {
  uint32_t line = 1;
  int dots = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      ++line;
      dots = 0;
    } else if (c == '#') {
      while (i + 1 < text.size() && text[i + 1] != '\n') ++i;
    } else if (c == '"' || c == '\'') {
      const bool multi = text.size() - i >= 3 && text[i + 1] == c && text[i + 2] == c;
      i += multi ? 3 : 1;
      for (; i < text.size(); ++i) {
        if (text[i] == '\n') {
          ++line;
          if (!multi) break;  // not TOML: the parser says so
        } else if (text[i] == '\\' && c == '"') {
          if (i + 1 < text.size() && text[i + 1] != '\n') ++i;
        } else if (text[i] == c) {
          if (!multi) break;
          if (text.size() - i >= 3 && text[i + 1] == c && text[i + 2] == c) {
            i += 2;
            break;
          }
        }
      }
      if (i < text.size() && text[i] == '\n') dots = 0;
    } else if (c == '=' || c == ',' || c == '{' || c == '[') {
      dots = 0;
    } else if (c == '.' && ++dots > maximum_dots) {
      fill(error, line, 0, "more than 32 dotted keys in a row");
      return false;
    }
  }
  return true;
}

void flatten(const toml::node &node, const toml::key *key, std::vector<ctoml_node> &nodes) {
  ctoml_node out{};
  const auto &begin = node.source().begin;
  out.line = begin.line;
  out.column = begin.column;
  out.key = "";
  out.key_line = out.line;
  out.key_column = out.column;
  if (key) {
    out.key = key->str().data();
    out.key_count = key->str().size();
    out.key_line = key->source().begin.line;
    out.key_column = key->source().begin.column;
  }
  switch (node.type()) {
    case toml::node_type::table: {
      std::vector<std::pair<const toml::key *, const toml::node *>> entries;
      for (auto &&[k, v] : *node.as_table()) entries.emplace_back(&k, &v);
      std::sort(entries.begin(), entries.end(), [](const auto &a, const auto &b) {
        const auto &p = a.first->source().begin, &q = b.first->source().begin;
        return std::pair(p.line, p.column) < std::pair(q.line, q.column);
      });
      out.kind = CTOML_TABLE;
      out.children = entries.size();
      nodes.push_back(out);
      for (const auto &[k, v] : entries) flatten(*v, k, nodes);
      return;
    }
    case toml::node_type::array: {
      const auto &array = *node.as_array();
      out.kind = CTOML_ARRAY;
      out.children = array.size();
      nodes.push_back(out);
      for (auto &&element : array) flatten(element, nullptr, nodes);
      return;
    }
    case toml::node_type::string: {
      const auto &text = node.as_string()->get();
      out.kind = CTOML_STRING;
      out.text = text.data();
      out.text_count = text.size();
      break;
    }
    case toml::node_type::integer:
      out.kind = CTOML_INTEGER;
      out.integer = node.as_integer()->get();
      break;
    case toml::node_type::floating_point:
      out.kind = CTOML_FLOAT;
      out.number = node.as_floating_point()->get();
      break;
    case toml::node_type::boolean:
      out.kind = CTOML_BOOLEAN;
      out.boolean = node.as_boolean()->get();
      break;
    default:
      out.kind = CTOML_DATE;
      break;
  }
  nodes.push_back(out);
}

bool breaks_an_assertion(std::string_view text) {
  try {
    (void)toml::parse(text);
  } catch (const broken_assertion &) {
    return true;
  } catch (...) {
  }
  return false;
}

// The parser reads forward, so a prefix breaks the assertion exactly when it holds the place.
uint32_t line_of_broken_assertion(std::string_view text) {
  std::vector<size_t> ends;
  for (size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') ends.push_back(i + 1);
  ends.push_back(text.size());
  const auto first = std::partition_point(ends.begin(), ends.end(), [&](size_t end) {
    return !breaks_an_assertion(text.substr(0, end));
  });
  return first == ends.end() ? 0 : static_cast<uint32_t>(first - ends.begin() + 1);
}

}  // namespace

ctoml_document *ctoml_parse(const char *bytes, size_t count, ctoml_error *error) {
  fill(error, 0, 0, "");
  try {
    const std::string_view text(count ? bytes : "", count);
    if (!dots_are_bounded(text, error)) return nullptr;
    auto document = std::make_unique<ctoml_document>();
    document->root = toml::parse(text);
    flatten(document->root, nullptr, document->nodes);
    return document.release();
  } catch (const toml::parse_error &failure) {
    const auto &begin = failure.source().begin;
    fill(error, begin.line, begin.column, failure.description());
  } catch (const broken_assertion &failure) {
    const std::string_view text(bytes, count);
    fill(error, line_of_broken_assertion(text), 0, failure.what());
  } catch (const std::exception &failure) {
    fill(error, 0, 0, failure.what());
  } catch (...) {
    fill(error, 0, 0, "unknown failure of the TOML parser");
  }
  return nullptr;
}

size_t ctoml_count(const ctoml_document *document) { return document->nodes.size(); }

const ctoml_node *ctoml_node_at(const ctoml_document *document, size_t index) {
  return &document->nodes[index];
}

void ctoml_free(ctoml_document *document) { delete document; }
