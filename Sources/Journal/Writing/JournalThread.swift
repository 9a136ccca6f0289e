import Glibc
import Quantities
import Records

/// The journal's own pthread: takes records from a `RecordQueue` and commits them in groups.
///
/// A record is on the disk at most `interval` of wall time (plus one commit) after its push. When
/// the disk refuses, the failed group is tried again every `interval`, in order, while the queue
/// fills up behind it; `onError` is called once, from this thread, so that the bench makes
/// safe and ends with exit 3.
public final class JournalThread: @unchecked Sendable {
  // Unchecked: `thread` is touched by `start` and `stop` only, which one owner calls; the rest by
  // the journal thread only, and by `stop` after the join.

  /// Where producers push.
  public let queue: RecordQueue
  /// Most records of one commit, however few it waits for.
  private static let largestGroup = 4096
  private let writer: JournalWriter
  private let interval: Double
  private let rows: Int
  private let onError: @Sendable (JournalError) -> Void
  private var thread: pthread_t?
  private var lost = 0
  private var latest: (time: Seconds, unixTime: Double) = (.zero, 0)
  private var hasReported = false

  /// A thread, not yet running, that commits to `writer` every `interval` seconds of wall time or
  /// as soon as `rows` records wait, whichever comes first.
  public init(
    writer: JournalWriter, queue: RecordQueue, interval: Double = 0.5, rows: Int = 4096,
    onError: @escaping @Sendable (JournalError) -> Void
  ) {
    self.writer = writer
    self.queue = queue
    self.interval = interval
    self.rows = max(1, rows)
    self.onError = onError
  }

  /// Starts the thread.
  public func start() throws(JournalError) {
    let me = Unmanaged.passRetained(self)
    var handle = pthread_t()
    let status = pthread_create(
      &handle, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<JournalThread>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, me.toOpaque())
    guard status == 0 else {
      me.release()
      throw JournalError(.write, "journal thread not started: error \(status) of pthread_create")
    }
    thread = handle
  }

  /// Waits until everything pushed so far is on the disk; false when that took longer than
  /// `patience` seconds.
  public func flush(patience: Double = 10) -> Bool {
    queue.waitUntilSettled(patience: patience)
  }

  /// Closes the queue, commits what is in it, ends the thread and closes the file. Throws when
  /// records could not be written, and says how many.
  public func stop() throws(JournalError) {
    queue.close()
    if let thread { pthread_join(thread, nil) }
    thread = nil
    guard lost == 0 else {
      throw JournalError(.write, "\(writer.path): the last \(lost) records are lost")
    }
    try writer.close()
  }

  private func run() {
    while true {
      let batch = queue.take(
        wanted: rows, limit: max(rows, Self.largestGroup), patience: interval)
      var group = batch.records
      if let time = group.lazy.compactMap(\.instant).last { latest = time }
      if batch.refused > 0 { group.append(overflow(batch.refused)) }
      guard commitAtLast(group) else {
        lost = group.count + queue.abandon()
        return
      }
      queue.settle(batch.records.count)
      if batch.isLast { return }
    }
  }

  /// Tries until it works; once the queue is closed, one time more.
  private func commitAtLast(_ group: [Record]) -> Bool {
    while !commit(group) {
      if queue.pause(interval) { return commit(group) }
    }
    return true
  }

  private func commit(_ group: [Record]) -> Bool {
    do {
      try writer.append(group)
      return true
    } catch {
      if !hasReported { onError(error) }
      hasReported = true
      return false
    }
  }

  private func overflow(_ refused: Int) -> Record {
    .event(
      Event(
        time: latest.time, unixTime: latest.unixTime, severity: .fault, id: "journal.overflow",
        message: "\(refused) records refused: the queue of \(queue.capacity) was full"))
  }
}

extension Record {
  /// The two clocks of a record that carries both.
  fileprivate var instant: (time: Seconds, unixTime: Double)? {
    switch self {
    case .sample(let sample, _, _): (sample.time, sample.unixTime)
    case .event(let event): (event.time, event.unixTime)
    default: nil
    }
  }
}
