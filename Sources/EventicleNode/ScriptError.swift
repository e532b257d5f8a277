public import EventicleCore

/// What the team's code threw, as JavaScript tells it.
public struct ScriptError: Error, Sendable, CustomStringConvertible {
  /// The name of the error, such as `TypeError`.
  public let name: String
  /// The message of the error.
  public let message: String
  /// The first place in the team's own code, as `orders.ts:12:5`; `nil` when it is not known.
  public let place: String?
  /// The calls that led there, innermost first.
  public let frames: [String]
  /// The lines around a mistake that keeps the code from being loaded.
  public let codeFrame: String?
  /// The number by which node finds the very same error again.
  let number: Int?
  /// How many events of a batch were handled before.
  let done: Int?

  init(
    name: String, message: String, place: String? = nil, frames: [String] = [],
    codeFrame: String? = nil, number: Int? = nil, done: Int? = nil
  ) {
    self.name = name
    self.message = message
    self.place = place
    self.frames = frames
    self.codeFrame = codeFrame
    self.number = number
    self.done = done
  }

  /// The message, or the name where there is none.
  public var description: String { message.isEmpty ? name : message }

  /// The name, unless it is the plain one, and the message.
  var sentence: String {
    name == "Error" || message.isEmpty ? description : "\(name): \(message)"
  }

  /// The names of the errors that the language itself throws, which are mistakes in the code.
  private static let mistakes: Set<String> = [
    "TypeError", "ReferenceError", "RangeError", "SyntaxError", "EvalError", "URIError",
    "AggregateError", "InternalError", "AssertionError", "AssertionError [ERR_ASSERTION]",
  ]

  /// Whether the code threw on purpose, as a business rule does; otherwise it has a mistake.
  var isRefusal: Bool { !ScriptError.mistakes.contains(name) }
}

extension ScriptError {
  /// Reads what node tells of an error.
  ///
  /// - Parameter folder: The folder of the project, which places are relative to.
  init(_ form: JSON, in folder: String) {
    let stack = form["stack"].string ?? ""
    var place = form["at"].string.map { NodeLog.relative($0, to: folder) }
    var frame = form["frame"].string
    if let lines = frame?.split(separator: "\n", maxSplits: 1), lines.count == 2,
      let last = lines[0].split(separator: ":").last, Int(last) != nil
    {
      // The first line of node's says where.
      place = place ?? NodeLog.relative(String(lines[0]), to: folder)
      frame = String(lines[1])
    }
    self.init(
      name: form["name"].string ?? "Error", message: form["message"].string ?? "", place: place,
      frames: stack.split(separator: "\n").compactMap { line in
        let text = line.drop { $0 == " " }
        guard text.hasPrefix("at ") else { return nil }
        return NodeLog.relative(String(text.dropFirst(3)), to: folder)
      }, codeFrame: frame, number: form["n"].integer, done: form["done"].integer)
  }
}

/// An error of the team's code by which a command is refused.
public struct ScriptRefusal: RejectionError {
  /// What the code threw.
  public let error: ScriptError

  /// The message of the error.
  public var description: String { error.description }
}
