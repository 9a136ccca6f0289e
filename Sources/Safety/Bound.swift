import Quantities

/// One tightest limit and who set it.
struct Bound: Sendable, Hashable {
  var value: Double
  var origin: LimitLayer.Origin
}

/// The tightest operate and trip values of one kind.
struct Bounds: Sendable, Hashable {
  var operateLow: Bound
  var operateHigh: Bound
  var tripLow: Bound
  var tripHigh: Bound
  /// For how long they may be passed; zero for hard kinds.
  var delay: Seconds

  init(_ band: LimitBand, from origin: LimitLayer.Origin, delay: Seconds) {
    self.delay = delay
    operateLow = Bound(value: band.operateLow, origin: origin)
    operateHigh = Bound(value: band.operateHigh, origin: origin)
    tripLow = Bound(value: band.tripLow, origin: origin)
    tripHigh = Bound(value: band.tripHigh, origin: origin)
  }

  var band: (operateLow: Double, operateHigh: Double, tripLow: Double, tripHigh: Double) {
    (operateLow.value, operateHigh.value, tripLow.value, tripHigh.value)
  }

  /// Takes over every bound of `band` that is tighter, and the shorter delay.
  mutating func tighten(
    with band: LimitBand, from origin: LimitLayer.Origin, delay: Seconds
  ) {
    self.delay = min(self.delay, delay)
    if band.operateLow > operateLow.value {
      operateLow = Bound(value: band.operateLow, origin: origin)
    }
    if band.operateHigh < operateHigh.value {
      operateHigh = Bound(value: band.operateHigh, origin: origin)
    }
    if band.tripLow > tripLow.value { tripLow = Bound(value: band.tripLow, origin: origin) }
    if band.tripHigh < tripHigh.value { tripHigh = Bound(value: band.tripHigh, origin: origin) }
  }
}
