extension LoopBench {
  /// The line of a bench file that names the limits of `writeLimits`.
  static func ownLimits(_ bench: String) -> String {
    bench.replacing("limits = \"lg-m50\"", with: "limits = \"./cell.limits.toml\"")
  }

  /// The limits of a cell that may suffer less than the demo's.
  func writeLimits(voltage: String = "4.2 V", temperature: String = "60 degC") throws {
    _ = try write(
      """
      schema = 1
      chemistry = "NMC811/graphite-SiOx"
      source = "test"
      [voltage]
      operate = ["2.5 V", "\(voltage)"]
      refuse_below = "2.0 V"
      [charge_current]
      "0..60 degC" = "5.9 A"
      [discharge_current]
      "-20..60 degC" = "7.2 A"
      [temperature]
      charge = ["0 degC", "\(temperature)"]
      discharge = ["-20 degC", "\(temperature)"]

      """, to: "cell.limits.toml")
  }
}
