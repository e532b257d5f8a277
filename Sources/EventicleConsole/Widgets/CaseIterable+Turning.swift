extension CaseIterable where Self: Equatable {
  /// The case `step` places further on, wrapping around at either end.
  func turned(by step: Int) -> Self {
    let all = Array(Self.allCases)
    let place = all.firstIndex(of: self) ?? 0
    let count = all.count
    return all[((place + step) % count + count) % count]
  }
}
