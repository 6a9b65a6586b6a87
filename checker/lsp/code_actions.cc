// What can be done about the findings of a place, about a class, and about all of a file.
//
// A quick fix is a fix of the command line; the others of a finding are comments, two that ignore it and one at
// the base whose overrides it is about, and where there is a baseline one more takes the finding into it, or out.
// `refactor.rewrite` writes the methods that a class lacks, and is a quick fix where a finding says so; its edit costs
// more than the others, so a client that can ask for it later gets it then. `source.fixAll.overt` and
// `source.addOverride.overt` are made when an editor asks for them by name, at each save perhaps, and when it asks for
// source actions in general.
#include "absl/algorithm/container.h"
#include "checker/driver/baseline_run.h"
#include "checker/fixes/fixes.h"
#include "checker/fixes/ignore_comment.h"
#include "checker/lsp/asked.h"
#include "checker/lsp/features/abstract_members.h"
#include "checker/lsp/features/override_methods.h"
#include "checker/lsp/source_edits.h"
#include "checker/lsp/uri.h"

namespace overt::lsp {
namespace {

constexpr absl::string_view kQuickFix = "quickfix", kRewrite = "refactor.rewrite";
constexpr absl::string_view kFixAll = "source.fixAll.overt", kAddOverride = "source.addOverride.overt";

// Whether the client wants actions of that kind: it names none, or one that the kind lies below.
bool Wants(const RequestContext& context, absl::string_view kind) {
  const Json* only = Find(context.call.params, {"context", "only"});
  if (only == nullptr || !only->is_array()) return true;
  for (const Json& one : *only) {
    if (!one.is_string()) continue;
    const std::string& wanted = one.get_ref<const std::string&>();
    if (kind == wanted || wanted.empty() || kind.substr(0, wanted.size() + 1) == wanted + ".") return true;
  }
  return false;
}

// Whether an editor asks for an action by itself, as it does at a save. A person who asks says so, in the words of the
// protocol: triggerKind 1.
bool IsSaving(const RequestContext& context) {
  return Find(context.call.params, {"context", "only"}) != nullptr &&
         IntegerAt(context.call.params, {"context", "triggerKind"}) != 1;
}

std::vector<Edit> ImplementAbstract(const RequestContext& context, FileId file, const AbstractMembers& members) {
  return OverrideMethods(context.view.snapshot, file, members.name.begin, members.names, BuffersOf(context));
}

class Actions {
 public:
  Actions(const RequestContext& context, FileId file)
      : context_(context), snapshot_(context.view.snapshot), file_(file), places_(PlacesOf(context)) {}

  Json List() {
    if (Wants(context_, kQuickFix)) AddQuickFixes();
    if (Wants(context_, kRewrite)) AddRewrites();
    if (Wants(context_, kFixAll)) AddFixAll();
    if (Wants(context_, kAddOverride)) {
      AddSource(kAddOverride, "overt: add `@override` where it is missing", OverrideMarks(snapshot_, file_));
    }
    return std::move(list_);
  }

 private:
  std::optional<TextRange> Asked() const {
    const Json* asked = Find(context_.call.params, {"range"});
    if (asked == nullptr) return std::nullopt;
    const Document& document = *context_.view.document;
    const std::optional<uint32_t> begin = OffsetIn(document, Find(*asked, {"start"}), context_.client);
    const std::optional<uint32_t> end = OffsetIn(document, Find(*asked, {"end"}), context_.client);
    if (!begin || !end) return std::nullopt;
    return TextRange{*begin, *end};
  }

  bool IsAskedFor(TextRange range) const {
    const std::optional<TextRange> asked = Asked();
    return asked && range.begin <= asked->end && asked->begin <= range.end;
  }

