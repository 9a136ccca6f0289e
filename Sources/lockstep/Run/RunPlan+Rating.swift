import Profiles
import Quantities

extension RunPlan {
  /// What the supply and the load can do at most, by their data sheets: a bench that asks for more is
  /// refused. The trip leaves room for the set-point's error, 10 % as in the bench's own.
  static func instrumentLayer(
    _ bench: BenchFile, _ profiles: [InstrumentProfile]
  ) -> LimitLayer {
    func rating(_ role: BenchInstrument.Role) -> Double {
      let index = bench.instruments.firstIndex { $0.role == role }
      return index.flatMap { profiles[$0].rating.current?.value } ?? 1e6
    }
    let charge = rating(.source), discharge = rating(.load)
    let band = LimitBand(
      operate: (-discharge, charge), trip: (-1.1 * discharge, 1.1 * charge))
    return LimitLayer(
      origin: .instrument, source: "ratings of supply and load",
      bands: band.map { [.current: $0] } ?? [:])
  }
}
