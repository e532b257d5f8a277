// PostgreSQL's own library, loaded when it is first needed, behind functions that Swift sees.
//
// The program neither links with libpq nor needs it to start: `cpg_load` finds it with dlopen, and
// says in words why it cannot. Built without libpq's header, every function is there all the same and
// `cpg_load` says that. No function blocks but `cpg_start`, which may look up a host's name.
//
// A link is used by one thread at a time; different links have nothing in common but the library.
#ifndef CPOSTGRES_H
#define CPOSTGRES_H

#include <stddef.h>
#include <stdint.h>

/// A connection, whatever has become of it.
typedef struct cpg_link cpg_link;
/// What a statement came to, or a part of it.
typedef struct cpg_result cpg_result;

/// What a connection that is being made waits for.
enum cpg_step {
  CPG_STEP_FAILED = 0,
  CPG_STEP_READING = 1,
  CPG_STEP_WRITING = 2,
  CPG_STEP_DONE = 3,
};

/// What a result is.
enum cpg_kind {
  /// There are no more results of the statement.
  CPG_KIND_END = 0,
  /// The statement is done; it may have rows.
  CPG_KIND_DONE = 1,
  /// One row, of more to come.
  CPG_KIND_ROW = 2,
  /// The server refused the statement, or the connection is gone.
  CPG_KIND_FAILED = 3,
};

/// A field of an error.
enum cpg_field {
  CPG_FIELD_STATE = 0,
  CPG_FIELD_MESSAGE = 1,
  CPG_FIELD_DETAIL = 2,
  CPG_FIELD_HINT = 3,
};

/// Loads the library by its name, and does nothing when it is loaded
/// already. Returns NULL when it is there, else why it is not, a text that stays until this thread
/// calls it again. Safe from every thread.
const char *_Nullable cpg_load(const char *_Nonnull name);

/// The library's version, such as 150018; 0 when it is not loaded.
int cpg_library_version(void);

/// Begins to connect. The two lists end with NULL. Returns NULL when there is no memory.
cpg_link *_Nullable cpg_start(
    const char *_Nullable const *_Nonnull keywords, const char *_Nullable const *_Nonnull values);

/// Goes on connecting, after the socket is ready for what the last step said; a new link counts as
/// waiting for writing. The socket may be another one after each step.
enum cpg_step cpg_go_on(cpg_link *_Nonnull link);

/// The socket of a link, -1 when there is none.
int cpg_socket(const cpg_link *_Nonnull link);

/// Whether the connection is known to be of no more use.
int cpg_is_lost(const cpg_link *_Nonnull link);

/// What the library says of the last failure of the link; valid until its next use.
const char *_Nonnull cpg_message(const cpg_link *_Nonnull link);

/// The server's version, such as 150018; 0 before there is a connection.
int cpg_server_version(const cpg_link *_Nonnull link);

/// The number of the server's process for this link.
int cpg_process(const cpg_link *_Nonnull link);

/// Whether the server wanted a password and none was found.
int cpg_lacks_password(const cpg_link *_Nonnull link);

/// Whether the connection is encrypted.
int cpg_is_encrypted(cpg_link *_Nonnull link);

/// Sends a statement with parameters as texts, and asks for its rows one by one. Returns 0 when it
/// cannot be sent. The result's values are texts.
int cpg_send(
    cpg_link *_Nonnull link, const char *_Nonnull statement, int count,
    const char *_Nullable const *_Nullable values);

/// Sends several statements without parameters at once. Returns 0 when they cannot be sent.
int cpg_send_script(cpg_link *_Nonnull link, const char *_Nonnull script);

/// Sends what waits to be sent. Returns 0 when all of it has gone, 1 when the socket must be ready for
/// writing first, -1 on a failure.
int cpg_flush(cpg_link *_Nonnull link);

/// Takes in what has come. Returns 0 on a failure.
int cpg_consume(cpg_link *_Nonnull link);

/// Whether the next result has not come in full.
int cpg_is_busy(cpg_link *_Nonnull link);

/// The next result; NULL when the statement has no more. Only when the link is not busy.
cpg_result *_Nullable cpg_next(cpg_link *_Nonnull link);

/// What a result is.
enum cpg_kind cpg_kind_of(const cpg_result *_Nullable result);

/// The number of rows of a result.
int cpg_rows(const cpg_result *_Nonnull result);

/// The number of columns of a result.
int cpg_columns(const cpg_result *_Nonnull result);

/// A value of a result, not ended by anything; NULL when it is SQL's NULL. Valid until the result is
/// released.
const char *_Nullable cpg_value(
    const cpg_result *_Nonnull result, int row, int column, int *_Nonnull length);

/// A field of an error; NULL when it has none. Valid until the result is released.
const char *_Nullable cpg_error(const cpg_result *_Nonnull result, enum cpg_field field);

/// Releases a result.
void cpg_release(cpg_result *_Nullable result);

/// Takes the oldest notification. Returns 0 when there is none; else its channel is in the buffer.
int cpg_notification(cpg_link *_Nonnull link, char *_Nonnull channel, size_t size);

/// Takes the oldest thing that the server has remarked: its code, a colon, a space and at most 500
/// bytes of its text. Returns 0 when there is none. A link keeps the newest eight.
int cpg_remark(cpg_link *_Nonnull link, char *_Nonnull text, size_t size);

/// Closes a connection and releases it.
void cpg_close(cpg_link *_Nonnull link);

#endif
