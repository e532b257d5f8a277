internal import Crypto
internal import EventicleCore

/// The data key of one subject or user: 256 random bits with an id.
///
/// Two keys are derived from it, one for encrypting and one for nonces, so that neither is used for
/// both.
public struct DataKey: Sendable, CustomStringConvertible, CustomReflectable {
  /// The length of a key in bytes.
  public static let byteCount = 32

  /// The random id that sealed values name.
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

  /// A key with these bytes, for another implementation of ``SubjectKeys``.
  ///
  /// - Throws: ``SubjectKeyError/badKey(reason:)`` unless there are ``byteCount`` bytes.
  public init(id: KeyID, bytes: [UInt8]) throws(SubjectKeyError) {
    guard bytes.count == Self.byteCount else {
      throw .badKey(reason: "a data key has \(Self.byteCount) bytes, these are \(bytes.count)")
    }
    self.init(id: id, secret: SymmetricKey(data: bytes))
  }

  /// A new random key with a new random id.
  public static func random() -> DataKey {
    let name = SymmetricKey(size: .bits128).withUnsafeBytes { Hex.text(of: Array($0)) }
    return DataKey(id: KeyID("k" + name), secret: SymmetricKey(size: .bits256))
  }

  /// Encrypts some bytes, bound to a context.
  ///
  /// The nonce is not random: it is the HMAC of the context and the plain text under a key of its
  /// own, as in SIV modes. The same value in the same context gives the same cipher text, which a
  /// deterministic engine needs; two different inputs share a nonce only by a collision of 96 bits.
  /// The cipher text reveals the length of the value, and whether two values in the same context
  /// are equal.
  ///
  /// - Returns: 12 bytes of nonce, the cipher text, as long as the plain text, and 16 bytes of tag.
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

  /// Decrypts a cipher text; `nil` when it was altered, or the context or the key is a different
  /// one.
  func open(_ box: [UInt8], context: [UInt8]) -> [UInt8]? {
    guard let box = try? AES.GCM.SealedBox(combined: box) else { return nil }
    return (try? AES.GCM.open(box, using: encrypting, authenticating: context)).map { Array($0) }
  }

  /// The id alone; the bytes of the key are never shown.
  public var description: String { "data key \(id)" }

  /// Hides the bytes of the key from debuggers and `dump`.
  public var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}

extension SymmetricKey {
  /// A key for one purpose, from which neither this key nor another derived one can be computed.
  func derived(for purpose: String) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: self, info: Array(purpose.utf8), outputByteCount: DataKey.byteCount)
  }
}
