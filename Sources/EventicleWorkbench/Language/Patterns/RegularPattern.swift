import EventicleCore

/// A regular expression that always matches in time proportional to pattern × text.
///
/// Swift's `Regex` backtracks, which can take exponential time, and cannot be shared between
/// threads. This one follows all alternatives at once, so that no pattern a person types can block
/// the console. It supports literals, `.`, `[a-z]`, `\d \w \s \b` and their opposites, `^ $`,
/// groups, `|` and `* + ? {m,n}`, but no back-references or look-around.
package struct RegularPattern: Hashable, Sendable {
  /// The pattern between the slashes, as it was written.
  package let text: String
  /// Whether case is ignored; written `/…/i`.
  package let ignoresCase: Bool
  private let program: [Instruction]

  /// The most instructions that a compiled pattern may have.
  static let programLimit = 1_000
  /// How much of a text is examined, in Unicode scalars.
  static let textLimit = 16_384
  /// The deepest nesting of groups.
  static let depthLimit = 32

  /// One instruction of the compiled form.
  enum Instruction: Hashable, Sendable {
    case scalar(Unicode.Scalar)
    case any
    case set([ClosedRange<UInt32>], isNegated: Bool)
    case split(Int, Int)
    case jump(Int)
    case start
    case end
    case wordBoundary(isNegated: Bool)
  }

  init(text: String, ignoresCase: Bool, program: [Instruction]) {
    self.text = text
    self.ignoresCase = ignoresCase
    self.program = program
  }

  package static func == (left: RegularPattern, right: RegularPattern) -> Bool {
    isSameText(left.text, right.text) && left.ignoresCase == right.ignoresCase
  }

  package func hash(into hasher: inout Hasher) {
    hashBytes(of: text, into: &hasher)
    hasher.combine(ignoresCase)
  }

  /// Whether the pattern occurs in a text; only its first 16,384 scalars are examined.
  package func isFound(in text: some StringProtocol) -> Bool {
    var scalars = Array(text.unicodeScalars.prefix(RegularPattern.textLimit))
    if ignoresCase { scalars = scalars.map(RegularPattern.folded) }
    var threads = ThreadList(program.count + 1)
    var next = ThreadList(program.count + 1)
    for place in 0...scalars.count {
      add(0, to: &threads, at: place, of: scalars)
      if threads.contains(program.count) { return true }
      guard place < scalars.count else { return false }
      next.removeAll()
      for thread in threads.members where accepts(program[thread], scalars[place]) {
        add(thread + 1, to: &next, at: place + 1, of: scalars)
      }
      swap(&threads, &next)
    }
    return false
  }

  /// A scalar in lower case, if that is a single scalar.
  static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let lower = scalar.properties.lowercaseMapping.unicodeScalars
    return lower.count == 1 ? lower.first ?? scalar : scalar
  }

  private func accepts(_ instruction: Instruction, _ scalar: Unicode.Scalar) -> Bool {
    switch instruction {
    case .scalar(let wanted): wanted == scalar
    case .any: scalar != "\n"
    case .set(let ranges, let isNegated):
      ranges.contains { $0.contains(scalar.value) } != isNegated
    default: false
    }
  }

  /// Adds a thread and everything it reaches without consuming a scalar.
  private func add(
    _ first: Int, to threads: inout ThreadList, at place: Int, of scalars: [Unicode.Scalar]
  ) {
    var pending = [first]
    while let thread = pending.popLast() {
      guard threads.insert(thread), thread < program.count else { continue }
      switch program[thread] {
      case .jump(let target): pending.append(target)
      case .split(let one, let other): pending += [other, one]
      case .start: if place == 0 { pending.append(thread + 1) }
      case .end: if place == scalars.count { pending.append(thread + 1) }
      case .wordBoundary(let isNegated):
        let before = place > 0 && RegularPattern.isWord(scalars[place - 1])
        let after = place < scalars.count && RegularPattern.isWord(scalars[place])
        if (before != after) != isNegated { pending.append(thread + 1) }
      default: break
      }
    }
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    guard let byte = UInt8(exactly: scalar.value) else { return false }
    return byte == 0x5F || Byte.isLetter(byte) || Byte.isDigit(byte)
  }
}

/// The threads that are alive at one place of the text.
private struct ThreadList {
  private(set) var members: [Int] = []
  private var isMember: [Bool]

  init(_ count: Int) { isMember = Array(repeating: false, count: count) }

  func contains(_ thread: Int) -> Bool { isMember[thread] }

  mutating func insert(_ thread: Int) -> Bool {
    guard !isMember[thread] else { return false }
    isMember[thread] = true
    members.append(thread)
    return true
  }

  mutating func removeAll() {
    for member in members { isMember[member] = false }
    members.removeAll(keepingCapacity: true)
  }
}
