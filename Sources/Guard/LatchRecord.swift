import Glibc

/// Why a bench is latched: what a person reads before acknowledging.
public struct LatchRecord: Sendable, Hashable {
  /// The bench's name.
  public var bench: String
  /// The run's folder.
  public var runFolder: String
  /// When, s since 1970.
  public var unixTime: Double
  /// One line.
  public var reason: String
  /// Whether the meter showed that the current is gone.
  public var currentIsGone: Bool
  /// What tripped, when the envelope did: lets `acknowledge` look whether it persists.
  public var cause: LatchCause?
  /// What was done, one line each.
  public var actions: [String]
  /// The last raw replies, one line each: `meter: 03 04 ...`.
  public var replies: [String]

  /// A record from its parts.
  public init(
    bench: String, runFolder: String, unixTime: Double, reason: String, currentIsGone: Bool,
    cause: LatchCause? = nil, actions: [String] = [], replies: [String] = []
  ) {
    self.bench = bench
    self.runFolder = runFolder
    self.unixTime = unixTime
    self.reason = reason
    self.currentIsGone = currentIsGone
    self.cause = cause
    self.actions = actions
    self.replies = replies
  }

  /// The record as `key: value` lines.
  public var text: String {
    var lines = [
      "lockstep latch, schema 1", "bench: \(bench)", "run: \(runFolder)",
      "unix_time: \(unixTime)", "time: \(Self.utc(unixTime))", "reason: \(reason)",
      "current_is_gone: \(currentIsGone)",
    ]
    if let cause { lines += cause.lines }
    lines += actions.map { "action: " + $0 }
    lines += replies.map { "reply: " + $0 }
    return lines.map(Self.oneLine).joined(separator: "\n") + "\n"
  }

  /// What `text` wrote. A damaged latch is a latch all the same: what cannot be read is said so.
  public init(text: String, bench: String) {
    self.init(
      bench: bench, runFolder: "", unixTime: 0, reason: "the latch file is damaged",
      currentIsGone: false)
    var causes: [String: String] = [:]
    for line in text.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = String(line[colon...].dropFirst().drop { $0 == " " })
      if line.hasPrefix("cause") { causes[String(line[..<colon])] = value }
      switch line[..<colon] {
      case "run": runFolder = value
      case "unix_time": unixTime = Double(value) ?? 0
      case "reason": reason = value
      case "current_is_gone": currentIsGone = value == "true"
      case "action": actions.append(value)
      case "reply": replies.append(value)
      default: break
      }
    }
    cause = LatchCause(causes)
  }

  /// `text` on one line.
  static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }

  /// A time as in `2026-11-22T18:37:32Z`.
  public static func utc(_ unixTime: Double) -> String {
    var seconds = time_t(unixTime.isFinite ? min(max(unixTime, 0), 4e9) : 0)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var buffer = [CChar](repeating: 0, count: 32)
    let count = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
