// Build step: compiles a folder of typeshed's layout to one index file.
//
//   compile_stubs third_party/node_modules/pyright/dist/typeshed-fallback build/release/typeshed.overt-stubs
#include <iostream>

#include "stubs/stub_index.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: compile_stubs TYPESHED OUTPUT\n";
    return 2;
  }
  const absl::Status status = overt::stubs::WriteStubIndex(argv[1], argv[2]);
  if (!status.ok()) std::cerr << "compile_stubs: " << status.message() << "\n";
  return status.ok() ? 0 : 1;
}
