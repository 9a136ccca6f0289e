import Commissioning
import Electrochemistry
import Guard
import Journal
import Profiles
import Quantities
import Records
import Safety

extension RunPlan {
  /// Digests of what a commissioning is of: bench, limits, cell and the instruments' profiles.
  var hashes: BenchHashes {
    var files: [String: String] = [:]
    for input in inputs where ["bench", "limits", "cell"].contains(input.role) {
      files[input.role] = SHA256.hexDigest(input.content)
    }
    for (instrument, profile) in zip(self.files.bench.instruments, profiles) {
      files["instrument \(instrument.name)"] = SHA256.hexDigest(profile.bytes)
    }
    return BenchHashes(files)
  }

  /// The bench's commissioning and proof.
  func records() throws -> BenchRecords {
    BenchRecords(
      bench: files.bench.name, folder: try StateFolder.path() + "/commissioned")
  }

  /// Real ports are open only to a bench that was commissioned and proven as it stands.
  func refuseUnlessProven(_ places: BenchPorts) throws {
    guard !places.isRig else { return }
    try WiringRules.checkReal(files.bench)
    if let refusal = try records().refusal(hashes: hashes, ports: places.byInstrument) {
      throw CommandFailure(status: 2, message: refusal)
    }
  }

  /// The set-up commands' current: C/50, and enough for the shunt to tell it from none.
  var testCurrent: Amperes {
    Amperes(max(cell.nominalCapacity.value / 50, 4 * files.bench.zeroCurrent.value))
  }

  /// How far two readings of the test current may be apart: three standard deviations of what the
  /// bench's owner knows of the shunt, or 30 % for the devices' own coarse meters.
  var testTolerance: Amperes {
    let sensor = files.bench.accuracy.current
    let known =
      3 * (sensor.noise + sensor.offset + sensor.scale * testCurrent.value) + sensor.resolution
    return Amperes(max(known, 0.3 * testCurrent.value))
  }

  /// Period of the set-up commands' scans: a tenth of the contactor's hold, so that it is re-armed and
  /// watched often, and not below a quarter of a second.
  var testScan: Seconds {
    let hold = files.bench.instruments.compactMap(\.hold).min() ?? files.bench.scan * 2.5
    return max(Seconds(0.25), min(files.bench.scan, hold * 0.1))
  }

  /// What the wiring test is held to.
  func wiringTerms(emergencyStop: Seconds?) throws -> WiringTerms {
    guard let window = envelopes[0].band(.voltage), window.tripLow < window.tripHigh else {
      throw CommandFailure(status: 2, message: "\(files.bench.path): no voltage limit")
    }
    let sensor = files.bench.accuracy.voltage
    return WiringTerms(
      current: testCurrent, zeroCurrent: files.bench.zeroCurrent,
      window: Volts(window.tripLow)...Volts(window.tripHigh), leadDrop: plausibility.leadDrop,
      voltageNoise: Volts(sensor.noise),
      // The supply's and the load's own volt meters are known to about 50 mV.
      voltageTolerance: Volts(3 * (sensor.noise + sensor.offset) + sensor.resolution + 0.05),
      currentTolerance: testTolerance, emergencyStop: emergencyStop)
  }
}

extension RunPlan {
  /// What every run's journal keeps of the bench's proof: the time to no current that was measured.
  func standing(unixTime: Double) -> Event? {
    guard let records = try? records() else { return nil }
    func event(_ severity: Event.Severity, _ id: String, _ message: String) -> Event {
      Event(time: .zero, unixTime: unixTime, severity: severity, id: id, message: message)
    }
    guard let proof = records.proof, proof.hashes == hashes, let longest = proof.longest else {
      return event(.info, "bench.unproven", "no proof of this bench with these files")
    }
    return event(
      .info, "bench.proven",
      "no current within \(longest) s in \(proof.blows.count) blows, computed at most "
        + "\(proof.bound) s; proven by \(proof.by) at \(proof.time) for \(proof.scope.rawValue) ports"
    )
  }
}
