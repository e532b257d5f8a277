extension StoredRows {
  /// Writes the members of an object one after the other.
  struct RowText {
    private var output: [UInt8] = []

    /// The object, compact.
    var bytes: [UInt8] { (output.isEmpty ? [0x7B] : output) + [0x7D] }

    private mutating func name(_ name: String) {
      output.append(output.isEmpty ? 0x7B : 0x2C)
      JSONWriter.append(name, to: &output)
      output.append(0x3A)
    }

    /// Adds a text.
    mutating func add(_ name: String, _ text: String) {
      self.name(name)
      JSONWriter.append(text, to: &output)
    }

    /// Adds a value.
    mutating func add(_ name: String, _ value: JSON) {
      self.name(name)
      JSONWriter.append(value, to: &output)
    }

    /// Adds a value as it is written.
    mutating func add(_ name: String, _ value: JSONBytes) {
      self.name(name)
      output.append(contentsOf: value.utf8)
    }

    /// Adds an array of values as they are written.
    mutating func add(_ name: String, _ values: [JSONBytes]) {
      self.name(name)
      output.append(0x5B)
      for (index, value) in values.enumerated() {
        if index > 0 { output.append(0x2C) }
        output.append(contentsOf: value.utf8)
      }
      output.append(0x5D)
    }

    /// Adds the members of an object.
    mutating func add(_ object: JSONObject) {
      for member in object.members { add(member.key, member.value) }
    }
  }
}

extension JSONBytes {
  /// The elements of an array as they are written; `nil` for any other value.
  ///
  /// - Complexity: O(bytes); the elements are copied, not parsed.
  var elementTexts: [JSONBytes]? {
    withBytes { bytes -> [JSONBytes]? in
      guard var scanner = TrustedScanner(bytes, at: 0) else { return nil }
      scanner.skipSpace()
      guard scanner.current == 0x5B else { return nil }
      scanner.advance()
      scanner.skipSpace()
      var elements: [JSONBytes] = []
      while scanner.current != 0x5D, scanner.current != 0 {
        let range = scanner.skipValue()
        elements.append(JSONBytes(trusted: UnsafeBufferPointer(rebasing: bytes[range])))
        scanner.skipSpace()
        if scanner.current == 0x2C { scanner.advance() }
        scanner.skipSpace()
      }
      return elements
    }
  }
}
