extension JSON {
  /// A fast hash, the same for equal values, continued from `seed`.
  ///
  /// All objects hash alike, whatever their members.
  func quickHash(after seed: UInt64) -> UInt64 {
    switch self {
    case .null: QuickHash.words(seed, 1)
    case .bool(let value): QuickHash.words(seed, value ? 2 : 3)
    case .number(let number): QuickHash.words(seed, (number.value + 0).bitPattern)
    case .string(let text): QuickHash.text(text, after: seed)
    case .array(let values): values.reduce(QuickHash.words(seed, 4)) { $1.quickHash(after: $0) }
    case .object: QuickHash.words(seed, 5)
    }
  }
}
