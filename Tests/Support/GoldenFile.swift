import Foundation
public import Testing

/// A recorded text beside the tests, in `Golden/`.
public struct GoldenFile: Sendable {
  /// The path of the file.
  public let path: String

  /// The outcome of comparing or recording.
  public enum Outcome: Sendable, Equatable {
    /// The text equals the recorded one.
    case same

    /// The text was recorded; not a success, so that a recording run cannot pass unnoticed.
    case recorded

    /// There is no recorded text yet.
    case missing

    /// The text differs; each difference shows the row in both versions.
    case different([String])
  }

  /// The file with a name in the folder `Golden` beside a test's source file.
  public init(named name: String, beside sourceFile: String) {
    path = Repository.folder(of: sourceFile) + "/Golden/" + name
  }

  /// Compares a text with the file, or records it.
  public func outcome(for text: String, recording: Bool) throws -> Outcome {
    if recording {
      try FileManager.default.createDirectory(
        atPath: Repository.folder(of: path), withIntermediateDirectories: true)
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      return .recorded
    }
    guard let bytes = FileManager.default.contents(atPath: path) else { return .missing }
    if Array(bytes) == Array(text.utf8) { return .same }
    let recorded = String(decoding: bytes, as: UTF8.self)
    return .different(Self.differences(recorded: recorded, found: text))
  }

  /// Fails the running test unless the text equals the recorded one.
  public func expect(_ text: String, sourceLocation: SourceLocation) throws {
    switch try outcome(for: text, recording: TestEnvironment.recordsGolden) {
    case .same:
      return
    case .recorded:
      Issue.record("recorded \(path); look at it with git diff", sourceLocation: sourceLocation)
    case .missing:
      Issue.record(
        "\(path) is missing; make golden records it. The screen is:\n\(text)",
        sourceLocation: sourceLocation)
    case .different(let rows):
      Issue.record(
        "\(path) differs (- recorded, + found):\n\(rows.joined(separator: "\n"))",
        sourceLocation: sourceLocation)
    }
  }

  private static func differences(recorded: String, found: String) -> [String] {
    let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
    let new = found.split(separator: "\n", omittingEmptySubsequences: false)
    var pairs: [String] = []
    for line in 0..<max(old.count, new.count) {
      let before = line < old.count ? old[line] : nil
      let after = line < new.count ? new[line] : nil
      // Compared by scalars: canonically equivalent texts look the same but have different bytes.
      if let before, let after, before.unicodeScalars.elementsEqual(after.unicodeScalars) {
        continue
      }
      pairs.append("\(line + 1) - \(before ?? "(no row)")")
      pairs.append("\(line + 1) + \(after ?? "(no row)")")
    }
    return pairs.isEmpty ? ["only line endings differ"] : pairs
  }
}

extension GoldenScreen {
  /// Fails the running test unless this screen equals the recorded one.
  ///
  /// - Parameters:
  ///   - name: The file's name without `.screen`, such as `streams-80x24`.
  ///   - sourceFile: The test's source file; its folder contains `Golden/`.
  ///   - sourceLocation: Where a failure is reported.
  /// - Throws: An error of the file system while recording.
  public func expectMatches(
    _ name: String, beside sourceFile: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try GoldenFile(named: name + ".screen", beside: sourceFile)
      .expect(text, sourceLocation: sourceLocation)
  }
}
