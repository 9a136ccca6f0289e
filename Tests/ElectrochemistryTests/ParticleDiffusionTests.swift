import Electrochemistry
import Foundation
import Kernels
import Testing

/// A sphere under constant surface flux against its series solution (Crank, The Mathematics of
/// Diffusion, 2nd ed., eq. 6.45): x_s = q (3 t + 1/5 - 2 sum exp(-a^2 t)/a^2), tan a = a.
struct ParticleDiffusionTests {
  private static let roots: [Double] = (1...60).map { n in
    // Newton on a cos a - sin a = 0 from just below (n + 1/2) pi.
    var a = (Double(n) + 0.5) * Double.pi
    a -= 1 / a
    for _ in 0..<50 { a += (a * cos(a) - sin(a)) / (a * sin(a)) }
    return a
  }

  private static func exact(_ t: Double) -> Double {
    3 * t + 0.2 - 2 * roots.reduce(0) { $0 + Double.exponential(-$1 * $1 * t) / ($1 * $1) }
  }

  /// Surface value after time `t` in `steps` steps, unit flux and diffusivity.
  private func surface(shells: Int, stretch: Double, steps: Int, until t: Double) -> Double {
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

  @Test("error falls with the second power of the shell thickness, at least")
  func orderInSpace() {
    let t = 0.02
    let errors = [10, 20, 40].map {
      abs(surface(shells: $0, stretch: 2, steps: 4000, until: t) - Self.exact(t))
    }
    #expect(errors[0] / errors[1] > 3.4, "\(errors)")
    #expect(errors[1] / errors[2] > 3.4, "\(errors)")
  }

  @Test("error falls with the second power of the time step")
  func orderInTime() {
    let t = 0.02
    let limit = surface(shells: 40, stretch: 2, steps: 20_000, until: t)
    let errors = [20, 40, 80].map {
      abs(surface(shells: 40, stretch: 2, steps: $0, until: t) - limit)
    }
    #expect(errors[0] / errors[1] > 3.4, "\(errors)")
    #expect(errors[1] / errors[2] > 3.4, "\(errors)")
  }

  @Test("the settled profile under constant flux is exact on ten shells")
  func settled() {
    let t = 3.0
    #expect(
      abs(surface(shells: 10, stretch: 3, steps: 400, until: t) - Self.exact(t)) < 1e-10)
  }
}
