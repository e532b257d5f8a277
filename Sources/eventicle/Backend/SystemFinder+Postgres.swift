import EventicleConsole
import EventicleCore
import EventicleHost
import EventiclePostgres
import EventicleWorkbench

extension SystemFinder {
  /// The address of the database that is meant: the one that is named, or the store of a context that
  /// has no transport; `nil` when events come from elsewhere.
  func store(_ name: String, _ context: RemoteContext?) -> String? {
    if PostgresAddress.isAddress(name) { return name }
    guard let context else { return nil }
    if PostgresAddress.isAddress(context.address) { return context.address }
    return context.address.isEmpty ? context.store : nil
  }

  /// The system that keeps its rows in a database.
  ///
  /// - Throws: `FileProblem` with the way out.
  func found(in store: String, _ context: RemoteContext?) throws(FileProblem) -> Found {
    let kept = context?.storePassword ?? context?.password
    let password = try (secret ?? kept)?.read(environment)
    do throws(PostgresError) {
      let address = try PostgresAddress(parsing: store)
      let settings = PostgresSettings(address, password: password)
      let (table, home) = (
        DatastoreTable(context?.table ?? DatastoreTable.standardName), environment["HOME"]
      )
      let start = from ?? context?.from ?? .standard
      let source = RemoteLoop { now in
        PostgresPort(settings, table: table, from: start, home: home, now: now)
      }
      let system = AttachedSystem(
        name: title ?? context?.name ?? address.description, colour: context?.colour ?? .none,
        transport: "postgres", source: source)
      return Found(system: system, domain: context?.domain)
    } catch {
      throw FileProblem(error.sentence)
    }
  }
}
