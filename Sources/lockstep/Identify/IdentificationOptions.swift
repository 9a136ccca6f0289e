import ArgumentParser

/// What `identify` and `identifiability` take alike: cell, model, records and parameters.
struct IdentificationOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Cell, by name or path (BPX).", valueName: "cell"))
  var cell: String

  @Option(help: ArgumentHelp("spm, spme or dfn.", valueName: "model"))
  var model = "spme"

  @Option(
    help: ArgumentHelp(
      "isothermal or lumped; lumped where a record has a surface temperature.", valueName: "thermal"
    ))
  var thermal: String?

  @Option(
    help: ArgumentHelp(
      "coarse, medium, standard or fine; standard, of a dfn coarse.", valueName: "mesh"))
  var mesh: String?

  @Option(help: ArgumentHelp("Record in Battery Data Format; repeatable.", valueName: "file"))
  var data: [String] = []

  @Option(help: ArgumentHelp("Parameters, separated by commas.", valueName: "parameters"))
  var parameters: String

  @Option(
    help: ArgumentHelp(
      "State of charge at every first row, 0..1 or \"50 %\"; of a protocol 1 without it.",
      valueName: "soc"))
  var soc: String?

  @Option(
    help: ArgumentHelp(
      "Ambient temperature, degC; else the record's, else 25.", valueName: "degC"))
  var ambient: Double?

  /// What they mean.
  var setting: IdentificationSetting {
    get throws {
      try IdentificationSetting(
        cell: cell, model: model, thermal: thermal, mesh: mesh, parameters: parameters, soc: soc,
        ambient: ambient)
    }
  }
}
