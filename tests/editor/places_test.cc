// At any place of any file of the suites, whole or damaged, every question has an answer, and every range of an answer
// lies within its file, between characters.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/fixes/ignore_comment.h"
#include "checker/lsp/features/code_lens.h"
#include "checker/lsp/features/completion.h"
#include "checker/lsp/features/definition.h"
#include "checker/lsp/features/document_symbols.h"
#include "checker/lsp/features/gutter.h"
#include "checker/lsp/features/hover.h"
#include "checker/lsp/features/implementation.h"
#include "checker/lsp/features/rule_mentions.h"
#include "checker/lsp/features/type_hierarchy.h"
#include "checker/lsp/features/workspace_symbols.h"
#include "tests/editor/questions.h"

namespace overt::harness {
namespace {

constexpr size_t kPlaces = 6;  // of each file
constexpr size_t kSymbols = 40;

// Asks all questions about one test's files.
class Asker {
 public:
  Asker(const EditorTest& editor, std::mt19937_64& random)
      : editor_(editor), snapshot_(editor.snapshot()), family_(editor.family()), random_(random) {}

  void Run() {
    AskForSymbols();
    for (const FileId file : editor_.files()) {
      if (snapshot_.program->Index(file) == nullptr) continue;
      AskAboutFile(file);
      for (size_t i = 0; i < kPlaces; ++i) AskAt(file, static_cast<uint32_t>(random_() % (Text(file).size() + 1)));
      AskAtNames(file);
    }
  }

 private:
  const std::string& Text(FileId file) {
    const auto found = texts_.find(file);
    return found != texts_.end() ? found->second : texts_[file] = snapshot_.program->Text(file).text;
  }

  bool IsBetweenCharacters(FileId file, uint32_t offset) {
    const std::string& text = Text(file);
    return offset == text.size() || (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80);
  }

  void CheckRange(absl::string_view what, FileId file, TextRange range) {
    const bool is_fine = range.begin <= range.end && range.end <= Text(file).size() &&
                         IsBetweenCharacters(file, range.begin) && IsBetweenCharacters(file, range.end);
    EXPECT_TRUE(is_fine) << what << ": " << range.begin << "-" << range.end << " of "
                         << snapshot_.program->file(file).display;
  }

  void CheckTargets(absl::string_view what, const std::vector<lsp::Target>& targets) {
    for (const lsp::Target& target : targets) {
      CheckRange(what, target.file, target.whole);
      CheckRange(what, target.file, target.name);
      EXPECT_TRUE(target.whole.contains(target.name)) << what;
    }
  }

  void CheckItems(absl::string_view what, const std::vector<lsp::HierarchyItem>& items) {
    for (const lsp::HierarchyItem& item : items) CheckTargets(what, {item.place});
  }

  void CheckSymbols(FileId file, const std::vector<lsp::DocumentSymbol>& symbols) {
    for (const lsp::DocumentSymbol& symbol : symbols) {
      CheckRange("symbol", file, symbol.whole);
      EXPECT_TRUE(symbol.whole.contains(symbol.selection)) << symbol.name;
      for (const lsp::DocumentSymbol& child : symbol.children) EXPECT_TRUE(symbol.whole.contains(child.whole));
      CheckSymbols(file, symbol.children);
    }
  }

  void AskForSymbols() {
    for (const char* query : {"", "e", "a.e"}) {
      const auto found =
          lsp::FindSymbols(snapshot_, editor_.files(), lsp::NameQuery(query), kSymbols, [] { return true; });
      EXPECT_LE(found.size(), kSymbols);
      EXPECT_TRUE(absl::c_is_sorted(found, lsp::ComesBefore)) << query;
      for (const lsp::WorkspaceSymbol& one : found) CheckRange("workspace symbol", one.file, one.place);
    }
  }

  void AskAboutFile(FileId file) {
    CheckSymbols(file, lsp::DocumentSymbols(snapshot_, file));
    for (const driver::NamedRule& one : lsp::RulesNamedInComments(snapshot_, file)) {
      CheckRange("rule", file, one.range);
      EXPECT_TRUE(absl::EndsWith(Text(file).substr(one.range.begin, one.range.size()), one.name)) << one.name;
    }
    for (const lsp::CodeLens& lens : lsp::CodeLenses(snapshot_, &family_, file)) {
      CheckRange("lens", file, lens.place);
      const std::optional<lsp::FollowedLens> followed = lsp::FollowLens(snapshot_, family_, file, lens);
      ASSERT_TRUE(followed && !followed->targets.empty()) << lens.title << " leads nowhere";
      CheckTargets("lens", followed->targets);
      CheckTargets("lens", {followed->from});
    }
    for (const lsp::GutterMark& mark : lsp::GutterMarks(snapshot_, &family_, file, editor_.findings())) {
      CheckRange("mark", file, mark.name);
    }
    for (const Diagnostic& finding : *editor_.findings()(file)) {
      const fixes::FixContext context{*snapshot_.classes, file, Text(file)};
      if (const auto edit = fixes::IgnoreOnLine(context, finding)) CheckRange("ignore", file, edit->range);
      if (const auto edit = fixes::IgnoreInFile(context, finding)) CheckRange("ignore", file, edit->range);
    }
  }

