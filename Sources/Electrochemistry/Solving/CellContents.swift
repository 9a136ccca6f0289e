/// What a cell holds and nothing but the current may change.
package struct CellContents: Sendable {
  /// A h.
  package var negativeLithium: Double
  /// A h.
  package var positiveLithium: Double
  /// mol; 0 without electrolyte.
  package var salt: Double

  package init(negativeLithium: Double, positiveLithium: Double, salt: Double) {
    self.negativeLithium = negativeLithium
    self.positiveLithium = positiveLithium
    self.salt = salt
  }
}
