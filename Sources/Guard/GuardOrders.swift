public import Quantities

/// Everything the guard needs to know, compiled by `run` before any output is on.
public struct GuardOrders: Sendable, Hashable {
  /// One open port that the controller inherits.
  public struct Port: Sendable, Hashable {
    /// The instrument's name on the bench, without `=`.
    public var name: String
    /// Its descriptor, the same number in run, guard and controller.
    public var descriptor: Int32

    /// A port from its parts.
    public init(name: String, descriptor: Int32) {
      self.name = name
      self.descriptor = descriptor
    }
  }

  /// What to replay when the controller cannot.
  public var plan: SafePlan
  /// The controller's executable.
  public var controller: String
  /// Its arguments from argv[0] on; the guard appends `--heartbeat FD --guard FD --port NAME=FD ...`.
  public var arguments: [String]
  /// Every port that the controller drives, also those without a safe procedure.
  public var ports: [Port]
  /// Locks of bench and ports, held by guard and controller until both are gone.
  public var locks: [Int32]
  /// The bench's name.
  public var bench: String
  /// The run's folder, named in the latch.
  public var runFolder: String
  /// Folder of the bench's latch (`BenchLatch.folder`).
  public var latchFolder: String

  /// Orders from their parts.
  public init(
    plan: SafePlan, controller: String, arguments: [String], ports: [Port], locks: [Int32],
    bench: String, runFolder: String, latchFolder: String
  ) {
    self.plan = plan
    self.controller = controller
    self.arguments = arguments
    self.ports = ports
    self.locks = locks
    self.bench = bench
    self.runFolder = runFolder
    self.latchFolder = latchFolder
  }

  /// Every descriptor that must live on in the guard.
  public var descriptors: [Int32] {
    let all =
      ports.map(\.descriptor) + locks + plan.devices.map(\.descriptor)
      + [plan.verification.device.descriptor] + plan.watch.map(\.descriptor)
    return Array(Set(all)).sorted()
  }

  /// Those that the controller inherits.
  var inherited: [Int32] { Array(Set(ports.map(\.descriptor) + locks)).sorted() }
}
