#include "grammar/verdict/judge_tree.h"

namespace overt::grammar {

TreeVerdict JudgeTree(const Ast&, absl::string_view, FileKind) { return {}; }

}  // namespace overt::grammar
