/* Stands before the C library and ends the process in a chosen way when a file of a certain name is opened, so that the
 * program under test needs no planted bug: `trap_segv.py`, `trap_abort.py`, `trap_stack.py`, `trap_divide.py`. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static volatile int sink;

static int fill_stack(int depth) {
  volatile char space[4096];
  space[0] = (char)depth;
  return fill_stack(depth + 1) + space[0];
}

static void spring(const char *path) {
  const char *name = strrchr(path, '/');
  name = name ? name + 1 : path;
  if (strncmp(name, "trap_", 5) != 0) return;
  if (strcmp(name, "trap_segv.py") == 0) *(volatile int *)16 = 1;
  if (strcmp(name, "trap_abort.py") == 0) abort();
  if (strcmp(name, "trap_stack.py") == 0) sink = fill_stack(0);
  if (strcmp(name, "trap_divide.py") == 0) raise(SIGFPE);
}

typedef int Open(const char *, int, ...);

#define INTERPOSE(name)                                  \
  int name(const char *path, int flags, ...) {           \
    va_list rest;                                        \
    va_start(rest, flags);                               \
    const int mode = va_arg(rest, int);                  \
    va_end(rest);                                        \
    spring(path);                                        \
    return ((Open *)dlsym(RTLD_NEXT, #name))(path, flags, mode); \
  }
INTERPOSE(open)
INTERPOSE(open64)

int __open_2(const char *path, int flags) { return open(path, flags); }
int __open64_2(const char *path, int flags) { return open64(path, flags); }
