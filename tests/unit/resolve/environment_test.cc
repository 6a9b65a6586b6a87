// Which environment is a project's, by layout alone.
#include "checker/resolve/environment.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/resolve/tree.h"

namespace overt::resolve {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Kind = SearchPath::Kind;

const TriedPlace* FindTried(const Environment& environment, const std::string& what) {
  for (const TriedPlace& place : environment.tried) {
    if (place.what.find(what) != std::string::npos) return &place;
  }
  return nullptr;
}

TEST(Environment, VirtualEnvironmentBesideTheProject) {
  const Tree tree;
  const std::string site = tree.VirtualEnvironment("p/.venv");
  const Environment found = DiscoverEnvironment(RequestFor(tree.At("p"))).environment;
  EXPECT_EQ(found.prefix, tree.At("p/.venv"));
  EXPECT_THAT(Folders(found, Kind::kSitePackages), ElementsAre(tree.At(site)));
  EXPECT_EQ(found.version, (grammar::PythonVersion{3, 12}));
  EXPECT_EQ(found.version_source, "pyvenv.cfg");
  EXPECT_THAT(found.notes, IsEmpty());
  EXPECT_FALSE(std::filesystem::exists(tree.At("somebody-started-python")));
}

TEST(Environment, UvWritesVersionInfoAndWorkspacesShareTheirEnvironment) {
  const Tree tree;
  tree.Folder("ws/.git");
  tree.Write("ws/.venv/pyvenv.cfg", absl::StrCat("home = ", tree.At("ws"), "\nimplementation = CPython\nuv = 0.5.1\n",
                                                 "version_info = 3.13.0rc1\n"));
  tree.Folder("ws/.venv/lib/python3.13/site-packages");
  tree.Folder("ws/packages/a");
  const Environment found = DiscoverEnvironment(RequestFor(tree.At("ws/packages/a"))).environment;
  EXPECT_EQ(found.prefix, tree.At("ws/.venv"));
  EXPECT_EQ(grammar::ToString(found.version), "3.13");
  ASSERT_NE(FindTried(found, "`.venv` in " + tree.At("ws/packages/a")), nullptr);
  EXPECT_EQ(FindTried(found, "`.venv` in " + tree.At("ws/packages/a"))->verdict, Verdict::kNotThere);
}

TEST(Environment, NothingAboveTheRepositoryIsLookedAt) {
  const Tree tree;
  tree.VirtualEnvironment(".venv");
  tree.Folder("p/.git");
  EXPECT_EQ(DiscoverEnvironment(RequestFor(tree.At("p"))).environment.prefix, "");
}

TEST(Environment, ActiveOneGoesBeforeTheOneInTheProject) {
  const Tree tree;
  tree.VirtualEnvironment("p/.venv");
  tree.VirtualEnvironment("active", "3.11");
  EnvironmentRequest request = RequestFor(tree.At("p"));
  request.virtual_env = tree.At("active");
  EXPECT_EQ(DiscoverEnvironment(request).environment.prefix, tree.At("active"));
}

TEST(Environment, AVariableThatPointsNowhereIsPassedOver) {
  const Tree tree;
  tree.VirtualEnvironment("p/.venv");
  EnvironmentRequest request = RequestFor(tree.At("p"));
  request.virtual_env = tree.At("gone");
  const Environment found = DiscoverEnvironment(request).environment;
  EXPECT_EQ(found.prefix, tree.At("p/.venv"));
  EXPECT_EQ(found.tried.front().what, "VIRTUAL_ENV");
  EXPECT_EQ(found.tried.front().reason, "no such file or folder");
}

TEST(Environment, HooksOwnEnvironmentIsNotTheProjects) {
  const Tree tree;
  tree.VirtualEnvironment("cache/repo1/py_env-python3.11", "3.11");
  tree.Write("cache/repo1/py_env-python3.11/.install_state_v2");
  tree.VirtualEnvironment("p/.venv");
  EnvironmentRequest request = RequestFor(tree.At("p"));
  request.virtual_env = tree.At("cache/repo1/py_env-python3.11");
  request.path = tree.At("cache/repo1/py_env-python3.11/bin");
  request.own_executable = tree.At("cache/repo1/py_env-python3.11/bin/overt");
  request.inside_pre_commit = true;
  const Environment found = DiscoverEnvironment(request).environment;
  EXPECT_EQ(found.prefix, tree.At("p/.venv"));
  EXPECT_EQ(found.tried.front().verdict, Verdict::kRejected);
  EXPECT_THAT(found.tried.front().reason, HasSubstr("pre-commit"));
}

TEST(Environment, HookWithoutAnyProjectEnvironmentSaysSo) {
  const Tree tree;
  tree.Folder("p/.git");
  tree.VirtualEnvironment("hook", "3.11");
  EnvironmentRequest request = RequestFor(tree.At("p"));
  request.virtual_env = tree.At("hook");
  request.path = tree.At("hook/bin");
  request.own_executable = tree.At("hook/bin/overt");
  request.inside_pre_commit = true;
  const Environment found = DiscoverEnvironment(request).environment;
  EXPECT_EQ(found.prefix, "");
  EXPECT_TRUE(HasNote(found, "no Python environment was found"));
  EXPECT_THAT(found.incomplete, HasSubstr("no Python environment of this project was found"));
  EXPECT_THAT(found.incomplete, HasSubstr("VIRTUAL_ENV (overt itself was started from it by a hook runner)"));
  EXPECT_THAT(found.incomplete, HasSubstr(absl::StrCat("`.venv` in ", tree.At("p"))));
  // In a terminal nobody is told: there it is plain which environment is active.
  request.virtual_env = std::nullopt;
  request.path = std::nullopt;
  request.inside_pre_commit = false;
  EXPECT_EQ(DiscoverEnvironment(request).environment.incomplete, "");
}

// `language: system`: overt is installed in the project's own environment, and the hook runner uses that.
TEST(Environment, HookOfTheProjectsOwnEnvironmentIsTheProjects) {
  const Tree tree;
  tree.VirtualEnvironment("p/.venv");
  EnvironmentRequest request = RequestFor(tree.At("p"));
  request.virtual_env = tree.At("p/.venv");
  request.own_executable = tree.At("p/.venv/bin/overt");
  request.inside_pre_commit = true;
  EXPECT_EQ(DiscoverEnvironment(request).environment.prefix, tree.At("p/.venv"));
}

// The same where the project's environments lie elsewhere, as virtualenvwrapper and poetry have it: what tells it from
// an environment that was made for the hook is that the project's packages are in it.
TEST(Environment, HookOfAnEnvironmentWithTheProjectsPackagesIsTheProjects) {
  const Tree tree;
  const std::string site = tree.VirtualEnvironment("envs/p");
  EnvironmentRequest request = RequestFor(tree.At("p"));
  tree.Folder("p/.git");
  request.virtual_env = tree.At("envs/p");
  request.own_executable = tree.At("envs/p/bin/overt");
  request.inside_pre_commit = true;
  tree.Folder("envs/p/lib/python3.12/site-packages/overt-0.1.0.dist-info");
  tree.Folder("envs/p/lib/python3.12/site-packages/pip-24.0.dist-info");
  EXPECT_EQ(DiscoverEnvironment(request).environment.prefix, "");
  tree.Folder("envs/p/lib/python3.12/site-packages/django-6.1.dist-info");
  EXPECT_EQ(DiscoverEnvironment(request).environment.prefix, tree.At("envs/p"));
}

TEST(Environment, ToolsOfPipxAndUvAreNotTheProjects) {
  const Tree tree;
  for (const char* mark : {"pipx_metadata.json", "uv-receipt.toml", ".prek-hook.json"}) {
    tree.VirtualEnvironment("tool");
    tree.Write(absl::StrCat("tool/", mark));
    EnvironmentRequest request = RequestFor(tree.At("p"));
    tree.Folder("p/.git");
    request.virtual_env = tree.At("tool");
    EXPECT_EQ(DiscoverEnvironment(request).environment.prefix, "") << mark;
    std::filesystem::remove(tree.At(absl::StrCat("tool/", mark)));
  }
}

TEST(Environment, Conda) {
  const Tree tree;
  tree.Folder("conda/envs/work/conda-meta");
  tree.Folder("conda/envs/work/lib/python3.10/site-packages");
  tree.Link("conda/envs/work/lib/python3.1", "python3.10");
  EnvironmentRequest request = RequestFor(tree.At("p"));
  tree.Folder("p");
  request.conda_prefix = tree.At("conda/envs/work");
  const Environment found = DiscoverEnvironment(request).environment;
  EXPECT_EQ(grammar::ToString(found.version), "3.10");
  EXPECT_EQ(found.version_source, "the environment's layout");
  EXPECT_THAT(Folders(found, Kind::kSitePackages),
              ElementsAre(tree.At("conda/envs/work/lib/python3.10/site-packages")));
}

TEST(Environment, CondasBaseGivesWayToTheProjectsOwn) {
  const Tree tree;
  tree.Folder("conda/condabin");
  tree.Folder("conda/lib/python3.11/site-packages");
  tree.VirtualEnvironment("p/venv");
  EnvironmentRequest request = RequestFor(tree.At("p"));
  request.conda_prefix = tree.At("conda");
  EXPECT_EQ(DiscoverEnvironment(request).environment.prefix, tree.At("p/venv"));
  std::filesystem::remove_all(tree.At("p/venv"));
  EXPECT_EQ(DiscoverEnvironment(request).environment.prefix, tree.At("conda"));
}

TEST(Environment, CondaByTheNameInEnvironmentYml) {
  const Tree tree;
  tree.Write("p/environment.yml", "name: science\ndependencies: [numpy]\n");
  tree.Folder("conda/envs/science/lib/python3.12/site-packages");
  tree.Write("home/.conda/environments.txt", absl::StrCat(tree.At("conda"), "\n", tree.At("conda/envs/science"), "\n"));
  EnvironmentRequest request = RequestFor(tree.At("p"));
  request.home = tree.At("home");
  EXPECT_EQ(DiscoverEnvironment(request).environment.prefix, tree.At("conda/envs/science"));
}

TEST(Environment, PoetryKeepsThemInItsCache) {
  const Tree tree;
  tree.Write("p/pyproject.toml", "[tool.poetry]\nname = \"My.App\"\n");
  tree.VirtualEnvironment("home/.cache/pypoetry/virtualenvs/my-app-Hx2bQ0kT-py3.12");
  tree.VirtualEnvironment("home/.cache/pypoetry/virtualenvs/my-app-two-Hx2bQ0kT-py3.12");
  EnvironmentRequest request = RequestFor(tree.At("p"));
  request.home = tree.At("home");
  EXPECT_EQ(DiscoverEnvironment(request).environment.prefix,
            tree.At("home/.cache/pypoetry/virtualenvs/my-app-Hx2bQ0kT-py3.12"));
  // Two of one name: which one it is only poetry knows.
  tree.VirtualEnvironment("home/.cache/pypoetry/virtualenvs/my-app-aaaaaaaa-py3.11", "3.11");
  const Environment found = DiscoverEnvironment(request).environment;
  EXPECT_EQ(found.prefix, "");
  ASSERT_NE(FindTried(found, "poetry"), nullptr);
  EXPECT_THAT(FindTried(found, "poetry")->reason, HasSubstr("several"));
}

TEST(Environment, PdmWritesDownItsInterpreter) {
  const Tree tree;
  tree.VirtualEnvironment("elsewhere/env");
  tree.Write("p/.pdm-python", tree.At("elsewhere/env/bin/python"));
  EXPECT_EQ(DiscoverEnvironment(RequestFor(tree.At("p"))).environment.prefix, tree.At("elsewhere/env"));
}

TEST(Environment, Hatch) {
  const Tree tree;
  tree.Write("p/pyproject.toml", "[project]\nname = \"demo\"\n");
  tree.VirtualEnvironment("data/hatch/env/virtual/demo/Ab12Cd34/demo");
  tree.VirtualEnvironment("data/hatch/env/virtual/demo/Ab12Cd34/docs");
  EnvironmentRequest request = RequestFor(tree.At("p"));
  request.data_home = tree.At("data");
  EXPECT_EQ(DiscoverEnvironment(request).environment.prefix, tree.At("data/hatch/env/virtual/demo/Ab12Cd34/demo"));
}

TEST(Environment, Pipenv) {
  const Tree tree;
  tree.Write("shop/Pipfile");
  tree.VirtualEnvironment("data/virtualenvs/shop-x1y2z3w4");
  EnvironmentRequest request = RequestFor(tree.At("shop"));
  request.data_home = tree.At("data");
  EXPECT_EQ(DiscoverEnvironment(request).environment.prefix, tree.At("data/virtualenvs/shop-x1y2z3w4"));
}

TEST(Environment, PyenvByVersionAndByName) {
  const Tree tree;
  tree.Folder("pyenv/versions/3.11.4/lib/python3.11/site-packages");
  tree.Folder("pyenv/versions/3.11.10/lib/python3.11/site-packages");
  tree.Folder("pyenv/versions/blog/lib/python3.9/site-packages");
  tree.Program("pyenv/shims/python3");
  tree.Folder("p");
  EnvironmentRequest request = RequestFor(tree.At("p"));
  request.pyenv_root = tree.At("pyenv");
  request.path = tree.At("pyenv/shims");
  tree.Write("p/.python-version", "3.11\n");
  EXPECT_EQ(DiscoverEnvironment(request).environment.prefix, tree.At("pyenv/versions/3.11.10"));
  tree.Write("p/.python-version", "blog\n");
  const Environment found = DiscoverEnvironment(request).environment;
  EXPECT_EQ(found.prefix, tree.At("pyenv/versions/blog"));
  EXPECT_EQ(grammar::ToString(found.version), "3.9");
  std::filesystem::remove(tree.At("p/.python-version"));
  tree.Write("pyenv/version", "3.11.4\n");
  EXPECT_EQ(DiscoverEnvironment(request).environment.prefix, tree.At("pyenv/versions/3.11.4"));
}

TEST(Environment, DebiansDistPackages) {
  const Tree tree;
  tree.Program("usr/bin/python3.11");
  tree.Link("usr/bin/python3", "python3.11");
  tree.Folder("usr/lib/python3.11");
  tree.Folder("usr/lib/python3.9/dist-packages");
  tree.Folder("usr/lib/python3/dist-packages");
  tree.Folder("usr/local/lib/python3.11/dist-packages");
  tree.Folder("home/.local/lib/python3.11/site-packages");
  tree.Folder("p/.git");
  EnvironmentRequest request = RequestFor(tree.At("p"));
  request.path = absl::StrCat("relative:", tree.At("nowhere"), ":", tree.At("usr/bin"));
  request.home = tree.At("home");
  const Environment found = DiscoverEnvironment(request).environment;
  EXPECT_EQ(found.prefix, tree.At("usr"));
  EXPECT_EQ(grammar::ToString(found.version), "3.11");
  EXPECT_EQ(found.version_source, "the interpreter's name");
  EXPECT_TRUE(found.version_is_guess);
  EXPECT_THAT(Folders(found, Kind::kSitePackages),
              ElementsAre(tree.At("usr/local/lib/python3.11/dist-packages"), tree.At("usr/lib/python3/dist-packages"),
                          tree.At("home/.local/lib/python3.11/site-packages")));
}

TEST(Environment, Lib64AsALinkCountsOnce) {
  const Tree tree;
  tree.VirtualEnvironment("p/.venv");
  tree.Link("p/.venv/lib64", "lib");
  EXPECT_EQ(Folders(DiscoverEnvironment(RequestFor(tree.At("p"))).environment, Kind::kSitePackages).size(), 1u);
}

TEST(Environment, WindowsLayout) {
  const Tree tree;
  tree.Write("p/.venv/pyvenv.cfg", absl::StrCat("Home = ", tree.At("p"), "\r\nVersion = 3.10.1\r\n"));
  tree.Folder("p/.venv/Lib/site-packages");
  const Environment found = DiscoverEnvironment(RequestFor(tree.At("p"))).environment;
  EXPECT_THAT(Folders(found, Kind::kSitePackages), ElementsAre(tree.At("p/.venv/Lib/site-packages")));
  EXPECT_EQ(grammar::ToString(found.version), "3.10");
}

TEST(Environment, SystemSitePackages) {
  const Tree tree;
  tree.VirtualEnvironment("p/.venv", "3.11");
  tree.Folder("usr/bin");
  tree.Folder("usr/lib/python3/dist-packages");
  tree.Write("p/.venv/pyvenv.cfg",
             absl::StrCat("home = ", tree.At("usr/bin"), "\ninclude-system-site-packages = true\nversion = 3.11.2\n"));
  const Environment found = DiscoverEnvironment(RequestFor(tree.At("p"))).environment;
  EXPECT_THAT(Folders(found, Kind::kSitePackages),
              ElementsAre(tree.At("p/.venv/lib/python3.11/site-packages"), tree.At("usr/lib/python3/dist-packages")));
}

// --- `--python` ------------------------------------------------------------------------------------------------------

TEST(Environment, PythonNamedAsInterpreterFolderOrPrefix) {
  const Tree tree;
  const std::string site = tree.VirtualEnvironment("env");
  tree.Program("usr/bin/python3.12");
  tree.Link("env/bin/python3", tree.At("usr/bin/python3.12"));  // an environment's interpreter is a link out of it
  tree.Folder("p");
  for (const std::string& python :
       {tree.At("env"), tree.At("env/bin"), tree.At("env/bin/python"), tree.At("env/bin/python3"), tree.At(site)}) {
    EnvironmentRequest request = RequestFor(tree.At("p"));
    request.python = python;
    const EnvironmentResult result = DiscoverEnvironment(request);
    EXPECT_EQ(result.error, "") << python;
    EXPECT_EQ(result.environment.prefix, tree.At("env")) << python;
  }
  EXPECT_FALSE(std::filesystem::exists(tree.At("somebody-started-python")));
}

TEST(Environment, PythonThatIsNoneIsAnError) {
  const Tree tree;
  tree.Folder("p/.venv");
  tree.Write("wheel.whl", "PK");
  tree.Link("loop", "loop");
  ASSERT_EQ(mkfifo(tree.At("pipe").c_str(), 0600), 0);
  const auto error = [&](const std::string& python) {
    EnvironmentRequest request = RequestFor(tree.At("p"));
    request.python = python;
    return DiscoverEnvironment(request).error;
  };
  EXPECT_THAT(error(tree.At("nowhere")), HasSubstr("no such file or folder"));
  EXPECT_THAT(error(tree.At("loop")), HasSubstr("symbolic links form a loop"));
  EXPECT_THAT(error(tree.At("pipe")), HasSubstr("neither a file nor a folder"));
  EXPECT_THAT(error(tree.At("p/.venv")), HasSubstr("no site-packages folder"));
  EXPECT_THAT(error(tree.At("wheel.whl")), HasSubstr("no site-packages folder"));
}

// --- Damage
// -----------------------------------------------------------------------------------------------------------

TEST(Environment, IncompleteEnvironmentsAreNamedAndPassedOver) {
  const Tree tree;
  tree.Write("p/.venv/pyvenv.cfg", "home = /nowhere\nversion = 3.12.1\n");
  tree.VirtualEnvironment("p/venv");
  const Environment found = DiscoverEnvironment(RequestFor(tree.At("p"))).environment;
  EXPECT_EQ(found.prefix, tree.At("p/venv"));
  EXPECT_EQ(found.incomplete,
            absl::StrCat("the environment at ", tree.At("p/.venv"), " is incomplete: no site-packages folder"));
}

TEST(Environment, AHomeThatIsGoneIsSaidAndSitePackagesStillServes) {
  const Tree tree;
  const std::string site = tree.VirtualEnvironment("p/.venv");
  tree.Write("p/.venv/pyvenv.cfg", "home = /nowhere/bin\nversion = 3.12.1\n");
  const Environment found = DiscoverEnvironment(RequestFor(tree.At("p"))).environment;
  EXPECT_THAT(Folders(found, Kind::kSitePackages), ElementsAre(tree.At(site)));
  EXPECT_THAT(found.incomplete, HasSubstr("is incomplete: its home /nowhere/bin: no such file or folder"));
}

TEST(Environment, EveryKindOfNonsenseInPyvenvCfgIsBorne) {
  const Tree tree;
  for (const char* text : {"", "=\n==\n", "version\nhome\n", "version = three\n", "version = 3.\nhome = relative\n",
                           "version = 999.999\n", "\xff\xfe\x00"}) {
    tree.VirtualEnvironment("p/.venv", "3.10");
    tree.Write("p/.venv/pyvenv.cfg", text);
    const Environment found = DiscoverEnvironment(RequestFor(tree.At("p"))).environment;
    EXPECT_EQ(found.prefix, tree.At("p/.venv")) << text;
    EXPECT_EQ(grammar::ToString(found.version), "3.10") << text;
  }
  std::filesystem::remove(tree.At("p/.venv/pyvenv.cfg"));
  ASSERT_EQ(mkfifo(tree.At("p/.venv/pyvenv.cfg").c_str(), 0600), 0);
  EXPECT_EQ(DiscoverEnvironment(RequestFor(tree.At("p"))).environment.prefix, tree.At("p/.venv"));
}

TEST(Environment, LoopsOfLinks) {
  const Tree tree;
  tree.Link("p/.venv", ".venv");
  tree.Link("p/venv", "env");
  tree.Link("p/env", "venv");
  tree.Link("p/src", "src");
  tree.Link("q/.venv/lib/python3.12/site-packages", "../../..");
  tree.Write("q/.venv/pyvenv.cfg", "home = /\n");
  EXPECT_EQ(DiscoverEnvironment(RequestFor(tree.At("p"))).environment.tried.front().reason,
            "symbolic links form a loop");
  EXPECT_EQ(DiscoverEnvironment(RequestFor(tree.At("q"))).environment.prefix, tree.At("q/.venv"));
}

TEST(Environment, UnreadableFolders) {
  if (geteuid() == 0) GTEST_SKIP() << "nothing is unreadable for root";
  const Tree tree;
  const std::string site = tree.VirtualEnvironment("p/.venv");
  std::filesystem::permissions(tree.At(site), std::filesystem::perms::none);
  const Environment found = DiscoverEnvironment(RequestFor(tree.At("p"))).environment;
  std::filesystem::permissions(tree.At(site), std::filesystem::perms::all);
  EXPECT_TRUE(HasNote(found, "is incomplete"));
  EXPECT_TRUE(HasNote(found, "permission denied"));
}

TEST(Environment, ArchivesAreNotSearched) {
  const Tree tree;
  tree.Write("lib.zip", "PK\x03\x04");
  tree.Folder("p");
  EnvironmentRequest request = RequestFor(tree.At("p"));
  request.extra_paths = {tree.At("lib.zip"), tree.At("gone")};
  const Environment found = DiscoverEnvironment(request).environment;
  EXPECT_TRUE(HasNote(found, "archives are not searched"));
  EXPECT_TRUE(HasNote(found, "cannot be searched: no such file or folder"));
}

// --- Python's version ------------------------------------------------------------------------------------------------

TEST(Environment, VersionByRank) {
  const Tree tree;
  tree.VirtualEnvironment("p/.venv", "3.12");
  EnvironmentRequest request = RequestFor(tree.At("p"));
  EXPECT_EQ(DiscoverEnvironment(request).environment.version_source, "pyvenv.cfg");
  tree.Write("p/.python-version", "# ours\ncpython-3.10.4-linux-x86_64-gnu\n3.9\n");
  EXPECT_EQ(DiscoverEnvironment(request).environment.version_source, ".python-version");
  EXPECT_EQ(grammar::ToString(DiscoverEnvironment(request).environment.version), "3.10");
  request.version = grammar::PythonVersion{3, 9};
  request.version_source = "pyproject.toml: requires-python";
  EXPECT_EQ(DiscoverEnvironment(request).environment.version_source, "pyproject.toml: requires-python");
  EXPECT_EQ(grammar::ToString(DiscoverEnvironment(request).environment.version), "3.9");
}

TEST(Environment, VersionsOvertDoesNotKnow) {
  const Tree tree;
  tree.VirtualEnvironment("p/.venv", "3.6");
  const Environment found = DiscoverEnvironment(RequestFor(tree.At("p"))).environment;
  EXPECT_EQ(found.version, grammar::kOldestPython);
  EXPECT_TRUE(HasNote(found, "3.6"));
  EXPECT_EQ(Folders(found, Kind::kSitePackages).size(), 1u);
}

TEST(Environment, DefaultsWithoutAnything) {
  const Tree tree;
  tree.Folder("p/.git");
  const Environment found = DiscoverEnvironment(RequestFor(tree.At("p"))).environment;
  EXPECT_EQ(found.version, grammar::kDefaultPython);
  EXPECT_EQ(found.version_source, "default");
  EXPECT_EQ(found.platform_source, "this machine");
  EXPECT_THAT(Folders(found, Kind::kFirstParty), ElementsAre(tree.At("p")));
}

}  // namespace
}  // namespace overt::resolve
