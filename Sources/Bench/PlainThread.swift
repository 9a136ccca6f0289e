import CRealtime
import Glibc

/// A plain pthread that runs one closure; joined explicitly.
final class PlainThread {
  private var thread = pthread_t()

  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  /// Starts at once. `name` is what `top -H` shows, at most 15 bytes. With a `priority` it asks for
  /// SCHED_FIFO, and runs without where that is not allowed.
  init(_ name: String, priority: Int32? = nil, _ run: @escaping @Sendable () -> Void) {
    let body = Unmanaged.passRetained(
      Body {
        lockstep_name_thread(String(name.prefix(15)))
        if let priority { _ = lockstep_realtime_thread(priority) }
        run()
      })
    let failed = pthread_create(
      &thread, nil,
      { raw in
        guard let raw else { return nil }
        Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    precondition(failed == 0, "pthread_create for \(name): \(failed)")
  }

  func join() { pthread_join(thread, nil) }
}
