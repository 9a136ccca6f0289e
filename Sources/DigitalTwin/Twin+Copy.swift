extension Twin {
  /// A twin that believes the same and goes on alone; to be used from the same thread as this one.
  package func copy() -> Twin {
    let copy = Twin(cell: cell, configuration: configuration)
    copy.filter = filter
    copy.innovations = innovations
    copy.lastAssimilation = lastAssimilation
    copy.lastInput = lastInput
    copy.timeLeftKnown = timeLeftKnown
    return copy
  }
}
