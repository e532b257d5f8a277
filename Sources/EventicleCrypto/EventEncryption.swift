public import EventicleCore

/// Protects members of events by a key for each subject, so that a subject can be forgotten.
///
/// An event log is never rewritten, so a person's data cannot be deleted from it. It can be made
/// unreadable: each protected member is stored as a cipher text under the key of whom it is about,
/// and destroying that one key (**crypto-shredding**) forgets the person in every event, file and
/// copy there is.
///
/// ```swift
/// let master = try MasterKey(parsing: secret)
/// let keys = try FileSubjectKeys.create(path: "shop.keys", master: master)  // once
/// let protection = EventEncryption(["user.created": ["name", "email"]], keys: keys)
/// let stored = try protection.seal(event)   // "email":{"$sealed":"v1",…}
/// protection.open(stored) == event          // true
/// try keys.shred(user: "alice")
/// protection.open(stored)                   // "email":{"$shredded":"v1","subject":"alice"}
/// ```
///
/// ## What is protected
///
/// ``ProtectedFields`` names members by event type. Any JSON value can be protected; its text comes
/// back byte for byte, and so does everything around it. The type of an event, its ids, its times
/// and the names of members stay readable: they should hold nothing personal. An array is
/// protected as a whole. Where a name is written twice, every value under it is protected. Events
/// of other types are not even looked at.
///
/// ## How
///
/// A random data key of 256 bits belongs to a subject, or to a user with many subjects
/// (``SubjectKeys/provision(_:user:)``). A master key wraps the data keys, so that a stolen key
/// file alone opens nothing. A value is sealed with AES-256-GCM and bound to the event's id and
/// type, its path, its subject and its key: a box that is moved elsewhere does not open. Nonces are
/// derived from what is sealed, so that the same event gives the same bytes again.
///
/// ## What a reader meets
///
/// The value in clear; or ``ProtectionMark/shredded(subject:)`` when its key was destroyed; or
/// ``ProtectionMark/unreadable(subject:reason:)`` when the box was changed, the master key is
/// another one, or the key is not here. Nothing traps and nothing is made up. A member in clear is
/// taken as it is, because it was stored before its type was protected.
///
/// ## What it cannot do
///
/// Data that was copied out in clear, into records, other events or logs, is not reached. A box
/// tells how long its value is. A copy of the key file made before shredding holds the key still;
/// after shredding, wrap the keys by a new master key and destroy the old one, and old copies are
/// worth nothing.
public struct EventEncryption: EventProtection {
  /// What happens to an event whose subject has no key.
  public enum UnknownSubject: Sendable, Hashable {
    /// The subject gets a key; also when it had one that was shredded.
    case provision
    /// Sealing is refused.
    case refuse
  }

  /// The name.
  public let name = "encryption"
  /// What is protected.
  public let fields: ProtectedFields
  /// Where the keys are.
  public let keys: any SubjectKeys
  /// What happens to an event whose subject has no key.
  public let unknownSubject: UnknownSubject

  /// A protection of these members by these keys.
  public init(
    _ fields: ProtectedFields, keys: any SubjectKeys, unknownSubject: UnknownSubject = .provision
  ) {
    self.fields = fields
    self.keys = keys
    self.unknownSubject = unknownSubject
  }
}

// MARK: - Sealing

extension EventEncryption {
  /// The event as it is stored.
  ///
  /// Costs one look at the data for each path, one key lookup for an event with something to
  /// protect, and none for others. Sealed members and marks stay as they are.
  ///
  /// - Throws: ``SubjectKeyError`` when there is no subject, no key, or no way to protect a member.
  public func seal(_ event: Event) throws -> Event { try sealed(event) }

  private func sealed(_ event: Event) throws(SubjectKeyError) -> Event {
    guard let rule = fields[event.type] else { return event }
    var parts: [(range: Range<Int>, value: [UInt8])] = []
    var holder: (subject: SubjectID, key: DataKey)?
    for path in rule.paths {
      for place in try places(of: path, in: event) {
        let plain = Array(event.data.utf8[place.range])
        if staysAsItIs(plain, place: place, of: event) { continue }
        let (subject, key): (SubjectID, DataKey)
        if let holder {
          (subject, key) = holder
        } else {
          (subject, key) = try self.holder(of: event, by: rule)
          holder = (subject, key)
        }
        let context = SealContext.bytes(
          event: event, subject: subject.text, key: key.id, place: place)
        guard let box = key.seal(plain, context: context) else {
          throw .badData(event.id, reason: "the value at \(path) could not be encrypted")
        }
        let mark = ProtectionMark.sealed(
          subject: subject.text, key: key.id.text, box: Base64.text(of: box))
        parts.append((place.range, mark.json.utf8))
      }
    }
    return try replacing(parts, in: event)
  }

  /// Whether a value is a mark already, or a box that belongs here.
  ///
  /// A box that only looks like one is a value like any other: it is sealed, and comes back.
  private func staysAsItIs(_ value: [UInt8], place: SealedPlace, of event: Event) -> Bool {
    guard let mark = mark(in: value) else { return false }
    guard case .sealed(let subject, let id, let box) = mark else { return true }
    switch keys.key(named: KeyID(id)) {
    case .found(let key):
      let context = SealContext.bytes(event: event, subject: subject, key: key.id, place: place)
      return Base64.bytes(of: box).flatMap { key.open($0, context: context) } != nil
    case .shredded: return true
    case .missing: return false
    }
  }

  private func holder(
    of event: Event, by rule: ProtectedFields.Rule
  ) throws(SubjectKeyError) -> (subject: SubjectID, key: DataKey) {
    guard let subject = try subject(of: event, at: rule.subject) else {
      throw .noSubject(event.id, event.type, expectedAt: rule.subject.description)
    }
    if let key = try keys.key(for: subject) { return (subject, key) }
    switch unknownSubject {
    case .refuse: throw .noKey(subject)
    case .provision: return (subject, try keys.provision(subject, user: nil))
    }
  }

  private func subject(
    of event: Event, at place: ProtectedFields.SubjectPlace
  ) throws(SubjectKeyError) -> SubjectID? {
    switch place {
    case .domainID:
      guard let id = event.domainID, !id.text.isEmpty else { return nil }
      return SubjectID(id.text)
    case .member(let path):
      guard let range = try places(of: path, in: event).last?.range else { return nil }
      switch try? JSON(parsing: Array(event.data.utf8[range])) {
      case .string(let text): return text.isEmpty ? nil : SubjectID(text)
      case .number(let number): return SubjectID(number.text)
      default: return nil
      }
    }
  }
}
