import Foundation
import Profiles
import Quantities
import Safety

extension RunPlan {
  /// What the safety rules could not see is refused.
  func refuseUnjudgeable() throws {
    let bench = files.bench
    let gentle = monitorRules.precharge.current
    guard gentle.value >= 2 * bench.zeroCurrent.value else {
      throw ProfileError(
        file: bench.path, key: "zero_current", value: "\(bench.zeroCurrent)",
        "half of the precharge current, \(gentle), at most: below it precharge could not be timed")
    }
    let most = bench.control * 30
    guard plausibility.settling <= most else {
      throw ProfileError(
        file: bench.path, key: "plausibility.settling", value: "\(plausibility.settling)",
        "30 control periods, \(most), at most")
    }
    try refuseNoise()
    try refuseMargin()
  }

  /// A thermometer whose noise hides the rise that tells a runaway (S12).
  private func refuseNoise() throws {
    let bench = files.bench
    // Six standard deviations of a minute's slope, as the monitor takes it.
    let count = (60 / bench.scan.value).rounded(.down) + 1
    let squares = bench.scan.value * bench.scan.value * count * (count * count - 1) / 12
    let most = monitorRules.runaway.heating.value * squares.squareRoot() / 6
    guard bench.accuracy.temperature.noise <= most else {
      throw ProfileError(
        file: bench.path, key: "accuracy.temperature.noise",
        value: "\(bench.accuracy.temperature.noise) K",
        "\(most) K at most at a scan of \(bench.scan): above it no runaway could be told from noise"
      )
    }
  }

  /// Ammeters' errors that would cover half of what a table allows (S10).
  private func refuseMargin() throws {
    let rows = files.limits.layer.chargeCurrent + files.limits.layer.dischargeCurrent
    let margin = Self.currentTripMargin(files.bench)
    guard let least = rows.map(\.current).filter({ $0 > .zero }).min(), margin * 2 > least else {
      return
    }
    throw ProfileError(
      file: files.bench.path, key: "plausibility.current_tolerance", value: "\(margin)",
      "with the shunt's noise half of the least current by temperature, \(least) "
        + "(\(files.limits.path)), at most")
  }

  func refuseSilentAlarm() throws {
    let bench = files.bench
    guard let alarm = bench.instruments.firstIndex(where: { $0.name == bench.protection.alarm }),
      profiles[alarm].commands[.soundAlarm] == nil
    else { return }
    throw ProfileError(
      file: bench.path, line: bench.protection.lines["alarm"], key: "wiring.alarm",
      value: "\"\(bench.instruments[alarm].name)\"",
      "\(profiles[alarm].file) binds no sound_alarm")
  }
}
