// What site-packages adds to the search path, read as data.
#include "checker/resolve/path_files.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "checker/resolve/finder_file.h"
#include "tests/unit/resolve/tree.h"

namespace overt::resolve {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Kind = SearchPath::Kind;

std::vector<std::string> Show(const PathFiles& files) {
  std::vector<std::string> shown;
  for (const PathEntry& entry : files.entries) {
    shown.push_back(entry.module.empty() ? entry.folder : absl::StrCat(entry.module, "=", entry.folder));
  }
  return shown;
}

TEST(PathFiles, LinesInTheOrderOfFilesAndLines) {
  const Tree tree;
  for (const char* folder : {"site/inner", "a", "b", "c"}) tree.Folder(folder);
  tree.Write("site/z.pth", absl::StrCat("\xEF\xBB\xBF# words\r\n\r\n", tree.At("c"), "\r\n"));
  tree.Write("site/b.pth", absl::StrCat(tree.At("b"), "\ninner\n../a/./\n"));
  tree.Write("site/.hidden.pth", tree.At("c"));
  const PathFiles files = ReadPathFiles(tree.At("site"));
  EXPECT_THAT(Show(files), ElementsAre(tree.At("b"), tree.At("site/inner"), tree.At("a"), tree.At("c")));
  EXPECT_EQ(files.entries[0].origin, "b.pth line 1");
  EXPECT_THAT(files.notes, IsEmpty());
}

TEST(PathFiles, CodeIsNotRun) {
  const Tree tree;
  tree.Write("site/evil.pth", absl::StrCat("import os; os.system('touch ", tree.At("ran"), "')\nimport\tos\n"));
  tree.Write("site/distutils-precedence.pth", "import os; var = 'SETUPTOOLS_USE_DISTUTILS'\n");
  const PathFiles files = ReadPathFiles(tree.At("site"));
  EXPECT_THAT(files.entries, IsEmpty());
  EXPECT_THAT(files.notes, ElementsAre(HasSubstr("executable .pth lines are not run")));
  EXPECT_FALSE(std::filesystem::exists(tree.At("ran")));
}

TEST(PathFiles, LinksToNowhereAndArchivesAreNamed) {
  const Tree tree;
  tree.Write("site/old.egg-link", "/nowhere/old\n../\n");
  tree.Write("site/easy-install.pth", "./zipped-1.0.egg\n");
  tree.Write("site/zipped-1.0.egg", "PK\x03\x04");
  const PathFiles files = ReadPathFiles(tree.At("site"));
  EXPECT_THAT(files.entries, IsEmpty());
  ASSERT_EQ(files.notes.size(), 3u);
  EXPECT_THAT(files.notes[0], HasSubstr("archives are not searched"));
  EXPECT_THAT(files.notes[1], HasSubstr("is incomplete: old.egg-link names /nowhere/old: no such file or folder"));
  EXPECT_THAT(files.notes[2], HasSubstr("archives are not searched"));
}

TEST(PathFiles, StrangeFilesNeitherBlockNorCrash) {
  const Tree tree;
  tree.Folder("site/folder.pth");
  ASSERT_EQ(mkfifo(tree.At("site/pipe.pth").c_str(), 0600), 0);
  tree.Link("site/loop.pth", "loop.pth");
  tree.Link("site/device.pth", "/dev/zero");
  tree.Write("site/bytes.pth", std::string("\0\xff\xfe\n\n", 5));
  tree.Write("site/x.dist-info/direct_url.json", "{\"dir_info\": [[[");
  tree.Write("site/y.dist-info/direct_url.json", "{\"dir_info\": {\"editable\": \"yes\"}, \"url\": 5}");
  tree.Write("site/__editable___z_finder.py", "MAPPING = {'a': '/x\\");
  EXPECT_THAT(ReadPathFiles(tree.At("site")).entries, IsEmpty());
  EXPECT_THAT(ReadPathFiles(tree.At("nowhere")).entries, IsEmpty());
}

TEST(PathFiles, SetuptoolsFinder) {
  const Tree tree;
  tree.Folder("src/lib");
  tree.Folder("src/ns/inner");
  tree.Write("src/single.py");
  tree.Write("site/__editable__.demo-1.0.pth",
             "import __editable___demo_1_0_finder; __editable___demo_1_0_finder.install()\n");
  tree.Write(
      "site/__editable___demo_1_0_finder.py",
      absl::StrCat("from __future__ import annotations\nimport sys\n\nMAPPING: dict[str, str] = {'demo': '",
                   tree.At("src/lib"), "', 'single': '", tree.At("src/single"), "', 'ns.inner': '",
                   tree.At("src/ns/inner"), "'}\nNAMESPACES: dict[str, list[str]] = {'ns': ['", tree.At("src/ns"),
                   "']}\nPATH_PLACEHOLDER = '__editable__.demo-1.0.finder' + \".__path_hook__\"\n"));
  const PathFiles files = ReadPathFiles(tree.At("site"));
  EXPECT_THAT(Show(files),
              ElementsAre("demo=" + tree.At("src/lib"), "single=" + tree.At("src/single"), "ns=" + tree.At("src/ns")));
  EXPECT_THAT(files.notes, IsEmpty());
}

TEST(PathFiles, EditablesLibraryAndScikitBuild) {
  const Tree tree;
  tree.Folder("src/demo");
  tree.Folder("src/fast");
  tree.Write("site/_editable_impl_demo.pth", "import _editable_impl_demo\n");
  tree.Write(
      "site/_editable_impl_demo.py",
      absl::StrCat("from editables.redirector import RedirectingFinder as F\nF.install()\nF.map_module('demo', '",
                   tree.At("src/demo/__init__.py"), "')\n"));
  tree.Write("site/_fast_editable.py",
             absl::StrCat("class A: pass\n\ninstall({'fast': '", tree.At("src/fast/__init__.py"), "', 'fast.core': '",
                          tree.At("src/fast/core.py"), "'}, {'fast._c': 'fast/_c.so'}, None, False)\n"));
  EXPECT_THAT(Show(ReadPathFiles(tree.At("site"))),
              ElementsAre("demo=" + tree.At("src/demo"), "fast=" + tree.At("src/fast")));
}

TEST(PathFiles, DirectUrlIsTheLastResort) {
  const Tree tree;
  tree.Folder("my project/src/meson_one");
  tree.Write("site/meson_one-1.0.dist-info/direct_url.json",
             absl::StrCat("{\"dir_info\": {\"editable\": true}, \"url\": \"file://", tree.At("my%20project"), "\"}"));
  tree.Folder("known/src");
  tree.Write("site/known.pth", tree.At("known/src"));
  tree.Write("site/known-1.0.dist-info/direct_url.json",
             absl::StrCat("{\"dir_info\": {\"editable\": true}, \"url\": \"file://", tree.At("known"), "\"}"));
  tree.Write("site/wheel-1.0.dist-info/direct_url.json",
             "{\"archive_info\": {}, \"url\": \"https://example.org/a.whl\"}");
  const PathFiles files = ReadPathFiles(tree.At("site"));
  EXPECT_THAT(Show(files), ElementsAre(tree.At("known/src"), tree.At("my project/src")));
  EXPECT_EQ(files.entries[1].origin, "meson_one-1.0.dist-info/direct_url.json");
}

TEST(FinderFile, LiteralsAsReprWritesThem) {
  const auto read = [](const char* text) {
    std::vector<std::string> shown;
    for (const FinderEntry& entry : ReadFinderFile(text)) shown.push_back(absl::StrCat(entry.module, "=", entry.path));
    return shown;
  };
  EXPECT_THAT(read("MAPPING = {'a': '/it\\'s', \"b\": \"/q\\\\x\", 'c': '/\\xe9\\u20ac'}"),
              ElementsAre("a=/it's", "b=/q\\x", "c=/\xC3\xA9\xE2\x82\xAC"));
  EXPECT_THAT(read("MAPPING = {'a': '/a',\n  'a.b': '/a/b', 'a.c': '/elsewhere'}"),
              ElementsAre("a=/a", "a.c=/elsewhere"));
  EXPECT_THAT(read("MAPPING = {'a': f'/a'}\nMAPPING = make()\nx.MAPPING = {'z': '/z'}"), IsEmpty());
  EXPECT_THAT(read("MAPPING = {'a': 'relative'}"), IsEmpty());
  EXPECT_THAT(read("MAPPING = {'a': '/a', **more}"), ElementsAre("a=/a"));
  EXPECT_THAT(read("MAPPING"), IsEmpty());
  EXPECT_THAT(read("F.map_module("), IsEmpty());
}

TEST(PathFiles, TheProjectInstalledInItsOwnEnvironmentStaysFirstParty) {
  const Tree tree;
  const std::string site = tree.VirtualEnvironment("p/.venv");
  tree.WriteAll({"p/source/pkg/__init__.py", "other/src/dep/__init__.py"});
  tree.Write(site + "/__editable__.pkg.pth", tree.At("p/source"));
  tree.Write(site + "/_dep.pth", tree.At("other/src"));
  const Environment found = DiscoverEnvironment(RequestFor(tree.At("p"))).environment;
  EXPECT_THAT(Folders(found, Kind::kFirstParty), ElementsAre(tree.At("p"), tree.At("p/source")));
  EXPECT_THAT(Folders(found, Kind::kEditable), ElementsAre(tree.At("other/src")));
}

}  // namespace
}  // namespace overt::resolve
