import Foundation

/// What `fixtures/pybamm/bench/speed.py` writes.
struct PyBaMMRecord: Decodable {
  /// One experiment on one model.
  struct Case: Decodable {
    /// s, of all voltages.
    var times: [Double]
    var fine: Fine
    var runs: [Run]
    var currentTimes: [Double]
    /// A, positive = charge: one for each time (linear between) or one fewer (constant between).
    var currents: [Double]
    var stateOfCharge: Double
  }

  /// A reference on a mesh fine enough to judge the others.
  struct Fine: Decodable {
    var settings: String
    /// V, of the first so many times.
    var voltages: [Double]
  }

  /// A solution that was timed.
  struct Run: Decodable {
    var name: String
    var settings: String
    var wallMs: Double
    var cpuMs: Double
    var repeats: Int
    /// V.
    var voltages: [Double]
    /// By the ln of a factor, V.
    var derivatives: [String: [Double]]?
  }

  var pybamm: String
  var python: String
  var seconds: Double
  var cases: [String: Case]

  static func read(_ path: String) throws -> PyBaMMRecord {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      let data = try Data(contentsOf: URL(filePath: path))
      return try decoder.decode(PyBaMMRecord.self, from: data)
    } catch {
      throw BenchFailure("\(path): not a record of fixtures/pybamm/bench/speed.py: \(error)")
    }
  }

  func experiment(_ name: String) throws -> Case {
    guard let found = cases[name] else { throw BenchFailure("the record has no case \(name)") }
    return found
  }
}

extension PyBaMMRecord.Case {
  var profile: CurrentProfile {
    CurrentProfile(
      times: currentTimes, currents: currents, stateOfCharge: stateOfCharge)
  }

  func run(_ name: String) throws -> PyBaMMRecord.Run {
    guard let found = runs.first(where: { $0.name == name }) else {
      throw BenchFailure("the record has no run \(name)")
    }
    return found
  }
}

extension PyBaMMRecord.Run {
  var timing: Timing { Timing(wall: wallMs, cpu: cpuMs, repeats: repeats) }
}
