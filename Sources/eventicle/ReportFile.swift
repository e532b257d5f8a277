import EventicleConsole
import EventicleCore
import EventicleWorkbench

/// The file of a report, which takes the place of an older report and of nothing else.
struct ReportFile {
  private let path: String

  /// Makes sure, before anything runs, that a report may be written to a path.
  ///
  /// - Throws: ``Failure`` when there is something else than a report, or no folder for it.
  init(_ path: String) throws(Failure) {
    self.path = path
    guard Files.isThere(path) else {
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
      guard Files.isThere(folder) else {
        throw Failure("There is no folder \(folder) for the report; make it first.", .store)
      }
      return
    }
    guard Files.identity(of: path) != nil else {
      throw Failure("\(path) is no file, so no report can be written to it; name a file.", .store)
    }
    guard ReportFile.isReport(path) else {
      throw Failure(
        "\(path) is there already and is no report; remove it, or name another file.", .store)
    }
  }

  private static func isReport(_ path: String) -> Bool {
    guard let content = try? Files.bytes(path, limit: Limits.tapeBytes) else { return false }
    let beginning = String(decoding: content.prefix(400), as: UTF8.self)
    return content.isEmpty || beginning.contains("<testsuite")
  }

  /// Writes the report beside the old one and puts it in its place.
  func write(_ report: TapeReport) throws(Failure) {
    do throws(FileProblem) {
      try Files.write(Array(report.xml.utf8), to: path, throughLinks: true)
    } catch { throw Failure(error.text, .store) }
  }
}
