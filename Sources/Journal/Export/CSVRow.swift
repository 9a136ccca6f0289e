/// One line of comma-separated values.
///
/// Numbers are the shortest text that reads back as the same Double; what is not a finite number
/// is an empty field. Times are decimal numbers on a grid of one microsecond.
struct CSVRow {
  private(set) var text = ""

  mutating func append(_ number: Double?) {
    separate()
    if let number, number.isFinite { text += "\(number)" }
  }

  mutating func append(_ number: Int) {
    separate()
    text += "\(number)"
  }

  mutating func append(name: String) {
    separate()
    text += name
  }

  /// Microseconds as a decimal number of seconds, exactly.
  mutating func append(microseconds: Int64) {
    separate()
    let magnitude = microseconds.magnitude
    if microseconds < 0 { text += "-" }
    text += "\(magnitude / 1_000_000)"
    let fraction = magnitude % 1_000_000
    guard fraction != 0 else { return }
    var digits = "\(fraction)"
    digits = String(repeating: "0", count: 6 - digits.utf8.count) + digits
    while digits.last == "0" { digits.removeLast() }
    text += "." + digits
  }

  private var isFirst = true

  private mutating func separate() {
    if !isFirst { text += "," }
    isFirst = false
  }

  /// The whole line with its end.
  var line: String { text + "\n" }
}
