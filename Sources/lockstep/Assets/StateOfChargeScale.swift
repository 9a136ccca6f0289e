import Electrochemistry
import Estimation

/// State of charge of the present capacity against the cell file's: both linear in stoichiometry.
struct StateOfChargeScale {
  /// The file's value at 0 and 1 of the present capacity.
  let empty: Double
  let full: Double

  /// The file's own scale.
  static let file = StateOfChargeScale(empty: 0, full: 1)

  init(empty: Double, full: Double) {
    self.empty = empty
    self.full = full
  }

  /// Of a cell whose constants have these means.
  init(_ cell: CellParameters, _ belief: ConstantsBelief) {
    let balance = CellBalance(cell) {
      belief[$0]?.mean ?? 0
    }
    let window = balance.window
    let low = cell.negative.minimumStoichiometry
    let width = cell.negative.maximumStoichiometry - low
    self.init(empty: (window.empty - low) / width, full: (window.full - low) / width)
  }

  /// What the file's scale says.
  func onFile(_ present: Double) -> Double { empty + present * (full - empty) }

  /// What the present scale says.
  func present(_ onFile: Double) -> Double { (onFile - empty) / (full - empty) }

  /// The same for both moments.
  func present(_ onFile: Normal) -> Normal {
    Normal(present(onFile.mean), sd: onFile.sd / (full - empty))
  }
}