  void AddQuickFixes() {
    const driver::FileReport report =
        context_.view.root->Judged(driver::CheckOne(snapshot_, context_.view.document->path(), nullptr));
    const Json written = WriteFindings(report, context_.client, *context_.view.open);
    if (written.size() < report.diagnostics.size()) return;  // an installed package's, which nobody is shown
    const fixes::FixContext site{*snapshot_.classes, file_, places_.TextOf(file_).text,
                                 snapshot_.settings->fix.options};
    const fixes::FileFixer fixer(site);
    for (size_t i = 0; i < report.diagnostics.size(); ++i) {
      const Diagnostic& finding = report.diagnostics[i];
      if (!IsAskedFor(finding.primary.span.range)) continue;
      if (const std::optional<Fix> fix = fixer.FixFor(finding)) {
        AddForFinding(fix->title, written[i], fix->edits, fix->applicability == Fix::Applicability::kSafe);
      }
      if (finding.rule == Rule::kUnimplementedAbstract) AddMissingMembers(finding.primary.span.range, written[i]);
      AddComment("on this line", finding.rule, written[i], fixes::IgnoreOnLine(site, finding));
      AddComment("in this file", finding.rule, written[i], fixes::IgnoreInFile(site, finding));
      AddOpening(finding, written[i]);
      AddBaselineChange(finding, written[i], report.path);
    }
  }

  // The finding stands at the class's name.
  void AddMissingMembers(TextRange name, const Json& finding) {
    for (const AbstractMembers& members : AbstractMembersAt(snapshot_, file_, name)) {
      if (members.name == name) AddImplementation(members, kQuickFix, &finding);
    }
  }

  // Where a quick fix does the same already, there is nothing more to choose.
  void AddRewrites() {
    const std::optional<TextRange> asked = Asked();
    if (!asked) return;
    for (const AbstractMembers& members : AbstractMembersAt(snapshot_, file_, *asked)) {
      if (!absl::c_linear_search(implemented_, members.ref)) AddImplementation(members, kRewrite, nullptr);
    }
  }

  void AddImplementation(const AbstractMembers& members, absl::string_view kind, const Json* finding) {
    Json action = {{"title", TitleOf(members)}, {"kind", kind}};
    if (finding != nullptr) action["diagnostics"] = Json::array({*finding});
    if (context_.client.resolves_action_edits) {
      action["data"] = {{"document", context_.view.document->uri()},
                        {"class", ClassKeys(snapshot_, file_).KeyOf(members.ref)}};
    } else {
      const std::vector<Edit> edits = ImplementAbstract(context_, file_, members);
      if (edits.empty()) return;
      action["edit"] = places_.WorkspaceEdit({{file_, edits}});
    }
    implemented_.push_back(members.ref);
    list_.push_back(std::move(action));
  }

  void AddComment(absl::string_view where, Rule rule, const Json& finding, const std::optional<Edit>& edit) {
    if (edit) AddForFinding(absl::StrCat("ignore `", NameOf(rule), "` ", where), finding, {*edit}, false);
  }

  // At the base's member, to which such a finding points, if that is the project's own.
  void AddOpening(const Diagnostic& finding, const Json& written) {
    if (finding.secondary.empty() || !absl::c_linear_search(RulesToOpen(), finding.rule)) return;
    const Span member = finding.secondary.front().span;
    const program::FileInfo& info = snapshot_.program->file(member.file);
    if (info.is_bundled || info.family != resolve::ResolvedModule::Family::kFirstParty) return;
    const fixes::FixContext base_file{*snapshot_.classes, member.file, places_.TextOf(member.file).text};
    const std::optional<Edit> edit = fixes::OpenMember(base_file, member.range.begin, finding.rule);
    if (!edit) return;
    const std::string title =
        absl::StrCat("open the base's member: allow `", NameOf(finding.rule), "` for every override");
    AddEdits(title, written, member.file, {*edit}, false);
  }

  void AddForFinding(absl::string_view title, const Json& finding, const std::vector<Edit>& edits, bool is_preferred) {
    AddEdits(title, finding, file_, edits, is_preferred);
  }

