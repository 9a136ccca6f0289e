import CSPMeReference
import Electrochemistry
import Kernels
import Testing

/// The step in C, against which a benchmark holds Swift's, is the same arithmetic.
struct CReferenceTests {
  @Test(
    "states after a hundred steps agree to rounding", arguments: [SPMe.MeshName.coarse, .medium])
  func agreement(mesh: SPMe.MeshName) throws {
    let model = SPMe(try Fixtures.chen2020(), mesh: mesh, thermal: .isothermal)
    let workspace = model.makeWorkspace()
    var x = model.rest(stateOfCharge: 0.8, temperature: 298.15)
    var z = x
    let chains = CChains(model, temperature: 298.15)
    for k in 0..<100 {
      let current = k < 60 ? -8.0 : 3
      try model.step(&x, current: current, ambient: 298.15, duration: 1, workspace: workspace)
      chains.step(&z, current: current, duration: 1)
    }
    for k in x.indices { #expect(abs(z[k] / x[k] - 1) < 1e-12, "state \(k)") }
  }
}

/// The C side's view of a model.
final class CChains {
  private var chains: [cspme_chain] = []
  private var memory: [UnsafeMutablePointer<Double>] = []
  private let scratch: UnsafeMutablePointer<Double>

  init(_ model: SPMe, temperature: Double) {
    let described = model.diffusionChains(temperature: temperature)
    let longest = described.map(\.capacities.count).max() ?? 0
    scratch = .allocate(capacity: Int(cspme_scratch(Int32(longest))))
    for chain in described {
      var c = cspme_chain()
      c.count = Int32(chain.capacities.count)
      c.capacity = kept(chain.capacities)
      c.geometry = kept(chain.geometry)
      c.shape = kept(chain.shape)
      c.rate = chain.rate
      c.source = chain.source
      if let (value, slope) = chain.potential, let p = value.singlePiece, let q = slope.singlePiece
      {
        c.nonlinear = 1
        c.origin = value.range.lowerBound
        c.potential = (p[0], p[1], p[2], p[3])
        c.slope = (q[0], q[1], q[2], q[3])
      }
      chains.append(c)
    }
  }

  deinit {
    scratch.deallocate()
    for pointer in memory { pointer.deallocate() }
  }

  private func kept(_ values: [Double]) -> UnsafePointer<Double> {
    let pointer = UnsafeMutablePointer<Double>.allocate(capacity: max(values.count, 1))
    pointer.initialize(from: values, count: values.count)
    memory.append(pointer)
    return UnsafePointer(pointer)
  }

  func step(_ x: inout [Double], current: Double, duration: Double) {
    cspme_step(chains, Int32(chains.count), &x, current, current, duration, scratch)
  }
}
