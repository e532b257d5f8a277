// A connection, without waiting for anything.
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if CPG_HAS_LIBRARY

/// Puts what the server remarks into the link's ring, because the library would print it.
static void note(void *place, const PGresult *result) {
  cpg_link *link = place;
  unsigned slot = (link->first_remark + link->remark_count) % CPG_REMARKS;
  if (link->remark_count == CPG_REMARKS) {
    link->first_remark = (link->first_remark + 1) % CPG_REMARKS;
  } else {
    link->remark_count += 1;
  }
  const char *text = cpg_library.PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  if (text == NULL) text = cpg_library.PQresultErrorMessage(result);
  const char *code = cpg_library.PQresultErrorField(result, PG_DIAG_SQLSTATE);
  snprintf(
      link->remarks[slot], CPG_REMARK_SIZE, "%.5s: %.500s", code ? code : "00000",
      text ? text : "");
}

cpg_link *cpg_start(const char *const *keywords, const char *const *values) {
  cpg_link *link = calloc(1, sizeof *link);
  if (link == NULL) return NULL;
  link->connection = cpg_library.PQconnectStartParams(keywords, values, 0);
  if (link->connection == NULL) {
    free(link);
    return NULL;
  }
  // With the code of an error, which is the same in every language.
  cpg_library.PQsetErrorVerbosity(link->connection, PQERRORS_VERBOSE);
  cpg_library.PQsetNoticeReceiver(link->connection, note, link);
  return link;
}

enum cpg_step cpg_go_on(cpg_link *link) {
  if (cpg_library.PQstatus(link->connection) == CONNECTION_BAD) return CPG_STEP_FAILED;
  switch (cpg_library.PQconnectPoll(link->connection)) {
  case PGRES_POLLING_OK:
    return cpg_library.PQsetnonblocking(link->connection, 1) == 0 ? CPG_STEP_DONE
                                                                  : CPG_STEP_FAILED;
  case PGRES_POLLING_READING: return CPG_STEP_READING;
  case PGRES_POLLING_WRITING: return CPG_STEP_WRITING;
  default: return CPG_STEP_FAILED;
  }
}

int cpg_socket(const cpg_link *link) { return cpg_library.PQsocket(link->connection); }

int cpg_is_lost(const cpg_link *link) {
  return cpg_library.PQstatus(link->connection) == CONNECTION_BAD;
}

const char *cpg_message(const cpg_link *link) {
  const char *text = cpg_library.PQerrorMessage(link->connection);
  return text ? text : "";
}

int cpg_server_version(const cpg_link *link) {
  return cpg_library.PQserverVersion(link->connection);
}

int cpg_process(const cpg_link *link) { return cpg_library.PQbackendPID(link->connection); }

int cpg_lacks_password(const cpg_link *link) {
  return cpg_library.PQconnectionNeedsPassword(link->connection);
}

int cpg_is_encrypted(cpg_link *link) { return cpg_library.PQsslInUse(link->connection); }

int cpg_send(
    cpg_link *link, const char *statement, int count, const char *const *values) {
  return cpg_library.PQsendQueryParams(
             link->connection, statement, count, NULL, values, NULL, NULL, 0) &&
         cpg_library.PQsetSingleRowMode(link->connection);
}

int cpg_send_script(cpg_link *link, const char *script) {
  return cpg_library.PQsendQuery(link->connection, script);
}

int cpg_flush(cpg_link *link) { return cpg_library.PQflush(link->connection); }

int cpg_consume(cpg_link *link) { return cpg_library.PQconsumeInput(link->connection); }

int cpg_is_busy(cpg_link *link) { return cpg_library.PQisBusy(link->connection); }

int cpg_notification(cpg_link *link, char *channel, size_t size) {
  PGnotify *found = cpg_library.PQnotifies(link->connection);
  if (found == NULL) return 0;
  strncpy(channel, found->relname, size - 1);
  channel[size - 1] = 0;
  cpg_library.PQfreemem(found);
  return 1;
}

int cpg_remark(cpg_link *link, char *text, size_t size) {
  if (link->remark_count == 0) return 0;
  strncpy(text, link->remarks[link->first_remark], size - 1);
  text[size - 1] = 0;
  link->first_remark = (link->first_remark + 1) % CPG_REMARKS;
  link->remark_count -= 1;
  return 1;
}

void cpg_close(cpg_link *link) {
  cpg_library.PQfinish(link->connection);
  free(link);
}

#else

cpg_link *cpg_start(const char *const *keywords, const char *const *values) {
  (void)keywords;
  (void)values;
  return NULL;
}

// Without the library there is no link to hand to any of these.
enum cpg_step cpg_go_on(cpg_link *link) {
  (void)link;
  return CPG_STEP_FAILED;
}

int cpg_socket(const cpg_link *link) {
  (void)link;
  return -1;
}

int cpg_is_lost(const cpg_link *link) {
  (void)link;
  return 1;
}

const char *cpg_message(const cpg_link *link) {
  (void)link;
  return "built without PostgreSQL";
}

int cpg_server_version(const cpg_link *link) {
  (void)link;
  return 0;
}

int cpg_process(const cpg_link *link) {
  (void)link;
  return 0;
}

int cpg_lacks_password(const cpg_link *link) {
  (void)link;
  return 0;
}

int cpg_is_encrypted(cpg_link *link) {
  (void)link;
  return 0;
}

int cpg_send(
    cpg_link *link, const char *statement, int count, const char *const *values) {
  (void)link;
  (void)statement;
  (void)count;
  (void)values;
  return 0;
}

int cpg_send_script(cpg_link *link, const char *script) {
  (void)link;
  (void)script;
  return 0;
}

int cpg_flush(cpg_link *link) {
  (void)link;
  return -1;
}

int cpg_consume(cpg_link *link) {
  (void)link;
  return 0;
}

int cpg_is_busy(cpg_link *link) {
  (void)link;
  return 0;
}

int cpg_notification(cpg_link *link, char *channel, size_t size) {
  (void)link;
  (void)channel;
  (void)size;
  return 0;
}

int cpg_remark(cpg_link *link, char *text, size_t size) {
  (void)link;
  (void)text;
  (void)size;
  return 0;
}

void cpg_close(cpg_link *link) { (void)link; }

#endif