  void AddEdits(absl::string_view title, const Json& finding, FileId file, const std::vector<Edit>& edits,
                bool is_preferred) {
    Json action = {{"title", title},
                   {"kind", kQuickFix},
                   {"diagnostics", Json::array({finding})},
                   {"edit", places_.WorkspaceEdit({{file, edits}})}};
    if (is_preferred) action["isPreferred"] = true;
    list_.push_back(std::move(action));
  }

  // What the project accepts is in a file of its own, which is written anew: where it is, for one is not made here.
  void AddBaselineChange(const Diagnostic& finding, const Json& written, const std::string& path) {
    if (finding.standing == Standing::kUnjudged) return;
    const driver::BaselineKeeper::Pointer baseline = context_.view.root->BaselineFor(path);
    if (baseline == nullptr) return;
    const bool is_accepted = finding.standing == Standing::kAccepted;
    const std::string text = is_accepted ? TextWithout(*baseline, finding, path) : TextWith(*baseline, finding, path);
    if (text.empty()) return;
    const auto lines = static_cast<uint32_t>(absl::c_count(*baseline->text, '\n') + 1);  // behind the last one
    const Json edit = {{"range", {{"start", WritePosition({})}, {"end", WritePosition({lines, 0})}}},
                       {"newText", text}};
    Json changes = Json::object();
    changes[UriOfPath(baseline->path)] = Json::array({edit});
    list_.push_back({{"title", is_accepted ? "take out of the baseline" : "accept in the baseline"},
                     {"kind", kQuickFix},
                     {"diagnostics", Json::array({written})},
                     {"edit", {{"changes", std::move(changes)}}}});
  }

  void AddFixAll() {
    const std::vector<Rule> only =
        IsSaving(context_) ? context_.view.root->settings().saving_fixes : std::vector<Rule>();
    AddSource(kFixAll, "overt: fix all", SafeFixes(snapshot_, file_, only));
  }

  void AddSource(absl::string_view kind, absl::string_view title, const std::vector<Edit>& edits) {
    if (edits.empty()) return;
    list_.push_back({{"title", title}, {"kind", kind}, {"edit", places_.WorkspaceEdit({{file_, edits}})}});
  }

  const RequestContext& context_;
  const driver::Snapshot& snapshot_;
  FileId file_;
  PlaceWriter places_;
  std::vector<classes::ClassRef> implemented_;
  Json list_ = Json::array();
};

}  // namespace

RequestResult OnCodeAction(const RequestContext& context) {
  const std::optional<Asked> asked = AskedFile(context);
  if (!asked || !context.client.code_action_literals) return Answered(Json::array());
  return Answered(Actions(context, asked->file).List());
}

// The edit of an action that was listed without one: of `AddImplementation`. The class may be another one by now.
RequestResult OnResolveCodeAction(const RequestContext& context) {
  Json action = context.call.params;
  const Json* data = Find(action, {"data"});
  if (!action.is_object() || data == nullptr) {
    return Failed(absl::InvalidArgumentError("this action is none of overt's, or has its edit already"));
  }
  const std::optional<Asked> asked = AskedFile(context);
  if (!asked) return Answered(std::move(action));
  const driver::Snapshot& snapshot = context.view.snapshot;
  const classes::ClassRef ref = ClassKeys(snapshot, asked->file).Find(StringAt(*data, {"class"}));
  if (!ref.present()) return Answered(std::move(action));
  const TextRange name = snapshot.classes->InfoOf(ref).name_range;
  for (const AbstractMembers& members : AbstractMembersAt(snapshot, asked->file, name)) {
    if (members.ref != ref) continue;
    const std::vector<Edit> edits = ImplementAbstract(context, asked->file, members);
    if (!edits.empty()) action["edit"] = PlacesOf(context).WorkspaceEdit({{asked->file, edits}});
  }
  return Answered(std::move(action));
}

}  // namespace overt::lsp
