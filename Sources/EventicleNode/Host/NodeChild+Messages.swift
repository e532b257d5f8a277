internal import EventicleCore

// What a child says, and the calls that it makes.
extension NodeChild {
  /// Reads what has arrived, without waiting.
  func readAvailable() {
    guard failure == nil else { return }
    let wait = NodeWait(HandlerID(.input, "news"), deadline: nil, nil, process, memory: 0)
    try? guarding(wait) {
      var count = -1
      // Until nothing more comes; a flood is left for later.
      for _ in 0..<256 where count != pipes.arrived {
        count = pipes.arrived
        pipes.readAvailable()
        while let frame = try pipes.nextFrame() { try take(frame, wait) }
      }
      if pipes.isOver { throw NodeError.ended }
    }
  }

  func take(_ frame: [UInt8], _ wait: NodeWait) throws {
    let message: JSON
    do throws(JSONError) { message = try JSON(parsing: frame) } catch {
      throw NodeError.garbled("\(error)")
    }
    guard let members = message.object else { throw NodeError.garbled(message.kindName) }
    if let number = members["c"]?.integer {
      try serveNested(call(number, members), of: members["q"]?.integer, wait)
    } else if let number = members["a"]?.integer {
      try serveReentrant(call(number, members), of: members["q"]?.integer, wait)
    } else if let number = members["o"]?.integer {
      outside.append(call(number, members))
    } else if members["end"] != nil {
      try end(members["q"]?.integer ?? 0, message)
    } else {
      hear(members)
    }
  }

  private func call(_ number: Int, _ members: JSONObject) -> NodeCall {
    NodeCall(
      number: number, operation: members["op"]?.string ?? "",
      arguments: members["args"] ?? .emptyObject, isLate: members["late"]?.bool ?? false)
  }

  private func end(_ number: Int, _ message: JSON) throws {
    if number == loadNumber {
      loadNumber = nil
      let error = message["err"]
      stage = error.isNull ? .loaded : .failed(ScriptError(error, in: folder))
    } else if pings.remove(number) == nil {
      guard let request = stack.last, request.number == number else {
        throw NodeError.garbled("the end of \(number), which is not what it works on")
      }
      request.end = message
    }
  }

  private func hear(_ members: JSONObject) {
    if let hello = members["hello"] {
      greeting = Greeting(
        version: hello["node"].string ?? "", stripsTypes: hello["strip"].bool ?? false)
      stage = .greeted
    } else if let declared = members["declare"] {
      declarations.add(declared, byHandler: members["q"]?.integer != nil)
    } else if let closed = members["close"] {
      declarations.remove(closed["d"].string ?? "")
    } else if let list = members["files"]?.array {
      files = list.compactMap(\.string)
    } else if let line = members["log"] {
      let request = line["q"].integer.flatMap { number in stack.last { $0.number == number } }
      let frames = line["stack"].string.map { ScriptError(["stack": .string($0)], in: folder) }
      log.add(
        LogLine(
          NodeLog.level(line["level"].string),
          NodeLog.relative(line["text"].string ?? "", to: folder),
          at: line["at"].string.map { NodeLog.relative($0, to: folder) }, in: request?.handler,
          frames: frames?.frames ?? []))
    }
  }

  // MARK: - Calls

  private func serveNested(_ call: NodeCall, of number: Int?, _ wait: NodeWait) throws {
    let request = stack.last { $0.number == number }
    let result = Result { () throws -> NodeAnswer in
      guard let request, let server else { throw NodeError.garbled("a call of no request") }
      return try server.nested(call, in: request, of: self)
    }
    try reply("c", call, result, on: .answers, wait)
  }

  private func serveReentrant(_ call: NodeCall, of number: Int?, _ wait: NodeWait) throws {
    let request = stack.last { $0.number == number }
    let result = wait.pausing {
      Result { () throws -> NodeAnswer in
        guard let request, let server else { throw NodeError.garbled("a call of no request") }
        return try server.reentrant(call, in: request, of: self)
      }
    }
    // What a child that is gone would have answered cannot be told to it.
    if let failure { throw failure }
    try reply("to", call, result, on: .requests, wait)
  }

  func reply(
    _ member: StaticString, _ call: NodeCall, _ result: Result<NodeAnswer, any Error>,
    on lane: NodePipes.Lane, _ wait: NodeWait
  ) throws {
    var message = MessageWriter(member, .int(call.number))
    if lane == .requests { message.member("op", "answer") }
    switch result {
    case .success(.value(let value)): message.member("ok", value)
    case .success(.raw(let text)): message.member("ok", raw: text)
    case .failure(let error): message.member("err", form(of: error))
    }
    try pipes.send(message.whole, to: lane, wait: wait.check)
  }
}
