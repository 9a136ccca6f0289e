import Electrochemistry
import Foundation
import Kernels

/// Diffusion in a sphere.
enum ParticleLaws {
  static func section(_ cell: CellParameters) throws -> VerificationSection {
    VerificationSection(
      title: "Particles",
      introduction: """
        Surface value of a sphere under a constant flux against its series (J. Crank, The \
        Mathematics of Diffusion, 2nd ed., eq. 6.45), on equal and on graded shells and in time; a \
        stationary manufactured profile where the diffusivity grows eightfold from the centre to \
        the surface: shell means of the single-particle models, fluxes between shells of the DFN.
        """,
      rows: [
        series("equal shells", stretch: 1e-3), series("graded shells", stretch: 2.5), settled,
        inTime, manufactured, try fluxes(cell),
      ])
  }

  /// Roots of tan a = a.
  private static let roots: [Double] = (1...80).map { n in
    var a = (Double(n) + 0.5) * Double.pi
    a -= 1 / a
    for _ in 0..<50 { a += (a * cos(a) - sin(a)) / (a * sin(a)) }
    return a
  }

  /// Surface rise after t, radius, flux and diffusivity 1.
  private static func exact(_ t: Double) -> Double {
    3 * t + 0.2 - 2 * roots.reduce(0) { $0 + exp(-$1 * $1 * t) / ($1 * $1) }
  }

  /// The same by our mesh and step.
  private static func surface(
    shells: Int, stretch: Double, steps: Int, until t: Double
  ) -> Double {
    let mesh = ParticleMesh(count: shells, stretch: stretch)
    let scratch = SPMeScratch<Double>(stateCount: shells)
    for i in 0..<shells {
      scratch.state[i] = 0
      scratch.capacity[i] = mesh.volumes[i]
      if i < shells - 1 { scratch.conductance[i] = mesh.conductances[i] }
    }
    for _ in 0..<steps {
      DiffusionStep.advance(
        scratch.state, count: shells, duration: t / Double(steps), scratch: scratch,
        sources: (1, 1), shape: mesh.surfaceShape, linear: true, potentials: { _, _ in },
        slopes: { _, _ in })
    }
    return scratch.state[shells - 1] * mesh.surfaceLast
      + scratch.state[shells - 2] * mesh.surfaceInner + mesh.surfaceGradient
  }

  private static func series(_ name: String, stretch: Double) -> VerificationRow {
    let t = 0.05
    return OrderStudy([10, 20, 40, 80]) {
      abs(surface(shells: $0, stretch: stretch, steps: 4000, until: t) / exact(t) - 1)
    }.row("\(name)", "surface of a sphere under constant flux", theory: 2)
  }

  private static var settled: VerificationRow {
    VerificationRow(
      "settled profile", "the parabola that a constant flux settles into is exact on ten shells",
      surface(shells: 10, stretch: 2.5, steps: 400, until: 3) / exact(3) - 1, atMost: 1e-11)
  }

  private static var inTime: VerificationRow {
    let t = 0.05
    let limit = surface(shells: 40, stretch: 2.5, steps: 20_000, until: t)
    return OrderStudy([20, 40, 80]) {
      abs(surface(shells: 40, stretch: 2.5, steps: $0, until: t) / limit - 1)
    }.row("fixed step", "the same in steps of ROS2", theory: 2)
  }

  // Manufactured: Phi = g, the integral of D = exp(beta x) from 0, with g = r^2 - r^4/2, so that
  // no flux leaves at r = 1. A shell's source makes up for the difference of r^2 g' at its faces.
  private static let beta = log(8) / profile(1)
  private static func profile(_ r: Double) -> Double { r * r - 0.5 * r * r * r * r }
  private static func flux(_ r: Double) -> Double { r * r * (2 * r - 2 * r * r * r) }
  private static func potential(_ x: Double) -> Double { (exp(beta * x) - 1) / beta }
  private static func exactLevel(_ r: Double) -> Double { log(1 + beta * profile(r)) / beta }

  private static func faces(_ volumes: [Double]) -> [Double] {
    var sum = 0.0
    return [0]
      + volumes.map { volume in
        sum += 3 * volume
        return cbrt(sum)
      }
  }

  private static var manufactured: VerificationRow {
    OrderStudy([8, 16, 32, 64]) { count in
      let mesh = ParticleMesh(count: count, stretch: 1.5)
      let faces = faces(mesh.volumes)
      let exact = (0..<count).map { k in
        GaussPoints.integral(from: faces[k], to: faces[k + 1], panels: 4) {
          $0 * $0 * exactLevel($0)
        } / mesh.volumes[k]
      }
      let source = (0..<count).map { flux(faces[$0]) - flux(faces[$0 + 1]) }
      let mean = 3 * zip(exact, mesh.volumes).reduce(0) { $0 + $1.0 * $1.1 }
      let scratch = SPMeScratch<Double>(stateCount: count)
      for i in 0..<count {
        scratch.state[i] = mean
        scratch.capacity[i] = mesh.volumes[i]
        if i < count - 1 { scratch.conductance[i] = mesh.conductances[i] }
      }
      for _ in 0..<400 {
        DiffusionStep.advance(
          scratch.state, count: count, duration: 0.02, scratch: scratch, sources: (1, 1),
          shape: source, linear: false
        ) { w, p in
          for i in 0..<count { p[i] = potential(w[i]) }
        } slopes: { w, s in
          for i in 0..<(count - 1) { s[i] = exp(beta * 0.5 * (w[i] + w[i + 1])) }
        }
      }
      return (0..<count).reduce(0) { max($0, abs(scratch.state[$1] - exact[$1])) }
    }.row(
      "D(x), shells", "stationary manufactured profile in a sphere, D exponential in x", theory: 2)
  }

  /// The DFN's own fluxes at x = 0.2 + 0.6 of the profile above, with its diffusivity.
  private static func fluxes(_ cell: CellParameters) throws -> VerificationRow {
    var cell = cell
    func level(_ r: Double) -> Double { 0.2 + 0.6 * exactLevel(r) / exactLevel(1) }
    let span = exactLevel(1) / 0.6
    cell.negative.diffusivity = ParameterFunction(
      try PiecewiseCubic(
        spline: { Dual8.exponential(($0 - 0.2) * (beta * span)) * 1e-14 }, over: 0...1,
        errorBound: 1e-25))
    let rate = 1e-14 / (cell.negative.particleRadius * cell.negative.particleRadius) / span
    return OrderStudy([8, 16, 32, 64]) { count in
      let solver = DFNSolver(
        cell, size: DFNMesh(shells: count, stretch: 1.5, electrode: 8, grading: 0, separator: 4),
        thermal: .isothermal, relativeTolerance: 1e-6)
      let volumes = solver.shells.volumes
      let faces = faces(volumes)
      let means = (0..<count).map { k in
        GaussPoints.integral(from: faces[k], to: faces[k + 1], panels: 4) { $0 * $0 * level($0) }
          / volumes[k]
      }
      solver.setShells(negative: { means[$1] }, positive: { _, _ in 0.5 })
      let rates = solver.ratesUnderUniformReaction(current: 0).shells
      var (outflow, worst) = (0.0, 0.0)
      for k in 0..<(count - 1) {
        outflow -= rates[k] * volumes[k]
        // Lithium flows to the centre: minus r^2 D x'.
        worst = max(worst, abs(outflow + rate * flux(faces[k + 1])) / rate)
      }
      return worst
    }.row("D(x), DFN fluxes", "fluxes through the shells' faces of the same profile", theory: 2)
  }
}
