import ArgumentParser
import EventicleConsole
import EventicleCore

/// The language of a new project, and what is in it.
enum ProjectLanguage: String, EnumerableFlag {
  case js
  case ts
  case swift

  static func help(for language: ProjectLanguage) -> ArgumentHelp? {
    switch language {
    case .js: "In JavaScript, against @eventicle/eventiclejs."
    case .ts: "In TypeScript, against @eventicle/eventiclejs."
    case .swift: "A package in Swift that opens the console itself."
    }
  }

  /// The name of the tape, which is the project's test.
  private static let tape = "lending.tape"

  /// The files of a project.
  ///
  /// - Parameters:
  ///   - name: What the package is called.
  ///   - sources: The folder on which a package in Swift depends.
  func files(named name: String, sources: String) -> [ProjectFile] {
    let values = ["name": name, "sources": ProjectLanguage.literal(sources)]
    return (own + [(ProjectLanguage.tape, PackageResources.lending_tape)]).map { path, bytes in
      ProjectFile(path: path, text: ProjectLanguage.filled(bytes, values))
    }
  }

  /// The files that only projects in this language have.
  private var own: [(String, [UInt8])] {
    switch self {
    case .js:
      [
        ("README.md", PackageResources.javascript_md), ("domain.js", PackageResources.domain_js),
        ("package.json", PackageResources.javascript_json),
        (".gitignore", Array("node_modules/\n".utf8)),
      ]
    case .ts:
      [
        ("README.md", PackageResources.typescript_md),
        ("src/domain.ts", PackageResources.domain_ts),
        ("package.json", PackageResources.typescript_json),
        ("tsconfig.json", PackageResources.tsconfig_json),
        (".gitignore", Array("dist/\nnode_modules/\n".utf8)),
      ]
    case .swift:
      [
        ("README.md", PackageResources.swift_md),
        ("Package.swift", PackageResources.manifest_txt),
        ("Sources/library/Library.swift", PackageResources.domain_txt),
        ("Sources/library/main.swift", PackageResources.program_txt),
        (".gitignore", Array(".build/\n".utf8)),
      ]
    }
  }

  /// What to do next, in three lines.
  func nextSteps(in place: ProjectPlace) -> [String] {
    let (first, second) =
      switch self {
      case .js, .ts:
        (
          "eventicle run \(place.word(ProjectLanguage.tape)) --domain \(place.word)",
          "eventicle --domain \(place.word)"
        )
      case .swift:
        (
          "cd \(place.word) && swift run library \(ProjectLanguage.tape)",
          "cd \(place.word) && swift run library"
        )
      }
    return [
      "\(place.path) has a lending library; its README.md is where to begin.",
      "its test:  \(first)", "to see it: \(second)",
    ]
  }

  /// The text of a template with values in its blanks.
  private static func filled(_ template: [UInt8], _ values: [String: String]) -> String {
    var text = String(decoding: template, as: UTF8.self)
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      text = text.split(separator: "{{\(name)}}", omittingEmptySubsequences: false)
        .joined(separator: value)
    }
    return text
  }

  /// A text between the quotes of a literal in Swift.
  private static func literal(_ text: String) -> String {
    var literal = ""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { literal += "\\" }
      literal.unicodeScalars.append(scalar)
    }
    return literal
  }
}
