// Module names to files and back.
#include "checker/resolve/resolver.h"

#include <gmock/gmock.h>

#include <thread>

#include "tests/unit/resolve/tree.h"

namespace overt::resolve {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ModuleKind = ResolvedModule::Kind;
using Family = ResolvedModule::Family;

// A tree with an environment in `p/.venv`, and the resolver of project `p`. Files are written before `Start`.
class ResolverTest : public ::testing::Test {
 protected:
  ResolverTest() {
    tree_.Folder("p/.git");
    site_ = tree_.VirtualEnvironment("p/.venv") + "/";
  }

  const Resolver& Start() {
    EnvironmentRequest request = RequestFor(tree_.At("p"));
    request.extra_paths = extra_;
    if (version_) request.version = version_;
    resolver_ = std::make_unique<Resolver>(DiscoverEnvironment(request).environment, SmallStubs(tree_));
    return *resolver_;
  }

  void Site(std::initializer_list<const char*> paths) const {
    for (const char* path : paths) tree_.Write(site_ + path);
  }

  // "kind file +also", paths below the tree.
  std::string Show(absl::string_view name) const { return Show(resolver_->Resolve(name)); }
  std::string Show(const ResolvedModule& module) const {
    std::string shown;
    switch (module.kind) {
      case ModuleKind::kNotFound: return "nothing";
      case ModuleKind::kModule: shown = "module "; break;
      case ModuleKind::kPackage: shown = "package "; break;
      case ModuleKind::kNamespace: return "namespace";
    }
    shown += ShowFile(module.file);
    for (const ModuleFile& other : module.also) absl::StrAppend(&shown, " +", ShowFile(other));
    return shown;
  }
  std::string ShowFile(const ModuleFile& file) const {
    std::string path = file.path;
    for (const std::string& prefix : {tree_.At(site_), tree_.At("")}) {
      if (path.rfind(prefix, 0) == 0) path = path.substr(prefix.size());
    }
    switch (file.kind) {
      case ModuleFile::Kind::kBundledStub: return absl::StrCat("typeshed/", path);
      case ModuleFile::Kind::kCompiled: return absl::StrCat("compiled ", path);
      case ModuleFile::Kind::kSource:
      case ModuleFile::Kind::kStub: return path;
    }
    return path;
  }
  std::string From(const std::string& path, unsigned level, const char* name) const {
    const Resolver::FileModule module = resolver_->ModuleOf(tree_.At(path));
    const std::string absolute = tree_.At(path);
    return Show(resolver_->ResolveFrom({absolute, module.name, module.is_package}, level, name));
  }
  std::string NameOf(const std::string& path) const { return resolver_->ModuleOf(tree_.At(path)).name; }

