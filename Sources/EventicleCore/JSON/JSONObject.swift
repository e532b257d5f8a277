/// The members of a JSON object, in order.
///
/// Objects of events are small, so that a scan beats a hash table; lookups cost O(members).
public struct JSONObject: Sendable {
  /// One name and its value.
  public struct Member: Sendable, Hashable {
    /// Which one it is.
    public var key: String
    /// The value.
    public var value: JSON

    /// One of these parts.
    public init(key: String, value: JSON) {
      self.key = key
      self.value = value
    }

    /// Whether both are the same.
    public static func == (left: Member, right: Member) -> Bool {
      isSameText(left.key, right.key) && left.value == right.value
    }

    /// Feeds what counts for equality to a hasher.
    public func hash(into hasher: inout Hasher) {
      hashBytes(of: key, into: &hasher)
      hasher.combine(value)
    }
  }

  /// The members, as they were written; a name may occur twice, the last one counts.
  public private(set) var members: [Member]

  /// An object without members.
  public init() { members = [] }

  /// An object with these members.
  public init(_ members: [Member]) { self.members = members }

  /// An object with these members.
  public init(_ pairs: [(String, JSON)]) {
    members = pairs.map { Member(key: $0.0, value: $0.1) }
  }

  /// How many members there are.
  public var count: Int { members.count }

  /// Whether there are none.
  public var isEmpty: Bool { members.isEmpty }

  /// The names, in order.
  public var keys: [String] { members.map(\.key) }

  /// The value of a member; assigning `nil` removes it.
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
  /// Whether both have the same members, in whatever order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    if left.members == right.members { return true }
    return left.members.allSatisfy { left[$0.key] == right[$0.key] }
      && right.members.allSatisfy { left[$0.key] != nil }
  }

  /// Feeds what counts for equality to a hasher.
  public func hash(into hasher: inout Hasher) {
    // Members may stand in any order, so that their parts are added up; of a name that is
    // written twice only the last one counts.
    var combined: UInt64 = 0
    for (place, member) in members.enumerated() where index(of: member.key) == place {
      var part: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in member.key.utf8 { part = (part ^ UInt64(byte)) &* 0x100_0000_01B3 }
      combined &+= part
    }
    hasher.combine(combined)
  }
}
