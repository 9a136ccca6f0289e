import Quantities

extension PlantFile {
  /// The plant with the other cell that a fault of `file` has put in its place.
  public func withCell(of file: FaultFile?) -> PlantFile {
    var plant = self
    for fault in file?.faults ?? [] {
      guard case .wrongChemistry(let cell, let charge) = fault.effect else { continue }
      plant.cell = cell
      if let charge { plant.stateOfCharge = Drawn(charge.value, sd: 0) }
    }
    return plant
  }
}
