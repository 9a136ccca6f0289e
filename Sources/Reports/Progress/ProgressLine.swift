import Records

/// Turns progress into text for a terminal or a log. Pure: it neither writes nor reads a clock.
public struct ProgressLine: Sendable {
  /// Where the text goes.
  public enum Style: Sendable, Hashable {
    /// A terminal of so many columns: one line that is rewritten in place, at most every `every`
    /// seconds of wall time.
    case terminal(columns: Int, every: Double)
    /// Anything else: a plain line every so many seconds of wall time.
    case plain(every: Double)
  }

  private let style: Style
  private var due = -Double.infinity

  /// A line in `style`.
  public init(style: Style) { self.style = style }

  /// What to write at wall time `now` (s, any origin), or nil when the last text is young enough.
  /// A terminal's text rewrites the line that the cursor is on.
  public mutating func next(_ progress: RunProgress, at now: Double) -> String? {
    guard now >= due else { return nil }
    switch style {
    case .terminal(let columns, let every):
      due = now + every
      return Self.rewrite + Self.fitted(Self.text(progress), columns: columns)
    case .plain(let every):
      due = now + every
      return Self.text(progress) + "\n"
    }
  }

  /// What takes the live line off the screen before other output, or after the end.
  public var clearing: String {
    if case .terminal = style { return Self.rewrite }
    return ""
  }

  private static let rewrite = "\r\u{1b}[2K"

  /// One line, fields of constant width so that nothing dances; what is not known is a dash.
  public static func text(_ progress: RunProgress) -> String {
    var fields = [
      padded(Format.duration(progress.time), to: 8),
      padded(Format.number(progress.voltage, 3), to: 5) + " V",
      padded(signed(progress.current), to: 6) + " A",
      padded(Format.number(progress.temperature, 1), to: 5) + " \u{b0}C",
      "SOC " + share(progress.stateOfCharge),
    ]
    if let potential = progress.platingPotential {
      fields.append("plating " + millivolts(potential))
    }
    if let binding = progress.binding, binding != .none {
      fields.append("by " + BindingName.shown(binding.rawValue))
    }
    if let left = progress.timeLeft { fields.append("left " + Format.duration(left)) }
    fields.append("late \(progress.deadlineMisses)")
    fields.append([progress.phase, progress.step].filter { !$0.isEmpty }.joined(separator: ": "))
    return fields.filter { !$0.isEmpty }.joined(separator: "  ")
  }

  private static func signed(_ current: Double?) -> String {
    let text = Format.number(current, 2)
    guard let current, current > 0, text != "0.00" else { return text }
    return "+" + text
  }

  private static func share(_ estimate: Estimated?) -> String {
    let mean = padded(Format.number(estimate.map { 100 * $0.mean }, 1), to: 5)
    return "\(mean) \u{b1} \(Format.number(estimate.map { 200 * $0.sd }, 1)) %"
  }

  private static func millivolts(_ estimate: Estimated) -> String {
    let mean = padded(Format.number(1000 * estimate.mean, 1), to: 6)
    let low = padded(Format.number(1000 * (estimate.mean - 2 * estimate.sd), 1), to: 6)
    return "\(mean) mV (\u{2212}2 sd \(low))"
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// Cut so that a terminal does not wrap, which would leave lines behind.
  private static func fitted(_ text: String, columns: Int) -> String {
    guard columns > 1, text.count >= columns else { return text }
    return text.prefix(columns - 2) + "\u{2026}"
  }
}
