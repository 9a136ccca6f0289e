package import Electrochemistry
import Kernels

/// What a particle filter of the SPMe moves.
package typealias SPMeParticles = CellEnsemble<SPMeLanes>

/// Marginalised are the series resistance, the offsets of the open-circuit potentials and the discrepancy:
/// they add to the voltage. (The heat of the resistance is that of its conditional mean.)
extension CellEnsemble: ParticleModel where Members == SPMeLanes {
  /// As many cells in lanes as a particle filter of the world's settings wants.
  package static func particles(_ world: AugmentedSPMe, count: Int? = nil) -> CellEnsemble {
    let c = world.configuration
    let members = count ?? ParticleFilter<CellEnsemble>.members(c.particles, 1)
    return CellEnsemble(world, count: members) { count in
      SPMeLanes(world.model, count: count, parameters: c.parameters.map(\.name))
    }
  }

  package var marginalised: Range<Int> {
    layout.resistance..<(layout.discrepancy + 1)
  }

  package var separate: Range<Int> { layout.parameters.lowerBound..<layout.count }

  package var orderingOutput: Int { FilteredOutput.stateOfCharge.rawValue }

  package func isWeighed(_ output: Int) -> Bool { output == FilteredOutput.voltage.rawValue }

  package func marginalStep(
    _ retention: UnsafeMutablePointer<Double>, variance: UnsafeMutablePointer<Double>,
    duration: Double
  ) {
    let c = configuration
    let place = layout.discrepancy - marginalised.lowerBound
    let kept = Double.exponential(-duration / c.discrepancyTime)
    retention[place] = kept
    variance[place] = discrepancySD * discrepancySD * max(0, 1 - kept * kept)
  }

  package func couplings(_ matrix: UnsafeMutablePointer<Double>, input: CellInput) {
    let (first, k) = (marginalised.lowerBound, marginalised.count)
    let voltage = matrix + FilteredOutput.voltage.rawValue * k
    // The shunt's offset and scale would change this by less than a hundredth.
    voltage[layout.resistance - first] = input.steadyCurrent ?? input.current
    voltage[layout.negativeOffset - first] = -1
    voltage[layout.positiveOffset - first] = 1
    voltage[layout.discrepancy - first] = 1
    let potential = matrix + FilteredOutput.negativePotentialAtSeparator.rawValue * k
    potential[layout.negativeOffset - first] = 1
  }
}

extension ParticleFilter: CellStateFilter where Model == SPMeParticles {
  func complete(_ belief: inout CellBelief) {
    let charge = FilteredOutput.stateOfCharge.rawValue
    belief.stateOfChargeBand = Band(
      low: quantile(of: charge, 0.05), high: quantile(of: charge, 0.95))
    belief.stuckVoltageProbability = stuckProbability
  }
}
