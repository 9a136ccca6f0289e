import Foundation

/// Numbers and text as a page shows them.
enum Format {
  private static let minus = "\u{2212}"

  /// Fixed decimals with a true minus sign; a dash for what is not there.
  static func number(_ value: Double?, _ decimals: Int) -> String {
    guard let value, value.isFinite else { return "\u{2013}" }
    let text = String(format: "%.\(decimals)f", value)
    let isZero = !text.contains { "123456789".contains($0) }
    if isZero { return text.replacingOccurrences(of: "-", with: "") }
    return text.replacingOccurrences(of: "-", with: minus)
  }

  /// Significant digits with a true minus sign; a dash for what is not there.
  static func significant(_ value: Double?, _ digits: Int) -> String {
    guard let value, value.isFinite else { return "\u{2013}" }
    return String(format: "%.\(digits)g", value).replacingOccurrences(of: "-", with: minus)
  }

  /// Hours, minutes, seconds: `6:07:05`, `7:05`; a dash for what is not there.
  static func duration(_ seconds: Double?) -> String {
    guard let seconds, seconds.isFinite, abs(seconds) < 1e12 else { return "\u{2013}" }
    let whole = Int(abs(seconds).rounded())
    let sign = seconds < 0 && whole > 0 ? minus : ""
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    return hours > 0
      ? sign + String(format: "%d:%02d:%02d", hours, minutes, rest)
      : sign + String(format: "%d:%02d", minutes, rest)
  }

  /// A coordinate.
  static func svg(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let fraction = abs(tenths % 10)
    let whole = abs(tenths / 10)
    return (tenths < 0 ? "-" : "") + (fraction == 0 ? "\(whole)" : "\(whole).\(fraction)")
  }

  /// A unix time in UTC, to the second.
  static func instant(_ unix: Double) -> String {
    guard unix.isFinite, abs(unix) < 1e11 else { return "\u{2013}" }
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime, .withSpaceBetweenDateAndTime]
    return formatter.string(from: Date(timeIntervalSince1970: unix))
      .replacingOccurrences(of: "Z", with: " UTC")
  }

  /// Text that means itself inside HTML, in attributes too.
  static func escaped(_ text: String) -> String {
    var safe = ""
    for character in text {
      switch character {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "'": safe += "&#39;"
      default: safe.append(character)
      }
    }
    return safe
  }
}
