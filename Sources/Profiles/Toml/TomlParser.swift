private import CToml

/// The funnel to CToml: bytes in, a tree of values with places out.
enum TomlParser {
  /// Parses `bytes`; the error carries the line of the first fault.
  static func parse(_ bytes: [UInt8], file: String) throws(ProfileError) -> TomlValue {
    var failure = ctoml_error()
    let handle = bytes.withUnsafeBytes { raw in
      ctoml_parse(raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count, &failure)
    }
    guard let handle else {
      let line = failure.line == 0 ? nil : Int(failure.line)
      throw ProfileError(file: file, line: line, "not TOML: \(message(of: failure))")
    }
    defer { ctoml_free(handle) }
    var index = 0
    return value(in: handle, at: &index)
  }

  // Depth is bounded by ctoml_parse.
  private static func value(in document: OpaquePointer, at index: inout Int) -> TomlValue {
    guard let node = ctoml_node_at(document, index)?.pointee else {
      preconditionFailure("ctoml: no node \(index) of \(ctoml_count(document))")
    }
    index += 1
    let content: TomlValue.Content =
      switch node.kind {
      case CTOML_TABLE:
        .table((0..<node.children).map { _ in entry(in: document, at: &index) })
      case CTOML_ARRAY:
        .array((0..<node.children).map { _ in value(in: document, at: &index) })
      case CTOML_STRING: .string(text(node.text, node.text_count))
      case CTOML_INTEGER: .integer(Int(node.integer))
      case CTOML_FLOAT: .number(node.number)
      case CTOML_BOOLEAN: .bool(node.boolean)
      default: .date
      }
    return TomlValue(content: content, line: Int(node.line), column: Int(node.column))
  }

  private static func entry(in document: OpaquePointer, at index: inout Int) -> TomlEntry {
    guard let node = ctoml_node_at(document, index)?.pointee else {
      preconditionFailure("ctoml: no node \(index) of \(ctoml_count(document))")
    }
    return TomlEntry(
      key: text(node.key, node.key_count), line: Int(node.key_line),
      value: value(in: document, at: &index))
  }

  private static func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
    guard let start else { return "" }
    return String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
  }

  private static func message(of failure: ctoml_error) -> String {
    withUnsafeBytes(of: failure.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
