internal import Synchronization

/// The bench as all port threads share it.
final class SharedBench: Sendable {
  let bench: Mutex<VirtualBench>

  init(_ bench: sending VirtualBench) { self.bench = Mutex(bench) }
}
