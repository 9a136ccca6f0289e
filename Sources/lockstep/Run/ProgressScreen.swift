import Bench
import CRealtime
import Glibc
import Quantities
import Records
import Reports

/// Shows a run's progress on standard output: one line in place on a terminal, plain lines elsewhere.
final class ProgressScreen {
  private var line: ProgressLine
  private let isTerminal: Bool
  private let phases: Int

  init(phases: Int) {
    isTerminal = isatty(STDOUT_FILENO) == 1
    self.phases = phases
    var size = winsize()
    let known = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    line = ProgressLine(
      style: isTerminal
        ? .terminal(columns: known ? Int(size.ws_col) : 100, every: 0.2) : .plain(every: 10))
  }

  func show(_ status: RunStatus) {
    let now = Double(lockstep_monotonic_nanoseconds()) / 1e9
    guard let text = line.next(progress(status), at: now) else { return }
    print(text, terminator: "")
    fflush(lockstep_stdout())
  }

  func end() {
    if isTerminal { print() }
    fflush(lockstep_stdout())
  }

  private func progress(_ status: RunStatus) -> RunProgress {
    var progress = RunProgress()
    progress.phase = "\(status.phase)/\(phases) \(status.phaseName)"
    progress.step = status.step
    progress.time = status.time.value
    progress.voltage = status.sample.cellVoltage.valid?.value
    progress.current = status.sample.current.valid?.value
    progress.temperature = status.sample.surfaceMean?.value
    progress.stateOfCharge = status.estimate?.stateOfCharge
    progress.platingPotential = status.estimate?.negativePotentialAtSeparator
    progress.binding = status.binding
    progress.timeLeft = status.timeLeft?.value
    progress.deadlineMisses = status.deadlineMisses
    return progress
  }
}
