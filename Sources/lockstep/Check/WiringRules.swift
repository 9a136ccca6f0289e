import Profiles
import Quantities

/// What a bench must have before current may flow, as far as its file can say it.
enum WiringRules {
  /// Refuses a wiring that contradicts itself; of a bench that names real
  /// ports also one that lacks what a real cell wants.
  static func check(_ bench: BenchFile, _ profiles: [InstrumentProfile]) throws(ProfileError) {
    if bench.wiring == .blockingDiode, bench.protection.remoteSense {
      throw refused(
        bench, "remote_sense", "true",
        "a supply behind a blocking diode must not sense at the tabs: its own regulation would fight "
          + "the diode's drop")
    }
    try checkPorts(bench)
    try checkRatings(bench, profiles)
    try bench.checkHold(profiles)
    if bench.instruments.contains(where: { $0.port != .rig }) { try checkReal(bench) }
  }

  /// What a real cell wants: a fuse, two contactors in series, an E-stop in the coil circuit.
  static func checkReal(_ bench: BenchFile) throws(ProfileError) {
    let protection = bench.protection
    guard let fuse = protection.fuse else {
      throw refused(
        bench, "fuse", nil, "missing: a real cell wants a fuse at its tab, as in \"10 A\"")
    }
    if let band = bench.bands[.current], max(band.tripHigh, -band.tripLow) > fuse.value * 1.5 {
      throw refused(
        bench, "fuse", "\"\(fuse)\"",
        "the bench trips at \(max(band.tripHigh, -band.tripLow)) A "
          + "(\(bench.path):\(bench.bandLines[.current] ?? 1)): the fuse would go first")
    }
    guard bench.tripWatch >= Seconds(3600) else {
      throw ProfileError(
        file: bench.path, key: "trip_watch", value: "\"\(bench.tripWatch)\"",
        "60 min at least are wanted for a real cell: it may go on heating long after a trip")
    }
    guard protection.contactorsInSeries >= 2 else {
      throw refused(
        bench, "contactors_in_series", "\(protection.contactorsInSeries)",
        "two in series are wanted for a real cell: one may weld")
    }
    guard protection.emergencyStop else {
      throw refused(
        bench, "emergency_stop", nil, "true is wanted: an E-stop in the contactor's coil circuit")
    }
  }

  /// The bench's fuse must not be larger than what the cell's data sheet wants.
  static func checkFuse(_ bench: BenchFile, _ limits: LimitsFile) throws(ProfileError) {
    guard let fuse = bench.protection.fuse, let most = limits.fuse, fuse > most else { return }
    throw refused(bench, "fuse", "\"\(fuse)\"", "\(limits.path): at most \(most) is allowed")
  }

  private static func checkPorts(_ bench: BenchFile) throws(ProfileError) {
    for (index, instrument) in bench.instruments.enumerated() where instrument.port != .rig {
      guard
        let other = bench.instruments[..<index].first(where: { $0.port == instrument.port })
      else { continue }
      throw ProfileError(
        file: bench.path, line: instrument.line, key: "instrument.\(instrument.name).port",
        "the port of \(other.name) (\(bench.path):\(other.line)): one each is wanted, no profile "
          + "says that its device may share a line")
    }
  }

  private static func checkRatings(
    _ bench: BenchFile, _ profiles: [InstrumentProfile]
  ) throws(ProfileError) {
    let ratings = RunPlan.instrumentLayer(bench, profiles)
    guard let inner = bench.bands[.current], let outer = ratings.bands[.current],
      !inner.nests(in: outer)
    else { return }
    let places = zip(bench.instruments, profiles).filter {
      $0.0.role.drives
    }.map { "\($0.1.file):\(line(of: "current", in: "[rating]", $0.1.bytes))" }
    throw ProfileError(
      file: bench.path, line: bench.bandLines[.current], key: "limit.current",
      value: RunFiles.text(inner),
      "must lie within the ratings of supply and load, \(RunFiles.text(outer)) "
        + "(\(places.joined(separator: ", ")))")
  }

  /// Line of `key` in a section of a TOML file; 1 when it is not found.
  private static func line(of key: String, in section: String, _ bytes: [UInt8]) -> Int {
    var inside = false
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let text = line.drop { $0 == " " || $0 == "\t" }
      if text.hasPrefix("[") { inside = text.hasPrefix(section) }
      if inside, text.hasPrefix(key) { return index + 1 }
    }
    return 1
  }

  private static func refused(
    _ bench: BenchFile, _ key: String, _ value: String?, _ problem: String
  ) -> ProfileError {
    ProfileError(
      file: bench.path, line: bench.protection.lines[key], key: "wiring.\(key)", value: value,
      problem)
  }
}
