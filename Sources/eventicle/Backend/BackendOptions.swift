import ArgumentParser
import EventicleConsole
import EventicleCore
import EventiclePostgres
import Foundation

/// Which database is meant, and how one gets in.
struct BackendOptions: ParsableArguments {
  @Argument(
    help: "postgres://USER@HOST:PORT/DATABASE, or the name of a context that has such a store.")
  var database: String

  @Option(help: "The table that eventiclejs uses (default: datastore).")
  var table: String?

  @Option(help: "The variable of the environment that has the password.")
  var passwordEnv: String?

  @Option(help: "A file that has the password in its first line; only you may read it.")
  var passwordFile: String?

  /// What the options and the context come to.
  struct Place {
    let address: PostgresAddress
    let password: PasswordSource?
    let table: String
  }

  /// Finds the database that is meant.
  ///
  /// - Throws: ``Failure`` with status 2 when that is no database, or no context.
  func place() throws(Failure) -> Place {
    var (store, context) = (database, RemoteContext?.none)
    if !PostgresAddress.isAddress(database) {
      do throws(FileProblem) {
        context = try ContextFile(environment: BackendOptions.environment).context(database)
      } catch { throw Failure(error.text, .usage) }
      guard let named = context?.store else {
        throw Failure(
          "The context \(database) has no store; give it one: store: postgres://HOST/DATABASE.",
          .usage)
      }
      store = named
    }
    do throws(PostgresError) {
      return Place(
        address: try PostgresAddress(parsing: store),
        password: PasswordSource(variable: passwordEnv, file: passwordFile)
          ?? context?.storePassword,
        table: table ?? context?.table ?? DatastoreTable.standardName)
    } catch {
      throw Failure(error.sentence, .usage)
    }
  }

  /// A session with the database.
  ///
  /// - Throws: ``PostgresError`` that says why there is none.
  static func session(
    _ place: Place, for purpose: PostgresSettings.Purpose
  ) throws(PostgresError) -> PostgresSession {
    let password: String?
    do throws(FileProblem) { password = try place.password?.read(environment) } catch {
      throw PostgresError(.password, error.text)
    }
    return try PostgresSession(
      PostgresSettings(place.address, password: password, for: purpose),
      home: environment["HOME"])
  }

  static var environment: [String: String] { ProcessInfo.processInfo.environment }
}

extension PostgresError {
  /// The program's exit status: 2 when it was used wrongly, 3 when there is no connection, 1 when the
  /// server refused something.
  var status: ExitStatus {
    switch kind {
    case .address: .usage
    case .missing, .other, .slow, .locked, .readOnly: code == "3D000" ? .store : .failed
    case .forbidden: code == "28000" ? .store : .failed
    case .library, .password, .unreachable, .busy, .lost, .encryption, .session: .store
    }
  }
}
