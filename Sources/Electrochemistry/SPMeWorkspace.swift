import Kernels

/// Scratch memory of an SPMe, so that stepping allocates nothing. One a thread.
public final class SPMeWorkspace {
  let numbers: SPMeScratch<Double>
  let duals: SPMeScratch<Dual8>

  init(_ layout: StateLayout) {
    numbers = SPMeScratch(stateCount: layout.count)
    duals = SPMeScratch(stateCount: layout.count)
  }
}
