// What the files of this target share.
#ifndef CPOSTGRES_INTERNAL_H
#define CPOSTGRES_INTERNAL_H

#include "cpostgres.h"

#if defined(EVENTICLE_WITHOUT_BACKENDS)
#define CPG_HAS_LIBRARY 0
#elif __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#define CPG_HAS_LIBRARY 1
#elif __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#define CPG_HAS_LIBRARY 1
#else
#define CPG_HAS_LIBRARY 0
#endif

#if CPG_HAS_LIBRARY

// Every function of the library that is used, once.
#define CPG_FUNCTIONS(F) \
  F(PQlibVersion) \
  F(PQconnectStartParams) \
  F(PQconnectPoll) \
  F(PQfinish) \
  F(PQstatus) \
  F(PQsocket) \
  F(PQerrorMessage) \
  F(PQserverVersion) \
  F(PQbackendPID) \
  F(PQconnectionNeedsPassword) \
  F(PQsslInUse) \
  F(PQsetErrorVerbosity) \
  F(PQsetNoticeReceiver) \
  F(PQsetnonblocking) \
  F(PQsendQuery) \
  F(PQsendQueryParams) \
  F(PQsetSingleRowMode) \
  F(PQflush) \
  F(PQconsumeInput) \
  F(PQisBusy) \
  F(PQgetResult) \
  F(PQresultStatus) \
  F(PQresultErrorField) \
  F(PQresultErrorMessage) \
  F(PQntuples) \
  F(PQnfields) \
  F(PQgetvalue) \
  F(PQgetlength) \
  F(PQgetisnull) \
  F(PQclear) \
  F(PQnotifies) \
  F(PQfreemem)

#define CPG_POINTER(name) __typeof__(name) *name;
struct cpg_functions {
  CPG_FUNCTIONS(CPG_POINTER)
};
#undef CPG_POINTER

/// The functions of the loaded library; only after `cpg_load` returned NULL.
extern struct cpg_functions cpg_library;

enum { CPG_REMARKS = 8, CPG_REMARK_SIZE = 512 };

struct cpg_link {
  PGconn *connection;
  /// The newest remarks, a ring.
  char remarks[CPG_REMARKS][CPG_REMARK_SIZE];
  unsigned first_remark, remark_count;
};

#endif
#endif
