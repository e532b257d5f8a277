// Finds libpq when it is first needed.
#include "internal.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

#if CPG_HAS_LIBRARY

struct cpg_functions cpg_library;

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;
static int is_loaded;
/// The last failure of this thread.
static _Thread_local char failure[512];

static const char *find(const char *name) {
  void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    const char *reason = dlerror();
    snprintf(failure, sizeof failure, "%s", reason ? reason : "the system does not say why");
    return failure;
  }
#define CPG_FIND(function) \
  *(void **)(&cpg_library.function) = dlsym(library, #function); \
  if (cpg_library.function == NULL) { \
    snprintf(failure, sizeof failure, "%s has no %s", name, #function); \
    dlclose(library); \
    return failure; \
  }
  CPG_FUNCTIONS(CPG_FIND)
#undef CPG_FIND
  return NULL;
}

const char *cpg_load(const char *name) {
  pthread_mutex_lock(&loading);
  const char *reason = is_loaded ? NULL : find(name);
  if (reason == NULL) is_loaded = 1;
  pthread_mutex_unlock(&loading);
  return reason;
}

int cpg_library_version(void) {
  pthread_mutex_lock(&loading);
  int version = is_loaded ? cpg_library.PQlibVersion() : 0;
  pthread_mutex_unlock(&loading);
  return version;
}

#else

const char *cpg_load(const char *name) {
  (void)name;
  return "built without PostgreSQL";
}

int cpg_library_version(void) { return 0; }

#endif
