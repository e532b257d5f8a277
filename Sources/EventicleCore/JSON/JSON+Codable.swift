extension JSON: Codable {
  /// Reads any value from a decoder; its numbers are exact where the decoder is the one of
  /// ``decode(_:)``.
  public init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: JSONKey.self) {
      self = .object(
        JSONObject(
          try container.allKeys.map {
            ($0.stringValue, try container.decode(JSON.self, forKey: $0))
          }))
      return
    }
    if var container = try? decoder.unkeyedContainer() {
      var values: [JSON] = []
      while !container.isAtEnd { values.append(try container.decode(JSON.self)) }
      self = .array(values)
      return
    }
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let text = try? container.decode(String.self) {
      self = .string(text)
    } else {
      self = .number(try JSONNumber(from: decoder))
    }
  }

  /// Writes the value to an encoder; one of ``init(encoding:)`` keeps the text of its numbers.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .object(let object):
      var container = encoder.container(keyedBy: JSONKey.self)
      for member in object.members {
        try container.encode(member.value, forKey: JSONKey(member.key))
      }
    case .array(let values):
      var container = encoder.unkeyedContainer()
      for value in values { try container.encode(value) }
    case .number(let number): try number.encode(to: encoder)
    case .null, .bool, .string:
      var container = encoder.singleValueContainer()
      if let text = string {
        try container.encode(text)
      } else if let bool {
        try container.encode(bool)
      } else {
        try container.encodeNil()
      }
    }
  }
}

extension JSONNumber: Codable {
  /// Reads a number from a decoder; exact where the decoder is the one of ``JSON/decode(_:)``.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let whole = try? container.decode(Int.self) {
      self.init(whole)
      return
    }
    let value = try container.decode(Double.self)
    guard let number = JSONNumber(value) else {
      throw JSONCodingError(decoder.codingPath, "is \(value), but JSON has finite numbers alone.")
    }
    self = number
  }

  /// Writes the number to an encoder; one of ``JSON/init(encoding:)`` keeps its text.
  ///
  /// - Throws: ``JSONCodingError`` for a number that neither an `Int` nor a `Double` keeps exactly,
  ///   where the encoder is another one.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let integer { return try container.encode(integer) }
    guard let near = JSONNumber(value), near == self else {
      throw JSONCodingError(
        encoder.codingPath, "is \(text), which neither an Int nor a Double keeps exactly.")
    }
    try container.encode(value)
  }
}

extension JSONBytes: Codable {
  /// Reads any value from a decoder; see ``JSON/init(from:)``.
  public init(from decoder: any Decoder) throws { self.init(try JSON(from: decoder)) }

  /// Writes the value to an encoder; see ``JSON/encode(to:)``.
  public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
