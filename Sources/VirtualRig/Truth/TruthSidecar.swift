private import Electrochemistry

/// What stands beside the truth file: the model and everything that was drawn.
struct TruthSidecar {
  private var lines: [String] = []

  init(_ settings: PlantSettings, _ drawn: DrawnPlant, seed: UInt64, pace: Pace) {
    add("model", text: "spme")
    add("cell", text: settings.cellName)
    add("mesh", text: settings.mesh.rawValue)
    add("thermal", text: settings.thermal.rawValue)
    add("pace", text: pace.rawValue)
    lines.append("\"seed\": \(seed)")
    add("step_second", settings.step)
    add("initial_state_of_charge", drawn.stateOfCharge)
    add("initial_ambient_celsius", settings.ambient)
    add("chamber_time_constant_second", settings.chamberTimeConstant)
    add("lead_resistance_ohm", settings.leadResistance)
    add("negative_open_circuit_offset_volt", drawn.openCircuitOffset.negative)
    add("positive_open_circuit_offset_volt", drawn.openCircuitOffset.positive)
    let factors = drawn.factors.map { "    \(JSONText.quoted($0.name.rawValue)): \($0.factor)" }
    lines.append("\"factors\": {\n\(factors.joined(separator: ",\n"))\n  }")
    let sensors = drawn.sensors.sorted { $0.key < $1.key }.map { name, errors in
      "    \(JSONText.quoted(name)): {\"offset\": \(errors.offset), \"gain\": \(errors.gain), "
        + "\"noise\": \(errors.noise), \"resolution\": \(errors.resolution), "
        + "\"latency_second\": \(errors.latency)}"
    }
    lines.append("\"sensors\": {\n\(sensors.joined(separator: ",\n"))\n  }")
  }

  /// The JSON object.
  var json: String { "{\n  " + lines.joined(separator: ",\n  ") + "\n}\n" }

  private mutating func add(_ key: String, _ value: Double) { lines.append("\"\(key)\": \(value)") }

  private mutating func add(_ key: String, text: String) {
    lines.append("\"\(key)\": \(JSONText.quoted(text))")
  }
}
