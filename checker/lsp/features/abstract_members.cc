#include "checker/lsp/features/abstract_members.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/fixes/text_places.h"
#include "grammar/ast/definitions.h"

namespace overt::lsp {

using classes::ClassRef;
using driver::Snapshot;

namespace {

// Decorators, name and bases, to the end of the line.
TextRange HeaderOf(const grammar::Ast& ast, grammar::NodeId node, absl::string_view text) {
  const auto definition = ast.Get<grammar::ClassDefNode>(node);
  uint32_t end = ast.range(definition.name()).end;
  for (const grammar::NodeId argument : definition.arguments()) end = std::max(end, ast.range(argument).end);
  return {grammar::WholeOf(ast, node).begin, fixes::EndOfLine(text, end)};
}

bool IsMeantToStay(const Snapshot& snapshot, ClassRef ref) {
  if (snapshot.classes->InfoOf(ref).is(classes::ClassFlags::kProtocol)) return true;
  return absl::c_any_of(snapshot.classes->MembersOf(ref).all(),
                        [](const classes::Member& member) { return member.is(classes::MemberFlags::kAbstract); });
}

AbstractMembers MembersLeft(const Snapshot& snapshot, ClassRef ref) {
  AbstractMembers left{ref, snapshot.classes->InfoOf(ref).name_range, {}, {}};
  for (const classes::Inherited& one : snapshot.classes->UnimplementedMembers(ref)) {
    if (!IsMethod(one.member->kind)) continue;
    left.names.emplace_back(snapshot.program->interner().text(one.member->name));
    const std::string& owner = snapshot.classes->InfoOf(one.owner).name;
    if (!absl::c_linear_search(left.owners, owner)) left.owners.push_back(owner);
  }
  return left;
}

}  // namespace

std::vector<AbstractMembers> AbstractMembersAt(const Snapshot& snapshot, FileId file, TextRange range) {
  const bind::ModuleIndex* index = snapshot.program->Index(file);
  if (index == nullptr) return {};
  const std::string text = snapshot.program->Text(file).text;
  std::vector<AbstractMembers> found;
  for (const ClassRef ref : snapshot.classes->ClassesIn(file)) {
    if (!index->ast().Is<grammar::ClassDefNode>(ref.node)) continue;
    const TextRange header = HeaderOf(index->ast(), ref.node, text);
    if (header.begin > range.end || range.begin > header.end || IsMeantToStay(snapshot, ref)) continue;
    AbstractMembers left = MembersLeft(snapshot, ref);
    if (!left.names.empty()) found.push_back(std::move(left));
  }
  return found;
}

std::string TitleOf(const AbstractMembers& members) {
  std::string owners;
  for (size_t i = 0; i < members.owners.size(); ++i) {
    const bool is_last = i + 1 == members.owners.size();
    absl::StrAppend(&owners, i == 0 ? "" : is_last ? " and " : ", ", "`", members.owners[i], "`");
  }
  const absl::string_view noun = members.names.size() == 1 ? "abstract member" : "abstract members";
  return absl::StrCat("implement ", noun, " of ", owners);
}

}  // namespace overt::lsp
