extension JSONBytes {
  /// The byte ranges of the values at a path, from left to right.
  ///
  /// There are several when an object repeats a name; the last one counts. O(bytes), without
  /// building a tree.
  ///
  /// - Throws: ``JSONError`` when the text is nested deeper than ``Limits/jsonDepth``.
  package func ranges(of path: JSONPath) throws(JSONError) -> [Range<Int>] {
    let result = withBytes { buffer in
      Result<[Range<Int>], JSONError> { () throws(JSONError) in
        var finder = JSONPlaceFinder(scanner: JSONScanner(buffer), steps: path.steps)
        try finder.visit(depth: 0)
        return finder.found
      }
    }
    return try result.get()
  }

  /// The text with some ranges replaced by other JSON values; every byte between them is kept.
  ///
  /// A range that lies within another goes with it.
  ///
  /// - Throws: ``JSONError`` when the outcome is not JSON.
  package func replacing(
    _ parts: [(range: Range<Int>, value: [UInt8])]
  ) throws(JSONError) -> JSONBytes {
    var output: [UInt8] = []
    output.reserveCapacity(parts.reduce(utf8.count) { $0 + $1.value.count })
    var end = 0
    let ordered = parts.sorted {
      ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound)
    }
    for part in ordered where part.range.lowerBound >= end {
      output += utf8[end..<part.range.lowerBound]
      output += part.value
      end = part.range.upperBound
    }
    output += utf8[end...]
    return try JSONBytes(scanning: output)
  }

  /// Checks text without building a tree and keeps it unchanged.
  ///
  /// - Throws: ``JSONError`` when the text is not exactly one JSON value.
  package init(scanning utf8: [UInt8]) throws(JSONError) {
    let result = utf8.withUnsafeBufferPointer { buffer in
      Result<Void, JSONError> { () throws(JSONError) in
        var scanner = JSONScanner(buffer)
        _ = try scanner.skipValue()
        scanner.skipSpace()
        guard scanner.isAtEnd else { throw scanner.failure("expected nothing more") }
      }
    }
    try result.get()
    self.init(trusted: utf8)
  }
}

/// Walks JSON text and records where the values at one path lie.
private struct JSONPlaceFinder {
  var scanner: JSONScanner
  let steps: [JSONPath.Step]
  var found: [Range<Int>] = []

  /// Walks over one value; `depth` steps of the path lead to it.
  mutating func visit(depth: Int) throws(JSONError) {
    scanner.skipSpace()
    guard depth < steps.count else {
      found.append(try scanner.skipValue(depth: depth))
      return
    }
    switch (scanner.current, steps[depth]) {
    case (0x7B, .member(let name)): try visitMembers(named: name, depth: depth)
    case (0x5B, .element(let index)): try visitElement(index, depth: depth)
    default: _ = try scanner.skipValue(depth: depth)
    }
  }

  private mutating func visitMembers(named name: String, depth: Int) throws(JSONError) {
    scanner.advance()
    scanner.skipSpace()
    if scanner.current == 0x7D { return scanner.advance() }
    while true {
      scanner.skipSpace()
      guard scanner.current == 0x22 else {
        throw scanner.failure("expected a member name in double quotes")
      }
      let (content, isPlain) = try scanner.skipString()
      scanner.skipSpace()
      try scanner.expect(0x3A, "':' after the member name")
      if isNamed(name, content, isPlain) {
        try visit(depth: depth + 1)
      } else {
        _ = try scanner.skipValue(depth: depth + 1)
      }
      scanner.skipSpace()
      guard scanner.current == 0x2C else { return try scanner.expect(0x7D, "',' or '}'") }
      scanner.advance()
    }
  }

  private mutating func visitElement(_ index: Int, depth: Int) throws(JSONError) {
    scanner.advance()
    scanner.skipSpace()
    if scanner.current == 0x5D { return scanner.advance() }
    var place = 0
    while true {
      if place == index {
        try visit(depth: depth + 1)
      } else {
        _ = try scanner.skipValue(depth: depth + 1)
      }
      place += 1
      scanner.skipSpace()
      guard scanner.current == 0x2C else { return try scanner.expect(0x5D, "',' or ']'") }
      scanner.advance()
    }
  }

  private func isNamed(_ name: String, _ content: Range<Int>, _ isPlain: Bool) -> Bool {
    isPlain
      ? scanner.bytes[content].elementsEqual(name.utf8)
      : isSameText(JSONParser.unescape(scanner.bytes, content), name)
  }
}
