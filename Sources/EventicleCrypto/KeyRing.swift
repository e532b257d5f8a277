internal import EventicleCore

/// Wrapped keys and their owners as one value, shared by every key store.
///
/// A lookup is O(1); shredding a user is O(keys).
struct KeyRing: Sendable {
  /// One key, or what remains after shredding.
  struct Entry: Sendable, Hashable {
    var id: KeyID
    var user: UserID?
    var subjects: [SubjectID]
    /// The wrapped key; `nil` after shredding.
    var wrapped: [UInt8]?
  }

  private(set) var entries: [Entry]

  /// The fingerprint of the master key that wrapped the entries.
  let fingerprint: String

  private var master: MasterKey
  private var byID: [KeyID: Int] = [:]
  private var bySubject: [SubjectID: Int] = [:]
  private var byUser: [UserID: Int] = [:]

  // Unwrapping costs about as much as sealing, so unwrapped keys are kept until they are shredded.
  private var unwrapped: [KeyID: DataKey] = [:]

  /// A ring of entries wrapped by the master key with a fingerprint.
  ///
  /// When `master` is a different one, the ring can be listed but no key in it can be used.
  ///
  /// - Throws: ``SubjectKeyError/badKey(reason:)`` when a key or a subject occurs twice.
  init(
    _ entries: [Entry] = [], fingerprint: String? = nil, master: MasterKey
  ) throws(SubjectKeyError) {
    self.entries = entries
    self.master = master
    self.fingerprint = fingerprint ?? master.fingerprint
    for (place, entry) in entries.enumerated() {
      guard byID.updateValue(place, forKey: entry.id) == nil else {
        throw .badKey(reason: "key \(entry.id) is there twice")
      }
      for subject in entry.subjects {
        guard bySubject.updateValue(place, forKey: subject) == nil else {
          throw .badKey(reason: "subject \(subject) has two keys")
        }
      }
      if let user = entry.user, byUser[user] == nil { byUser[user] = place }
    }
  }

  /// An empty ring.
  init(emptyFor master: MasterKey) {
    entries = []
    self.master = master
    fingerprint = master.fingerprint
  }

  // MARK: - Looking up

  mutating func key(for subject: SubjectID) throws(SubjectKeyError) -> DataKey? {
    guard let place = bySubject[subject] else { return nil }
    return try key(at: place)
  }

  mutating func key(named id: KeyID) -> KeyFinding {
    guard let place = byID[id] else { return .missing(.unknownKey(id)) }
    if entries[place].wrapped == nil { return .shredded }
    do throws(SubjectKeyError) {
      return .found(try key(at: place))
    } catch {
      return .missing(error)
    }
  }

  private mutating func key(at place: Int) throws(SubjectKeyError) -> DataKey {
    let entry = entries[place]
    if let key = unwrapped[entry.id] { return key }
    try checkMaster()
    guard let wrapped = entry.wrapped, let key = master.unwrap(wrapped, id: entry.id) else {
      throw .damagedKey(entry.id)
    }
    unwrapped[entry.id] = key
    return key
  }

  private func checkMaster() throws(SubjectKeyError) {
    guard fingerprint == master.fingerprint else {
      throw .otherMasterKey(expected: fingerprint, given: master.fingerprint)
    }
  }

  var records: [SubjectKeyRecord] {
    entries.map {
      SubjectKeyRecord(
        id: $0.id, user: $0.user, subjects: $0.subjects, isShredded: $0.wrapped == nil)
    }
  }

  // MARK: - Changing

  mutating func provision(
    _ subject: SubjectID, user: UserID?
  ) throws(SubjectKeyError) -> DataKey {
    try checkMaster()
    if let place = bySubject[subject] {
      if let user {
        if let owner = entries[place].user, owner != user {
          throw .ownedByAnother(subject, owner: owner, wanted: user)
        }
        entries[place].user = user
        if byUser[user] == nil { byUser[user] = place }
      }
      return try key(at: place)
    }
    if let user, let place = byUser[user] {
      let key = try key(at: place)
      entries[place].subjects.append(subject)
      bySubject[subject] = place
      return key
    }
    let key = DataKey.random()
    let place = entries.count
    entries.append(
      Entry(id: key.id, user: user, subjects: [subject], wrapped: try master.wrap(key)))
    byID[key.id] = place
    bySubject[subject] = place
    if let user { byUser[user] = place }
    unwrapped[key.id] = key
    return key
  }

  mutating func shred(_ subject: SubjectID) throws(SubjectKeyError) -> [KeyID] {
    try checkMaster()
    guard let place = bySubject[subject] else { throw .nothingToShred("subject \(subject)") }
    let entry = entries[place]
    guard entry.subjects.count == 1 else {
      throw .sharedKey(
        subject, user: entry.user ?? "(nobody)", subjects: entry.subjects.count)
    }
    shred(at: place)
    if let user = entry.user { byUser[user] = entries.firstIndex { $0.user == user } }
    return [entry.id]
  }

  mutating func shred(user: UserID) throws(SubjectKeyError) -> [KeyID] {
    try checkMaster()
    let places = entries.indices.filter { entries[$0].user == user }
    guard !places.isEmpty else { throw .nothingToShred("user \(user)") }
    for place in places { shred(at: place) }
    byUser[user] = nil
    return places.map { entries[$0].id }
  }

  /// Keeps nothing but the id of a key: its owner is personal data too.
  private mutating func shred(at place: Int) {
    for subject in entries[place].subjects { bySubject[subject] = nil }
    let id = entries[place].id
    unwrapped[id] = nil
    entries[place] = Entry(id: id, user: nil, subjects: [], wrapped: nil)
  }

  /// The same keys wrapped by another master key.
  ///
  /// - Throws: ``SubjectKeyError`` when a key cannot be unwrapped.
  func rewrapped(by new: MasterKey) throws(SubjectKeyError) -> KeyRing {
    var old = self
    try old.checkMaster()
    var changed = entries
    for place in entries.indices where entries[place].wrapped != nil {
      changed[place].wrapped = try new.wrap(try old.key(at: place))
    }
    return try KeyRing(changed, master: new)
  }
}
