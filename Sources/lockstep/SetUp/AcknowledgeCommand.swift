import ArgumentParser
import Commissioning
import Foundation
import Guard
import Profiles
import Quantities
import Safety

/// `lockstep acknowledge`: a named person clears a bench's latch, once the cell is seen to be well.
struct AcknowledgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge", abstract: "Clear the latch of a bench, by name and with a note.",
    discussion: """
      Look at the cell before the screen. The meter and the thermometers are read for a while: outside \
      its limits, hot or warming, or where they cannot be read, the cell is not acknowledged. Nothing \
      is written but the end of the alarm, once the latch is cleared. A cell that was taken off the bench is said to be (--cell-removed); that goes \
      into the bench's history.

      Example: lockstep acknowledge demo --by "M. Faraday" --note "meter lead had come off; cell cold"
      """)

  @Argument(help: "Bench file, or the name of a shipped one.")
  var bench: String

  @Option(help: "Who acknowledges.")
  var by: String

  @Option(help: "What was found.")
  var note: String

  @Option(help: ArgumentHelp("Where an instrument is reached.", valueName: "name=path"))
  var port: [String] = []

  @Flag(help: "The cell was taken off the bench; it is not looked at.")
  var cellRemoved = false

  @Option(
    help: ArgumentHelp("How long the cell is looked at, 5 to 600 s.", valueName: "second"))
  var watch = 20.0

  @OptionGroup var output: JSONOption

  private struct Report: Encodable {
    var bench: String
    var by: String
    var note: String
    /// Why the alarm stays on; nil: it is off, or there is none.
    var alarmStaysOn: String?
  }

  func run() throws {
    guard (5...600).contains(watch) else {
      throw CommandFailure(status: 2, message: "--watch \(watch): 5 to 600 s is allowed")
    }
    let path = try ShippedProfiles.locate(kind: .bench, name: bench)
    let file = try BenchFile(path: path)
    let overrides = try PortAddress.overrides(port, bench: file)
    let holder = "acknowledge by \(by)"
    let latch: BenchLatch
    let written: String
    let alarm: String?
    do {
      let lock = try BenchLock(.bench(file.name), holder: holder)
      latch = try BenchLatch(bench: file.name)
      if latch.standing() != nil, by.contains(where: \.isLetter),
        note.contains(where: \.isLetter)
      {
        written =
          cellRemoved
          ? "\(note) [cell removed from the bench; not looked at]"
          : "\(note) [seen: \(try look(path, overrides, holder))]"
      } else {
        // The latch itself says what is missing.
        written = note
      }
      try latch.acknowledge(by: by, note: written, unixTime: Date().timeIntervalSince1970)
      alarm = file.protection.alarm == nil ? nil : endAlarm(path, overrides, holder)
      _ = consume lock
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(status: 2, message: "\(error)")
    }
    if output.json {
      try JSONOption.print(
        Report(bench: file.name, by: by, note: written, alarmStaysOn: alarm))
    } else {
      print("bench \(file.name): acknowledged by \(by): \(written)")
      if let alarm { print("the alarm stays on, end it by hand: \(alarm)") }
    }
  }

  /// The latch is cleared by now, whatever comes of this: why the alarm stays on; nil: it does not.
  private func endAlarm(
    _ path: String, _ overrides: [String: PortAddress], _ holder: String
  ) -> String? {
    do {
      return try AlarmOutput(RunPlan(settingUp: path))?.silence(overrides, holder: holder)
    } catch {
      return "\(error)"
    }
  }

  /// What the sensors say, or why it is not good enough.
  private func look(
    _ path: String, _ overrides: [String: PortAddress], _ holder: String
  ) throws -> CellLook {
    let plan = try RunPlan(settingUp: path)
    let sensors: CellSensors
    do {
      sensors = try CellSensors(plan, overrides: overrides, holder: holder)
    } catch {
      throw CommandFailure(
        status: 2,
        message: "bench \(plan.files.bench.name) stays latched: the cell cannot be looked at: "
          + "\(error); take it off the bench and say --cell-removed, or give the ports")
    }
    let envelope = plan.envelopes[0]
    guard let voltage = envelope.band(.voltage), let temperature = envelope.band(.temperature),
      let charge = envelope.band(.chargeTemperature)
    else { throw CommandFailure(status: 2, message: "\(path): no limits") }
    let look = sensors.look(for: watch)
    let limits = CellLook.Limits(
      voltage: voltage, temperature: temperature, chargeTemperature: charge,
      temperatureNoise: plan.files.bench.accuracy.temperature.noise)
    if let refusal = look.refusal(limits) {
      throw CommandFailure(
        status: 2, message: "bench \(plan.files.bench.name) stays latched: \(refusal) (\(look))")
    }
    return look
  }
}
