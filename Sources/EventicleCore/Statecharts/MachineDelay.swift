/// A delayed transition, or a message sent with a delay, that is waiting for its time.
public struct MachineDelay: Sendable, Hashable {
  /// The state and the delay, `payment.waiting/30s`, or `send:` and the id of what was sent.
  public let id: String
  /// When it is due.
  public let due: Instant
  /// The message that comes then; `nil` for a delayed transition.
  public let message: MachineMessage?
  /// The id with which the message was sent; `nil` for a delayed transition.
  public let sendID: String?

  /// The delay of a transition with this id, due at an instant.
  public init(id: String, due: Instant) { self.init(id: id, due: due, message: nil, sendID: nil) }

  init(id: String, due: Instant, message: MachineMessage?, sendID: String?) {
    self.id = id
    self.due = due
    self.message = message
    self.sendID = sendID
  }

  init?(_ data: JSON) {
    let due =
      data["due"].string.flatMap { Instant(parsing: $0) }
      ?? data["due"].integer.map { Instant(milliseconds: Int64($0)) }
    guard let id = data["id"].string, let due else { return nil }
    let message = data["message"].string.map { MachineMessage($0, data["data"]) }
    self.init(id: id, due: due, message: message, sendID: data["send"].string)
    // A message without the id it was sent with could never be taken back.
    if (message == nil) != (sendID == nil) { return nil }
  }

  var data: JSON {
    // An instant that ISO 8601 cannot write is stored as its milliseconds.
    let isDate = Instant(parsing: due.description) == due
    var members: [(String, JSON)] = [
      ("id", .string(id)),
      ("due", isDate ? .string(due.description) : .int(Int(due.milliseconds))),
    ]
    if let message, let sendID {
      members += [
        ("send", .string(sendID)), ("message", .string(message.name)), ("data", message.data),
      ]
    }
    return .object(JSONObject(members))
  }
}

/// What a step does to the delays of a machine.
package struct MachineDelayChanges: Sendable, Hashable {
  /// The ids of the delays that no longer wait.
  package let cancelled: [String]
  /// The new delays; one with the id of a waiting delay replaces it.
  package let armed: [MachineDelay]
}

/// What one history state remembers.
struct MachineMemory: Sendable, Hashable {
  let history: Int
  let states: [Int]
}
