#include "checker/driver/debug_print.h"

#include <unistd.h>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "checker/driver/terminal.h"
#include "grammar/ast/print.h"
#include "grammar/syntax/parser.h"

namespace overt::driver {
namespace {

std::string Dump(const Snapshot& snapshot, FileId file, absl::string_view product) {
  if (product == "source") {
    const program::FileText text = snapshot.program->Text(file);
    return absl::StrCat(text.line_starts.size(), " lines, ", text.text.size(), " bytes\n", text.text, "\n");
  }
  if (product == "syntax") {
    grammar::Parser parser;
    return parser.Parse(snapshot.program->Text(file).text).Dump() + "\n";
  }
  const bind::ModuleIndex* index = snapshot.program->Index(file);
  if (index == nullptr) return absl::StrCat("cannot be read: ", snapshot.program->ReadError(file), "\n");
  if (product == "ast") return grammar::Dump(index->ast());
  if (product == "symbols") return index->Dump();
  if (product == "flow") return index->DumpFlow();
  return snapshot.classes->Dump(file);
}

}  // namespace

absl::Span<const absl::string_view> ProductNames() {
  static constexpr absl::string_view kNames[] = {"source", "syntax", "ast", "symbols", "flow", "classes"};
  return kNames;
}

ExitCode PrintProduct(Session& session, const std::vector<std::string>& files, absl::string_view product) {
  if (!absl::c_linear_search(ProductNames(), product)) {
    WriteAll(STDERR_FILENO,
             absl::StrCat("overt: no product is named `", product, "`: ", absl::StrJoin(ProductNames(), ", "), "\n"));
    return ExitCode::kUsage;
  }
  for (const std::string& path : files) {
    const Snapshot snapshot = session.SnapshotFor(path);
    const FileId file = snapshot.program->AddFile(path);
    if (files.size() > 1) WriteAll(STDOUT_FILENO, absl::StrCat("# ", snapshot.program->file(file).display, "\n"));
    WriteAll(STDOUT_FILENO, Dump(snapshot, file, product));
  }
  return ExitCode::kClean;
}

}  // namespace overt::driver
