import Foundation
import Identification
import Kernels
import Testing

/// Noise, discrepancies that last, and charges that are off.
struct ErrorModelLaws {
  @Test(
    "whitened residuals of a discrepancy have the likelihood that the full covariance gives",
    arguments: [[], [0.0, 3, 1, 10, 0.5, 2]])
  func whitening(steepness: [Double]) {
    let times = [0.0, 1, 3, 10, 11, 50]
    let residuals = [1.0, -0.5, 2, 0.3, 0.1, -1]
    let errors = ErrorModel(
      noiseSD: 0.7, discrepancySD: 1.3, discrepancyTime: 7, chargeSD: steepness.isEmpty ? 0 : 0.2)
    // What a discrepancy of variance 1 shows as in each row.
    let amplitudes = times.indices.map {
      (1.69 + (steepness.isEmpty ? 0 : 0.04 * steepness[$0] * steepness[$0])).squareRoot()
    }
    // The dense way: Cholesky of R.
    let n = times.count
    var l = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0...i {
        var sum =
          amplitudes[i] * amplitudes[j] * Double.exponential(-(times[i] - times[j]) / 7)
          + (i == j ? 0.49 : 0)
        for k in 0..<j { sum -= l[i * n + k] * l[j * n + k] }
        l[i * n + j] = i == j ? sum.squareRoot() : sum / l[j * n + j]
      }
    }
    var (squares, logs) = (0.0, 0.0)
    var white: [Double] = []
    for i in 0..<n {
      var x = residuals[i]
      for k in 0..<i { x -= l[i * n + k] * white[k] }
      white.append(x / l[i * n + i])
      squares += white[i] * white[i]
      logs += 2 * Double.logarithm(l[i * n + i])
    }
    let dense = -0.5 * (squares + logs)
    let whitening = Whitening(errors, times: times, steepness: steepness)
    var own = residuals
    whitening.apply(&own, width: 1, rows: own.count)
    let found = -0.5 * (own.reduce(0) { $0 + $1 * $1 } + whitening.logVariances)
    #expect((found - dense).magnitude < 1e-12)
    for (a, b) in zip(own, white) { #expect((a - b).magnitude < 1e-12) }
    // Without arrays, as the estimate asks for it.
    let quick = errors.logLikelihood(
      residuals, decays: ErrorModel.decays(times, over: 7), steepness)
    #expect((quick - dense).magnitude < 1e-12)
  }

  @Test("a discrepancy of 5 mV over 300 s is told from 1 mV of noise, and from none")
  func discrepancy() {
    var stream = RandomStream(seed: 7)
    let times = (0..<3000).map(Double.init)
    for size in [0.0, 5e-3] {
      var state = size * stream.gaussian()
      let decay = Double.exponential(-1.0 / 300)
      let residuals = times.map { _ in
        state = decay * state + size * (1 - decay * decay).squareRoot() * stream.gaussian()
        return state + 1e-3 * stream.gaussian()
      }
      let found = ErrorModel.estimate(
        residuals: residuals, times: times, given: ErrorModel(noiseSD: 2e-3))
      #expect((0.8e-3...1.2e-3).contains(found.noiseSD), "\(found)")
      #expect(size == 0 ? found.discrepancySD < 3e-4 : (2e-3...10e-3).contains(found.discrepancySD))
    }
  }

  @Test(
    "a charge that is off by 1 % shows where the voltage is steep, and is told from a discrepancy")
  func charge() {
    var stream = RandomStream(seed: 8)
    let times = (0..<3000).map { 10.0 * Double($0) }
    // 0.7 V a unit of charge, 20 at the end.
    let steepness = times.map { $0 > 27_000 ? 20.0 : 0.7 }
    let decay = Double.exponential(-10.0 / 600)
    var state = stream.gaussian()
    let residuals = steepness.map { steep in
      state = decay * state + (1 - decay * decay).squareRoot() * stream.gaussian()
      return 0.01 * steep * state + 5e-4 * stream.gaussian()
    }
    let given = ErrorModel(noiseSD: 1e-3, discrepancySD: 5e-3, chargeSD: 5e-3)
    let found = ErrorModel.estimate(
      residuals: residuals, times: times, given: given, steepness: steepness)
    #expect((5e-3...2e-2).contains(found.chargeSD), "\(found)")
    #expect(found.discrepancySD < 5e-3, "\(found)")
  }

  @Test("errors read off a smooth residual are as wide as it, however small its steps")
  func smooth() {
    let times = (0..<4000).map { 10.0 * Double($0) }
    let residuals = times.map { 0.02 * sin(6.283 * $0 / 20_000) }
    let found = ErrorModel.estimate(
      residuals: residuals, times: times, given: ErrorModel(noiseSD: 1e-3))
    let variance = found.noiseSD * found.noiseSD + found.discrepancySD * found.discrepancySD
    #expect(residuals.count { $0.magnitude <= 1.96 * variance.squareRoot() } >= 3600, "\(found)")
  }
}
