import Excitation
import Foundation
import Glibc

/// A design on a thread of its own, while the cell rests.
final class DesignJob: @unchecked Sendable {
  // Unchecked: `result` is written before `finished` is signalled, read after it was waited for.
  private var result: DesignResult?
  private let finished = DispatchSemaphore(value: 0)
  private var thread: PlainThread?

  /// Plans that may be judged: some seconds on the machine of a bench.
  static let effort = 600

  init(_ problem: DesignProblem) {
    thread = PlainThread("design") { [self] in
      // Behind everything that the bench does; of this thread alone.
      _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 15)
      var design = ExcitationDesign(problem)
      (design.worksAlone, design.comparesRivals) = (true, false)
      design.budget = Self.effort
      result = design.run()
      finished.signal()
    }
  }

  /// What was found, when it is there; nil: nothing keeps the limits.
  func take() -> DesignResult? {
    finished.wait()
    thread?.join()
    thread = nil
    return result
  }
}
