extension Rule {
  private static let randomness: Set<String> = [
    "SystemRandomNumberGenerator", "UUID", "arc4random", "arc4random_uniform", "drand48",
    "getrandom",
  ]
  private static let clocks: Set<String> = [
    "Date", "ContinuousClock", "SuspendingClock", "DispatchTime", "clock_gettime", "gettimeofday",
    "CFAbsoluteTimeGetCurrent",
  ]
  private static let concurrency: Set<String> = [
    "async", "await", "Task", "TaskGroup", "TaskLocal", "withTaskGroup", "AsyncStream", "MainActor",
    "DispatchQueue", "Thread", "OperationQueue",
  ]
  private static let locks: Set<String> = [
    "Mutex", "Atomic", "NSLock", "NSRecursiveLock", "NSCondition", "DispatchSemaphore",
    "os_unfair_lock", "OSAllocatedUnfairLock", "ManagedCriticalState",
  ]
  /// The only file with an atomic counter: copies of a world share memory, and two threads may
  /// append to two of them.
  private static let sharing: Set<String> = [
    core("Collections/ClaimCounter.swift"), core("Transaction/StagedWrite.swift"),
  ]
  private static let outside: Set<String> = [
    "FileManager", "FileHandle", "ProcessInfo", "CommandLine", "readLine", "fopen", "getenv",
    "Bundle", "URLSession",
  ]

  /// Rules about what the engine never uses.
  static let bannedInCore = [
    inCore(
      "the engine reads no clock",
      caught: [
        "let now = Date()", "let clock = ContinuousClock()", "clock_gettime(0, &t)",
        "func f(_ clock: some Clock) {}", "let s = \"\\(Date())\"",
      ],
      allowed: [
        "struct Clock {}\nlet c = Clock()", "// Date()\nlet s = \"Date()\"", "let a = b.Date",
      ],
      word: { file, index in
        let text = file.tokens[index].text
        if text == "Clock" { return !declaresClock(file) }
        return clocks.contains(text)
      }),
    inCore(
      "the engine draws no random number",
      caught: [
        "let n = Int.random(in: 0...1)", "var g = SystemRandomNumberGenerator()", "let id = UUID()",
        "let x = list.randomElement()", "let y = list.shuffled()", "let h = text.hashValue",
        "var h = Hasher()",
      ],
      allowed: [
        "let y = list.shuffled(using: &source)", "func hash(into hasher: inout Hasher) {}",
        "let random = 4",
      ],
      word: { file, index in
        let text = file.tokens[index].text
        let isMember = file.text(at: index - 1) == "."
        let isCall = file.text(at: index + 1) == "("
        let isPlainCall = isCall && file.text(at: index + 2) == ")"
        switch text {
        case "random": return isMember && isCall
        case "randomElement", "shuffled", "shuffle", "Hasher": return isPlainCall
        case "hashValue": return isMember
        default: return randomness.contains(text)
        }
      }),
    inCore(
      "the engine is synchronous",
      caught: [
        "func f() async {}", "let x = await y", "Task { }", "actor Host {}", "Task.detached {}",
        "let a: Mutex<Int>", "let l = NSLock()", "pthread_mutex_lock(&m)", "@MainActor func f() {}",
        "public distributed actor Host {}",
      ],
      allowed: [
        "let actor = \"bob\"", "case actor(Name)", "func f(actor: Name) {}",
        "struct A { var task: Int }", "let k = A.Task.self",
      ],
      word: { file, index in
        let token = file.tokens[index]
        if token.text == "actor" {
          let next = index + 1 < file.tokens.count ? file.tokens[index + 1] : token
          return next.kind == .word && next.text.first?.isUppercase == true
        }
        if token.text == "Atomic", sharing.contains(file.path) { return false }
        return concurrency.contains(token.text) || locks.contains(token.text)
          || token.text.hasPrefix("pthread_")
      }),
    inCore(
      "the engine reads and writes nothing outside",
      caught: [
        "let f = FileManager.default", "let home = getenv(\"HOME\")", "debugPrint(1)", "dump(x)",
        "let a = CommandLine.arguments", "putchar(1)",
      ],
      allowed: ["func dump() {}", "log.dump(x)", "let text = \"FileManager\""],
      word: { file, index in
        let text = file.tokens[index].text
        if ["debugPrint", "dump", "putchar", "puts", "write", "open"].contains(text) {
          return isFreeCall(file, index)
        }
        return outside.contains(text)
      }),
  ]

  /// Whether a word is called as a free function, neither a method nor declared here.
  static func isFreeCall(_ file: SourceFile, _ index: Int) -> Bool {
    guard file.text(at: index + 1) == "(", !["func", "case"].contains(file.text(at: index - 1))
    else { return false }
    return file.text(at: index - 1) != "." || file.text(at: index - 2) == "Swift"
  }

  /// The engine may have a type of its own called Clock; the file that names it must declare it.
  private static func declaresClock(_ file: SourceFile) -> Bool {
    file.declaredTypes.contains { $0.name == "Clock" }
  }

  /// A rule over the words of EventicleCore; a member of another type is not the word.
  private static func inCore(
    _ name: String, caught: [String], allowed: [String],
    word: @escaping @Sendable (SourceFile, Int) -> Bool
  ) -> Rule {
    Rule(
      name, caught: caught.map { [core("State/A.swift"): $0] },
      allowed: allowed.map { [core("State/A.swift"): $0] }
        + caught.map { ["Sources/EventicleHost/A.swift": $0] },
      file: { file in
        guard file.isSource, file.target == "EventicleCore" else { return [] }
        return file.violations { index in
          let token = file.tokens[index]
          guard token.kind == .word, word(file, index) else { return nil }
          let memberWords: Set<String> = [
            "random", "randomElement", "shuffled", "shuffle", "hashValue",
          ]
          let isMember = file.text(at: index - 1) == "." && file.text(at: index - 2) != "Swift"
          if isMember, !memberWords.contains(token.text) { return nil }
          return "the engine may not use \(token.text)"
        }
      })
  }
}
