import Assets

/// Made-up versions and predictions.
enum Sample {
  static func version(_ number: Int, record: String? = nil) -> AssetVersion {
    AssetVersion(
      parent: number == 1 ? nil : number - 1, unixTime: 1000 + Double(number),
      provenance: Provenance(
        cellFile: "chen2020", cellHash: "cell", record: "test\(number).bdf.csv",
        recordHash: record ?? "record\(number)", recordSpan: number == 1 ? nil : 10...20.5,
        cycles: 1.1, command: "lockstep shadow", filter: "ekf", program: "0.1.0"),
      parameters: [
        AssetVersion.Parameter(name: "lithium_inventory", unit: "log factor", mean: -0.1 / 3),
        AssetVersion.Parameter(name: "cell.contact_resistance", unit: "Ohm", mean: 2e-3),
      ], covariance: [4, 1, 1, 9],
      health: [AssetVersion.Figure(name: "capacity_ah", mean: 4.9, sd: 0.01)])
  }

  static func prediction(of version: Int) -> LoggedPrediction {
    LoggedPrediction(
      version: version, unixTime: 7, quantity: "voltage_volt", horizon: 600,
      condition: .record("record\(version + 1)", from: 1200), mean: 3.7, sd: 0.01)
  }

  static func whatIf(of version: Int) -> LoggedPrediction {
    LoggedPrediction(
      version: version, unixTime: 8, quantity: "voltage_volt", horizon: 300,
      condition: .current(-2.5, stateOfCharge: 0.5, stateOfChargeSD: 0.01, ambient: 25),
      mean: 3.6, sd: 0.02)
  }
}
