import Assets
import DigitalTwin
import Electrochemistry
import Estimation
import Foundation
import Profiles
import Quantities
import Records

extension ShadowCommand {
  /// Follows the record of an asset and adds the version that it makes.
  func track(
    _ name: String, _ record: BatteryDataTable, hash: String, _ base: EstimatorConfiguration
  ) throws {
    if freezeAt != nil {
      throw CommandFailure(
        status: 2, message: "--freeze-at: not with --asset: a version is made of a whole record")
    }
    let folder = DataOption.folder(under: store)
    let known = try AssetPlace.reading(folder)
    let asset = try TrackedAsset(name, cell: cell, in: known, place: folder)
    if let earlier = try known?.versions(of: name).first(where: {
      $0.provenance.recordHash == hash
    }) {
      throw CommandFailure(
        status: 2, message: "--data \(data): is in version \(earlier.number) of \(name) already")
    }
    let span = try span(record)
    let days = asset.days(until: span?.lowerBound)
    guard days >= 0 else {
      throw CommandFailure(
        status: 2,
        message: "--data \(data): begins \(-days) days before the record of version "
          + "\(asset.parent?.number ?? 0) of \(name) ended: records are taken in their order")
    }
    let cycles = cycles(record, asset.cell)
    let configuration = try asset.configuration(
      base, tracking: try extraParameters(), days: days, cycles: cycles)
    let scale = try asset.belief.map { StateOfChargeScale(asset.cell, $0) } ?? .file
    let shadow = try follow(record, asset.cell, configuration, scale: scale)
    let now = Date().timeIntervalSince1970
    let version = try asset.next(
      shadow.constants, from: (data, hash), span: span, cycles: cycles,
      command: TrackedAsset.commandLine, method: filter, at: now)
    let store = try AssetPlace.writing(folder)
    try store.append(
      version, to: name,
      predictions: predictions(shadow.summary, asset.parent, hash: hash, at: now),
      scores: try scores(of: name, store, record, shadow.stateOfCharge, hash: hash, at: now))
    try store.close()
    try finish(shadow.summary, version: version, of: name)
  }

  private func span(_ record: BatteryDataTable) throws -> ClosedRange<Double>? {
    guard let times = record.unixTime, let first = times.first, let last = times.last else {
      return nil
    }
    guard last >= first else {
      throw CommandFailure(
        status: 2,
        message:
          "--data \(data), column 'unix_time_second': ends at \(last), before its first, \(first)")
    }
    return first...last
  }

  /// Charge moved either way over twice the nominal capacity.
  private func cycles(_ record: BatteryDataTable, _ cell: CellParameters) -> Double {
    var charge = 0.0
    for index in 1..<record.count {
      let mean = 0.5 * (record.current[index - 1] + record.current[index])
      charge += abs(mean) * (record.time[index] - record.time[index - 1]) / 3600
    }
    return charge / (2 * cell.nominalCapacity.value)
  }

  /// What frozen copies of the filter said 10 minutes ahead; made from the version before.
  private func predictions(
    _ summary: ShadowSummary, _ parent: AssetVersion?, hash: String, at now: Double
  ) -> [(prediction: LoggedPrediction, measured: Double)] {
    guard let parent else { return [] }
    return summary.forecasts.map { forecast in
      let prediction = LoggedPrediction(
        version: parent.number, unixTime: now, quantity: "voltage_volt",
        horizon: forecast.to - forecast.from, condition: .record(hash, from: forecast.from),
        mean: forecast.voltage.mean, sd: forecast.voltage.sd)
      return (prediction, forecast.measured)
    }
  }

  /// Scores of what-ifs that this record shows.
  private func scores(
    of name: String, _ store: AssetStore, _ record: BatteryDataTable, _ stateOfCharge: [Double],
    hash: String, at now: Double
  ) throws -> [PredictionScore] {
    try store.predictions(of: name).compactMap { prediction, score in
      guard score == nil,
        case .current(let current, let charge, let sd, let ambient) = prediction.condition,
        let reality = WhatIf(
          current: current, stateOfCharge: charge, stateOfChargeSD: sd, ambient: ambient,
          horizon: prediction.horizon
        ).find(in: record, stateOfCharge: stateOfCharge)
      else { return nil }
      let measured: Double? =
        switch prediction.quantity {
        case "voltage_volt": reality.voltage
        case "temperature_celsius": reality.temperature
        default: nil
        }
      return measured.map {
        PredictionScore(of: prediction, measured: $0, recordHash: hash, unixTime: now)
      }
    }
  }
}
