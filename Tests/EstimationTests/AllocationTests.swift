import CAllocations
import Estimation
import Testing

@Suite("Allocations of the filter")
struct AllocationTests {
  /// Every filter with every model that it carries.
  private static let carriers: [(FilterKind, FilterModel)] =
    FilterKind.allCases.map { ($0, .spme) } + [(.unscented, .dfn)]

  @Test("An assimilation allocates nothing once the filter runs", arguments: carriers)
  func none(kind: FilterKind, model: FilterModel) throws {
    var configuration = EstimatorConfiguration()
    configuration.filter = kind
    configuration.model = model
    var filter = try CellFilter(
      cell: try Cells.chen2020(), configuration: configuration, temperature: 298.15,
      thermometers: 2)
    var count: UInt64 = 0
    var probe = [1.0]
    let alive = lockstep_allocations()
    probe.append(2)
    #expect(lockstep_allocations() > alive, "the counter counts: \(probe.count)")
    for second in 0..<20 {
      let before = lockstep_allocations()
      _ = try filter.assimilate(
        CellInput(current: 1, ambient: 298.15), at: Double(second), voltage: 3.7,
        thermometers: { _ in 298.15 })
      if second > 5 { count += lockstep_allocations() - before }
    }
    #expect(count == 0)
  }
}
