// Where a project keeps its own packages.
#include "checker/resolve/project_roots.h"

#include <gmock/gmock.h>

#include "tests/unit/resolve/tree.h"

namespace overt::resolve {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Roots below `project`, guesses with a question mark, modules with an equals sign.
std::vector<std::string> Roots(const Tree& tree, const std::string& project) {
  std::vector<std::string> shown;
  for (const SearchPath& path : FindProjectRoots(RequestFor(tree.At(project)), ReadProjectFile(tree.At(project)))) {
    std::string folder = path.folder == tree.At(project) ? "." : path.folder.substr(tree.At(project).size() + 1);
    if (!path.module.empty()) folder = absl::StrCat(path.module, "=", folder);
    shown.push_back(path.is_guess ? folder + "?" : folder);
  }
  return shown;
}

TEST(ProjectRoots, UsualLayouts) {
  const Tree tree;
  tree.WriteAll({"p/src/pkg/__init__.py", "p/python/x.py", "p/lib/y.py", "p/p/p/__init__.py", "p/tests/test_a.py"});
  EXPECT_THAT(Roots(tree, "p"), ElementsAre("src", ".", "python?", "lib?", "p?", "tests?"));
}

TEST(ProjectRoots, PackagesAreNoRoots) {
  const Tree tree;
  tree.WriteAll({"p/src/__init__.py", "p/lib/__init__.py", "p/tests/__init__.py", "p/test/__init__.pyi"});
  EXPECT_THAT(Roots(tree, "p"), ElementsAre("."));
}

// `cd django && overt check`: within the package `types.py` is `django.types` and nothing else.
TEST(ProjectRoots, AProjectThatIsAPackageIsSeenFromAbove) {
  const Tree tree;
  tree.WriteAll({"django/__init__.py", "django/types.py", "django/utils/__init__.py", "django/utils/src/a.py"});
  const std::vector<SearchPath> roots =
      FindProjectRoots(RequestFor(tree.At("django/utils")), ReadProjectFile(tree.At("django/utils")));
  ASSERT_EQ(roots.size(), 1u);
  EXPECT_EQ(roots[0].folder, tree.At("django").substr(0, tree.At("django").rfind('/')));
}

TEST(ProjectRoots, ConfiguredOnesAreTheWholeAnswer) {
  const Tree tree;
  tree.WriteAll({"p/src/pkg/__init__.py", "p/code/a.py"});
  EnvironmentRequest request = RequestFor(tree.At("p"));
  request.roots = {tree.At("p/code")};
  const std::vector<SearchPath> roots = FindProjectRoots(request, ProjectFile());
  ASSERT_EQ(roots.size(), 1u);
  EXPECT_EQ(roots[0].origin, "configured");
}

TEST(ProjectRoots, EveryBackendsDeclarations) {
  const Tree tree;
  for (const char* folder : {"p/a", "p/b", "p/c", "p/d", "p/e", "p/f", "p/g", "p/h"}) tree.Folder(folder);
  const auto roots = [&](const char* toml) {
    tree.Write("p/pyproject.toml", toml);
    return Roots(tree, "p");
  };
  EXPECT_THAT(roots("[tool.setuptools.packages.find]\nwhere = ['a', 'gone']"), ElementsAre("a", "."));
  EXPECT_THAT(roots("[tool.setuptools]\npackage-dir = {'' = 'b', 'pkg' = 'c'}"), ElementsAre("b", "pkg=c", "."));
  EXPECT_THAT(roots("[tool.poetry]\npackages = [{include = 'pkg', from = 'd'}, {include = 'q'}]"),
              ElementsAre("d", "."));
  EXPECT_THAT(roots("[tool.hatch.build.targets.wheel]\npackages = ['e/pkg', 'pkg']"), ElementsAre("e", "."));
  EXPECT_THAT(roots("[tool.pdm.build]\npackage-dir = 'f'"), ElementsAre("f", "."));
  EXPECT_THAT(roots("[tool.uv.build-backend]\nmodule-root = 'g'"), ElementsAre("g", "."));
  EXPECT_THAT(roots("[tool.maturin]\npython-source = 'h'"), ElementsAre("h", "."));
  EXPECT_THAT(roots("[tool.scikit-build]\nwheel.packages = ['a/pkg']"), ElementsAre("a", "."));
  EXPECT_THAT(roots("[tool.pytest.ini_options]\npythonpath = 'a b'"), ElementsAre("a", "b", "."));
}

TEST(ProjectRoots, SetupCfg) {
  const Tree tree;
  tree.WriteAll({"p/code/pkg/__init__.py", "p/more/x.py"});
  tree.Write(
      "p/setup.cfg",
      "[metadata]\nname = demo\n[options]\npackage_dir =\n    = code\n    # words\n    pkg = more\nzip_safe = no\n");
  EXPECT_THAT(Roots(tree, "p"), ElementsAre("code", "pkg=more", "."));
  EXPECT_EQ(ReadProjectFile(tree.At("p")).name, "demo");
}

TEST(ProjectRoots, BrokenAndHostileFilesSayNothing) {
  const Tree tree;
  tree.Folder("p");
  for (const std::string& toml :
       {std::string("[tool\n"), std::string("tool = 5"), std::string("[tool]\npoetry = [1]"), std::string(5000, '['),
        std::string("[tool.setuptools]\npackage-dir = {'' = 5}"), std::string("\xff\xfe[\0]", 5),
        std::string("[tool.setuptools.packages.find]\nwhere = ['../../../../../../..', '', '.', '/nowhere']")}) {
    tree.Write("p/pyproject.toml", toml);
    const std::vector<SearchPath> roots = FindProjectRoots(RequestFor(tree.At("p")), ReadProjectFile(tree.At("p")));
    EXPECT_FALSE(roots.empty());
    for (const SearchPath& root : roots) EXPECT_EQ(root.folder.find(".."), std::string::npos);
  }
}

TEST(ProjectRoots, WorkspacesAndProjectsWithinTheProject) {
  const Tree tree;
  tree.Write("p/pyproject.toml", "[tool.uv.workspace]\nmembers = ['packages/*', 'deep/er/one', '../outside']\n");
  tree.WriteAll({"p/packages/a/pyproject.toml", "p/packages/a/src/a/__init__.py", "p/packages/b/setup.py",
                 "p/packages/b/b.py", "p/packages/none/x.py", "p/deep/er/one/pyproject.toml", "p/service/setup.cfg",
                 "p/pkg/__init__.py", "p/pkg/vendored/setup.py", "p/.hidden/x/setup.py", "p/node_modules/y/setup.py"});
  EXPECT_THAT(Roots(tree, "p"), ElementsAre(".", "packages/a/src?", "packages/b?", "deep/er/one?", "service?"));
}

TEST(ProjectRoots, ManyFoldersCostLittle) {
  const Tree tree;
  for (int i = 0; i < 40; ++i) {
    for (int j = 0; j < 20; ++j) tree.Write(absl::StrCat("p/f", i, "/g", j, "/setup.py"));
  }
  EXPECT_LT(Roots(tree, "p").size(), 400u);
}

}  // namespace
}  // namespace overt::resolve
