import Electrochemistry
import Kernels
import Quantities

extension CellFile {
  static let electrodeKeys = [
    "Particle radius [m]", "Thickness [m]", "Diffusivity [m2.s-1]",
    "Diffusivity activation energy [J.mol-1]", "OCP [V]", "Conductivity [S.m-1]",
    "Surface area per unit volume [m-1]", "Porosity", "Transport efficiency",
    "Reaction rate constant [mol.m-2.s-1]", "Minimum stoichiometry", "Maximum stoichiometry",
    "Maximum concentration [mol.m-3]", "Reaction rate constant activation energy [J.mol-1]",
    "Entropic change coefficient [V.K-1]",
  ]
  static let refusedElectrodeKeys = [
    "Particle": "blended electrodes are not modelled",
    "OCP (lithiation) [V]": "open-circuit hysteresis is not modelled",
    "OCP (delithiation) [V]": "open-circuit hysteresis is not modelled",
    "OCP hysteresis decay constant": "open-circuit hysteresis is not modelled",
  ]

  static func electrode(
    _ all: BPXSection, _ name: String
  ) throws(ProfileError) -> ElectrodeParameters {
    let section = try all.section(name, known: electrodeKeys + refusedElectrodeKeys.keys)
    for (key, reason) in refusedElectrodeKeys where section.has(key) {
      throw section.failure(key, reason)
    }
    let minimum = try section.number("Minimum stoichiometry", .from(0, to: 1))
    let maximum = try section.number("Maximum stoichiometry", .from(0, to: 1))
    guard minimum < maximum else {
      throw section.failure("Minimum stoichiometry", "allowed: below the maximum, \(maximum)")
    }
    let margin = 0.1 * (maximum - minimum)
    let near = max(0, minimum - margin)...min(1, maximum + margin)
    let ranges = [0...1, 0.001...0.999, near, minimum...maximum]
    let diffusivity = try section.function(
      "Diffusivity [m2.s-1]", over: ranges, accuracy: -1e-7)
    try requirePositive(section, "Diffusivity [m2.s-1]", diffusivity, minimum...maximum)
    let potential = try section.function("OCP [V]", over: ranges, accuracy: 1e-6)
    let range = potential.curve.range
    if potential.curve.constant == nil, range.lowerBound > minimum || range.upperBound < maximum {
      throw section.failure(
        "OCP [V]",
        "is given for x from \(range.lowerBound) to \(range.upperBound); wanted: "
          + "at least \(minimum) to \(maximum), the stoichiometry limits")
    }
    return ElectrodeParameters(
      thickness: try section.number("Thickness [m]", .length),
      conductivity: try section.number("Conductivity [S.m-1]", .positive(to: 1e8)),
      porosity: try section.number("Porosity", .fraction),
      transportEfficiency: try section.number("Transport efficiency", .fraction),
      surfaceAreaPerUnitVolume: try section.number(
        "Surface area per unit volume [m-1]", .positive(to: 1e10)),
      particleRadius: try section.number("Particle radius [m]", .positive(to: 0.001, " m")),
      maximumConcentration: try section.number(
        "Maximum concentration [mol.m-3]", .positive(to: 1e6)),
      minimumStoichiometry: minimum, maximumStoichiometry: maximum, diffusivity: diffusivity,
      diffusivityActivationEnergy: try section.number(
        "Diffusivity activation energy [J.mol-1]", .activationEnergy, otherwise: 0),
      reactionRateConstant: try section.number(
        "Reaction rate constant [mol.m-2.s-1]", .positive(to: 1e3)),
      reactionRateConstantActivationEnergy: try section.number(
        "Reaction rate constant activation energy [J.mol-1]", .activationEnergy, otherwise: 0),
      openCircuitPotential: potential,
      entropicChange: try section.function(
        "Entropic change coefficient [V.K-1]", over: ranges, accuracy: 1e-9, otherwise: 0))
  }

  /// The particles must fit into the electrode, and the full cell must stand above the empty one.
  static func checkBalance(
    _ cell: CellParameters, _ all: BPXSection
  ) throws(ProfileError) {
    for (name, electrode) in [
      ("Negative electrode", cell.negative), ("Positive electrode", cell.positive),
    ] {
      let active = electrode.surfaceAreaPerUnitVolume * electrode.particleRadius / 3
      guard active + electrode.porosity <= 1 + 1e-6 else {
        throw all.failure(
          name,
          "surface area times radius / 3 (\(active)) and porosity (\(electrode.porosity)) "
            + "fill more than the electrode")
      }
    }
    func voltage(_ negative: Double, _ positive: Double) -> Double {
      cell.positive.openCircuitPotential.curve.valueAndSlope(at: positive).value
        - cell.negative.openCircuitPotential.curve.valueAndSlope(at: negative).value
    }
    let empty = voltage(cell.negative.minimumStoichiometry, cell.positive.maximumStoichiometry)
    let full = voltage(cell.negative.maximumStoichiometry, cell.positive.minimumStoichiometry)
    guard full > empty else {
      throw all.failure(
        "Positive electrode",
        "open-circuit voltage is \(full) V full and \(empty) V empty; allowed: full above empty")
    }
  }

  static func checkValidation(_ root: BPXSection) throws(ProfileError) {
    guard case .object(let records) = try root.value("Validation").content else {
      throw root.failure("Validation", "an object wanted")
    }
    let validation = try root.section("Validation", known: nil)
    for record in records {
      let columns = ["Time [s]", "Current [A]", "Voltage [V]", "Temperature [K]"]
      let section = try validation.section(record.key, known: columns)
      let count = try section.numbers("Time [s]").count
      for column in columns.dropFirst() where column != "Temperature [K]" || section.has(column) {
        let found = try section.numbers(column).count
        guard found == count else {
          throw section.failure(column, "\(found) values; wanted: \(count), one for each time")
        }
      }
    }
  }
}
