// A small project on disk for tests of the class table.
//
//   TestTable t({{"a.py", "class A: ..."}, {"pkg/__init__.py", ""}});
//   EXPECT_EQ(t.Mro("a.py", "A"), "A object");
#ifndef OVERT_TESTS_UNIT_CLASSES_TABLE_FIXTURE_H_
#define OVERT_TESTS_UNIT_CLASSES_TABLE_FIXTURE_H_

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "checker/classes/class_table.h"
#include "stubs/locate.h"

namespace overt::classes {

class TestTable {
 public:
  using Files = std::vector<std::pair<std::string, std::string>>;

  explicit TestTable(const Files& files, ClassTableOptions options = {}, grammar::PythonVersion version = {3, 14}) {
    static std::atomic<int> count{0};
    root_ = absl::StrCat(testing::TempDir(), "overt_classes_", getpid(), "_", count++);
    for (const auto& [name, text] : files) {
      const std::filesystem::path path = root_ + "/" + name;
      std::filesystem::create_directories(path.parent_path());
      std::ofstream(path) << text;
    }
    resolve::Environment environment;
    environment.paths.push_back({resolve::SearchPath::Kind::kFirstParty, root_, "test"});
    if (std::filesystem::exists(root_ + "/site-packages")) {
      environment.paths.push_back({resolve::SearchPath::Kind::kSitePackages, root_ + "/site-packages", "test"});
    }
    environment.version = version;
    auto stubs = stubs::StubIndex::Open(StubPath());
    EXPECT_TRUE(stubs.ok()) << stubs.status().ToString();
    auto resolver = std::make_shared<const resolve::Resolver>(environment, *std::move(stubs));
    program::Program::Options program_options;
    program_options.target.version = version;
    program_options.current_folder = root_;
    program_ = std::make_shared<const program::Program>(std::move(resolver), program_options, nullptr);
    table_ = std::make_unique<ClassTable>(program_, std::move(options));
  }
  explicit TestTable(const std::string& text) : TestTable(Files{{"main.py", text}}) {}
  ~TestTable() { std::filesystem::remove_all(root_); }

  const ClassTable& table() const { return *table_; }
  const program::Program& program() const { return *program_; }
  FileId File(const std::string& name) const { return program_->AddFile(root_ + "/" + name); }

  // The class of that name (its qualified name without the module) in a file; the last one of several.
  ClassRef ClassIn(const std::string& file, const std::string& name) const {
    ClassRef found;
    for (const ClassRef ref : table_->ClassesIn(File(file))) {
      const ClassInfo& info = table_->InfoOf(ref);
      const std::string& module = program_->file(ref.file).module;
      if (info.qualified == absl::StrCat(module, ".", name)) found = ref;
    }
    EXPECT_TRUE(found.present()) << "no class " << name << " in " << file;
    return found;
  }
  ClassRef Class(const std::string& name) const { return ClassIn("main.py", name); }

  // Names of the MRO without their modules, " | …" for alternatives, " ?reason" for unknown ancestors, " !status".
  std::string MroIn(const std::string& file, const std::string& name) const {
    const MroInfo& mro = table_->MroOf(ClassIn(file, name));
    std::string out;
    for (const ClassRef ref : mro.order) absl::StrAppend(&out, out.empty() ? "" : " ", ShortName(ref));
    if (!mro.alternatives.empty()) absl::StrAppend(&out, " |");
    for (const ClassRef ref : mro.alternatives) absl::StrAppend(&out, " ", ShortName(ref));
    if (!mro.complete()) absl::StrAppend(&out, " ?", static_cast<int>(mro.unknown[0].reason));
    if (mro.status != MroStatus::kFine) absl::StrAppend(&out, " !", static_cast<int>(mro.status));
    for (const ClassRef ref : mro.culprits) absl::StrAppend(&out, " ", ShortName(ref));
    return out;
  }
  std::string Mro(const std::string& name) const { return MroIn("main.py", name); }

  // Own members in order, without the synthesised ones.
  std::string Members(const std::string& name) const {
    std::string out;
    for (const Member& member : table_->MembersOf(Class(name)).all()) {
      if (member.kind == MemberKind::kSynthesized) continue;
      absl::StrAppend(&out, out.empty() ? "" : " ", program_->interner().text(member.name));
    }
    return out;
  }
  const Member* Own(const std::string& cls, const std::string& member) const {
    return table_->MembersOf(Class(cls)).Find(program_->interner().Intern(member));
  }
  // The owner's name, "absent" or "unknown"; "~" after the owner if something nearer may exist.
  std::string Inherited(const std::string& file, const std::string& cls, const std::string& member) const {
    const auto found = table_->FindInherited(ClassIn(file, cls), program_->interner().Intern(member));
    switch (found.certainty) {
      case Certainty::kFound: return ShortName(found.owner) + (found.may_be_shadowed ? "~" : "");
      case Certainty::kAbsent: return "absent";
      case Certainty::kUnknown: return "unknown";
    }
    return "";
  }
  std::string Inherited(const std::string& cls, const std::string& member) const {
    return Inherited("main.py", cls, member);
  }
  const FunctionFacts& Facts(const std::string& cls, const std::string& method) const {
    const Member* member = Own(cls, method);
    EXPECT_NE(member, nullptr);
    const bind::ModuleIndex& index = *program_->Index(member->file);
    return table_->FactsOf({member->file, index.definition(member->definitions.back()).node});
  }
  std::string Unimplemented(const std::string& cls) const {
    std::string out;
    for (const auto& found : table_->UnimplementedMembers(Class(cls))) {
      absl::StrAppend(&out, out.empty() ? "" : " ", ShortName(found.owner), ".",
                      program_->interner().text(found.member->name));
    }
    return out;
  }
  std::string Metaclass(const std::string& cls) const {
    const MroInfo& mro = table_->MroOf(Class(cls));
    if (mro.status == MroStatus::kMetaclassConflict) {
      return absl::StrCat("conflict ", ShortName(mro.culprits[0]), " ", ShortName(mro.culprits[1]));
    }
    if (mro.metaclass_unknown) return "?";
    return mro.metaclass.present() ? ShortName(mro.metaclass) : "none";
  }
  std::string ShortName(ClassRef ref) const { return ref.present() ? table_->InfoOf(ref).name : "?"; }

 private:
  static std::string StubPath() {
#ifdef OVERT_STUB_INDEX_PATH
    return OVERT_STUB_INDEX_PATH;
#else
    return stubs::FindBundledStubs();
#endif
  }

  std::string root_;
  std::shared_ptr<const program::Program> program_;
  std::unique_ptr<ClassTable> table_;
};

}  // namespace overt::classes

#endif  // OVERT_TESTS_UNIT_CLASSES_TABLE_FIXTURE_H_
