internal import EventicleCore
internal import EventicleHost

// Errors that pass through a child, and its end.
extension NodeChild {
  /// The error that ends a request: one of the engine that passed through the code is itself again.
  func error(_ form: JSON, of handler: HandlerID) -> any Error {
    if let number = form["id"].integer, let known = errors[number] { return known }
    let error = ScriptError(form, in: folder)
    return handler.kind == .command && error.isRefusal ? ScriptRefusal(error: error) : error
  }

  /// What the code is told of an error of the engine, under a number by which it is known again.
  func form(of error: any Error) -> JSON {
    let number = nextError
    nextError += 1
    errors[number] = error
    var form: JSON
    let script = (error as? ScriptError) ?? (error as? ScriptRefusal)?.error
    if let script {
      form = ["name": .string(script.name), "message": .string(script.message)]
      if let known = script.number { form["n"] = .int(known) }
    } else {
      form = [
        "name": .string("\(type(of: error))"), "message": .string(NodeChild.sentence(of: error)),
      ]
    }
    form["id"] = .int(number)
    return form
  }

  private static func sentence(of error: any Error) -> String {
    // The words of the original, by which callers tell it.
    if case EngineError.unknownCommand(let type, _) = error { return "Command not found \(type)" }
    return "\(error)"
  }

  /// Runs a body that talks to the child; when that is no use any more, the child is ended and the
  /// error says why.
  func guarding<Result>(_ wait: NodeWait, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as HandlerGivenUpError {
      throw end(becauseOf: error, wait)
    } catch is NodeMemoryError {
      pipes.readAvailable()
      process.kill()
      throw fail(.outOfMemory(during: wait.work, limit: memory, said: []))
    } catch NodeError.ended where failure == nil {
      throw fail(ending(wait))
    } catch let error as NodeError where failure == nil {
      process.kill()
      throw fail(error)
    }
  }

  private func fail(_ error: NodeError) -> NodeError {
    if failure == nil { failure = error }
    return failure ?? error
  }

  private func end(becauseOf error: HandlerGivenUpError, _ wait: NodeWait) -> NodeError {
    let isWaiting = error.isLate && answersPing()
    process.kill()
    return fail(
      .gaveUp(
        during: wait.work, after: error.isLate ? wait.deadline ?? error.waited : error.waited,
        isLate: error.isLate, near: log.lastPlace,
        isWaiting: isWaiting))
  }

  /// Whether the child still answers, so that the handler only waits for something.
  private func answersPing() -> Bool {
    let number = takeNumber()
    pings.insert(number)
    var message = MessageWriter("q", .int(number))
    message.member("op", "ping")
    let watch = Stopwatch()
    let patience = NodeWait(
      HandlerID(.input, "ping"), deadline: .milliseconds(30), nil, process, memory: 0)
    do {
      try pipes.send(message.whole, to: .requests, wait: patience.check)
      while pings.contains(number), watch.milliseconds < 40 {
        pipes.readAvailable(milliseconds: 5)
        while let frame = try pipes.nextFrame() { try take(frame, patience) }
      }
    } catch {
      return false
    }
    return !pings.contains(number)
  }

  private func ending(_ wait: NodeWait) -> NodeError {
    let end = process.isAlive ? process.finish(reading: pipes.readRest) : process.end
    let said = report(in: pipes.errorTail)
    if said.isOutOfMemory {
      return .outOfMemory(during: wait.work, limit: memory, said: said.lines)
    }
    return .died(
      during: wait.work, how: end?.description ?? "its pipes were closed", said: said.lines)
  }

  /// What is worth telling of what a child printed before its end.
  private func report(in tail: [UInt8]) -> (lines: [String], isOutOfMemory: Bool) {
    let lines = String(decoding: tail, as: UTF8.self).split(separator: "\n").map(String.init)
    if let fatal = lines.first(where: { $0.contains("heap out of memory") }) {
      return ([String(fatal.prefix(200))], true)
    }
    // The innermost call of the team's own says most; else what was printed last.
    let own = lines.first { $0.contains(folder + "/") && !$0.contains("/node_modules/") }
    let plain = lines.filter { line in
      !NodeChild.beginsReport(line) && line.drop { $0 == " " }.first?.isNumber != true
        && line.contains { $0.isLetter } && !line.contains("stack trace")
    }
    let said = own.map { [$0] } ?? plain.suffix(2)
    return (said.map { String(NodeLog.relative($0, to: folder).prefix(200)) }, false)
  }

  /// Whether a line begins the report that node prints when it aborts.
  static func beginsReport(_ line: String) -> Bool {
    line.hasPrefix("----- Native stack trace") || line.hasPrefix("<--- Last few GCs")
  }
}
