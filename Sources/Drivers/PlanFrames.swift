internal import Profiles
internal import Quantities

/// One request of a safe plan and the reply that proves it.
struct PlannedFrame {
  var request: [UInt8]
  var reply: [UInt8]
  /// 0xFF where a byte of the reply counts.
  var mask: [UInt8]
}

/// How a dialect writes what a safe plan says.
protocol PlanFrames {
  /// How the guard frames.
  var framing: SafePlan.Framing { get }
  /// Writes `count` counts, which fit.
  func write(_ count: Double, _ value: DeclaredValue) -> PlannedFrame
  /// Reads the value and wants `wanted`, in its unit; nil when no bytes say that.
  func check(_ wanted: Double, _ value: DeclaredValue) -> PlannedFrame?
  /// Reads the value, whatever it is; where its number begins in the reply. Nil when the guard has no
  /// format for it.
  func read(_ value: DeclaredValue) -> (frame: PlannedFrame, offset: Int)?
}
