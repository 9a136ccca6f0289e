public import Identification

/// Currents one after the other, each with its duration.
public struct ExcitationPlan: Sendable, Hashable {
  /// One stretch of one current.
  public struct Segment: Sendable, Hashable {
    /// A, positive = charge; 0 rests.
    public var current: Double
    /// s.
    public var duration: Double

    /// A stretch from its parts.
    public init(current: Double, duration: Double) {
      self.current = current
      self.duration = duration
    }
  }

  /// In order.
  public var segments: [Segment]

  /// A plan from its parts.
  public init(_ segments: [Segment]) { self.segments = segments }

  /// s.
  public var duration: Double { segments.reduce(0) { $0 + $1.duration } }

  /// As the bench makes it: where the direction changes, the new current comes after the time that the
  /// instruments need, out of its own stretch.
  public func record(_ timing: ActuationTiming, ambient: Double) -> CurrentRecord {
    var steps: [(current: Double, duration: Double)] = []
    var last = 0.0
    for segment in segments {
      var left = segment.duration
      if segment.current * last < 0 {
        let pause = min(timing.directionChange, 0.5 * left)
        if pause > 0 { steps.append((0, pause)) }
        left -= pause
      }
      steps.append((segment.current, left))
      if segment.current != 0 { last = segment.current }
    }
    return CurrentRecord(steps: steps, ambient: ambient)
  }

  /// Neighbours of one current in one stretch.
  public var merged: ExcitationPlan {
    var merged: [Segment] = []
    for segment in segments {
      if let last = merged.last, last.current == segment.current {
        merged[merged.count - 1].duration += segment.duration
      } else {
        merged.append(segment)
      }
    }
    return ExcitationPlan(merged)
  }

  /// Repeated and cut to last `duration`, s.
  func filling(_ duration: Double) -> ExcitationPlan {
    var (filled, left) = ([Segment](), duration)
    while left > 1e-9, self.duration > 0 {
      for segment in segments where left > 1e-9 {
        filled.append(
          Segment(current: segment.current, duration: min(segment.duration, left)))
        left -= segment.duration
      }
    }
    return ExcitationPlan(filled)
  }

  /// All currents times a factor.
  public func scaled(by factor: Double) -> ExcitationPlan {
    ExcitationPlan(
      segments.map { Segment(current: factor * $0.current, duration: $0.duration) })
  }

  /// Currents on the grid that the instruments have.
  func rounded(to resolution: Double) -> ExcitationPlan {
    ExcitationPlan(
      segments.map {
        Segment(
          current: ($0.current / resolution).rounded(.toNearestOrAwayFromZero) * resolution,
          duration: $0.duration)
      })
  }
}
