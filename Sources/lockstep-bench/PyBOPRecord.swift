import Foundation

/// What `fixtures/pybamm/bench/fit.py` writes: PyBOP's fits and ours of the same rows.
struct PyBOPRecord: Codable, Sendable {
  /// A search that was timed.
  struct Fit: Codable, Sendable {
    var name: String
    var settings: String
    /// s, median, of the search: PyBOP's thread's CPU time, our wall time.
    var seconds: Double
    var repeats: Int
    /// By parameter, of the truths.
    var errorsPercent: [String: Double]
  }

  var pybop: String
  var pybamm: String
  /// Voltages fitted to.
  var points: Int
  /// What the noise leaves of each parameter, sd.
  var noisePercent: [String: Double]
  /// Errors of the best estimate that there is of these rows.
  var bestPercent: [String: Double]
  /// Of rows of a converged mesh.
  var lockstep: Fit
  /// PyBOP's, of the same rows.
  var rivals: [Fit]
  /// All, of rows of PyBaMM's default mesh.
  var defaultMesh: [Fit]
  /// mV, of the default mesh's voltages from the converged ones.
  var defaultMeshOffMillivolt: Double

  static func read(_ path: String) throws -> PyBOPRecord {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      let data = try Data(contentsOf: URL(filePath: path))
      return try decoder.decode(PyBOPRecord.self, from: data)
    } catch {
      throw BenchFailure("\(path): not a record of fixtures/pybamm/bench/fit.py: \(error)")
    }
  }

  var rows: [FitRow] {
    rivals.map { FitRow(name: $0.name, ours: side(lockstep), theirs: side($0)) }
  }

  private func side(_ fit: Fit) -> FitRow.Side {
    // A parameter that is missing anywhere fails every bound.
    let distances = noisePercent.map { name, sd in
      guard let error = fit.errorsPercent[name], let best = bestPercent[name] else {
        return Double.infinity
      }
      return (error - best).magnitude / sd
    }
    return FitRow.Side(
      settings: fit.settings, seconds: fit.seconds, repeats: fit.repeats,
      worstErrorPercent: fit.worstPercent, distanceFromBest: distances.max() ?? .infinity)
  }
}

extension PyBOPRecord {
  /// Of the parameter whose best estimate is furthest off its truth.
  var worstOfBest: Double { bestPercent.values.map(\.magnitude).max() ?? .infinity }
}

extension PyBOPRecord.Fit {
  /// Of the parameter that is furthest off its truth.
  var worstPercent: Double { errorsPercent.values.map(\.magnitude).max() ?? .infinity }
}
