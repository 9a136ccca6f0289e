import Commissioning
import Quantities
import Testing

@Suite("A cell is acknowledged only when it is seen to be well")
struct CellLookTests {
  private func limits() throws -> CellLook.Limits {
    CellLook.Limits(
      voltage: try #require(LimitBand(operate: (2.5, 4.2), trip: (2.4, 4.25))),
      temperature: try #require(LimitBand(operate: (-20, 60), trip: (-25, 65))),
      chargeTemperature: try #require(LimitBand(operate: (1, 45), trip: (0, 50))),
      temperatureNoise: 0.1)
  }

  /// Eighty looks over 20 s; `warming` in K/min.
  private func look(
    voltage: Double? = 3.7, surface: [Double?] = [25, 25.2], ambient: Double? = 24,
    warming: Double = 0
  ) -> CellLook {
    var look = CellLook()
    for step in 0..<80 {
      let time = Double(step) * 0.25
      look.take(
        at: time, voltage: voltage, surface: surface.map { $0.map { $0 + warming * time / 60 } },
        ambient: ambient)
    }
    return look
  }

  @Test("SAF-006: a cold cell within its limits is acknowledged")
  func well() throws {
    #expect(look().refusal(try limits()) == nil)
    #expect(look(ambient: nil).refusal(try limits()) == nil)
  }

  @Test(
    "SAF-006: while the voltage is out, or cannot be read, it is refused",
    arguments: [nil, 2.44, 4.23, 0.1, -3.7, Double.nan] as [Double?])
  func voltage(_ value: Double?) throws {
    #expect(look(voltage: value).refusal(try limits())?.contains("cell voltage") == true)
  }

  @Test("SAF-006: half way from operate to trip is the edge")
  func edge() throws {
    #expect(look(voltage: 2.4501).refusal(try limits()) == nil)
    #expect(look(voltage: 2.4499).refusal(try limits()) != nil)
  }

  @Test(
    "SAF-013: a hot cell is refused, by its hottest thermometer",
    arguments: [[25, 46], [61, 61], [36, 25]] as [[Double?]])
  func hot(_ surface: [Double?]) throws {
    #expect(look(surface: surface).refusal(try limits())?.contains("the cell is hot") == true)
    // Hot is hot: also in hot air, and where nobody measures the air.
    for ambient in [44, nil] as [Double?] where (surface.compactMap(\.self).max() ?? 0) > 45 {
      let line = look(surface: surface, ambient: ambient).refusal(try limits())
      #expect(line?.contains("at most 45.0 degC is allowed") == true)
    }
  }

  @Test("SAF-013: a cell that warms with nothing on is refused")
  func warming() throws {
    #expect(look(warming: 3).refusal(try limits())?.contains("warms by 3.0 K/min") == true)
    #expect(look(warming: 0.5).refusal(try limits()) == nil)
    #expect(look(warming: -5).refusal(try limits()) == nil)
  }

  @Test("SAF-006: a thermometer that cannot be read is no good news")
  func blind() throws {
    #expect(look(surface: [25, nil]).refusal(try limits())?.contains("thermometer") == true)
    #expect(look(surface: []).refusal(try limits())?.contains("thermometer") == true)
    #expect(CellLook().refusal(try limits()) != nil)
  }
}
