import ArgumentParser
import Electrochemistry
import Estimation
import Foundation
import Profiles

/// Whose charge is worked out, from where to where.
struct PrescribeSubject: ParsableArguments {
  @Option(help: ArgumentHelp("Cell, by name or path (BPX).", valueName: "cell"))
  var cell: String?

  @Option(help: ArgumentHelp("Asset, in place of a cell.", valueName: "name"))
  var asset: String?

  @Option(help: ArgumentHelp("State of charge at the start, 0..1 or \"10 %\".", valueName: "soc"))
  var from: String

  @Option(help: ArgumentHelp("State of charge to reach.", valueName: "soc"))
  var to: String

  @Option(
    name: .customLong("soc-sd"),
    help: ArgumentHelp("Standard deviation of the first.", valueName: "sd"))
  var socSD = "1 %"

  @Option(help: ArgumentHelp("spme or dfn.", valueName: "model"))
  var model = "dfn"

  @Option(
    help: ArgumentHelp(
      "Voltage that the model does not explain, sd, as in \"2 mV\"; see shadow.", valueName: "sd"))
  var discrepancy: String?

  @Option(help: ArgumentHelp("Ambient temperature, degC.", valueName: "degC"))
  var ambient = 25.0

  @Option(help: ArgumentHelp("Cell temperature at the start, degC; ambient.", valueName: "degC"))
  var temperature: Double?

  @OptionGroup var place: DataOption

  /// A cell with what is believed of it.
  struct Known {
    var name: String
    /// Of the cell's file; nil: an asset's cell is in its store.
    var path: String?
    var cell: CellParameters
    var estimator: EstimatorConfiguration
    /// On the file's scale, 0..1.
    var target: Double
    /// K.
    var ambient: Double
    /// K.
    var temperature: Double
    /// As the user gave them.
    var words: (from: String, to: String)
  }

  func load() throws -> Known {
    var base = try Misfit.configuration(discrepancy)
    base.filter = .unscented
    guard let carried = FilterModel(rawValue: model) else {
      throw CommandFailure(status: 2, message: "--model \(model): must be spme or dfn")
    }
    base.model = carried
    // The study of simulated cells: what an SPMe leaves out of the potential, and a DFN.
    base.separatorDiscrepancySD = carried == .dfn ? 2e-3 : 9e-3
    let start = try Fraction.parse(from, "--from", 0...1)
    let end = try Fraction.parse(to, "--to", 0...1)
    guard end > start else {
      throw CommandFailure(status: 2, message: "--to \(to): must be above --from \(from)")
    }
    base.stateOfChargeSD = try Fraction.parse(socSD, "--soc-sd", 1e-6...0.5)
    let air = try kelvin(ambient, "--ambient")
    let warm = try temperature.map { try kelvin($0, "--temperature") } ?? air
    var known: Known
    var scale = StateOfChargeScale.file
    switch (cell, asset) {
    case (let cell?, nil):
      let path = try ShippedProfiles.locate(kind: .cell, name: cell)
      known = Known(
        name: cell, path: path, cell: try CellFile.load(path), estimator: base, target: end,
        ambient: air, temperature: warm, words: (from, to))
    case (nil, let name?):
      let asset = try TrackedAsset(
        name, cell: nil, in: try AssetPlace.reading(place.folder), place: place.folder)
      let days = max(0, asset.days(until: Date().timeIntervalSince1970))
      known = Known(
        name: name, cell: asset.cell,
        estimator: try asset.configuration(base, days: days, cycles: 0), target: end,
        ambient: air, temperature: warm, words: (from, to))
      if let belief = try asset.belief { scale = StateOfChargeScale(asset.cell, belief) }
    default:
      throw CommandFailure(status: 2, message: "one of --cell and --asset is wanted")
    }
    known.estimator.stateOfCharge = scale.onFile(start)
    known.estimator.stateOfChargeSD *= scale.full - scale.empty
    known.target = scale.onFile(end)
    return known
  }

  private func kelvin(_ celsius: Double, _ option: String) throws -> Double {
    guard (-60...100).contains(celsius) else {
      throw CommandFailure(status: 2, message: "\(option) \(celsius): must be -60 to 100 degC")
    }
    return celsius + 273.15
  }
}
