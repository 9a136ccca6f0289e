import CRealtime

/// A binary built for a greater processor than this one says so and stops, instead of dying on its
/// first vector instruction.
enum ProcessorLevel {
  static func check() throws {
    let built = lockstep_processor_level_built()
    let here = lockstep_processor_level_here()
    guard here >= built else {
      throw CommandFailure(
        status: 2,
        message: "this binary is built for x86-64-v\(built), the processor is x86-64-v\(here): "
          + "build again with make LEVEL=x86-64-v\(here)")
    }
  }
}
