private import Glibc

/// Numbers as a multimeter sends them.
enum ScientificText {
  /// `+4.19999E+00`: sign, five decimals, sign and two digits of the exponent.
  static func text(_ value: Double) -> String {
    var buffer = [CChar](repeating: 0, count: 32)
    let count = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%+.5E", $0) }
    return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
