import EventicleCore

/// Compiles regular expressions.
struct RegularPatternParser {
  private typealias Instruction = RegularPattern.Instruction

  /// Compiles a pattern; throws at the column of a mistake.
  static func parse(
    _ text: SourceText, ignoresCase: Bool
  ) throws(LanguageError) -> RegularPattern {
    var parser = RegularPatternParser(text, ignoresCase: ignoresCase)
    let program = try parser.alternatives(depth: 0)
    guard parser.isAtEnd else { throw parser.failure("has a ) without its (") }
    return RegularPattern(text: text.string, ignoresCase: ignoresCase, program: program)
  }

  private let text: SourceText
  private let ignoresCase: Bool
  private var scalars: [Unicode.Scalar] = []
  /// Where each scalar starts in the text, in bytes, and where the text ends.
  private var places: [Int] = []
  private var index = 0

  private init(_ text: SourceText, ignoresCase: Bool) {
    self.text = text
    self.ignoresCase = ignoresCase
    var place = 0
    for scalar in text.string.unicodeScalars {
      scalars.append(scalar)
      places.append(place)
      place += UTF8.width(scalar)
    }
    places.append(place)
  }

  private var isAtEnd: Bool { index >= scalars.count }

  private var current: Unicode.Scalar? { isAtEnd ? nil : scalars[index] }

  private func failure(_ problem: String, at start: Int? = nil) -> LanguageError {
    let first = places[min(start ?? index, scalars.count)]
    return text.error(
      first..<min(first + 1, text.count),
      "This pattern \(problem). Put a backslash before a sign that is meant as it is.")
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard current == scalar else { return false }
    index += 1
    return true
  }

  // MARK: - Structure

  private mutating func alternatives(depth: Int) throws(LanguageError) -> [Instruction] {
    guard depth < RegularPattern.depthLimit else { throw failure("is nested too deep") }
    var program = try sequence(depth: depth)
    while take("|") {
      let other = try sequence(depth: depth)
      let first = RegularProgram.moved(program, by: 1)
      program =
        [.split(1, first.count + 2)] + first + [.jump(first.count + 2 + other.count)]
        + RegularProgram.moved(other, by: first.count + 2)
      try check(program)
    }
    return program
  }

  private mutating func sequence(depth: Int) throws(LanguageError) -> [Instruction] {
    var program: [Instruction] = []
    while let scalar = current, scalar != "|", scalar != ")" {
      let item = try repeated(atom(depth: depth))
      program += RegularProgram.moved(item, by: program.count)
      try check(program)
    }
    return program
  }

  private func check(_ program: [Instruction]) throws(LanguageError) {
    guard program.count <= RegularPattern.programLimit else {
      throw failure("is larger than \(RegularPattern.programLimit) steps", at: 0)
    }
  }

  private mutating func repeated(_ item: [Instruction]) throws(LanguageError) -> [Instruction] {
    var item = item
    while let scalar = current {
      let bounds: (Int, Int?)
      switch scalar {
      case "*": bounds = (0, nil)
      case "+": bounds = (1, nil)
      case "?": bounds = (0, 1)
      case "{":
        guard let counted = countedBounds() else { return item }
        bounds = counted
      default: return item
      }
      if scalar != "{" { index += 1 }
      _ = take("?")
      let copies = max(bounds.0, bounds.1 ?? 1)
      guard copies * (item.count + 1) <= RegularPattern.programLimit else {
        throw failure("is larger than \(RegularPattern.programLimit) steps", at: index - 1)
      }
      if let maximum = bounds.1, maximum < bounds.0 {
        throw failure("has a repetition that ends before it starts", at: index - 1)
      }
      item = RegularProgram.copies(of: item, bounds.0, bounds.1)
    }
    return item
  }

