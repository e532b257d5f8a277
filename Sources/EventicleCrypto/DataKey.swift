internal import Crypto
internal import EventicleCore

/// The key of one subject or user: 256 random bits under a name.
///
/// Two keys are derived from it at once, one that encrypts and one that makes nonces, so that
/// neither does the work of the other.
public struct DataKey: Sendable, CustomStringConvertible, CustomReflectable {
  /// How long a key is, in bytes.
  public static let byteCount = 32

  /// What identifies it.
  public let id: KeyID

  let secret: SymmetricKey
  private let encrypting: SymmetricKey
  private let noncing: SymmetricKey

  init(id: KeyID, secret: SymmetricKey) {
    self.id = id
    self.secret = secret
    encrypting = secret.derived(for: "eventicle member encryption v1")
    noncing = secret.derived(for: "eventicle member nonce v1")
  }

  /// The key of these bytes, for a key store of another kind.
  ///
  /// - Throws: ``SubjectKeyError/badKey(reason:)`` unless there are ``byteCount`` of them.
  public init(id: KeyID, bytes: [UInt8]) throws(SubjectKeyError) {
    guard bytes.count == Self.byteCount else {
      throw .badKey(reason: "a data key has \(Self.byteCount) bytes, these are \(bytes.count)")
    }
    self.init(id: id, secret: SymmetricKey(data: bytes))
  }

  /// A new random key under a new random name.
  public static func random() -> DataKey {
    let name = SymmetricKey(size: .bits128).withUnsafeBytes { Hex.text(of: Array($0)) }
    return DataKey(id: KeyID("k" + name), secret: SymmetricKey(size: .bits256))
  }

  /// The cipher text of some bytes, bound to a context.
  ///
  /// The nonce is not random: it is the HMAC of the context and the plain text under a key of its
  /// own, as in SIV modes. So the same value in the same place gives the same box, which a
  /// deterministic engine needs, and two different inputs meet in one nonce only by a collision
  /// of 96 bits. What a box tells is the length of its value, and whether two boxes of the same
  /// context hold the same value.
  ///
  /// - Returns: 12 bytes of nonce, as many bytes as the plain text has, 16 bytes of tag.
  func seal(_ plain: [UInt8], context: [UInt8]) -> [UInt8]? {
    var hash = HMAC<SHA256>(key: noncing)
    hash.update(data: context)
    hash.update(data: plain)
    guard let nonce = try? AES.GCM.Nonce(data: Array(hash.finalize().prefix(12))) else {
      return nil
    }
    let box = try? AES.GCM.seal(plain, using: encrypting, nonce: nonce, authenticating: context)
    return box?.combined.map { Array($0) }
  }

  /// The plain text of a box; `nil` when the box, the context or the key is another one.
  func open(_ box: [UInt8], context: [UInt8]) -> [UInt8]? {
    guard let box = try? AES.GCM.SealedBox(combined: box) else { return nil }
    return (try? AES.GCM.open(box, using: encrypting, authenticating: context)).map { Array($0) }
  }

  /// The name alone; the key is never shown.
  public var description: String { "data key \(id)" }

  /// Shows nothing of the key to a debugger or `dump`.
  public var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}

extension SymmetricKey {
  /// A key for one purpose, from which neither this key nor another derived one can be told.
  func derived(for purpose: String) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: self, info: Array(purpose.utf8), outputByteCount: DataKey.byteCount)
  }
}
