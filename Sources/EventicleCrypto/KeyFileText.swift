internal import EventicleCore

/// The text of a key file.
///
/// ```json
/// {"format":"eventicle-keys","version":1,"master":"<fingerprint>","check":"<base64>","keys":[
/// {"id":"k1","user":"alice","subjects":["order-1"],"wrapped":"<base64>"},
/// {"id":"k2","shredded":true}
/// ]}
/// ```
///
/// The check is an HMAC over everything else with the master key, so that a changed owner or a lost
/// line is detected as surely as a changed key.
enum KeyFileText {
  static let format = "eventicle-keys"
  static let version = 1

  /// The text of a key ring.
  static func write(_ ring: KeyRing, master: MasterKey) -> [UInt8] {
    let lines = ring.entries.map { line($0) }
    let check = Base64.text(of: master.check(of: checked(ring.fingerprint, lines)))
    var output = Array(
      """
      {"format":"\(format)","version":\(version),"master":"\(ring.fingerprint)",\
      "check":"\(check)","keys":[

      """.utf8)
    for (place, line) in lines.enumerated() {
      output += line
      output += (place + 1 < lines.count ? ",\n" : "\n").utf8
    }
    output += "]}\n".utf8
    return output
  }

  /// Reads a key ring.
  ///
  /// With another master key the check cannot be verified; such a ring refuses every use of a key.
  ///
  /// - Throws: ``SubjectKeyError/badKey(reason:)`` with what was expected and what was found.
  static func read(_ bytes: [UInt8], master: MasterKey) throws(SubjectKeyError) -> KeyRing {
    let value: JSON
    do throws(JSONError) {
      value = try JSON(parsing: bytes)
    } catch {
      throw damaged("it is not JSON, \(error)")
    }
    guard value["format"].string == format else {
      throw .badKey(
        reason: "it is not a key file; a key file begins with {\"format\":\"\(format)\"")
    }
    guard value["version"].integer == version else {
      throw .badKey(
        reason: "it is of version \(value["version"]), this program reads version \(version)")
    }
    guard let fingerprint = value["master"].string, let keys = value["keys"].array else {
      throw damaged("it has no master or no keys")
    }
    var entries: [KeyRing.Entry] = []
    for (place, key) in keys.enumerated() {
      guard let entry = entry(key) else { throw damaged("key \(place + 1) of it is no key") }
      entries.append(entry)
    }
    if fingerprint == master.fingerprint {
      let check = value["check"].string.flatMap { Base64.bytes(of: $0) } ?? []
      guard master.isValid(check, of: checked(fingerprint, entries.map { line($0) })) else {
        throw damaged("what it says does not agree with its check")
      }
    }
    return try KeyRing(entries, fingerprint: fingerprint, master: master)
  }

  private static func damaged(_ reason: String) -> SubjectKeyError {
    .badKey(reason: "\(reason); restore it from a copy")
  }

  private static func checked(_ fingerprint: String, _ lines: [[UInt8]]) -> [UInt8] {
    Array("\(format) \(version) \(fingerprint)\n".utf8) + lines.joined(separator: [0x0A])
  }

  private static func line(_ entry: KeyRing.Entry) -> [UInt8] {
    var object = JSONObject([("id", .string(entry.id.text))])
    guard let wrapped = entry.wrapped else {
      object["shredded"] = true
      return JSON.object(object).utf8
    }
    if let user = entry.user { object["user"] = .string(user.text) }
    object["subjects"] = .array(entry.subjects.map { .string($0.text) })
    object["wrapped"] = .string(Base64.text(of: wrapped))
    return JSON.object(object).utf8
  }

  private static func entry(_ value: JSON) -> KeyRing.Entry? {
    guard let id = value["id"].string else { return nil }
    if value["shredded"].bool == true {
      return KeyRing.Entry(id: KeyID(id), user: nil, subjects: [], wrapped: nil)
    }
    guard let names = value["subjects"].array,
      let wrapped = value["wrapped"].string.flatMap({ Base64.bytes(of: $0) })
    else { return nil }
    let subjects = names.compactMap { $0.string.map { SubjectID($0) } }
    guard subjects.count == names.count else { return nil }
    return KeyRing.Entry(
      id: KeyID(id), user: value["user"].string.map { UserID($0) }, subjects: subjects,
      wrapped: wrapped)
  }
}
