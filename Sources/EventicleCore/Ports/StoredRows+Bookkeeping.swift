extension StoredRows {
  /// What this engine keeps in the row of an instance besides what eventiclejs does, which leaves
  /// members alone that it does not know.
  struct SagaBookkeeping {
    let version: Int?
    let steps: Int?
    let correlation: String?
    let undos: [CommandIntent]
    let firing: [FiredTimer]

    init(_ instance: SagaInstance) {
      version = instance.version
      steps = instance.steps
      correlation = instance.correlation
      undos = instance.undos
      firing = instance.firing
    }

    /// Reads what is there; what cannot be read counts as not there.
    init(_ value: JSON) {
      version = value["version"].integer
      steps = value["steps"].integer
      correlation = value["correlation"].string
      undos = (value["undos"].array ?? []).compactMap { SagaBookkeeping.undo($0) }
      firing = (value["firing"].array ?? []).compactMap { timer in
        guard let name = timer["name"].string, let due = timer["due"].integer else { return nil }
        return FiredTimer(
          name: name, due: Instant(milliseconds: Int64(due)), isOff: timer["off"].bool ?? false)
      }
    }

    var json: JSON {
      var object = JSONObject()
      object["version"] = version.map { .int($0) }
      object["steps"] = steps.map { .int($0) }
      object["undos"] = .array(undos.map { SagaBookkeeping.json(of: $0) })
      object["correlation"] = correlation.map { .string($0) }
      object["firing"] = .array(
        firing.map {
          ["name": .string($0.name), "due": .int(Int($0.due.milliseconds)), "off": .bool($0.isOff)]
        })
      return .object(object)
    }

    private static func json(of undo: CommandIntent) -> JSON {
      var object = JSONObject([("type", .string(undo.type)), ("data", undo.data)])
      object["trace"] = undo.trace.map { .string($0) }
      object["workspace"] = undo.workspace.map { .string($0.text) }
      object["idempotencyKey"] = undo.idempotencyKey.map { .string($0) }
      object["lock"] = undo.lock.map { .string($0) }
      return .object(object)
    }

    private static func undo(_ value: JSON) -> CommandIntent? {
      guard let type = value["type"].string else { return nil }
      return CommandIntent(
        type, value["data"], trace: value["trace"].string,
        workspace: value["workspace"].string.map { Workspace($0) },
        idempotencyKey: value["idempotencyKey"].string, lock: value["lock"].string)
    }
  }
}
