/// The JSON that stands beside an independent code's trajectory.
struct ReferenceDocument: Decodable, Sendable {
  /// What was switched on in that code.
  struct Options: Decodable, Sendable {
    let thermal: String?
    /// SEI growth or lithium plating: not in these models.
    let ages: Bool

    private enum Key: String, CodingKey {
      case thermal
      case growth = "SEI"
      case plating = "lithium plating"
    }

    init(from decoder: any Decoder) throws {
      let options = try decoder.container(keyedBy: Key.self)
      thermal = try options.decodeIfPresent(String.self, forKey: .thermal)
      ages = options.contains(.growth) || options.contains(.plating)
    }
  }

  /// A step string.
  struct Step: Decodable, Sendable { let step: String }

  /// What was done to the cell: one of `current`, `cycles` and `file`.
  struct Profile: Decodable, Sendable {
    /// A, positive = charge, and for how long at most, s.
    let current: Double?
    let longest: Double?
    let rate: Double?
    let cycles: [[Step]]?
    /// s, cycle by cycle.
    let stepEnds: [[Double]]?
    /// Table of a current, linear between points.
    let file: String?

    private enum CodingKeys: String, CodingKey {
      case current = "current_A"
      case longest = "t_max_s"
      case rate = "C_rate"
      case cycles, file
      case stepEnds = "step_end_times_s"
    }
  }

  let model: String
  let options: Options
  let ambient: Double
  let temperature: Double
  let negativeStoichiometry: Double
  let positiveStoichiometry: Double
  let nominalCapacity: Double
  let lowerCutoff: Double
  let upperCutoff: Double
  let profile: Profile

  private enum CodingKeys: String, CodingKey {
    case model, options, profile
    case ambient = "ambient_temperature_K"
    case temperature = "initial_temperature_K"
    case negativeStoichiometry = "initial_stoichiometry_negative"
    case positiveStoichiometry = "initial_stoichiometry_positive"
    case nominalCapacity = "nominal_capacity_Ah"
    case lowerCutoff = "lower_cutoff_V"
    case upperCutoff = "upper_cutoff_V"
  }

  var isLumped: Bool { options.thermal == "lumped" }
}
