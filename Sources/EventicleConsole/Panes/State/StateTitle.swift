import EventicleCore

/// The title of an aggregate: `3 State  Order order-1  onHold  v3  [Now] History`.
enum StateTitle {
  /// The title, shortened to fit: the tabs go first.
  ///
  /// - Parameter isSeen: Whether there is no state, only values that events gave.
  static func text(
    _ key: AggregateKey, version: String, status: String?, _ tab: StateModel.Tab, isSeen: Bool,
    columns: Int
  ) -> DisplayText {
    let what = isSeen ? "Values seen" : "State"
    let tabs = StateModel.Tab.allCases
      .map { $0 == tab ? "[\($0.rawValue)]" : $0.rawValue }.joined(separator: " ")
    let name = "\(key.type) \(key.id)" + (status.map { "  \($0)" } ?? "") + version
    let texts = [
      "3 \(what)  \(name)  \(tabs)", "3 \(what)  \(name)", "3 \(name)", "3 \(key.type) \(key.id)",
    ].map { PaneText.data($0) }
    return texts.first { $0.width <= columns } ?? PaneText.data("3 \(key.id)")
  }
}
