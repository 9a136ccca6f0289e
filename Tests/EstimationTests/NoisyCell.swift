import Electrochemistry
import Estimation

/// A `VirtualPlant` of the filter's own model that several filters read alike; its voltmeter can freeze.
struct NoisyCell {
  private var plant: VirtualPlant<SPMePlant>
  private var held: Double?
  private(set) var stateOfCharge: Double
  /// The voltmeter repeats what it shows next until this is false again.
  var isStuck = false

  init(_ cell: CellParameters, stateOfCharge: Double, seed: UInt64) throws {
    plant = try VirtualPlant(SPMePlant(cell), stateOfCharge: stateOfCharge, seed: seed)
    self.stateOfCharge = stateOfCharge
  }

  /// One second of `current`, A, read by all filters alike; returns what each made of it.
  mutating func second(_ current: Double, _ filters: inout [CellFilter]) throws -> [Assimilation] {
    var sample = try plant.second(current)
    held = isStuck ? held ?? sample.voltage : nil
    sample.voltage = held ?? sample.voltage
    stateOfCharge = sample.truth.stateOfCharge
    return try filters.indices.map { try filters[$0].assimilate(sample) }
  }
}