  // Most random places are within nothing: names of classes and methods are asked about too.
  void AskAtNames(FileId file) {
    for (const lsp::Method& method : lsp::MethodsIn(snapshot_, file)) {
      if (random_() % 4 == 0) AskAt(file, method.name.begin);
    }
  }

  void AskAt(FileId file, uint32_t offset) {
    SCOPED_TRACE(absl::StrCat(snapshot_.program->file(file).display, " at ", offset));
    if (const auto hover = lsp::HoverAt(snapshot_, &family_, file, offset)) {
      CheckRange("hover", file, hover->range);
      EXPECT_TRUE(hover->range.begin <= offset && offset <= hover->range.end);
      EXPECT_FALSE(lsp::ToMarkdown(*hover).empty() || lsp::ToPlainText(*hover).empty());
    }
    CheckTargets("definition", lsp::DefinitionAt(snapshot_, file, offset));
    CheckTargets("declaration", lsp::DeclarationAt(snapshot_, file, offset));
    CheckTargets("super", lsp::SuperMembersAround(snapshot_, file, offset));
    CheckTargets("implementation", lsp::ImplementationsAt(snapshot_, family_, file, offset));
    if (const auto item = lsp::PrepareTypeHierarchy(snapshot_, file, offset, editor_.findings())) {
      CheckItems("hierarchy", {*item});
      CheckItems("supertypes", lsp::Supertypes(snapshot_, *item, editor_.findings()));
      CheckItems("subtypes", lsp::Subtypes(snapshot_, family_, *item, editor_.findings()));
    }
    for (const lsp::CompletionItem& item : lsp::CompletionsAt(snapshot_, file, offset, nullptr)) {
      CheckRange("completion", file, item.replace);
      CheckRange("completion, before def", file, item.before_def.range);
      EXPECT_LE(item.before_def.range.end, item.replace.begin);
      EXPECT_TRUE(item.replace.begin <= offset && offset <= item.replace.end);
    }
  }

  const EditorTest& editor_;
  const driver::Snapshot& snapshot_;
  const classes::FamilyIndex& family_;
  std::mt19937_64& random_;
  std::map<FileId, std::string> texts_;
};

// Takes a stretch out of each Python file, wherever it begins: in the middle of a name, of a string, of a line.
SuiteTest Damaged(SuiteTest test, std::mt19937_64& random) {
  constexpr size_t kMost = 12;
  for (SuiteFile& file : test.files) {
    if (!absl::EndsWith(file.path, ".py") || file.text.empty()) continue;
    file.text.erase(random() % file.text.size(), 1 + random() % kMost);
  }
  return test;
}

TEST(Places, EveryQuestionHasAnAnswerWithinItsFile) {
  const SuiteWorld world;
  std::mt19937_64 random(11);
  for (const Suite& suite : LoadSuites(std::string(OVERT_SOURCE_DIR) + "/tests/suites")) {
    for (const SuiteTest& test : suite.tests) {
      SCOPED_TRACE(absl::StrCat(suite.path, ":", test.line, ": ", test.title));
      if (!EditorTest::HasFiles(test)) continue;
      Asker(EditorTest(world, test), random).Run();
      Asker(EditorTest(world, Damaged(test, random)), random).Run();
      if (HasFailure()) return;
    }
  }
}

// Characters of two to four bytes before, in and after all that is answered.
TEST(Places, NamesOfManyBytes) {
  const SuiteWorld world;
  SuiteTest test;
  test.files.push_back(
      {"main.py",
       "\"\"\"Ünïcödé 🐍\"\"\"\nfrom typing import override\n\nclass Größe:  # 🐍\n    \"\"\"🐍\"\"\"\n"
       "    def länge(self, ключ='🐍', *, 名=1): ...\n    größe = '🐍'\n\n"
       "class Kleiner(Größe):\n    @override\n    def länge(self, ключ='🐍', *, 名=1):  # ü\n"
       "        return super().länge(ключ, 名=名)\n    größe = 'ü'\n    def lä\n",
       1});
  const EditorTest editor(world, test);
  std::mt19937_64 random(3);
  for (size_t i = 0; i < 100; ++i) Asker(editor, random).Run();
}

}  // namespace
}  // namespace overt::harness
