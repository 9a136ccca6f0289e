import Quantities

// step   = action [ " for " duration ] [ (" or until " | " until ") end { (" or until " | " or ") end } ]
//          [ " (" duration " period)" ]
// action = "Rest" | ("Charge" | "Discharge") " at " current [ " to " voltage ] | "Hold at " voltage
//        | "Chamber at " temperature
// end    = [ ">" | "<" ] ( voltage | temperature | "SOC " percent ) | current | charge
//        | "within " difference " of ambient"
//
// In simulations also: ("Charge" | "Discharge") " at " power, "Discharge at " resistance.
//
// PyBaMM's grammar (experiment step strings, 26.10) with several ends, and the ends and actions that
// it lacks. Left out on purpose: signed comparisons of current (its sign is the opposite of ours),
// `Charge at 4.1 V`, which it reads as -4.1 V, `Charge at 2 Ohm`, which it reads as a resistance of
// -2 Ohm, and `Hold at` anything but a voltage, which it reads as a discharge.
extension ProtocolStep {
  /// Reads one step string.
  public init(
    parsing source: some StringProtocol, grammar: StepGrammar = .bench
  ) throws(StepSyntaxError) {
    var reader = StepReader(text: String(source), grammar: grammar)
    self = try reader.step()
  }
}

struct StepReader {
  let text: String
  let grammar: StepGrammar
  private var rest: Substring

  init(text: String, grammar: StepGrammar) {
    self.text = text
    self.grammar = grammar
    let words = text.split(separator: " ")
    rest = Substring(words.joined(separator: " "))
  }

  func refused(_ problem: String) -> StepSyntaxError {
    StepSyntaxError(text: text, problem: problem)
  }

  mutating func step() throws(StepSyntaxError) -> ProtocolStep {
    let period = try takePeriod()
    let (action, afterAction) = cut(rest, at: [" for ", " or until ", " until "])
    let mode = try mode(action)
    var ends: [StepEnd] = []
    var tail = afterAction
    if let text = tail?.dropping(" for ") {
      let (duration, after) = cut(text, at: [" or until ", " until "])
      ends.append(.duration(try self.duration(duration)))
      tail = after
      if tail?.hasPrefix(" until ") == true {
        throw refused("after a duration \"or until\" is wanted")
      }
    } else if tail?.hasPrefix(" or ") == true {
      throw refused("\"or until\" follows a duration; without one \"until\" is wanted")
    }
    if let text = tail?.dropping(" or until ") ?? tail?.dropping(" until ") {
      for end in split(text) { ends.append(try self.end(end, of: mode)) }
    }
    if ends.isEmpty {
      guard case .chamber = mode else {
        throw refused("a duration (\"for 10 minutes\") or an end (\"until 4.2 V\") is wanted")
      }
    }
    return ProtocolStep(mode: mode, ends: ends, text: text, period: period)
  }

  private mutating func takePeriod() throws(StepSyntaxError) -> Seconds? {
    guard rest.hasSuffix(" period)") else { return nil }
    guard let open = rest.lastIndex(of: "(") else { throw refused("\"(\" before period is wanted") }
    let period = rest[rest.index(after: open)...].dropLast(" period)".count)
    rest = QuantityText.trim(rest[..<open])
    return try duration(period)
  }

  /// `text` up to the first of `words`, and the rest from that word on.
  private func cut(_ text: Substring, at words: [String]) -> (Substring, Substring?) {
    for start in text.indices where words.contains(where: { text[start...].hasPrefix($0) }) {
      return (text[..<start], text[start...])
    }
    return (text, nil)
  }

  private func split(_ text: Substring) -> [Substring] {
    var parts: [Substring] = []
    var left = text
    while true {
      let (part, tail) = cut(left, at: [" or until ", " or "])
      parts.append(part)
      guard let tail else { return parts }
      left = tail.dropping(" or until ") ?? tail.dropping(" or ") ?? ""
    }
  }

  private func duration(_ text: Substring) throws(StepSyntaxError) -> Seconds {
    let seconds: Double? = QuantityText.leadingNumber(text).flatMap { number, unit in
      switch QuantityText.trim(unit) {
      case "s", "sec", "second", "seconds": number
      case "m", "min", "minute", "minutes": number * 60
      case "h", "hr", "hour", "hours": number * 3600
      default: nil
      }
    }
    guard let seconds, seconds > 0, seconds.isFinite else {
      throw refused("\"\(text)\": a time above zero in s, min or h is wanted")
    }
    return Seconds(seconds)
  }
}

extension Substring {
  /// What follows `prefix`, or nil when the text starts otherwise.
  func dropping(_ prefix: String) -> Substring? {
    hasPrefix(prefix) ? dropFirst(prefix.count) : nil
  }
}
