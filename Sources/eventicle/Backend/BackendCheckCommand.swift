import ArgumentParser
import EventicleCore
import EventiclePostgres

/// `eventicle backend check`: says whether a database can be read, what is there, and what is wrong
/// with it; nothing in it is changed.
struct BackendCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what a database has, which indexes it lacks, and what is odd in it.",
    discussion: """
      Ends with 0 when nothing is lacking or odd, 1 when something is, 2 when it was used wrongly, 3 \
      when the database cannot be reached. The session only reads: the server itself refuses more.
      """)

  @OptionGroup var backend: BackendOptions

  @Flag(help: "Print one JSON object instead.")
  var json = false

  func run() throws {
    let place = try backend.place()
    let check: DatastoreCheck
    do throws(PostgresError) {
      let session = try BackendOptions.session(place, for: .reading)
      defer { session.close() }
      check = try DatastoreCheck(session, place.address, table: place.table)
    } catch {
      if json {
        Output.json([
          "address": .string(place.address.description), "reachable": false,
          "problem": .string(error.sentence), "raw": .string(error.raw),
        ])
      }
      throw Failure(error.raw.isEmpty ? error.sentence : "\(error.sentence)\n\(error.raw)", .store)
    }
    if json {
      Output.json(check.json)
    } else {
      for line in check.lines { Output.text(line) }
    }
    guard check.isClean else { Self.exit(withCode: .failed) }
  }
}
