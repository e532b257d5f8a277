extension Rule {
  /// The only files that may print.
  static let outputFiles = ["Sources/eventicle/Output.swift"]

  private static let here = "Sources/EventicleHost/A.swift"

  /// Rules about what no shipped source contains.
  static let bannedInSources = [
    inSources(
      "only the program's output file prints",
      caught: ["print(1)", "Swift.print(1)", "let a = \"\\(print(2))\""],
      allowed: ["func print(_ x: Int) {}", "page.print(1)", "// print(1)", "let a = \"print(1)\""],
      exceptIn: outputFiles,
      found: { file, index in
        file.tokens[index].text == "print" && isFreeCall(file, index) ? "print" : nil
      }),
    inSources(
      "nothing is force-unwrapped, force-cast or force-tried",
      caught: [
        "try! f()", "let a = b as! C", "let a = b!", "let a = f()!.c", "let a = b[0]!", "var a: B!",
        "let a = \"\\(b!)\"", "let a = { 1 }!", "let a = b!\n", "f(a!, b)", "let a = `b`!",
      ],
      allowed: [
        "if !a {}", "if a != b {}", "if a !== b {}", "f(!a)", "let a = \"b!\"", "return !a",
        "let a = b ! = c", "#if !DEBUG\n#endif", "let s = #\"x!\"#", "let t = a!=b",
      ],
      found: { file, index in
        let token = file.tokens[index]
        guard token.text == "!", !token.isSpaced, index > 0 else { return nil }
        let before = file.tokens[index - 1]
        if index + 1 < file.tokens.count {
          let after = file.tokens[index + 1]
          if after.text == "=", !after.isSpaced { return nil }
        }
        let isOperand = before.kind == .word || [")", "]", "}", "?"].contains(before.text)
        return isOperand ? "\(before.text)!" : nil
      }),
    inSources(
      "no code traps on data",
      caught: ["fatalError()", "Swift.fatalError(\"x\")", "abort()", "else { fatalError(\"y\") }"],
      allowed: ["precondition(a, \"b\")", "// fatalError()", "session.abort()"],
      found: { file, index in
        let text = file.tokens[index].text
        return ["fatalError", "abort"].contains(text) && isFreeCall(file, index) ? text : nil
      }),
    inSources(
      "no fault is planted in the sources; they are patches in Tests/PlantedFaults",
      caught: [
        "#if PLANTED_FAULTS\nlet a = 1\n#endif", "if PlantedFault.lostTimer.isPlanted { return }",
        "package enum PlantedFault { case lostTimer }", "#if !PLANTED_FAULTS\nlet a = 1\n#endif",
        "func f() { if fault.isPlanted { return } }",
      ],
      allowed: ["// PlantedFault", "let a = \"PLANTED_FAULTS\"", "let planted = true"],
      found: { file, index in
        let text = file.tokens[index].text
        return ["PLANTED_FAULTS", "PlantedFault", "isPlanted"].contains(text) ? text : nil
      }),
    inSources(
      "overlapping accesses are watched for, but where a row of the bench defends it",
      caught: ["final class A { @exclusivity(unchecked) var a = 1 }"],
      allowed: ["// @exclusivity(unchecked)", "let exclusive = 1"],
      exceptIn: [
        "Sources/EventicleCore/Events/Event.swift",
        "Sources/EventicleCore/Transaction/Transaction.swift",
      ],
      found: { file, index in
        file.tokens[index].text == "exclusivity" && file.text(at: index - 1) == "@"
          ? "@exclusivity" : nil
      }),
    inSources(
      "only what runs domains in other programs starts children with pipes",
      caught: ["supervisor_start_child(a, b, c, d, e, f)", "let f = supervisor_guard_group"],
      allowed: ["// supervisor_start_child", "supervisor_stop()"],
      exceptIn: [
        "Sources/EventicleNode/Process/NodeProcess.swift"
      ],
      found: { file, index in
        let text = file.tokens[index].text
        return ["supervisor_start_child", "supervisor_guard_group"].contains(text) ? text : nil
      }),
    inSources(
      "there are no variables at module level",
      caught: [
        "var a = 1", "public var a = 1", "@MainActor private var a = 1",
        "#if X\nvar a = 1\n#endif",
      ],
      allowed: ["let a = 1", "struct A { var b = 1 }", "func f() { var a = 1 }"],
      found: { file, index in
        let token = file.tokens[index]
        return token.text == "var" && token.depth == 0 && file.text(at: index - 1) != "import"
          ? "var at module level" : nil
      }),
    inSources(
      "unchecked declarations say why they are safe",
      caught: [
        "final class A: @unchecked Sendable {}", "nonisolated(unsafe) let a = B()",
        "let x = 1\n\nnonisolated(unsafe) let a = B()",
      ],
      allowed: [
        "// Safe: written once before any thread starts.\nnonisolated(unsafe) let a = B()",
        "final class A: @unchecked Sendable {}  // guarded by its queue",
        "final class A { @exclusivity(unchecked) var a = 1 }",
      ],
      found: { file, index in
        let token = file.tokens[index]
        let isUnsafe = token.text == "unsafe" && file.text(at: index - 2) == "nonisolated"
        guard token.text == "unchecked" || isUnsafe else { return nil }
        // A property without exclusivity checks: its type gives the reason once.
        if file.text(at: index - 2) == "exclusivity" { return nil }
        let lines = file.comments.split(separator: "\n", omittingEmptySubsequences: false)
        let isExplained = [token.line - 1, token.line - 2].contains { line in
          lines.indices.contains(line) && lines[line].contains { $0 != " " }
        }
        return isExplained ? nil : "\(token.text) without a comment that says why"
      }),
    Rule(
      "only Terminal and Export write escape sequences",
      caught: [
        "let a = \"\\u{1b}[0m\"", "let a = \"\\u{001B}\"", "let a = \"\\u{9b}\"",
        "let a = \"\\e[2J\"",
        "let a = \"\\x1b[2J\"", "let a = #\"\\#u{1b}\"#", "let a = \"\u{1b}\"",
        "let a = \"\"\"\n\\u{1B}\n\"\"\"", "let a = \"\\033[m\"",
      ].map { [console("Render/A.swift"): $0] },
      allowed: [
        [console("Terminal/A.swift"): "let a = \"\\u{1b}[0m\""],
        [console("Export/A.swift"): "let a = \"\\u{1b}[0m\""],
        [console("Render/A.swift"): "// \\u{1b}\nlet a: UInt32 = 0x1b"],
        ["Tests/SupportTests/A.swift": "let a = \"\\u{1b}\""],
      ],
      file: { file in
        guard file.isSource,
          !["Terminal/", "Export/"].contains(where: { file.path.hasPrefix(console($0)) })
        else { return [] }
        return escapes(in: file)
      }),
  ]

  private static func escapes(in file: SourceFile) -> [Violation] {
    let lines = file.strings.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().compactMap { number, line in
      guard line.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 < 0x20 }) else { return nil }
      let plain = line.lowercased().filter { $0 != "#" }
      let spellings = ["\\e[", "\\x1b", "\\x9b", "\\033", "\u{1b}", "\u{9b}"]
      let isScalar = plain.split(separator: "\\u{", omittingEmptySubsequences: false).dropFirst()
        .contains { rest in
          let digits = rest.prefix { $0 != "}" }
          return [0x1b, 0x9b].contains(Int(digits, radix: 16) ?? 0)
        }
      guard isScalar || spellings.contains(where: plain.contains) else { return nil }
      return file.violation(number + 1, "an escape sequence")
    }
  }

  /// A rule over the tokens of Sources.
  static func inSources(
    _ name: String, caught: [String], allowed: [String], exceptIn exceptions: [String] = [],
    found: @escaping @Sendable (SourceFile, Int) -> String?
  ) -> Rule {
    Rule(
      name, caught: caught.map { [here: $0] },
      allowed: allowed.map { [here: $0] } + caught.map { ["Tests/SupportTests/A.swift": $0] },
      file: { file in
        guard file.isSource, !exceptions.contains(file.path) else { return [] }
        return file.violations { found(file, $0) }
      })
  }
}
