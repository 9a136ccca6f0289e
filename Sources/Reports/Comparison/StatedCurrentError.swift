import Journal

/// What a run's bench file says of its current reading: one standard deviation each.
struct StatedCurrentError {
  /// From reading to reading, A.
  private(set) var noise = 0.0
  /// Constant over a run, A.
  private(set) var offset = 0.0
  /// Constant over a run, as a fraction of the reading.
  private(set) var scale = 0.0
  /// Below this no current flows, A; 50 mA where the file cannot be read.
  private(set) var zeroCurrent = 0.05
  /// Whether the file states anything of the reading.
  private(set) var isStated = false

  /// Reads the bench among a run's inputs.
  init(_ inputs: [InputCopy]) {
    guard let bench = inputs.first(where: { $0.role == "bench" }) else { return }
    var section = ""
    for line in String(decoding: bench.content, as: UTF8.self).split(separator: "\n") {
      if let head = line.prefixMatch(of: /\s*\[+\s*([^\]\s]+)\s*\]/) {
        section = String(head.1)
      } else if let pair = line.prefixMatch(of: /\s*([a-z_]+)\s*=\s*"([^"]*)"/) {
        take(section, key: String(pair.1), value: pair.2)
      }
    }
  }

  private mutating func take(_ section: String, key: String, value: Substring) {
    switch (section, key) {
    case ("", "zero_current"): zeroCurrent = Self.amperes(value) ?? zeroCurrent
    case ("accuracy.current", "noise"): note(\.noise, Self.amperes(value))
    case ("accuracy.current", "offset"): note(\.offset, Self.amperes(value))
    case ("accuracy.current", "scale"): note(\.scale, Self.fraction(value))
    default: break
    }
  }

  private mutating func note(
    _ path: WritableKeyPath<StatedCurrentError, Double>, _ value: Double?
  ) {
    guard let value else { return }
    self[keyPath: path] = value
    isStated = true
  }

  /// Standard deviation of a counted charge, Ah; nil: nothing is stated.
  ///
  /// - Parameters:
  ///   - ampereHour: what was counted.
  ///   - seconds: for how long current flowed.
  ///   - readings: in that time; their noise is independent.
  func sd(_ ampereHour: Double, over seconds: Double, readings: Int) -> Double? {
    guard isStated, readings > 0 else { return nil }
    let hours = seconds / 3600
    let parts = [
      scale * ampereHour, offset * hours, noise * hours / Double(readings).squareRoot(),
    ]
    return parts.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  private static func amperes(_ text: Substring) -> Double? {
    guard let match = text.wholeMatch(of: /\s*\+?([0-9.eE-]+)\s*(mA|A|kA)\s*/),
      let value = Double(match.1)
    else { return nil }
    return switch match.2 {
    case "mA": value / 1000
    case "kA": value * 1000
    default: value
    }
  }

  private static func fraction(_ text: Substring) -> Double? {
    guard let match = text.wholeMatch(of: /\s*\+?([0-9.eE-]+)\s*(%?)\s*/),
      let value = Double(match.1)
    else { return nil }
    return match.2.isEmpty ? value : value / 100
  }
}
