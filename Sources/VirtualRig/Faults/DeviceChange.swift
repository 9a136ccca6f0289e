/// What a fault has done to a device, for the device to learn before it answers again.
enum DeviceChange {
  /// Power came back: everything as from the factory.
  case reset(device: Int)
  /// Somebody pressed a key at the panel.
  case lostRemote(device: Int)
}
