public import Quantities

/// The wiring test at small current: polarity, leads, contactor, directions, meters against each
/// other, thermometers, E-stop. Pure: sample in, order out.
///
/// Stage by stage: an order, time to settle, then means over a few samples. The first stage with a
/// figure out of bounds ends the test, so that nothing is energised on wrong wiring. Safety
/// promises: S5 (polarity), S11 (presence), S14 (weld test), S15 (E-stop), S16 (sense leads), S17
/// (window).
public struct WiringTest: Procedure, Sendable {
  /// What it is held to.
  public let terms: WiringTerms
  /// What was measured so far.
  public private(set) var findings: [Finding] = []
  /// Where it stands.
  public private(set) var stage = WiringStage.rest
  private var means = WiringMeans()
  private var since: Seconds?
  var past: [WiringStage: WiringMeans] = [:]
  private var surfaceCount = 0
  private var hasAmbient = false
  private var quietInARow = 0

  /// A test that has not begun.
  public init(_ terms: WiringTerms) { self.terms = terms }

  /// Where it stands, in words.
  public var title: String { stage.title }

  /// At rest the findings judge: they are narrower than the envelope and say what is wrong.
  public var isJudged: Bool { stage != .rest }

  /// Takes one scan's sample.
  public mutating func next(_ sample: Sample) -> ProcedureTurn {
    let start = since ?? sample.time
    since = start
    surfaceCount = max(surfaceCount, sample.surfaceCount)
    hasAmbient = hasAmbient || sample.ambient.quality != .missing
    if stage == .emergencyStop { return awaitPress(sample, since: start) }
    guard sample.time - start >= terms.settling else { return .order(order) }
    means.take(sample)
    guard means.count >= terms.count else { return .order(order) }
    return judge()
  }

  private var order: BenchOrder {
    switch stage {
    case .rest, .supplyOff, .loadOff, .end: .safe
    case .closed: BenchOrder(.rearmed, .off)
    case .charge: BenchOrder(.rearmed, .current(terms.current))
    case .chargeBroken: BenchOrder(.open, .current(terms.current))
    case .discharge, .emergencyStop: BenchOrder(.rearmed, .current(-terms.current))
    case .dischargeBroken: BenchOrder(.open, .current(-terms.current))
    }
  }

  private mutating func judge() -> ProcedureTurn {
    past[stage] = means
    let title = stage.title
    let new = figures(of: stage, means, surfaces: surfaceCount, ambient: hasAmbient).map {
      var finding = $0
      finding.stage = title
      return finding
    }
    findings += new
    if let wrong = new.first(where: { !$0.passed }) {
      return .finished("\(stage.title): \(wrong)")
    }
    return advance()
  }

  private mutating func advance() -> ProcedureTurn {
    var next = WiringStage(rawValue: stage.rawValue + 1)
    if next == .emergencyStop, terms.emergencyStop == nil { next = .end }
    guard let next else { return .finished(nil) }
    stage = next
    means = WiringMeans()
    since = nil
    return .order(order)
  }

  /// The contactor is re-armed all the while: only the coil circuit can end the current.
  private mutating func awaitPress(_ sample: Sample, since start: Seconds) -> ProcedureTurn {
    let waited = sample.time - start
    let flowed = (past[.emergencyStop]?.count ?? 0) > 0
    if let current = sample.current.valid {
      quietInARow = current.magnitude < terms.zeroCurrent ? quietInARow + 1 : 0
      // It must have flowed in this stage before its end says anything.
      if !flowed, current < -terms.zeroCurrent {
        past[.emergencyStop, default: .init()].take(sample)
      }
    }
    if flowed, quietInARow >= 3 {
      findings.append(
        Finding(
          "E-stop pressed: current through the shunt", sample.current.valid?.value.magnitude, "A",
          to: terms.zeroCurrent.value))
      return advance()
    }
    guard waited < terms.emergencyStop ?? .zero else {
      let wrong = Finding(
        "E-stop: current through the shunt after \(waited.value.rounded()) s",
        sample.current.valid?.value.magnitude, "A", to: terms.zeroCurrent.value,
        meaning: flowed
          ? "not pressed, or not wired in the coil circuit" : "the test current never flowed")
      findings.append(wrong)
      return .finished("\(stage.title): \(wrong)")
    }
    return .order(order)
  }
}
