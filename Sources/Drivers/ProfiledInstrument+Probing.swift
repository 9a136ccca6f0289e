internal import Instruments
internal import Profiles
internal import Quantities
internal import Transports

extension ProfiledInstrument {
  /// Reads everything that the profile declares. Sends reads only, except where the device answers
  /// none before remote control: then it is skipped, unless `openFirst`, and it carries no current.
  ///
  /// - Parameters:
  ///   - transactions: how many acquisitions are timed.
  ///   - openFirst: run the procedure `open` of a device that answers nothing before it.
  public func probe(transactions: Int = 10, openFirst: Bool = false) -> ProbeReport {
    var report = ProbeReport(name: name, profile: profile)
    if profile.transport.isRemoteToRead {
      guard openFirst, !profile.kind.carriesCurrent else {
        report.skipped =
          profile.kind.carriesCurrent
          ? "it answers nothing before remote control, and it can carry current: not touched"
          : "it answers nothing before it is told to be remote: --remote does that"
        return report
      }
      do throws(InstrumentError) { try open(at: .zero) } catch {
        report.refusals.append(error.description)
        return report
      }
    } else {
      do throws(InstrumentError) { try begin() } catch {
        report.refusals.append(error.description)
        guard error.code == .identity else { return report }
      }
    }
    if let order = line.finding { report.found.append(order) }
    if let identity = profile.identity, report.refusals.isEmpty {
      let value = profile.values[identity.value].name
      report.found.append("identity: \(value) reads \(latest[identity.value].formattedCount)")
    }
    readAll(&report)
    checkUntouched(&report)
    report.timing = timing(transactions)
    return report
  }

  private func readAll(_ report: inout ProbeReport) {
    for index in profile.values.indices where profile.values[index].isReadable {
      let value = profile.values[index]
      do throws(LineError) {
        _ = try readValue(index)
        report.values.append(
          ProbeReport.Value(
            name: value.name, value: latest[index], unit: value.unit, quality: qualities[index]))
      } catch {
        report.values.append(
          ProbeReport.Value(name: value.name, value: .nan, unit: value.unit, quality: .missing))
        report.found.append("\(value.name): \(error.description)")
      }
    }
  }

  // Checks that `open` makes before it writes anything: boot state and the like.
  private func checkUntouched(_ report: inout ProbeReport) {
    for step in profile.open {
      guard case .check = step.action else { return }
      do throws(InstrumentError) { try require([step]) } catch {
        report.refusals.append(error.description)
      }
    }
  }

  // The gap before a request is waited out first, so that it does not count.
  private func timing(_ transactions: Int) -> ProbeReport.Timing? {
    var times: [Double] = []
    for _ in 0..<transactions {
      for batch in batches {
        SettlingClock.pause(seconds: gap)
        let before = SettlingClock.now
        do throws(LineError) { try line.read(batch, into: counts) } catch { continue }
        times.append(SettlingClock.now - before)
      }
    }
    times.sort()
    guard let least = times.first, let most = times.last else { return nil }
    return ProbeReport.Timing(
      count: times.count, least: Seconds(least), median: Seconds(times[times.count / 2]),
      most: Seconds(most))
  }

  private var gap: Double { max(profile.gap(.rtu), profile.timing.gapAfterWrite.value) }
}