  Tree tree_;
  std::string site_;
  std::vector<std::string> extra_;
  std::optional<grammar::PythonVersion> version_;
  std::unique_ptr<Resolver> resolver_;
};

// --- Order -----------------------------------------------------------------------------------------------------------

TEST_F(ResolverTest, FirstPartyExtraStandardInstalledBundled) {
  extra_ = {tree_.At("extra")};
  tree_.WriteAll({"p/own.py", "extra/own.py", "extra/more.py"});
  Site({"own.py", "more.py", "json.py", "dep/__init__.py"});
  Start();
  EXPECT_EQ(Show("own"), "module p/own.py");
  EXPECT_EQ(Show("more"), "module extra/more.py");
  EXPECT_EQ(Show("json"), "package typeshed/stdlib/json/__init__.pyi");
  EXPECT_EQ(Show("json.decoder"), "module typeshed/stdlib/json/decoder.pyi");
  EXPECT_EQ(Show("dep"), "package dep/__init__.py");
  EXPECT_EQ(Show("docutils.nodes"), "module typeshed/stubs/docutils/docutils/nodes.pyi");
  EXPECT_EQ(Show("absent"), "nothing");
  EXPECT_EQ(resolver_->Resolve("own").family, Family::kFirstParty);
  EXPECT_EQ(resolver_->Resolve("json.decoder").family, Family::kStandardLibrary);
  EXPECT_EQ(resolver_->Resolve("dep").family, Family::kThirdParty);
  EXPECT_EQ(resolver_->Resolve("docutils.nodes").family, Family::kThirdParty);
}

TEST_F(ResolverTest, StandardLibraryByVersion) {
  version_ = grammar::PythonVersion{3, 10};
  Start();
  EXPECT_EQ(Show("tomllib"), "nothing");
  EXPECT_EQ(Show("distutils"), "package typeshed/stdlib/distutils/__init__.pyi");
  version_ = grammar::PythonVersion{3, 12};
  Start();
  EXPECT_EQ(Show("tomllib"), "module typeshed/stdlib/tomllib.pyi");
  EXPECT_EQ(Show("distutils"), "nothing");
}

TEST_F(ResolverTest, NamesThatAreNone) {
  Start();
  for (const char* name : {"", ".", "a.", ".a", "json..decoder", "json.", "json/decoder", "..", "json\n"}) {
    EXPECT_EQ(Show(name), "nothing") << name;
  }
  EXPECT_EQ(Show(std::string(200'000, '.')), "nothing");
  EXPECT_EQ(Show(std::string(100'000, 'a')), "nothing");
  std::string deep = "json";
  for (int i = 0; i < 50'000; ++i) deep += ".x";
  EXPECT_EQ(Show(deep), "nothing");
}

// --- One package -----------------------------------------------------------------------------------------------------

TEST_F(ResolverTest, WhatPythonTakesInOneFolder) {
  tree_.WriteAll({"p/both/__init__.py", "p/both.py", "p/bare/x.py", "p/bare.py", "p/stubbed.py", "p/stubbed.pyi",
                  "p/fast.cpython-312-x86_64-linux-gnu.so", "p/fast.abi3.so", "p/old.pyc", "p/typed_fast.so",
                  "p/typed_fast.pyi", "p/mixed.py", "p/mixed.so", "p/Case.py", "p/binary/__init__.cpython-312.so",
                  "p/binary/inner.py", "p/folder.py/x.py"});
  Start();
  EXPECT_EQ(Show("both"), "package p/both/__init__.py");
  EXPECT_EQ(Show("bare"), "module p/bare.py");
  EXPECT_EQ(Show("bare.x"), "nothing");
  EXPECT_EQ(Show("stubbed"), "module p/stubbed.pyi +p/stubbed.py");
  EXPECT_EQ(Show("fast"), "module compiled p/fast.abi3.so");
  EXPECT_EQ(Show("old"), "module compiled p/old.pyc");
  EXPECT_EQ(Show("typed_fast"), "module p/typed_fast.pyi");
  EXPECT_EQ(Show("mixed"), "module p/mixed.py");
  EXPECT_EQ(Show("case"), "nothing");
  EXPECT_EQ(Show("binary"), "package compiled p/binary/__init__.cpython-312.so");
  EXPECT_EQ(Show("binary.inner"), "module p/binary/inner.py");
  EXPECT_EQ(Show("folder"), "nothing");
}

TEST_F(ResolverTest, ASubmoduleIsLookedForInItsPackageOnly) {
  tree_.WriteAll({"p/pkg/__init__.py", "p/pkg/here.py"});
  Site({"pkg/__init__.py", "pkg/there.py"});
  Start();
  EXPECT_EQ(Show("pkg.here"), "module p/pkg/here.py");
  EXPECT_EQ(Show("pkg.there"), "nothing");
  EXPECT_EQ(Show("pkg.here.x"), "nothing");
}

TEST_F(ResolverTest, LinksAreFollowedAndLoopsEnd) {
  tree_.WriteAll({"elsewhere/real.py", "p/pkg/__init__.py"});
  tree_.Link("p/linked", tree_.At("elsewhere"));
  tree_.Link("p/pkg/pkg", ".");
  tree_.Link("p/gone.py", "nowhere.py");
  tree_.Link("p/self.py", "self.py");
  Start();
  EXPECT_EQ(Show("linked.real"), "module p/linked/real.py");
  EXPECT_EQ(Show("pkg.pkg.pkg"), "package p/pkg/pkg/pkg/__init__.py");
  EXPECT_EQ(Show("gone"), "nothing");
  EXPECT_EQ(Show("self"), "nothing");
}

// --- PEP 561 ---------------------------------------------------------------------------------------------------------

TEST_F(ResolverTest, StubPackagesGoBeforePackages) {
  Site({"dep/__init__.py", "dep/a.py", "dep/b.py", "dep-stubs/__init__.pyi", "dep-stubs/a.pyi"});
  Start();
  EXPECT_EQ(Show("dep"), "package dep-stubs/__init__.pyi +dep/__init__.py");
  EXPECT_EQ(Show("dep.a"), "module dep-stubs/a.pyi +dep/a.py");
  EXPECT_EQ(Show("dep.b"), "module dep/b.py");
  EXPECT_TRUE(resolver_->Resolve("dep.a").typed);
  EXPECT_FALSE(resolver_->Resolve("dep.b").typed);
}

TEST_F(ResolverTest, PartialStubsFallThroughAndStubsAloneServe) {
  Site({"dep/__init__.py", "dep/sub/__init__.py", "dep/sub/deep.py", "dep-stubs/sub/only.pyi",
        "alone-stubs/__init__.pyi", "alone-stubs/x.pyi"});
  tree_.Write(site_ + "dep-stubs/py.typed", "partial\n");
  Start();
  EXPECT_EQ(Show("dep"), "package dep/__init__.py");
  EXPECT_EQ(Show("dep.sub"), "package dep/sub/__init__.py");
  EXPECT_EQ(Show("dep.sub.deep"), "module dep/sub/deep.py");
  EXPECT_EQ(Show("dep.sub.only"), "module dep-stubs/sub/only.pyi");
  EXPECT_EQ(Show("alone"), "package alone-stubs/__init__.pyi");
  EXPECT_EQ(Show("alone.x"), "module alone-stubs/x.pyi");
}

TEST_F(ResolverTest, StubsOfOneFolderForAPackageOfAnother) {
  tree_.Write("q/src/dep/__init__.py");
  tree_.Write(site_ + "_dep.pth", tree_.At("q/src"));
  Site({"dep-stubs/__init__.pyi"});
  Start();
  EXPECT_EQ(Show("dep"), "package dep-stubs/__init__.pyi +q/src/dep/__init__.py");
}

TEST_F(ResolverTest, InstalledSourcesGoBeforeBundledStubs) {
  Site({"docutils/__init__.py", "docutils/nodes.py", "docutils/fresh.py", "six.py"});
  Start();
  EXPECT_EQ(Show("docutils.nodes"), "module docutils/nodes.py +typeshed/stubs/docutils/docutils/nodes.pyi");
  EXPECT_EQ(Show("docutils.fresh"), "module docutils/fresh.py");
  // `six.moves` is made while the program runs: only the stubs know it.
  EXPECT_EQ(Show("six"), "module six.py +typeshed/stubs/six/six/__init__.pyi");
  EXPECT_EQ(Show("six.moves"), "package typeshed/stubs/six/six/moves/__init__.pyi");
}

TEST_F(ResolverTest, PackagesWithTypesOfTheirOwnNeedNoBundledStub) {
  Site({"docutils/__init__.py", "docutils/py.typed", "docutils/nodes.py"});
  Start();
  EXPECT_EQ(Show("docutils.nodes"), "module docutils/nodes.py");
  EXPECT_TRUE(resolver_->Resolve("docutils.nodes").typed);
}

TEST_F(ResolverTest, ACompiledModuleIsReadFromTheBundledStub) {
  Site({"docutils/__init__.py", "docutils/nodes.abi3.so"});
  Start();
  EXPECT_EQ(Show("docutils.nodes"), "module typeshed/stubs/docutils/docutils/nodes.pyi");
}

TEST_F(ResolverTest, TheProjectsOwnSourcesNeedNoBundledStub) {
  tree_.WriteAll({"p/docutils/__init__.py", "p/docutils/extra.py"});
  Start();
  EXPECT_EQ(Show("docutils"), "package p/docutils/__init__.py");
  EXPECT_EQ(Show("docutils.nodes"), "nothing");
}

// --- Namespaces ------------------------------------------------------------------------------------------------------

TEST_F(ResolverTest, NamespacePackagesSpanRootsAndEnvironments) {
  tree_.WriteAll({"p/ns/mine.py", "p/src/ns/ours.py"});
  Site({"ns/theirs.py", "google/cloud/storage.py", "closed/__init__.py"});
  tree_.Write("p/closed/shadowed.py");
  Start();
  EXPECT_EQ(Show("ns"), "namespace");
  EXPECT_EQ(resolver_->Resolve("ns").folders.size(), 3u);
  EXPECT_EQ(Show("ns.mine"), "module p/ns/mine.py");
  EXPECT_EQ(Show("ns.ours"), "module p/src/ns/ours.py");
  EXPECT_EQ(Show("ns.theirs"), "module ns/theirs.py");
  EXPECT_EQ(Show("google"), "namespace");
  EXPECT_EQ(Show("google.cloud.storage"), "module google/cloud/storage.py");
  EXPECT_EQ(Show("google.protobuf"), "package typeshed/stubs/protobuf/google/protobuf/__init__.pyi");
  // A folder without `__init__.py` never hides a package that comes later.
  EXPECT_EQ(Show("closed"), "package closed/__init__.py");
  EXPECT_EQ(Show("closed.shadowed"), "nothing");
}

TEST_F(ResolverTest, BundledNamespaces) {
  Start();
  EXPECT_EQ(Show("google"), "namespace");
  EXPECT_EQ(Show("google.protobuf"), "package typeshed/stubs/protobuf/google/protobuf/__init__.pyi");
}

TEST_F(ResolverTest, PackagesThatExtendTheirPath) {
  tree_.Write("q/zope/__init__.py", "__import__('pkg_resources').declare_namespace(__name__)\n");
  tree_.Write("q/zope/interface.py");
  tree_.Write(site_ + "q.pth", tree_.At("q"));
  tree_.Write(site_ + "zope/__init__.py", "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n");
  Site({"zope/event.py", "plain/__init__.py"});
  tree_.Write("q/plain/lost.py");
  Start();
  EXPECT_EQ(Show("zope.event"), "module zope/event.py");
  EXPECT_EQ(Show("zope.interface"), "module q/zope/interface.py");
  EXPECT_EQ(Show("plain.lost"), "nothing");
}

// --- The standard library and its namesakes --------------------------------------------------------------------------

TEST_F(ResolverTest, AFileOfTheProjectHidesTheStandardLibrary) {
  tree_.WriteAll({"p/queue.py", "p/os.py", "p/builtins.pyi", "p/email/notes.py"});
  Start();
  EXPECT_EQ(Show("queue"), "module p/queue.py");
  // Loaded before Python looks anywhere.
  EXPECT_EQ(Show("os"), "package typeshed/stdlib/os/__init__.pyi");
  EXPECT_EQ(Show("os.path"), "module typeshed/stdlib/os/path.pyi");
  EXPECT_EQ(Show("builtins"), "module typeshed/stdlib/builtins.pyi");
  EXPECT_EQ(Show("email"), "package typeshed/stdlib/email/__init__.pyi");
  EXPECT_EQ(Show("email.notes"), "nothing");
}

TEST_F(ResolverTest, AGuessNeverHidesTheStandardLibrary) {
  tree_.WriteAll({"p/tests/queue.py", "p/tests/helpers.py", "p/tools/setup.py", "p/tools/queue.py", "p/tools/gear.py"});
  Site({"helpers.py"});
  Start();
  EXPECT_EQ(Show("queue"), "module typeshed/stdlib/queue.pyi");
  EXPECT_EQ(Show("helpers"), "module p/tests/helpers.py");
  EXPECT_EQ(Show("gear"), "module p/tools/gear.py");
}

TEST_F(ResolverTest, TheProjectIsTheStandardLibrary) {
  tree_.WriteAll({"p/abc.py", "p/codecs.py", "p/os.py", "p/types.py", "p/typing.py", "p/queue.py", "p/own.py",
                  "p/json/__init__.py", "p/json/decoder.py", "p/json/scanner.py"});
  Start();
  EXPECT_EQ(Show("queue"), "module p/queue.py +typeshed/stdlib/queue.pyi");
  EXPECT_EQ(Show("os"), "module p/os.py +typeshed/stdlib/os/__init__.pyi");
  EXPECT_EQ(Show("os.path"), "module typeshed/stdlib/os/path.pyi");
  EXPECT_EQ(Show("json.decoder"), "module p/json/decoder.py +typeshed/stdlib/json/decoder.pyi");
  EXPECT_EQ(Show("json.scanner"), "module p/json/scanner.py");
  EXPECT_EQ(Show("own"), "module p/own.py");
  EXPECT_EQ(Show("builtins"), "module typeshed/stdlib/builtins.pyi");
}

TEST_F(ResolverTest, TheInterpretersOwnModulesComeLast) {
  tree_.WriteAll(
      {"p/.venv/home/lib/python3.12/_own.py", "p/.venv/home/lib/python3.12/queue.py",
       "p/.venv/home/lib/python3.12/json/_own.py", "p/.venv/home/lib/python3.12/json/decoder.py",
       "p/.venv/home/lib/python3.12/test/__init__.py", "p/.venv/home/lib/python3.12/test/support/__init__.py",
       "p/.venv/home/lib/python3.12/lib-dynload/_made.so", "p/.venv/home/lib/python3.12/site-packages/not.py"});
  Site({"_own_too.py"});
  Start();
  EXPECT_EQ(Show("_own"), "module p/.venv/home/lib/python3.12/_own.py");
  EXPECT_EQ(Show("queue"), "module typeshed/stdlib/queue.pyi");
  EXPECT_EQ(Show("json.decoder"), "module typeshed/stdlib/json/decoder.pyi");
  EXPECT_EQ(Show("json._own"), "module p/.venv/home/lib/python3.12/json/_own.py");
  EXPECT_EQ(Show("test.support"), "package p/.venv/home/lib/python3.12/test/support/__init__.py");
  EXPECT_EQ(Show("test.other"), "nothing");
  EXPECT_EQ(Show("_made"), "module compiled p/.venv/home/lib/python3.12/lib-dynload/_made.so");
  EXPECT_EQ(Show("site-packages"), "nothing");
  EXPECT_EQ(resolver_->Resolve("test.support").family, Family::kThirdParty);
}

TEST_F(ResolverTest, WhatLiesBesideAScriptHidesTheInterpretersOwnModules) {
  tree_.WriteAll({"p/.venv/home/lib/python3.12/test/__init__.py", "p/tools/run.py", "p/tools/test/__init__.py"});
  Start();
  EXPECT_EQ(From("p/tools/run.py", 0, "test"), "package p/tools/test/__init__.py");
}

TEST_F(ResolverTest, OtherVersionsOfTheInterpreterHaveOtherModules) {
  tree_.Write("p/.venv/home/lib/python3.12/_own.py");
  version_ = grammar::PythonVersion{3, 11};
  Start();
  EXPECT_EQ(Show("_own"), "nothing");
}

TEST_F(ResolverTest, ACopyOfOneOfItsPackages) {
  tree_.WriteAll({"p/asyncio/__init__.py", "p/asyncio/events.py", "p/asyncio/futures.py", "p/asyncio/tasks.py",
                  "p/json/__init__.py", "p/json/schema.py", "p/json/views.py"});
  Start();
  EXPECT_EQ(Show("asyncio.tasks"), "module p/asyncio/tasks.py +typeshed/stdlib/asyncio/tasks.pyi");
  EXPECT_EQ(Show("json"), "package p/json/__init__.py");
  EXPECT_EQ(Show("json.decoder"), "nothing");
}

// --- Editable installs -----------------------------------------------------------------------------------------------

TEST_F(ResolverTest, MappedModulesAreFoundByTheirNamesOnly) {
  tree_.WriteAll({"q/lib/__init__.py", "q/lib/inner.py", "q/setup_helpers.py", "q/single.py", "q/ns/one/__init__.py"});
  tree_.Write(site_ + "__editable___q_finder.py",
              absl::StrCat("MAPPING = {'renamed': '", tree_.At("q/lib"), "', 'single': '", tree_.At("q/single"),
                           "', 'space.one': '", tree_.At("q/ns/one"), "'}\n"));
  Start();
  EXPECT_EQ(Show("renamed"), "package q/lib/__init__.py");
  EXPECT_EQ(Show("renamed.inner"), "module q/lib/inner.py");
  EXPECT_EQ(Show("single"), "module q/single.py");
  EXPECT_EQ(Show("space"), "namespace");
  EXPECT_EQ(Show("space.one"), "package q/ns/one/__init__.py");
  EXPECT_EQ(Show("setup_helpers"), "nothing");
  EXPECT_EQ(Show("lib"), "nothing");
  EXPECT_EQ(resolver_->Resolve("renamed.inner").family, Family::kThirdParty);
  EXPECT_EQ(NameOf("q/lib/inner.py"), "renamed.inner");
  EXPECT_EQ(NameOf("q/lib/__init__.py"), "renamed");
}

// --- Files to names --------------------------------------------------------------------------------------------------

TEST_F(ResolverTest, NamesOfFiles) {
  tree_.WriteAll({"p/src/pkg/__init__.py", "p/src/pkg/a.py", "p/scripts/run.py", "p/my-app/x/__init__.py",
                  "p/my-app/x/y.py", "q/r/__init__.py", "q/r/s.py", "p/tests/test_a.py", "p/dep-stubs/inner/z.pyi",
                  "p/top.py"});
  Site({"dep/__init__.py", "dep/m.py", "dep-stubs/n.pyi"});
  Start();
  EXPECT_EQ(NameOf("p/src/pkg/a.py"), "pkg.a");
  EXPECT_EQ(NameOf("p/src/pkg/__init__.py"), "pkg");
  EXPECT_TRUE(resolver_->ModuleOf(tree_.At("p/src/pkg/__init__.py")).is_package);
  EXPECT_EQ(NameOf("p/scripts/run.py"), "scripts.run");
  EXPECT_EQ(NameOf("p/my-app/x/y.py"), "x.y");
  EXPECT_EQ(NameOf("p/tests/test_a.py"), "test_a");
  EXPECT_EQ(NameOf("p/top.py"), "top");
  EXPECT_EQ(NameOf("q/r/s.py"), "r.s");
  EXPECT_EQ(NameOf("q/r/__init__.py"), "r");
  EXPECT_EQ(NameOf("p/dep-stubs/inner/z.pyi"), "dep.inner.z");
  EXPECT_EQ(NameOf(site_ + "dep/m.py"), "dep.m");
  EXPECT_EQ(NameOf(site_ + "dep-stubs/n.pyi"), "dep.n");
  EXPECT_EQ(resolver_->ModuleOf(tree_.At(site_ + "dep/m.py")).family, Family::kThirdParty);
  EXPECT_EQ(resolver_->ModuleOf("/x.py").name, "x");
  EXPECT_EQ(resolver_->ModuleOf("/__init__.py").is_package, true);
}

TEST_F(ResolverTest, OneFileHasOneNameWhateverTheImportCalledIt) {
  tree_.WriteAll({"p/src/pkg/__init__.py", "p/src/pkg/a.py"});
  Start();
  EXPECT_EQ(Show("src.pkg.a"), "module p/src/pkg/a.py");
  EXPECT_EQ(resolver_->Resolve("src.pkg.a").name, "pkg.a");
  EXPECT_EQ(resolver_->Resolve("absent.a").name, "absent.a");
}

TEST(AbsoluteName, PackageRelativeImports) {
  EXPECT_EQ(AbsoluteName("pkg.sub.mod", false, 1, "x"), "pkg.sub.x");
  EXPECT_EQ(AbsoluteName("pkg.sub", true, 1, "x"), "pkg.sub.x");
  EXPECT_EQ(AbsoluteName("pkg.sub.mod", false, 2, ""), "pkg");
  EXPECT_EQ(AbsoluteName("pkg.mod", false, 3, "x"), "");
  EXPECT_EQ(AbsoluteName("pkg.mod", false, 0, "json.decoder"), "json.decoder");
  EXPECT_EQ(AbsoluteName("pkg", true, 0, "json"), "json");
}

// --- Seen from a file ------------------------------------------------------------------------------------------------

TEST_F(ResolverTest, TwoProjectsWithinTheProjectKeepTheirOwnModules) {
  tree_.WriteAll({"p/packages/a/pyproject.toml", "p/packages/a/src/app/__init__.py", "p/packages/a/src/app/base.py",
                  "p/packages/b/pyproject.toml", "p/packages/b/src/app/__init__.py", "p/packages/b/src/app/base.py",
                  "p/packages/b/src/app/user.py", "p/packages/b/tests/test_user.py", "p/packages/b/tests/tools.py"});
  Start();
  EXPECT_EQ(Show("app.base"), "module p/packages/a/src/app/base.py");
  EXPECT_EQ(From("p/packages/b/src/app/user.py", 1, "base"), "module p/packages/b/src/app/base.py");
  EXPECT_EQ(From("p/packages/b/src/app/user.py", 0, "app.base"), "module p/packages/b/src/app/base.py");
  EXPECT_EQ(From("p/packages/b/src/app/user.py", 1, ""), "package p/packages/b/src/app/__init__.py");
  EXPECT_EQ(From("p/packages/b/tests/test_user.py", 0, "app.base"), "module p/packages/b/src/app/base.py");
  EXPECT_EQ(From("p/packages/b/tests/test_user.py", 0, "tools"), "module p/packages/b/tests/tools.py");
  EXPECT_EQ(From("p/packages/a/src/app/base.py", 0, "app.base"), "module p/packages/a/src/app/base.py");
}

TEST_F(ResolverTest, ScriptsSeeWhatLiesBesideThem) {
  tree_.WriteAll({"p/scripts/run.py", "p/scripts/helper.py", "p/scripts/celery.py", "p/scripts/queue.py"});
  Site({"requests/__init__.py"});
  Start();
  EXPECT_EQ(Show("helper"), "nothing");
  EXPECT_EQ(From("p/scripts/run.py", 0, "helper"), "module p/scripts/helper.py");
  EXPECT_EQ(From("p/scripts/run.py", 0, "requests"), "package requests/__init__.py");
  EXPECT_EQ(From("p/scripts/run.py", 0, "queue"), "module typeshed/stdlib/queue.pyi");
  EXPECT_EQ(From("p/scripts/run.py", 1, "helper"), "module p/scripts/helper.py");
  // A file that imports a package of its own name does not mean itself.
  EXPECT_EQ(From("p/scripts/celery.py", 0, "celery"), "nothing");
}

TEST_F(ResolverTest, APackageOutsideTheProjectMeansItself) {
  tree_.WriteAll({"elsewhere/dep/__init__.py", "elsewhere/dep/base.py", "elsewhere/dep/user.py", "elsewhere/tool.py"});
  Site({"dep/__init__.py", "dep/base.py", "dep/user.py", "other/__init__.py"});
  Start();
  EXPECT_EQ(From("elsewhere/dep/user.py", 0, "dep.base"), "module elsewhere/dep/base.py");
  EXPECT_EQ(From("elsewhere/dep/user.py", 1, "base"), "module elsewhere/dep/base.py");
  EXPECT_EQ(From("elsewhere/dep/user.py", 0, "other"), "package other/__init__.py");
  EXPECT_EQ(From("elsewhere/tool.py", 0, "dep.base"), "module dep/base.py");
  EXPECT_EQ(From(site_ + "dep/user.py", 0, "dep.base"), "module dep/base.py");
}

TEST_F(ResolverTest, InstalledFilesDoNotSeeTheProjectsScripts) {
  tree_.Write("p/tests/helper.py");
  Site({"dep/__init__.py", "dep/a.py"});
  Start();
  EXPECT_EQ(From(site_ + "dep/a.py", 1, "missing"), "nothing");
  EXPECT_EQ(From(site_ + "dep/a.py", 0, "missing"), "nothing");
  EXPECT_EQ(From(site_ + "dep/a.py", 1, ""), "package dep/__init__.py");
}

TEST_F(ResolverTest, ClimbingTooFar) {
  tree_.WriteAll({"p/pkg/__init__.py", "p/pkg/a.py"});
  Start();
  EXPECT_EQ(From("p/pkg/a.py", 3, "x"), "nothing");
  EXPECT_EQ(From("p/pkg/a.py", 1, "a"), "module p/pkg/a.py");
}

// --- Explanations ----------------------------------------------------------------------------------------------------

TEST_F(ResolverTest, EveryStepIsTold) {
  Site({"dep/__init__.py"});
  Start();
  const std::vector<ResolveStep> steps = resolver_->Explain("dep.gone");
  ASSERT_EQ(steps.size(), 5u);
  EXPECT_EQ(steps[0].place, absl::StrCat("`dep` in ", tree_.At("p"), " (the project's folder)"));
  EXPECT_EQ(steps[0].outcome, "nothing of that name");
  EXPECT_EQ(steps[1].place, "`dep` in the standard library (bundled stubs)");
  EXPECT_THAT(steps[2].outcome, HasSubstr("found a package: "));
  EXPECT_EQ(steps[3].place, absl::StrCat("`dep.gone` in ", tree_.At(site_), "dep"));
  EXPECT_EQ(steps[4].outcome, "no stub of that name for this Python version");
}

// --- Laws ------------------------------------------------------------------------------------------------------------

TEST_F(ResolverTest, ThreadsAgree) {
  for (int i = 0; i < 50; ++i) tree_.Write(absl::StrCat("p/src/pkg/sub", i, "/__init__.py"));
  tree_.Write("p/src/pkg/__init__.py");
  Start();
  std::vector<std::vector<const ResolvedModule*>> seen(4);
  std::vector<std::thread> threads;
  for (auto& mine : seen) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) mine.push_back(&resolver_->Resolve(absl::StrCat("pkg.sub", i)));
      for (int i = 0; i < 50; ++i) mine.push_back(&resolver_->Resolve(absl::StrCat("nothing", i, ".x")));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& mine : seen) EXPECT_EQ(mine, seen.front());
}

TEST_F(ResolverTest, UnreadableFoldersHoldNothing) {
  Start();
  EnvironmentRequest request = RequestFor(tree_.At("nowhere"));
  request.roots = {tree_.At("nowhere"), tree_.At("p/.venv/pyvenv.cfg")};
  const Resolver resolver(DiscoverEnvironment(request).environment, SmallStubs(tree_));
  EXPECT_EQ(resolver.Resolve("own").kind, ModuleKind::kNotFound);
  EXPECT_EQ(resolver.Resolve("json").kind, ModuleKind::kPackage);
}

}  // namespace
}  // namespace overt::resolve
