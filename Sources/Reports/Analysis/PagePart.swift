/// Something that an analysis page shows: a table, a picture.
public protocol PagePart: Sendable {
  /// Markup. Numbers that stand in `numbers` are read from there.
  func html(_ numbers: PageNumbers) -> String
}
