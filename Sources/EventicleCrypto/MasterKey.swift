internal import Crypto
internal import EventicleCore

/// The key that wraps all data keys; keep it apart from them, in a secret store.
public struct MasterKey: Sendable, CustomStringConvertible, CustomReflectable {
  /// Identifies the master key without revealing its bytes.
  public let fingerprint: String

  private let secret: SymmetricKey
  private let wrapping: SymmetricKey
  private let checking: SymmetricKey

  private init(secret: SymmetricKey) {
    self.secret = secret
    wrapping = secret.derived(for: "eventicle key wrapping v1")
    checking = secret.derived(for: "eventicle key file check v1")
    fingerprint = secret.derived(for: "eventicle master fingerprint v1").withUnsafeBytes {
      Hex.text(of: Array($0.prefix(8)))
    }
  }

  /// A master key with these bytes.
  ///
  /// - Throws: ``SubjectKeyError/badKey(reason:)`` unless there are 32 bytes.
  public init(bytes: [UInt8]) throws(SubjectKeyError) {
    guard bytes.count == DataKey.byteCount else {
      throw .badKey(
        reason: "a master key has \(DataKey.byteCount) bytes, these are \(bytes.count)")
    }
    self.init(secret: SymmetricKey(data: bytes))
  }

  /// Reads a master key as Base64 or as 64 hexadecimal digits; surrounding blanks are ignored.
  ///
  /// - Throws: ``SubjectKeyError/badKey(reason:)``, which never repeats the text.
  public init(parsing text: String) throws(SubjectKeyError) {
    let isBlank = { (byte: UInt8) in byte <= UInt8(ascii: " ") }
    let bytes = text.utf8.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
    let trimmed = String(decoding: Array(bytes), as: UTF8.self)
    let decoded =
      bytes.count == 2 * DataKey.byteCount ? Hex.bytes(of: trimmed) : Base64.bytes(of: trimmed)
    guard let decoded, decoded.count == DataKey.byteCount else {
      throw .badKey(
        reason: "a master key is written as 44 characters of base64 or as 64 hexadecimal digits, "
          + "this text of \(bytes.count) bytes is neither")
    }
    self.init(secret: SymmetricKey(data: decoded))
  }

  /// A new random master key.
  public static func random() -> MasterKey { MasterKey(secret: SymmetricKey(size: .bits256)) }

  /// The key as Base64, to be stored in a secret store and nowhere else.
  public var secretText: String { secret.withUnsafeBytes { Base64.text(of: Array($0)) } }

  /// A data key encrypted for storage, bound to its id.
  func wrap(_ key: DataKey) throws(SubjectKeyError) -> [UInt8] {
    let plain = key.secret.withUnsafeBytes { Array($0) }
    let name = Array(key.id.text.utf8)
    guard let box = try? AES.GCM.seal(plain, using: wrapping, authenticating: name).combined else {
      throw .badKey(reason: "key \(key.id) could not be wrapped; the keys stay as they were")
    }
    return Array(box)
  }

  /// Decrypts a stored data key; `nil` when the bytes, the id or the master key do not fit.
  func unwrap(_ wrapped: [UInt8], id: KeyID) -> DataKey? {
    guard let box = try? AES.GCM.SealedBox(combined: wrapped),
      let plain = try? AES.GCM.open(box, using: wrapping, authenticating: Array(id.text.utf8))
    else { return nil }
    return try? DataKey(id: id, bytes: Array(plain))
  }

  /// A check over some bytes that only the holder of this key can compute.
  func check(of bytes: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: bytes, using: checking))
  }

  /// Whether a check belongs to some bytes, in constant time.
  func isValid(_ check: [UInt8], of bytes: [UInt8]) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(check, authenticating: bytes, using: checking)
  }

  /// The fingerprint alone; the bytes of the key are never shown.
  public var description: String { "master key \(fingerprint)" }

  /// Hides the bytes of the key from debuggers and `dump`.
  public var customMirror: Mirror { Mirror(self, children: ["fingerprint": fingerprint]) }
}
