/// The tables of a store, as they are written in its file.
///
/// Truth: what steps write, at the right-hand edge of each table. A step's rows can be read by a
/// person; what no column has is in blobs, which the page "Stored steps" of EventicleCore describes.
enum Schema {
  /// "EVNT", by which a file is known as a store.
  static let applicationID = 1_163_284_052
  /// The format of the file; it rises when a program that knows an older one cannot read it.
  static let format = 1
  /// The oldest SQLite that knows all that is used here.
  static let oldestLibrary: Int32 = 3_037_000

  static let meta = """
    CREATE TABLE meta(name TEXT PRIMARY KEY, value ANY, hash INTEGER NOT NULL) STRICT, WITHOUT ROWID
    """

  /// What blobs mention by number, from 0.
  static let name = """
    CREATE TABLE name(number INTEGER PRIMARY KEY, text TEXT NOT NULL, hash INTEGER NOT NULL) STRICT
    """

  /// What many events share; a tenant's part of a stream has the tenant's name in front.
  ///
  /// Events that were persisted without being published have kinds of their own.
  static let kind = """
    CREATE TABLE kind(number INTEGER PRIMARY KEY, type TEXT NOT NULL, stream TEXT NOT NULL, \
    tenant TEXT, source TEXT NOT NULL, aggregate TEXT, published INTEGER NOT NULL, \
    first INTEGER NOT NULL, hash INTEGER NOT NULL) STRICT
    """

  static let consumer = """
    CREATE TABLE consumer(number INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, \
    hash INTEGER NOT NULL) STRICT
    """

  /// Published events, each with its place in its stream, from 1.
  ///
  /// `cause` is the position of the event with the id of the cause. `id` has 16 bytes for a UUID.
  /// `extra` is JSON with what few events have, `members` those of an event's JSON that are not its
  /// own.
  static let event = """
    CREATE TABLE event(position INTEGER PRIMARY KEY, place INTEGER NOT NULL, \
    \(eventColumns)) STRICT
    """

  /// Events that were persisted without being published, each after so many published ones.
  static let keptEvent = """
    CREATE TABLE kept_event(number INTEGER PRIMARY KEY, before INTEGER NOT NULL, \
    \(eventColumns)) STRICT
    """

  private static let eventColumns = """
    kind INTEGER NOT NULL, entry INTEGER NOT NULL, created_at INTEGER NOT NULL, cause INTEGER, \
    id ANY NOT NULL, subject TEXT, data TEXT NOT NULL, extra TEXT, members TEXT
    """

  /// Entries, of which those at the ends of steps say more.
  ///
  /// `step`, its number from 1, and `input` are at the first entry of a step, `length` and
  /// `changes` at the first of each of its parts; `events` and `kept`, how many there are after it,
  /// at the last of each part; and `hash` at the last of a step, over all rows up to there.
  static let journal = """
    CREATE TABLE journal(entry INTEGER PRIMARY KEY, tag INTEGER NOT NULL, \
    instant INTEGER NOT NULL, cause INTEGER, origin INTEGER, position INTEGER, consumer INTEGER, \
    saga INTEGER, instance TEXT, name INTEGER, data TEXT, outcome INTEGER, reason TEXT, \
    detail BLOB, step INTEGER, length INTEGER, input BLOB, changes BLOB, events INTEGER, kept INTEGER, \
    hash INTEGER) STRICT
    """

  /// The command lines, each with the last entry before it ran.
  static let tape = """
    CREATE TABLE tape(number INTEGER PRIMARY KEY, entry INTEGER NOT NULL, line TEXT NOT NULL, \
    hash INTEGER NOT NULL) STRICT
    """

  /// The runs of a program that wrote, each with the last entry before it.
  ///
  /// `code` tells one build of the program from another. `shape` is what its domain declared, or
  /// NULL when that is what it was in the run before.
  static let opening = """
    CREATE TABLE opening(number INTEGER PRIMARY KEY, entry INTEGER NOT NULL, at INTEGER NOT NULL, \
    program TEXT NOT NULL, code TEXT, shape TEXT, sqlite TEXT NOT NULL, hash INTEGER NOT NULL) STRICT
    """

  /// How far the rows reach that were committed, in one row, so that rows missing at the end are
  /// noticed; the hash is over the hashes of the last ones.
  static let extent = """
    CREATE TABLE extent(number INTEGER PRIMARY KEY, entry INTEGER NOT NULL, lines INTEGER NOT NULL, \
    openings INTEGER NOT NULL, hash INTEGER NOT NULL) STRICT
    """

  /// What stays small of the world after an entry.
  static let core = """
    CREATE TABLE core(entry INTEGER PRIMARY KEY, events INTEGER NOT NULL, body BLOB NOT NULL, \
    hash INTEGER NOT NULL) STRICT
    """

  /// The tables that nothing could make again, and the cores, by their names.
  static let truth = [
    ("meta", meta), ("name", name), ("kind", kind), ("consumer", consumer), ("event", event),
    ("kept_event", keptEvent), ("journal", journal), ("tape", tape), ("opening", opening),
    ("extent", extent), ("core", core),
  ]

  /// The tables that are made from steps, and the views.
  static let derived = DerivedTables.all.flatMap(\.texts) + Views.all

  /// All tables and views, in the order in which they are made.
  static let all = truth.map(\.1) + derived

  /// Settings of every connection; those of the file itself are set when it is made.
  static let settings = """
    PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA cache_size=-16000; \
    PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA foreign_keys=OFF;
    """
}
