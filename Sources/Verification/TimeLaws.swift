import Electrochemistry
import Foundation
import Quantities

/// The methods that advance time.
enum TimeLaws {
  static func section(_ cell: CellParameters) throws -> VerificationSection {
    VerificationSection(
      title: "Time",
      introduction: """
        Conditions of the methods' coefficients up to their order (E. Hairer, G. Wanner, Solving \
        Ordinary Differential Equations II, IV.7; DFN: C. A. Kennedy, M. H. Carpenter, Appl. Numer. \
        Math. 44 (2003) 139; SPMe: J. Rang, L. Angermann, BIT 45 (2005) 761), then steps of fixed \
        length on a lumped cell discharged at 1C, voltage and temperature (a kelvin as a millivolt) \
        at 300 s against the limit of small steps; then the tolerance: a step's error is \
        estimated, so the whole error should fall in proportion. The SPMe's fixed step takes its \
        heat at the temperature of the step's start, hence order 1 with a small constant when it \
        is lumped. *Heating*: all heat from a contact resistance (10 MOhm at 0.1 mA), so that \
        C T' = R I^2 - h A (T - T0) has an exponential for solution.
        """,
      rows: [
        diagonallyImplicitConditions, rosenbrockConditions, try fixedDFN(cell), try fixedSPMe(cell),
        try fixedTwinDFN(cell), try fixedTwinSPMe(cell, .isothermal),
        try fixedTwinSPMe(cell, .lumped), try heatingDFN(cell),
        try heatingSPMe(cell), try tolerance(cell, isDFN: true), try tolerance(cell, isDFN: false),
      ])
  }
}
