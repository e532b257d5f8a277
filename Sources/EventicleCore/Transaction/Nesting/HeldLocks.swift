/// The locks that one transaction holds until it ends.
struct HeldLocks {
  /// The locks that the transaction took itself.
  private(set) var own: Set<String> = []
  /// The locks of the transactions that wait around it.
  private let around: Set<String>

  init(around: HeldLocks? = nil) {
    self.around = around.map { $0.own.union($0.around) } ?? []
  }

  var isEmpty: Bool { own.isEmpty && around.isEmpty }

  func isTakenAround(_ id: String) -> Bool { around.contains(id) }

  mutating func take(_ id: String) { own.insert(id) }
}
