import ArgumentParser
import EventicleCore
import EventicleHost
import EventiclePostgres

/// `eventicle backend prepare`: makes what an engine needs in a database besides eventiclejs' table.
struct BackendPrepareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Print the SQL of what an engine needs for its own, then run it.",
    discussion: """
      It makes a schema eventicle with tables of its own, and indexes on the table that eventiclejs \
      uses; no row is changed. All of it is done or nothing, and it may be run again. With --print \
      nothing is run and no connection is made.
      """)

  @OptionGroup var backend: BackendOptions

  @Option(
    help: "A domain whose sagas' instances are found by what it declares: each gets an index.")
  var domain: String?

  @OptionGroup var node: NodeArguments

  @Flag(name: .customLong("print"), help: "Only print the SQL.")
  var printsOnly = false

  func run() throws {
    let place = try backend.place()
    guard !place.table.contains("$eventicle$") else {
      throw Failure("The name of a table may not have $eventicle$ in it.", .usage)
    }
    let schema = DatastoreSchema(DatastoreTable(place.table), matching: try matching())
    Output.text(schema.sql)
    if printsOnly { return }
    do throws(PostgresError) {
      let session = try BackendOptions.session(place, for: .preparing)
      defer { session.close() }
      try session.script(schema.sql)
      // That something is there already is no news when it may be run again.
      for remark in session.remarks where !remark.hasPrefix("42P") {
        Output.complain(String(remark.dropFirst("00000: ".count)))
      }
    } catch {
      throw Failure(error.sentence, error.status)
    }
    Output.text("-- Done at \(place.address).")
  }

  private func matching() throws -> [DatastoreSchema.Matching] {
    guard let domain else { return [] }
    let ready = try DomainOptions.ready(try DomainOptions.named(domain, node))
    defer { ready.domainProgram?.close() }
    return ready.sagas.map {
      DatastoreSchema.Matching(saga: $0.name, properties: $0.matchProperties)
    }
  }
}
