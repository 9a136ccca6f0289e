/// What one repeat of some work costs: medians.
struct Timing: Codable, Sendable {
  /// Wall time, ms.
  var wall: Double
  /// CPU time of the thread that works, ms.
  var cpu: Double
  var repeats: Int

  enum CodingKeys: String, CodingKey {
    case wall = "wall_ms"
    case cpu = "cpu_ms"
    case repeats
  }

  /// Of one part, where the work had many.
  func divided(by parts: Int) -> Timing {
    Timing(wall: wall / Double(parts), cpu: cpu / Double(parts), repeats: repeats)
  }
}
