@testable import EventicleCore

/// Seals the member `secret` of every event, so that a test can see whether it was sealed.
///
/// It inverts each byte and writes it in hexadecimal digits, which keeps nothing secret.
struct ToyProtection: EventProtection {
  let name = "toy"
  /// Subjects whose key has been destroyed.
  var shredded: Set<String> = []

  struct Refusal: Error, CustomStringConvertible { let description = "The toy seals no numbers." }

  func seal(_ event: Event) throws -> Event {
    let value = event.data["secret"]
    guard !value.isNull, ProtectionMark(value) == nil else { return event }
    guard let text = value.string else { throw Refusal() }
    let box = text.utf8.map { String($0 ^ 0xFF, radix: 16) }.joined()
    let mark = ProtectionMark.sealed(subject: event.domainID?.text ?? "", key: "k", box: box)
    return event.replacing(mark.json)
  }

  func open(_ event: Event) -> Event {
    guard case .sealed(let subject, _, let box)? = ProtectionMark(event.data["secret"])
    else { return event }
    if shredded.contains(subject) {
      return event.replacing(ProtectionMark.shredded(subject: subject).json)
    }
    var bytes: [UInt8] = []
    var digits = box[...]
    while digits.count >= 2, let byte = UInt8(digits.prefix(2), radix: 16) {
      bytes.append(byte ^ 0xFF)
      digits = digits.dropFirst(2)
    }
    return event.replacing(.string(String(decoding: bytes, as: UTF8.self)))
  }
}

extension Event {
  fileprivate func replacing(_ secret: JSON) -> Event {
    var data = data.value
    data["secret"] = secret
    var event = self
    event.data = JSONBytes(data)
    return event
  }
}

extension World {
  /// The stored text of every event in the log and in the given aggregates.
  func restingText(_ aggregates: AggregateKey...) -> String {
    var text = ""
    for number in 1..<(log.count + 1) {
      guard let event = log.event(at: Position(number)) else { continue }
      text += String(decoding: event.json, as: UTF8.self) + "\n"
    }
    for key in aggregates {
      forEachEvent(of: key) { event, _ in
        text += String(decoding: event.json, as: UTF8.self) + "\n"
      }
    }
    return text
  }
}
