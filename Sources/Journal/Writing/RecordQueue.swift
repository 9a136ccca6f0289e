import Glibc
public import Records

/// A bounded first-in first-out queue between the threads that make records and the journal thread.
///
/// `push` copies the record into a ring that was made at the start: no allocation, and no wait but
/// for the mutex, which the other side holds only while it moves `chunk` records out. A full
/// ring refuses the *new* record: `push` returns false and the refusal is counted, and the journal
/// thread writes a `journal.overflow` event with that count behind the records that were in the
/// ring, so that a gap is never silent. Where time may stand still
/// (stepped pace) `pushWaiting` waits for room.
public final class RecordQueue: @unchecked Sendable {
  // Unchecked: every stored `var` is touched only with `mutex` held.

  /// What came out of one call of `take`.
  struct Batch {
    /// Records in the order of their pushes.
    var records: [Record] = []
    /// Refusals since the last batch.
    var refused = 0
    /// No record will follow.
    var isLast = false
  }

  /// Most records moved out under one hold of the mutex.
  static let chunk = 64

  /// Number of records that fit.
  public let capacity: Int
  private var ring: [Record?]
  private var head = 0
  private var count = 0
  private var refused = 0
  private var refusedInAll = 0
  private var pushed = 0
  private var settled = 0
  private var flushTo = 0
  private var wakeAt: Int
  private var isClosed = false
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let arrival: UnsafeMutablePointer<pthread_cond_t>
  private let progress: UnsafeMutablePointer<pthread_cond_t>

  /// An empty queue of room for `capacity` records, at least one.
  public init(capacity: Int) {
    self.capacity = max(1, capacity)
    ring = Array(repeating: nil, count: self.capacity)
    wakeAt = self.capacity
    mutex = .allocate(capacity: 1)
    arrival = .allocate(capacity: 1)
    progress = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(arrival, &attributes)
    pthread_cond_init(progress, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(arrival)
    pthread_cond_destroy(progress)
    pthread_mutex_destroy(mutex)
    arrival.deallocate()
    progress.deallocate()
    mutex.deallocate()
  }

  /// Adds `record`, or returns false and counts the refusal when there is no room or no taker.
  @discardableResult
  public func push(_ record: Record) -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    guard count < capacity, !isClosed else {
      refused += 1
      refusedInAll += 1
      return false
    }
    place(record)
    return true
  }

  /// Adds `record`, waiting for room. False, and counted, only when the queue is closed.
  @discardableResult
  public func pushWaiting(_ record: Record) -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while count == capacity, !isClosed {
      pthread_cond_signal(arrival)
      pthread_cond_wait(progress, mutex)
    }
    guard !isClosed else {
      refused += 1
      refusedInAll += 1
      return false
    }
    place(record)
    return true
  }

  /// How many records were refused since the start.
  public var refusals: Int {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return refusedInAll
  }

  private func place(_ record: Record) {
    let tail = head + count
    ring[tail < capacity ? tail : tail - capacity] = record
    count += 1
    pushed += 1
    if count == wakeAt { pthread_cond_signal(arrival) }
  }
}

// The taker's side: one thread only.
extension RecordQueue {
  /// Waits until `wanted` records are there, `patience` is over or the queue is closed; then takes
  /// what is there, at most `limit`.
  func take(wanted: Int, limit: Int, patience: Double) -> Batch {
    var batch = Batch()
    batch.records.reserveCapacity(min(limit, capacity))
    pthread_mutex_lock(mutex)
    wakeAt = min(wanted, capacity)
    var deadline = Self.deadline(after: patience)
    // A flush asks for the records up to number `flushTo`; the ring holds those from
    // `pushed - count`.
    while count < wakeAt, !isClosed, count == 0 || flushTo <= pushed - count {
      if pthread_cond_timedwait(arrival, mutex, &deadline) == ETIMEDOUT { break }
    }
    // In chunks, so that a push never waits for the whole batch to be copied.
    while count > 0, batch.records.count < limit {
      for _ in 0..<min(Self.chunk, count, limit - batch.records.count) {
        if let record = ring[head].take() { batch.records.append(record) }
        head = head + 1 == capacity ? 0 : head + 1
        count -= 1
      }
      pthread_cond_broadcast(progress)
      pthread_mutex_unlock(mutex)
      pthread_mutex_lock(mutex)
    }
    batch.refused = refused
    refused = 0
    batch.isLast = isClosed && count == 0
    pthread_mutex_unlock(mutex)
    return batch
  }

  /// Says that `number` more records have reached the disk, or have been given up.
  func settle(_ number: Int) {
    pthread_mutex_lock(mutex)
    settled += number
    pthread_cond_broadcast(progress)
    pthread_mutex_unlock(mutex)
  }

  /// Waits until everything pushed so far is settled. False when `patience` ran out before.
  func waitUntilSettled(patience: Double) -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    let target = pushed
    flushTo = target
    pthread_cond_signal(arrival)
    var deadline = Self.deadline(after: patience)
    while settled < target {
      if pthread_cond_timedwait(progress, mutex, &deadline) == ETIMEDOUT {
        return settled >= target
      }
    }
    return true
  }

  /// No record is accepted from now on; what is inside can still be taken.
  func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_cond_broadcast(arrival)
    pthread_cond_broadcast(progress)
    pthread_mutex_unlock(mutex)
  }

  /// Waits until the queue is closed or `patience` is over; says whether it is closed.
  func pause(_ patience: Double) -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    var deadline = Self.deadline(after: patience)
    while !isClosed {
      if pthread_cond_timedwait(progress, mutex, &deadline) == ETIMEDOUT { break }
    }
    return isClosed
  }

  /// Gives up what is inside and says how many records that were.
  func abandon() -> Int {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    let abandoned = count
    for index in ring.indices { ring[index] = nil }
    count = 0
    pthread_cond_broadcast(progress)
    return abandoned
  }

  private static func deadline(after seconds: Double) -> timespec {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let whole = seconds.rounded(.down)
    now.tv_sec += Int(whole)
    now.tv_nsec += Int((seconds - whole) * 1e9)
    if now.tv_nsec >= 1_000_000_000 {
      now.tv_sec += 1
      now.tv_nsec -= 1_000_000_000
    }
    return now
  }
}
