import Simulation

/// What the person asks for.
struct Arguments: Sendable {
  static let help = """
    eventicle-simulate [--seeds N] [--first N] [--lanes N] [--actions N]   many seeds
    eventicle-simulate --brief yes [--seeds N] [--first N] [--lanes N]     very many short runs
    eventicle-simulate --seed N [--without 0,1,…] [--journal yes]         one seed again
    eventicle-simulate --planted all|NAME [--seeds N]                     planted faults
    """

  private(set) var seeds = 10_000
  private(set) var first: UInt64 = 0
  private(set) var lanes = 2
  private(set) var seed: UInt64?
  private(set) var planted: String?
  private(set) var options = RunOptions()

  init(_ words: some Sequence<String>) throws {
    var rest = Array(words)[...]
    while let word = rest.popFirst() {
      guard let value = rest.popFirst() else { throw Misuse("\(word) needs a value.") }
      switch word {
      case "--seeds": seeds = try Arguments.number(word, value)
      case "--first": first = UInt64(try Arguments.number(word, value))
      case "--lanes": lanes = max(1, try Arguments.number(word, value))
      case "--seed": seed = UInt64(try Arguments.number(word, value))
      case "--actions": options.actions = try Arguments.number(word, value)
      case "--without": options.without = try Arguments.places(word, value)
      case "--journal":
        if value == "yes" { options.show = { print($0) } }
      case "--brief": if value == "yes" { options = .brief }
      case "--planted": planted = value
      default: throw Misuse("There is no option \(word).")
      }
    }
  }

  private static func places(_ word: String, _ value: String) throws -> Set<Int> {
    Set(try value.split(separator: ",").map { try number(word, String($0)) })
  }

  private static func number(_ word: String, _ value: String) throws -> Int {
    guard let number = Int(value), number >= 0 else {
      throw Misuse("\(word) needs a number of 0 or more, but this is \(value).")
    }
    return number
  }
}

/// Why a command line was not understood.
struct Misuse: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
