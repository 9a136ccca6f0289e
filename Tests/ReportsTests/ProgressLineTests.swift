import Records
import Reports
import Testing

@Suite("The live line")
struct ProgressLineTests {
  private static var progress: RunProgress {
    var progress = RunProgress()
    progress.phase = "charge to 80 %"
    progress.step = "ride"
    progress.time = 3725.4
    progress.voltage = 4.0123
    progress.current = 5.984
    progress.temperature = 24.86
    progress.stateOfCharge = Estimated(0.4521, sd: 0.002)
    progress.platingPotential = Estimated(0.0142, sd: 0.002)
    progress.binding = .platingMargin
    progress.timeLeft = 723
    progress.deadlineMisses = 2
    return progress
  }

  @Test("it says everything that a person asked for, bands as two standard deviations")
  func text() {
    #expect(
      ProgressLine.text(Self.progress)
        == " 1:02:05  4.012 V   +5.98 A   24.9 \u{b0}C  SOC  45.2 \u{b1} 0.4 %  "
        + "plating   14.2 mV (\u{2212}2 sd   10.2)  by plating margin  left 12:03  late 2  "
        + "charge to 80 %: ride")
  }

  @Test("what is not known is a dash, and no number ever reads -0.00")
  func unknown() {
    var progress = RunProgress()
    #expect(ProgressLine.text(progress).contains("    \u{2013} V"))
    #expect(!ProgressLine.text(progress).contains("nan"))
    progress.current = -0.001
    #expect(ProgressLine.text(progress).contains("   0.00 A"))
    progress.current = 0.001
    #expect(ProgressLine.text(progress).contains("   0.00 A"))
    progress.current = .nan
    progress.stateOfCharge = Estimated(.nan, sd: .nan)
    #expect(!ProgressLine.text(progress).lowercased().contains("nan"))
  }

  @Test("a terminal's line is rewritten in place and never wraps, at any width")
  func terminal() {
    for columns in 2...200 {
      var line = ProgressLine(style: .terminal(columns: columns, every: 0.1))
      let text = line.next(Self.progress, at: 0) ?? ""
      #expect(text.hasPrefix("\r\u{1b}[2K"))
      #expect(!text.dropFirst().contains("\n"))
      #expect(text.dropFirst(5).count < columns)
    }
  }

  @Test("a plain line ends, and comes no more often than asked")
  func plain() {
    var line = ProgressLine(style: .plain(every: 5))
    let times = stride(from: 100.0, through: 112, by: 0.5).filter {
      line.next(Self.progress, at: $0) != nil
    }
    #expect(times == [100, 105, 110])
    #expect(line.next(Self.progress, at: 200) == ProgressLine.text(Self.progress) + "\n")
    #expect(line.clearing.isEmpty)
  }
}
