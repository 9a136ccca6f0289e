/// Index ranges of an SPMe's state.
public struct StateLayout: Sendable, Equatable {
  /// Stoichiometry of the negative particle's shells, centre first.
  public let negativeParticle: Range<Int>
  /// Stoichiometry of the positive particle's shells, centre first.
  public let positiveParticle: Range<Int>
  /// Salt concentration, mol/m3, negative current collector first.
  public let electrolyte: Range<Int>
  /// Temperature, K.
  public let temperature: Int
  /// Length of the state.
  public let count: Int

  init(negativeShells: Int, positiveShells: Int, electrolyteCells: Int) {
    negativeParticle = 0..<negativeShells
    positiveParticle = negativeShells..<(negativeShells + positiveShells)
    electrolyte = positiveParticle.upperBound..<(positiveParticle.upperBound + electrolyteCells)
    temperature = electrolyte.upperBound
    count = temperature + 1
  }
}
