// What a statement came to.
#include "internal.h"

#if CPG_HAS_LIBRARY

// A result is the library's own; only its name differs.
static const PGresult *own(const cpg_result *result) { return (const PGresult *)result; }

cpg_result *cpg_next(cpg_link *link) {
  return (cpg_result *)cpg_library.PQgetResult(link->connection);
}

enum cpg_kind cpg_kind_of(const cpg_result *result) {
  if (result == 0) return CPG_KIND_END;
  switch (cpg_library.PQresultStatus(own(result))) {
  case PGRES_SINGLE_TUPLE: return CPG_KIND_ROW;
  case PGRES_TUPLES_OK:
  case PGRES_COMMAND_OK:
  case PGRES_EMPTY_QUERY: return CPG_KIND_DONE;
  default: return CPG_KIND_FAILED;
  }
}

int cpg_rows(const cpg_result *result) { return cpg_library.PQntuples(own(result)); }

int cpg_columns(const cpg_result *result) { return cpg_library.PQnfields(own(result)); }

const char *cpg_value(const cpg_result *result, int row, int column, int *length) {
  *length = 0;
  if (row < 0 || row >= cpg_rows(result) || column < 0 || column >= cpg_columns(result)) return 0;
  if (cpg_library.PQgetisnull(own(result), row, column)) return 0;
  *length = cpg_library.PQgetlength(own(result), row, column);
  return cpg_library.PQgetvalue(own(result), row, column);
}

const char *cpg_error(const cpg_result *result, enum cpg_field field) {
  static const int codes[] = {
      PG_DIAG_SQLSTATE,
      PG_DIAG_MESSAGE_PRIMARY,
      PG_DIAG_MESSAGE_DETAIL,
      PG_DIAG_MESSAGE_HINT,
  };
  return cpg_library.PQresultErrorField(own(result), codes[field]);
}

void cpg_release(cpg_result *result) { cpg_library.PQclear((PGresult *)result); }

#else

cpg_result *cpg_next(cpg_link *link) {
  (void)link;
  return 0;
}

enum cpg_kind cpg_kind_of(const cpg_result *result) {
  (void)result;
  return CPG_KIND_END;
}

int cpg_rows(const cpg_result *result) {
  (void)result;
  return 0;
}

int cpg_columns(const cpg_result *result) {
  (void)result;
  return 0;
}

const char *cpg_value(const cpg_result *result, int row, int column, int *length) {
  (void)result;
  (void)row;
  (void)column;
  *length = 0;
  return 0;
}

const char *cpg_error(const cpg_result *result, enum cpg_field field) {
  (void)result;
  (void)field;
  return 0;
}

void cpg_release(cpg_result *result) { (void)result; }

#endif
