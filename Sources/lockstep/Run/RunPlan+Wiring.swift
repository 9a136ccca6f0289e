import Bench
import Instruments
import Profiles
import Quantities

extension RunPlan {
  /// Who is who on the bench, by index.
  func wiring() throws -> BenchWiring {
    let bench = files.bench
    guard let source = index(.source) ?? index(.bidirectional),
      let load = index(.load) ?? index(.bidirectional), let contactor = index(.contactor)
    else {
      throw ProfileError(
        file: bench.path, key: "wiring.kind", "a source, a load and a contactor are wanted")
    }
    return BenchWiring(
      ports: bench.instruments.indices.map {
        BenchWiring.Port(name: bench.instruments[$0].name, instruments: [$0])
      },
      source: try terminal(source), load: try terminal(load), contactor: contactor,
      hold: bench.instruments[contactor].hold ?? bench.scan * 2.5,
      contactorState: profiles[contactor].channelIndex(named: "closed").map {
        Channel(instrument: contactor, value: $0)
      },
      pace: index(.pace), chamber: index(.chamber),
      cellVoltage: try channel(bench.readings.cellVoltage),
      current: try channel(bench.readings.current),
      surface: try bench.readings.surfaceTemperature.map(channel),
      ambient: try bench.readings.ambientTemperature.map(channel),
      interlocks: try bench.readings.interlocks.map(channel),
      sourceCeiling: sourceCeiling,
      alarm: bench.instruments.firstIndex { $0.name == bench.protection.alarm })
  }

  private func index(_ role: BenchInstrument.Role) -> Int? {
    files.bench.instruments.firstIndex { $0.role == role }
  }

  private func channel(_ reference: ReadingReference) throws -> Channel {
    let bench = files.bench
    guard let index = bench.instruments.firstIndex(where: { $0.name == reference.instrument }),
      let value = profiles[index].channelIndex(named: reference.value)
    else {
      throw ProfileError(
        file: bench.path, line: reference.line, key: "reading", value: "\"\(reference)\"",
        "no such value: \(values(of: reference.instrument)) are there")
    }
    return Channel(instrument: index, value: value)
  }

  private func values(of instrument: String) -> String {
    guard let index = files.bench.instruments.firstIndex(where: { $0.name == instrument })
    else { return "none" }
    return profiles[index].channels.map(\.name).joined(separator: ", ")
  }

  private func terminal(_ index: Int) throws -> BenchWiring.Terminal {
    let profile = profiles[index]
    func named(_ name: String) -> Channel? {
      profile.channelIndex(named: name).map { Channel(instrument: index, value: $0) }
    }
    guard let isOn = named("is_on") else {
      throw ProfileError(
        file: profile.file, key: "channel.is_on", "a source or load that tells whether it is on")
    }
    return BenchWiring.Terminal(
      instrument: index, voltage: named("voltage"), current: named("current"), isOn: isOn,
      protection: named("protection_tripped").map { [$0] } ?? [])
  }
}
