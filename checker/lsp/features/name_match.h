// How well the name of something fits what a person types to find it.
//
//   NameQuery query("csvr");
//   query.FitOf("CsvReader")                     // its letters begin words, so it comes before…
//   query.FitOf("csv_parser")                    // …one in which they only follow one another
//   NameQuery("reader.op").FitWithin("plugins.Reader")     // what stands before the last dot is about the container
//
// Case does not matter: only ASCII has any here.
#ifndef OVERT_CHECKER_LSP_FEATURES_NAME_MATCH_H_
#define OVERT_CHECKER_LSP_FEATURES_NAME_MATCH_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace overt::lsp {

// Best first.
enum class NameFit : uint8_t {
  kSame,
  kBegins,
  kWords,    // all letters begin words of the name, or go on in them: "re" and "rer" in "read_row"
  kWithin,   // in one piece
  kInOrder,  // one letter after the other
};

class NameQuery {
 public:
  explicit NameQuery(absl::string_view text);

  // How the name fits the last part; nothing if it does not. All names fit an empty one alike.
  std::optional<NameFit> FitOf(absl::string_view name) const;

  bool has_container() const { return !containers_.empty(); }
  // How a dotted container fits the parts before: each fits one of its parts, in their order, and what counts is the
  // worst. The last part of the query, if there is no other, leaves all containers alike.
  std::optional<NameFit> FitWithin(absl::string_view container) const;

 private:
  std::vector<std::string> containers_;
  std::string name_;
};

}  // namespace overt::lsp

#endif  // OVERT_CHECKER_LSP_FEATURES_NAME_MATCH_H_
