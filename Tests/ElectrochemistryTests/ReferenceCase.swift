import Electrochemistry
import Foundation
import Profiles
import Testing

/// One trajectory of an independent code, and our solver under the same experiment.
struct ReferenceCase: Sendable, CustomTestStringConvertible {
  let set: String
  let cell: String
  let name: String
  /// mV.
  let rms: Double
  let largest: Double

  init(_ set: String, _ cell: String, _ name: String, rms: Double = 0.1, largest: Double = 0.3) {
    self.set = set
    self.cell = cell
    self.name = name
    self.rms = rms
    self.largest = largest
  }

  var testDescription: String { "\(set) \(name)" }

  struct Outcome {
    var rows: [SolverRow] = []
    /// s, of the first row after each switch.
    var switches: [Double] = []
    /// Where the reference ends, s, and where we do.
    var end = 0.0
    var solvedEnd = 0.0
  }

  private struct Document: Decodable {
    struct Profile: Decodable {
      struct Step: Decodable { let step: String }
      let current_A: Double?
      let t_max_s: Double?
      let file: String?
      let cycles: [[Step]]?
    }
    let model: String
    let options: [String: String]
    let ambient_temperature_K: Double
    let initial_temperature_K: Double
    let initial_stoichiometry_negative: Double
    let initial_stoichiometry_positive: Double
    let nominal_capacity_Ah: Double
    let lower_cutoff_V: Double
    let end_time_s: Double
    let profile: Profile
  }

  func table() throws -> [String: [Double]] {
    try Fixtures.columns("fixtures/reference/\(set)/\(name).csv")
  }

  func run() throws -> Outcome {
    let path = Fixtures.path("fixtures/reference/\(set)/\(name).json")
    let document = try JSONDecoder().decode(
      Document.self, from: Data(contentsOf: URL(filePath: path)))
    let solver = try SingleParticleSolver(
      try CellFile.load(Fixtures.path("profiles/cells/\(cell).json")),
      model: document.model == "SPM" ? .spm : .spme, mesh: .standard,
      thermal: document.options["thermal"] == "lumped" ? .lumped : .isothermal)
    try solver.start(
      negativeStoichiometry: document.initial_stoichiometry_negative,
      positiveStoichiometry: document.initial_stoichiometry_positive,
      temperature: document.initial_temperature_K)
    var outcome = Outcome()
    outcome.end = document.end_time_s
    let times = try table()["test_time_second"] ?? []
    for piece in try pieces(document) {
      try solver.apply(piece.control, ambient: document.ambient_temperature_K)
      if piece.jumps { outcome.switches.append(try solver.row().time) }
      outcome.rows.append(try solver.row())
      _ = try solver.run(for: piece.duration, stops: piece.stops, outputTimes: times) {
        outcome.rows.append($0)
      }
    }
    let last = try solver.row()
    outcome.rows.append(last)
    outcome.solvedEnd = last.time
    return outcome
  }

  private struct Piece {
    var control: CellControl
    var duration: Double
    var stops: [StopCondition] = []
    var jumps = true
  }

  private func pieces(_ document: Document) throws -> [Piece] {
    let profile = document.profile
    if let current = profile.current_A {
      return [
        Piece(
          control: .current(current), duration: profile.t_max_s ?? 0,
          stops: [StopCondition(.voltage, .atMost, document.lower_cutoff_V)])
      ]
    }
    if let file = profile.file {
      let knots = try Fixtures.columns("fixtures/reference/\(set)/\(file)")
      let (t, i) = (knots["test_time_second"] ?? [], knots["current_ampere"] ?? [])
      return (1..<t.count).map {
        Piece(
          control: .ramp(from: i[$0 - 1], to: i[$0]), duration: t[$0] - t[$0 - 1], jumps: false)
      }
    }
    return try (profile.cycles ?? []).flatMap { $0 }.map {
      try Self.piece($0.step, capacity: document.nominal_capacity_Ah)
    }
  }

  /// Three of the reference's sentences: charge or discharge, hold, rest.
  private static func piece(_ sentence: String, capacity: Double) throws -> Piece {
    let words = sentence.split(separator: " ").map(String.init)
    func number(_ word: String) -> Double {
      Double(word.filter { $0.isNumber || $0 == "." }) ?? .nan
    }
    func rate(_ word: String) -> Double {
      capacity * (word.hasPrefix("C/") ? 1 / number(word) : number(word))
    }
    func after(_ key: String) -> String? {
      words.firstIndex(of: key).map { words[$0 + 1] }
    }
    let unit = words.last.map { $0.hasPrefix("min") ? 60.0 : $0.hasPrefix("hour") ? 3600 : 1 } ?? 1
    let duration = after("for").map { number($0) * unit } ?? 86_400
    switch words[0] {
    case "Charge", "Discharge":
      let sign = words[0] == "Charge" ? 1.0 : -1
      return Piece(
        control: .current(sign * rate(words[2])), duration: duration,
        stops: after("until").map {
          [StopCondition(.voltage, sign > 0 ? .atLeast : .atMost, number($0))]
        } ?? [])
    case "Hold":
      return Piece(
        control: .voltage(number(words[2])), duration: duration,
        stops: after("until").map { [StopCondition(.currentMagnitude, .atMost, rate($0))] } ?? [])
    default:
      return Piece(control: .current(0), duration: duration)
    }
  }
}
