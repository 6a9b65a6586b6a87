#include "checker/lsp/features/abstract_members.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "checker/bind/statement_lines.h"
#include "checker/fixes/text_places.h"
#include "diagnostics/wording.h"

namespace overt::lsp {

using classes::ClassRef;
using driver::Snapshot;

namespace {

// Decorators, name and bases, to the end of the line.
TextRange HeaderOf(const grammar::Ast& ast, grammar::NodeId node, absl::string_view text) {
  const TextRange header = bind::LinesOf(ast, node).header;
  return {header.begin, fixes::EndOfLine(text, header.end)};
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
  std::vector<std::string> owners;
  for (const std::string& owner : members.owners) owners.push_back(absl::StrCat("`", owner, "`"));
  const absl::string_view noun = members.names.size() == 1 ? "abstract member" : "abstract members";
  return absl::StrCat("implement ", noun, " of ", InWords(owners));
}

}  // namespace overt::lsp