  /// Reads `{m}`, `{m,}` or `{m,n}`; other braces stand for themselves.
  private mutating func countedBounds() -> (Int, Int?)? {
    let start = index
    index += 1
    func number(_ parser: inout Self) -> Int? {
      var digits = ""
      while let scalar = parser.current, scalar >= "0", scalar <= "9" {
        digits.unicodeScalars.append(scalar)
        parser.index += 1
      }
      return digits.isEmpty ? nil : min(Int(digits) ?? 10_000, 10_000)
    }
    if let minimum = number(&self) {
      if take("}") { return (minimum, minimum) }
      if take(",") {
        let maximum = number(&self)
        if take("}") { return (minimum, maximum) }
      }
    }
    index = start
    return nil
  }

  // MARK: - Atoms

  private mutating func atom(depth: Int) throws(LanguageError) -> [Instruction] {
    guard let scalar = current else { return [] }
    index += 1
    switch scalar {
    case "(":
      let open = index - 1
      if take("?") {
        guard take(":") else { throw failure("uses (? which is not known here", at: open) }
      }
      let program = try alternatives(depth: depth + 1)
      guard take(")") else { throw failure("has a ( without its )", at: open) }
      return program
    case "[": return [try set()]
    case ".": return [.any]
    case "^": return [.start]
    case "$": return [.end]
    case "*", "+", "?": throw failure("repeats nothing with \(scalar)", at: index - 1)
    case "\\": return [try escape()]
    default: return [literal(scalar)]
    }
  }

  private func literal(_ scalar: Unicode.Scalar) -> Instruction {
    .scalar(ignoresCase ? RegularPattern.folded(scalar) : scalar)
  }

  private mutating func escape() throws(LanguageError) -> Instruction {
    guard let scalar = current else { throw failure("ends in a backslash", at: index - 1) }
    index += 1
    switch scalar {
    case "b": return .wordBoundary(isNegated: false)
    case "B": return .wordBoundary(isNegated: true)
    default:
      if let ranges = RegularPatternParser.classes[scalar] {
        return .set(ranges, isNegated: false)
      }
      if let lower = RegularPatternParser.opposites[scalar],
        let ranges = RegularPatternParser.classes[lower]
      {
        return .set(ranges, isNegated: true)
      }
      return literal(try character(escaped: scalar))
    }
  }

  private func character(escaped scalar: Unicode.Scalar) throws(LanguageError) -> Unicode.Scalar {
    switch scalar {
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "a"..."z", "A"..."Z", "0"..."9":
      throw failure("uses \\\(scalar), which is not known here", at: index - 2)
    default: return scalar
    }
  }

  private mutating func set() throws(LanguageError) -> Instruction {
    let open = index - 1
    let isNegated = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while let scalar = current, scalar != "]" || isFirst {
      isFirst = false
      index += 1
      if scalar == "\\", let name = current, let known = RegularPatternParser.classes[name] {
        index += 1
        ranges += known
        continue
      }
      let low = try member(scalar)
      guard current == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else {
        ranges.append(low.value...low.value)
        continue
      }
      index += 2
      let high = try member(scalars[index - 1])
      guard low <= high else { throw failure("has a range that ends before it starts", at: open) }
      ranges.append(low.value...high.value)
    }
    guard take("]") else { throw failure("has a [ without its ]", at: open) }
    return .set(ignoresCase ? RegularPatternParser.folded(ranges) : ranges, isNegated: isNegated)
  }

  private mutating func member(_ scalar: Unicode.Scalar) throws(LanguageError) -> Unicode.Scalar {
    guard scalar == "\\" else { return scalar }
    guard let next = current else { throw failure("ends in a backslash", at: index - 1) }
    index += 1
    return try character(escaped: next)
  }

  /// Adds the lower-case form of the ASCII capitals in a set.
  private static func folded(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    ranges
      + ranges.compactMap { range in
        let low = max(range.lowerBound, 0x41)
        let high = min(range.upperBound, 0x5A)
        return low <= high ? (low + 0x20)...(high + 0x20) : nil
      }
  }

  private static let classes: [Unicode.Scalar: [ClosedRange<UInt32>]] = [
    "d": [0x30...0x39],
    "w": [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A],
    "s": [0x09...0x0D, 0x20...0x20, 0xA0...0xA0],
  ]

  private static let opposites: [Unicode.Scalar: Unicode.Scalar] = ["D": "d", "W": "w", "S": "s"]
}
