import EventicleSamples
import Testing

@testable import EventicleCore
@testable import EventicleWorkbench

/// Every alternative that the usage of a verb shows.
@Suite struct UsageTests {
  private static func shop() throws -> Session {
    var session = try Session(.shop)
    for line in [
      "do PlaceOrder customer=c-19 total:=59", "do DeclinePayment paymentId=pay-1", "mark paid",
      "schedule reminder PlaceOrder customer=c-19 total:=59 --in 5m", "fork spare", "switch main",
    ] { #expect(session.run(line).problem == nil, "\(line)") }
    return session
  }

  /// What stands for the words in capitals, for one verb or for all.
  private static let meanings: [String: [String]] = [
    "emit ID": ["order-79"], "emit TYPE": ["OrderCreated"], "TYPE": ["Order"], "ID": ["order-1"],
    "STREAM": ["orders"], "COMMAND": ["PlaceOrder"], "items…": ["customer=c-1 total:=5"],
    "correct items…": ["attempts:=0"], "edit items…": ["amount:=5"], "redrive items…": ["n:=5"],
    "DURATION": ["5m", "1h", "250ms"], "N": ["1"], "-DURATION": ["-1s"],
    "TIMER": ["retry"], "SAGA": ["PaymentSaga"], "SAGA/KEY/TIMER": ["PaymentSaga/order-1/retry"],
    "SAGA/KEY": ["PaymentSaga/order-1"],
    "FILTER": ["type:OrderCreated", "data.total>5 or !is:error"],
    "OP": ["=", "!=", "<", "<=", ">", ">="], "VALUE": ["2"],
    "SELECTOR": [
      "E OrderShipped", "error", "C PlaceOrder", "S PaymentSaga", "V Revenue", "T timeout",
      "A Order/order-1.status = paid", "change Order/order-1.status",
    ],
    "TEXT": ["\"a text\"", "order-1"], "EXPRESSION": ["\"0 9 * * *\""], "ZONE": ["Europe/Berlin"],
    "TIME": ["2026-03-01T09:00:00Z", "23:59"], "GROUP": ["saga-PaymentSaga", "view-Revenue"],
    "POSITION": [
      "start", "end", "live", "#1", "#1.0", "j1", "#-1", "j-1", "12:04", "@12:04", "-30s", "50%",
      "last OrderCreated", "mark:paid", "paid",
    ],
    "DELIVERY": ["#1>OrderBoard", "1"], "FORK": ["spare"], "fork NAME": ["late-pay"],
    "VIEW": ["Revenue", "OrderBoard"], "NAME": ["paid"], "saga NAME": ["PaymentSaga"],
    "step NAME": ["PaymentSaga"], "back NAME": ["PaymentSaga"], "view NAME": ["OrderBoard"],
    "saga KEY": ["order-1"], "view KEY": ["order-1"], "set NAME": ["mouse"],
    "theme NAME": ["harbour-dark"], "schedule NAME": ["again"], "set VALUE": ["on"],
    "/PATTERN/": ["/order-[0-9]/"], "A..B": ["1..3", "2..2"], "FILE": ["a.ndjson"],
    "verify A..B": ["#1..#3", "#2..", "j1..j4"], "A": ["main", "spare@#1"], "B": ["spare", "#2"],
    "M": ["2"], "REASON": ["\"not today\""], "CONSUMER": ["PaymentSaga"], "probe TEXT": ["a text"],
    "stop TEXT": ["try {attempts}"],
    "who TYPE": ["OrderPaid"],
    "insert TYPE": ["OrderCreated"], "VERB": Verb.all.map(\.name.rawValue), "DOMAIN": ["shop"],
    "EXPR": ["true"],
  ]

  /// What refuses a line that is well understood: the shop has no such thing.
  private static let refusals = [
    "Nothing is parked", "nothing is parked", "is not so", "was expected", "no such",
  ]

  @Test(arguments: Verb.all)
  func `every alternative of a verb's usage is carried out`(verb: Verb) throws {
    var lines: Set<String> = []
    for form in Usage.forms(of: verb.arguments) {
      for line in Self.written(form, verb) { lines.insert("\(verb.name.rawValue) \(line)") }
    }
    #expect(!lines.isEmpty)
    let shop = try Self.shop()
    for line in lines.sorted() {
      var session = shop
      if verb.name == .expect, line.contains("error") { _ = session.run("do PlaceOrder") }
      guard let problem = session.run(line).problem else { continue }
      #expect(Self.isOfTheShop(problem.message, verb), "\(line): \(problem.message)")
      #expect(!problem.message.contains("not carried out"), "\(line)")
    }
  }

  private static func isOfTheShop(_ message: String, _ verb: Verb) -> Bool {
    switch verb.name {
    case .expect: message.hasPrefix("Expected") || message.contains("expected")
    case .redrive, .edit, .parked: message.hasPrefix("Nothing is parked")
    case .drop: message.hasPrefix("Nothing is parked") || message.hasSuffix("no delivery waits.")
    case .deliver, .delay, .duplicate, .crash: message.hasSuffix("no delivery waits.")
    case .redo: message.hasPrefix("Nothing was undone")
    case .reload: message.contains("JavaScript")
    case .watch: message.hasSuffix("none is set.")
    case .adopt: message.hasSuffix("there is nothing to adopt.")
    case .compare: message.hasPrefix("main left no branch")
    case .rebuild: message.hasPrefix("Sagas are made from the facts in a fork")
    case .skip, .insert, .refuse, .move: message.hasPrefix("main keeps what happened")
    case .export: message.hasPrefix("Nothing has happened") || message.contains("JavaScript")
    case .flow: message.hasPrefix("Nothing has happened")
    case .stop: message.hasSuffix("none is set.")
    default: false
    }
  }

  /// The lines of a form with everything in capitals replaced, each value at least once.
  private static func written(_ form: [String], _ verb: Verb) -> [String] {
    let choices = form.map { words(for: $0, verb) }
    let most = choices.map(\.count).max() ?? 1
    return (0..<max(1, most)).map { turn in
      choices.map { $0[turn % $0.count] }.joined(separator: " ")
    }
  }

  private static func words(for word: String, _ verb: Verb) -> [String] {
    if word.contains("|") { return word.split(separator: "|").map(String.init) }
    func known(_ name: String) -> [String]? {
      meanings["\(verb.name.rawValue) \(name)"] ?? meanings[name]
    }
    if let whole = known(word) { return whole }
    // A word such as count(FILTER), +DURATION or TYPE/ID.path: its parts are replaced in turn.
    var texts = [""]
    var rest = word[...]
    while let first = rest.first {
      if first.isUppercase {
        let name = rest.prefix { $0.isUppercase }
        rest = rest.dropFirst(name.count)
        let values = known(String(name)) ?? [String(name)]
        texts = texts.flatMap { text in values.map { text + $0 } }
      } else {
        texts = texts.map { $0 + String(first) }
        rest = rest.dropFirst()
      }
    }
    return texts.map { $0.replacing(".path", with: ".status") }
  }
}

/// The forms that a usage line stands for.
private enum Usage {
  /// Each form as its words; what is in brackets is there in one form and not in another.
  static func forms(of usage: String) -> [[String]] {
    var reader = Reader(usage)
    return reader.alternatives()
  }

