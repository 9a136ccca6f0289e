extension CellFile {
  /// Fields under User-defined, checked as BPX does: numbers, expressions, tables, or objects of
  /// such.
  static func ownFields(_ all: BPXSection) throws(ProfileError) -> BPXSection {
    guard all.has("User-defined") else { return all.empty("User-defined") }
    let own = try all.section("User-defined", known: nil)
    try checkOwn(own)
    return own
  }

  private static func checkOwn(_ section: BPXSection) throws(ProfileError) {
    for key in section.keys.sorted() {
      switch try section.value(key).content {
      case .number: break
      case .string, .null:
        if key != "description" { _ = try section.expression(key, try section.string(key)) }
      case .object:
        let inner = try section.section(key, known: nil)
        if inner.has("x"), inner.has("y") {
          guard try inner.numbers("x").count == inner.numbers("y").count else {
            throw section.failure(
              key,
              "table has \(try inner.numbers("x").count) x and "
                + "\(try inner.numbers("y").count) y values")
          }
        } else {
          try checkOwn(inner)
        }
      case .array, .bool:
        throw section.failure(key, "a number, an expression in x, a table or an object wanted")
      }
    }
  }
}
