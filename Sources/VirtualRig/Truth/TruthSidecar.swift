private import Electrochemistry
private import Profiles
private import Quantities

/// What stands beside the truth file: the model and everything that was drawn.
struct TruthSidecar {
  private var lines: [String] = []

  init(_ configuration: RigConfiguration, _ drawn: DrawnPlant) {
    let plant = configuration.plant
    add("model", text: plant.model.name.rawValue)
    add("mesh", text: plant.model.mesh.rawValue)
    add("thermal", text: plant.model.thermal.rawValue)
    add("step_second", plant.model.internalStep.value)
    add("cell", text: plant.cell.name)
    add("plant", text: plant.path)
    add("pace", text: configuration.pace.rawValue)
    lines.append("\"seed\": \(configuration.seed)")
    lines.append("\"truth_equals_belief\": \(plant.truthEqualsBelief)")
    add("initial_state_of_charge", drawn.stateOfCharge)
    add("initial_ambient_celsius", plant.ambient.value)
    add("contact_resistance_ohm", drawn.contactResistance)
    add("negative_open_circuit_offset_volt", drawn.openCircuitOffset.negative)
    add("positive_open_circuit_offset_volt", drawn.openCircuitOffset.positive)
    add("lead_resistance_ohm", plant.leadResistance.value)
    add("contactor_release_second", plant.contactorRelease.value)
    add("chamber_time_constant_second", plant.chamberTimeConstant.value)
    add("faults", Self.texts(configuration.faults))
    add("factors", drawn.factors.map { ($0.name.rawValue, "\($0.factor)") })
    add("sensors", drawn.sensors.sorted { $0.key < $1.key }.map { ($0.key, Self.text($0.value)) })
  }

  private static func texts(_ file: FaultFile?) -> [(String, String)] {
    (file?.faults ?? []).map { fault in
      let end = fault.to.map { "\($0.value)" } ?? "null"
      return (
        "line \(fault.line): \(fault.kind.rawValue)",
        "{\"from_second\": \(fault.from.value), \"to_second\": \(end)}"
      )
    }
  }

  /// The JSON object.
  var json: String { "{\n  " + lines.joined(separator: ",\n  ") + "\n}\n" }

  private static func text(_ errors: SensorErrors) -> String {
    "{\"offset\": \(errors.offset), \"gain\": \(errors.gain), \"noise\": \(errors.noise), "
      + "\"resolution\": \(errors.resolution), \"latency_second\": \(errors.latency)}"
  }

  private mutating func add(_ key: String, _ value: Double) { lines.append("\"\(key)\": \(value)") }

  private mutating func add(_ key: String, text: String) {
    lines.append("\"\(key)\": \(JSONText.quoted(text))")
  }

  private mutating func add(_ key: String, _ pairs: [(String, String)]) {
    let inner = pairs.map { "\n    \(JSONText.quoted($0.0)): \($0.1)" }.joined(separator: ",")
    lines.append("\"\(key)\": {\(inner)\(pairs.isEmpty ? "" : "\n  ")}")
  }
}
