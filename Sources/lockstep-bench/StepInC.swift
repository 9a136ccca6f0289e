import CSPMeReference
import Electrochemistry
import Kernels

/// A model's isothermal step as C does it.
final class StepInC {
  private var chains: [cspme_chain] = []
  private var memory: [UnsafeMutablePointer<Double>] = []
  private let scratch: UnsafeMutablePointer<Double>

  /// - Parameter temperature: K, of all steps.
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

  func step(_ x: UnsafeMutablePointer<Double>, current: Double, duration: Double) {
    cspme_step(chains, Int32(chains.count), x, current, current, duration, scratch)
  }
}
