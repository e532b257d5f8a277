import EventicleCore

/// What an error of the server means for the connection.
enum RedisRefusal: Sendable, Hashable {
  /// Trying again does not mend it; the sentence for the person.
  case final(String)
  /// It may be over in a while; the reason without a full stop.
  case passing(String)

  /// The meaning of an error's text, which begins with its code.
  init(_ error: String, of command: RedisCommand, at server: String) {
    let code = error.prefix { $0 != " " }
    switch code {
    case "NOAUTH":
      self = .final(
        "\(server) asks for a password; name the variable that holds it with --password-env NAME, or "
          + "password-env in the context file.")
    case "WRONGPASS":
      self = .final("\(server) does not take this user and password.")
    case "NOPERM":
      self = .final(
        "The user may not run \(command.name) at \(server); attaching needs the right to read: "
          + "+xread +xrange +xrevrange +xinfo +scan.")
    case "WRONGTYPE":
      self = .final("What is asked for at \(server) is there, but it is no stream.")
    case "LOADING": self = .passing("the server is reading its data")
    case "MASTERDOWN": self = .passing("the server has lost its master")
    case "BUSY": self = .passing("the server runs a script")
    default:
      if case .authenticate = command, error.contains("without any password") {
        self = .final("\(server) asks for no password, but one is given; leave it out.")
      } else if case .authenticate = command {
        self = .final("\(server) does not take the password: \(error).")
      } else if case .select = command {
        self = .final("\(server) does not have this database: \(error).")
      } else {
        self = .passing("\(command.name) was answered with: \(error)")
      }
    }
  }
}
