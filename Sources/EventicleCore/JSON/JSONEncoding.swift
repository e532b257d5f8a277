/// Why a value could not become JSON, or JSON no value.
public struct JSONCodingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected, what was found, and where.
  public let reason: String

  /// The same in words.
  public var description: String { reason }

  init(_ path: [any CodingKey], _ reason: String) {
    let place = path.reduce("") { text, key in
      if let index = key.intValue { return "\(text)[\(index)]" }
      return text.isEmpty ? key.stringValue : "\(text).\(key.stringValue)"
    }
    self.reason = place.isEmpty ? "The value \(reason)" : "\(place) \(reason)"
  }
}

extension JSON {
  /// The JSON of a value of the program's own: whole numbers keep every digit, optional members that
  /// are `nil` are left out.
  ///
  /// - Throws: ``JSONCodingError`` for a number that is not finite; what the value's own `encode`
  ///   throws.
  public init(encoding value: some Encodable) throws {
    let node = EncodedNode()
    try node.encode(value, at: [])
    self = node.json
  }
}

extension JSONBytes {
  /// The text of a value of the program's own; see ``JSON/init(encoding:)``.
  public init(encoding value: some Encodable) throws { self.init(try JSON(encoding: value)) }
}

/// One place of what is being encoded; containers are handed about, so that it is a reference.
private final class EncodedNode {
  private enum Content {
    case nothing
    case value(JSON)
    case object([(name: String, node: EncodedNode)])
    case array([EncodedNode])
  }

  private var content = Content.nothing

  var count: Int {
    if case .array(let nodes) = content { nodes.count } else { 0 }
  }

  var json: JSON {
    switch content {
    case .nothing: .emptyObject
    case .value(let value): value
    case .object(let members): .object(JSONObject(members.map { ($0.name, $0.node.json) }))
    case .array(let nodes): .array(nodes.map(\.json))
    }
  }

  func set(_ value: JSON) { content = .value(value) }

  func becomeObject() {
    if case .object = content { return }
    content = .object([])
  }

  func becomeArray() {
    if case .array = content { return }
    content = .array([])
  }

  /// The member of a name, a new one in the place of an older one.
  func member(_ name: String) -> EncodedNode {
    let node = EncodedNode()
    guard case .object(var members) = content else { return node }
    content = .nothing
    if let index = members.firstIndex(where: { isSameText($0.name, name) }) {
      members[index].node = node
    } else {
      members.append((name, node))
    }
    content = .object(members)
    return node
  }

  func element() -> EncodedNode {
    let node = EncodedNode()
    guard case .array(var nodes) = content else { return node }
    content = .nothing
    nodes.append(node)
    content = .array(nodes)
    return node
  }

  func encode<Value: Encodable>(_ value: Value, at path: [any CodingKey]) throws {
    switch value {
    case let json as JSON: set(json)
    case let number as JSONNumber: set(.number(number))
    case let bytes as JSONBytes: set(bytes.value)
    default: try value.encode(to: NodeEncoder(node: self, codingPath: path))
    }
  }

  func set(_ value: some BinaryFloatingPoint & CustomStringConvertible, at path: [any CodingKey])
    throws
  {
    guard value.isFinite else {
      throw JSONCodingError(
        path, "is \(value), but JSON has finite numbers alone; write null or a text instead.")
    }
    let number = ExactNumber(JSONNumber(trusted: value.description))
    set(.number(JSONNumber(trusted: number.text)))
  }

  func set(_ value: some BinaryInteger) { set(.number(JSONNumber(trusted: "\(value)"))) }
}

private struct NodeEncoder: Encoder, SingleValueEncodingContainer {
  let node: EncodedNode
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    node.becomeObject()
    return KeyedEncodingContainer(KeyedNodes<Key>(node: node, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    node.becomeArray()
    return UnkeyedNodes(node: node, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() { node.set(.null) }
  func encode(_ value: Bool) { node.set(.bool(value)) }
  func encode(_ value: String) { node.set(.string(value)) }
  func encode(_ value: Double) throws { try node.set(value, at: codingPath) }
  func encode(_ value: Float) throws { try node.set(value, at: codingPath) }
  func encode(_ value: Int) { node.set(value) }
  func encode(_ value: Int8) { node.set(value) }
  func encode(_ value: Int16) { node.set(value) }
  func encode(_ value: Int32) { node.set(value) }
  func encode(_ value: Int64) { node.set(value) }
  func encode(_ value: UInt) { node.set(value) }
  func encode(_ value: UInt8) { node.set(value) }
  func encode(_ value: UInt16) { node.set(value) }
  func encode(_ value: UInt32) { node.set(value) }
  func encode(_ value: UInt64) { node.set(value) }
  func encode<Value: Encodable>(_ value: Value) throws { try node.encode(value, at: codingPath) }
}

private struct KeyedNodes<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: EncodedNode
  let codingPath: [any CodingKey]

  private func member(_ key: some CodingKey) -> NodeEncoder {
    NodeEncoder(node: node.member(key.stringValue), codingPath: codingPath + [key])
  }

  func encodeNil(forKey key: Key) { member(key).encodeNil() }
  func encode(_ value: Bool, forKey key: Key) { member(key).encode(value) }
  func encode(_ value: String, forKey key: Key) { member(key).encode(value) }
  func encode(_ value: Double, forKey key: Key) throws { try member(key).encode(value) }
  func encode(_ value: Float, forKey key: Key) throws { try member(key).encode(value) }
  func encode(_ value: Int, forKey key: Key) { member(key).encode(value) }
  func encode(_ value: Int8, forKey key: Key) { member(key).encode(value) }
  func encode(_ value: Int16, forKey key: Key) { member(key).encode(value) }
  func encode(_ value: Int32, forKey key: Key) { member(key).encode(value) }
  func encode(_ value: Int64, forKey key: Key) { member(key).encode(value) }
  func encode(_ value: UInt, forKey key: Key) { member(key).encode(value) }
  func encode(_ value: UInt8, forKey key: Key) { member(key).encode(value) }
  func encode(_ value: UInt16, forKey key: Key) { member(key).encode(value) }
  func encode(_ value: UInt32, forKey key: Key) { member(key).encode(value) }
  func encode(_ value: UInt64, forKey key: Key) { member(key).encode(value) }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try member(key).encode(value)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    member(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    member(key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { member(JSONKey("super")) }
  func superEncoder(forKey key: Key) -> any Encoder { member(key) }
}

private struct UnkeyedNodes: UnkeyedEncodingContainer {
  let node: EncodedNode
  let codingPath: [any CodingKey]
  var count: Int { node.count }

  private func element() -> NodeEncoder {
    let key = JSONKey(node.count)
    return NodeEncoder(node: node.element(), codingPath: codingPath + [key])
  }

  func encodeNil() { element().encodeNil() }
  func encode<Value: Encodable>(_ value: Value) throws { try element().encode(value) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    element().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { element().unkeyedContainer() }
  func superEncoder() -> any Encoder { element() }
}

/// The name of a member, or the place of an element.
struct JSONKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(_ name: String) { (stringValue, intValue) = (name, nil) }
  init(_ index: Int) { (stringValue, intValue) = ("\(index)", index) }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { self.init(intValue) }
}