  private struct Reader {
    private var tokens: [String] = []
    private var index = 0

    init(_ usage: String) {
      var word = ""
      func isOption(_ text: Substring) -> Bool { text.first == "[" }
      for character in usage {
        switch character {
        case " ":
          if !word.isEmpty { tokens.append(word) }
          word = ""
        case "[", "]":
          // A bracket within a word, as in NAME[/KEY], goes on with the word.
          if !word.isEmpty { tokens.append(word) }
          tokens.append(character == "[" && !word.isEmpty ? "[+" : String(character))
          word = ""
        default: word.append(character)
        }
      }
      if !word.isEmpty { tokens.append(word) }
    }

    mutating func alternatives() -> [[String]] {
      var all: [[String]] = []
      var beginning: [String]?
      repeat {
        var found = sequence()
        // An alternative of flags alone has the words of the first one in front of its flags.
        if let beginning, found.first?.first?.hasPrefix("--") == true {
          found = found.map { beginning + $0 }
        }
        if beginning == nil {
          beginning = (found.last ?? []).prefix { !$0.hasPrefix("--") }.map { $0 }
        }
        all += found
      } while take("|")
      return all
    }

    private mutating func take(_ token: String) -> Bool {
      guard index < tokens.count, tokens[index] == token else { return false }
      index += 1
      return true
    }

    private mutating func sequence() -> [[String]] {
      var forms: [[String]] = [[]]
      while index < tokens.count, tokens[index] != "|", tokens[index] != "]" {
        let token = tokens[index]
        index += 1
        if token == "[" || token == "[+" {
          let inner = alternatives()
          _ = take("]")
          forms = forms.flatMap { form in
            [form] + inner.map { token == "[+" ? joined(form, $0) : form + $0 }
          }
        } else {
          forms = forms.map { $0 + [token] }
        }
      }
      return forms
    }

    private func joined(_ form: [String], _ rest: [String]) -> [String] {
      guard let last = form.last, let first = rest.first else { return form + rest }
      return form.dropLast() + [last + first] + rest.dropFirst()
    }
  }
}
