import Electrochemistry
import Kernels

extension CellFile {
  static let particleKeys = [
    "Particle radius [m]", "Thickness [m]", "Diffusivity [m2.s-1]",
    "Diffusivity activation energy [J.mol-1]", "OCP [V]", "OCP (lithiation) [V]",
    "OCP (delithiation) [V]", "Surface area per unit volume [m-1]",
    "Reaction rate constant [mol.m-2.s-1]", "Minimum stoichiometry", "Maximum stoichiometry",
    "Maximum concentration [mol.m-3]", "Reaction rate constant activation energy [J.mol-1]",
    "Entropic change coefficient [V.K-1]",
  ]
  static let transportKeys = ["Conductivity [S.m-1]", "Porosity", "Transport efficiency"]
  static let refusedElectrodeKeys = [
    "Particle": "blended electrodes are not modelled",
    "OCP hysteresis decay constant": "the decay of open-circuit hysteresis is not modelled",
  ]

  /// - Parameter hasTransport: the set has an electrolyte; else the electrode conducts ideally.
  static func electrode(
    _ all: BPXSection, _ name: String, _ own: BPXSection, hasTransport: Bool
  ) throws(ProfileError) -> ElectrodeParameters {
    let section = try all.section(
      name,
      known: particleKeys + (hasTransport ? transportKeys : []) + refusedElectrodeKeys.keys)
    for (key, reason) in refusedElectrodeKeys where section.has(key) {
      throw section.failure(key, reason)
    }
    let minimum = try section.number("Minimum stoichiometry", .from(0, to: 1))
    let maximum = try section.number("Maximum stoichiometry", .from(0, to: 1))
    guard minimum < maximum else {
      throw section.failure("Minimum stoichiometry", "allowed: below the maximum, \(maximum)")
    }
    // The surface of a particle goes beyond the limits under load: as far as can be.
    let ranges =
      [0...1, 0.001...0.999]
      + [0.1, 0.05, 0.02, 0.01, 0].map {
        let margin = $0 * (maximum - minimum)
        return max(0, minimum - margin)...min(1, maximum + margin)
      }
    let diffusivity = try section.function(
      "Diffusivity [m2.s-1]", over: ranges, relative: 1e-6)
    try requirePositive(section, "Diffusivity [m2.s-1]", diffusivity, minimum...maximum)
    let order = try own.number(
      OwnField.potentialTableOrder(name), BPXBound(words: "1 or 3") { $0 == 1 || $0 == 3 },
      otherwise: 1)
    func potential(_ key: String) throws(ProfileError) -> ParameterFunction {
      let potential = try section.function(key, over: ranges, accuracy: 1e-6, order: Int(order))
      try requireDefined(section, key, potential, minimum...maximum)
      return potential
    }
    var electrode = ElectrodeParameters(
      thickness: try section.number("Thickness [m]", .length),
      conductivity: hasTransport
        ? try section.number("Conductivity [S.m-1]", .positive(to: 1e8)) : 1e8,
      porosity: hasTransport ? try section.number("Porosity", .fraction) : 0.01,
      transportEfficiency: hasTransport
        ? try section.number("Transport efficiency", .fraction) : 1,
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
      openCircuitPotential: try potential("OCP [V]"),
      entropicChange: try section.function(
        "Entropic change coefficient [V.K-1]", over: ranges, accuracy: 1e-10, otherwise: 0))
    electrode.anodicTransferCoefficient = try own.number(
      OwnField.anodicTransferCoefficient(name), .fraction, otherwise: 0.5)
    electrode.cathodicTransferCoefficient = try own.number(
      OwnField.cathodicTransferCoefficient(name), .fraction, otherwise: 0.5)
    if section.has("OCP (lithiation) [V]") {
      electrode.lithiationPotential = try potential("OCP (lithiation) [V]")
    }
    if section.has("OCP (delithiation) [V]") {
      electrode.delithiationPotential = try potential("OCP (delithiation) [V]")
    }
    return electrode
  }

  /// An open-circuit potential must be known wherever the cell works, and be a potential.
  private static func requireDefined(
    _ section: BPXSection, _ key: String, _ potential: ParameterFunction,
    _ wanted: ClosedRange<Double>
  ) throws(ProfileError) {
    let range = potential.curve.range
    if potential.curve.constant == nil,
      range.lowerBound > wanted.lowerBound || range.upperBound < wanted.upperBound
    {
      throw section.failure(
        key,
        "is given for x from \(range.lowerBound) to \(range.upperBound); wanted: "
          + "at least \(wanted.lowerBound) to \(wanted.upperBound), the stoichiometry limits")
    }
    for i in 0...200 {
      let x = wanted.lowerBound + Double(i) / 200 * (wanted.upperBound - wanted.lowerBound)
      let value = potential.curve.value(at: x)
      guard value.magnitude <= 100 else {
        throw section.failure(key, "is \(value) at x = \(x); allowed: -100 to 100 V")
      }
    }
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
      cell.positive.openCircuitPotential.curve.value(at: positive)
        - cell.negative.openCircuitPotential.curve.value(at: negative)
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
