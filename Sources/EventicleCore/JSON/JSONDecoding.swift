extension JSON {
  /// A value of the program's own that this JSON says: `try event.data.decode(Order.self)`.
  ///
  /// Numbers are taken exactly or not at all: one that does not fit the type, or has more digits
  /// than the type can keep, is an error. Members that the type does not know are passed over.
  ///
  /// - Throws: ``JSONCodingError`` that names the member, what was expected and what was found; what
  ///   the type's own `init(from:)` throws.
  public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
    do {
      return try NodeDecoder(value: self, codingPath: []).decode(type)
    } catch let error as DecodingError {
      throw JSONCodingError(error)
    }
  }
}

extension JSONBytes {
  /// A value of the program's own; see ``JSON/decode(_:)``.
  public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
    try value.decode(type)
  }
}

extension JSONCodingError {
  /// What the standard library says of a value that a type of the program refused.
  fileprivate init(_ error: DecodingError) {
    switch error {
    case .dataCorrupted(let context), .typeMismatch(_, let context), .keyNotFound(_, let context),
      .valueNotFound(_, let context):
      self.init(context.codingPath, "cannot be read: \(context.debugDescription)")
    @unknown default: self.init([], "cannot be read: \(error)")
    }
  }
}

private struct NodeDecoder: Decoder, SingleValueDecodingContainer {
  let value: JSON
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let object) = value else { throw failure("an object") }
    return KeyedDecodingContainer(KeyedMembers<Key>(object: object, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let values) = value else { throw failure("an array") }
    return Elements(values: values, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { value.isNull }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard case .bool(let bool) = value else { throw failure("true or false") }
    return bool
  }

  func decode(_ type: String.Type) throws -> String {
    guard case .string(let text) = value else { throw failure("a string") }
    return text
  }

  func decode(_ type: Double.Type) throws -> Double { try floating { Double($0) } }
  func decode(_ type: Float.Type) throws -> Float { try floating { Float($0) } }
  func decode(_ type: Int.Type) throws -> Int { try integer() }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
  func decode(_ type: UInt.Type) throws -> UInt { try integer() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if let json = value as? Value { return json }
    if type == JSONNumber.self {
      guard case .number(let number) = value, let number = number as? Value else {
        throw failure("a number")
      }
      return number
    }
    if type == JSONBytes.self, let bytes = JSONBytes(value) as? Value { return bytes }
    return try type.init(from: self)
  }

  private func integer<Value: FixedWidthInteger>() throws -> Value {
    guard case .number(let number) = value else { throw failure("a number") }
    // A whole number may be written 1.0 or 1e3, and an unsigned one be too large for an Int.
    if let fits = Value(number.text) { return fits }
    if let whole = number.integer, let fits = Value(exactly: whole) { return fits }
    throw failure("a whole number from \(Value.min) to \(Value.max)")
  }

  private func floating<Value: BinaryFloatingPoint & LosslessStringConvertible>(
    _ read: (String) -> Value?
  ) throws -> Value {
    guard case .number(let number) = value else { throw failure("a number") }
    guard let found = read(number.text), found.isFinite,
      ExactNumber(JSONNumber(trusted: found.description)) == ExactNumber(number)
    else {
      throw failure("a number that \(Value.self) keeps exactly", "; decode it as a JSONNumber")
    }
    return found
  }

  func failure(_ expected: String, _ note: String = "") -> JSONCodingError {
    let shown = value.isNull ? "null" : "\(value.kindName): \(value.description.prefix(60))"
    return JSONCodingError(codingPath, "must be \(expected), but it is \(shown)\(note).")
  }
}

private struct KeyedMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let object: JSONObject
  let codingPath: [any CodingKey]
  var allKeys: [Key] { object.keys.compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }

  private func member(_ key: some CodingKey) throws -> NodeDecoder {
    guard let value = object[key.stringValue] else {
      throw JSONCodingError(codingPath + [key], "is missing; add it.")
    }
    return NodeDecoder(value: value, codingPath: codingPath + [key])
  }

  func decodeNil(forKey key: Key) throws -> Bool { try member(key).decodeNil() }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try member(key).decode(type) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    try member(key).decode(type)
  }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
    try member(key).decode(type)
  }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try member(key).decode(type) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try member(key).decode(type) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try member(key).decode(type) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try member(key).decode(type) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try member(key).decode(type) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try member(key).decode(type) }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try member(key).decode(type) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try member(key).decode(type) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
    try member(key).decode(type)
  }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
    try member(key).decode(type)
  }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
    try member(key).decode(type)
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try member(key).decode(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try member(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try member(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try member(JSONKey("super")) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }
}

private struct Elements: UnkeyedDecodingContainer {
  let values: [JSON]
  let codingPath: [any CodingKey]
  private(set) var currentIndex = 0

  init(values: [JSON], codingPath: [any CodingKey]) {
    self.values = values
    self.codingPath = codingPath
  }

  var count: Int? { values.count }
  var isAtEnd: Bool { currentIndex >= values.count }

  private func current() throws -> NodeDecoder {
    let path = codingPath + [JSONKey(currentIndex)]
    guard !isAtEnd else {
      throw JSONCodingError(path, "is missing; the array has \(values.count) elements.")
    }
    return NodeDecoder(value: values[currentIndex], codingPath: path)
  }

  /// Reads the current element, and goes on when it could be read.
  private mutating func next<Value>(_ read: (NodeDecoder) throws -> Value) throws -> Value {
    let value = try read(try current())
    currentIndex += 1
    return value
  }

  mutating func decodeNil() throws -> Bool {
    guard try current().decodeNil() else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try next { try $0.decode(type) }
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try next { try $0.container(keyedBy: type) }
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next { try $0.unkeyedContainer() }
  }

  mutating func superDecoder() throws -> any Decoder { try next { $0 } }
}
