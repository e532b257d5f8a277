/// The members of a JSON object, in order.
///
/// Objects of events are small, so that a scan beats a hash table; lookups cost O(members).
public struct JSONObject: Sendable {
  /// One name and its value.
  public struct Member: Sendable, Hashable {
    /// The name; not necessarily unique in its object.
    public var key: String
    /// The value, of any kind.
    public var value: JSON

    /// A member with this name and value.
    public init(key: String, value: JSON) {
      self.key = key
      self.value = value
    }

    /// Whether both have the same name, byte for byte, and equal values.
    public static func == (left: Member, right: Member) -> Bool {
      isSameText(left.key, right.key) && left.value == right.value
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
      hashBytes(of: key, into: &hasher)
      hasher.combine(value)
    }
  }

  /// The members as written; a name may occur twice, and then the last one counts.
  public private(set) var members: [Member]

  /// An object without members.
  public init() { members = [] }

  /// An object of these members, in this order; a name may occur twice.
  public init(_ members: [Member]) { self.members = members }

  /// An object of these names and values, in this order; a name may occur twice.
  public init(_ pairs: [(String, JSON)]) {
    members = pairs.map { Member(key: $0.0, value: $0.1) }
  }

  /// The number of members, repeated names included.
  public var count: Int { members.count }

  /// Whether there are no members.
  public var isEmpty: Bool { members.isEmpty }

  /// The names, in order.
  public var keys: [String] { members.map(\.key) }

  /// The value of a member; assigning `nil` removes the member.
  ///
  /// O(members).
  public subscript(key: String) -> JSON? {
    get { index(of: key).map { members[$0].value } }
    set {
      switch (index(of: key), newValue) {
      case (let index?, let value?): members[index].value = value
      case (nil, let value?): members.append(Member(key: key, value: value))
      case (_?, nil): members.removeAll { isSameText($0.key, key) }
      case (nil, nil): break
      }
    }
  }

  private func index(of key: String) -> Int? {
    members.lastIndex { isSameText($0.key, key) }
  }
}

extension JSONObject: Hashable {
  /// Whether both have equal members, in any order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    if left.members == right.members { return true }
    return left.members.allSatisfy { left[$0.key] == right[$0.key] }
      && right.members.allSatisfy { left[$0.key] != nil }
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    // The order of members must not matter, so the members' hashes are added; of a repeated name
    // only the last member counts.
    var combined: UInt64 = 0
    for (place, member) in members.enumerated() where index(of: member.key) == place {
      var part: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in member.key.utf8 { part = (part ^ UInt64(byte)) &* 0x100_0000_01B3 }
      combined &+= part
    }
    hasher.combine(combined)
  }
}
