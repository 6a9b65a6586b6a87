// What binding costs, next to parsing and lowering, on the Python files below a folder.
//
//   $ bind_bench FOLDER [Google Benchmark's options]
#include <benchmark/benchmark.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "checker/bind/module_index.h"
#include "grammar/lower/lower.h"
#include "grammar/source/source_file.h"

namespace overt::bind {
namespace {

struct Project {
  std::vector<grammar::SourceFile> sources;
  std::vector<grammar::Ast> trees;
  size_t lines = 0;
  size_t statements = 0;
};

Project Load(const char* folder) {
  namespace fs = std::filesystem;
  Project project;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".py") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    project.sources.push_back(grammar::SourceFile::Decode(bytes));
    project.trees.push_back(grammar::ParseSource(project.sources.back(), grammar::FileKind::kSource));
    project.lines += project.sources.back().line_starts().size();
    const grammar::Ast& tree = project.trees.back();
    for (uint32_t id = 0; id < tree.node_count(); ++id) {
      project.statements += grammar::CategoryOf(tree.kind(grammar::NodeId(id))) == grammar::NodeCategory::kStatement;
    }
  }
  return project;
}

void ParseAndLower(benchmark::State& state, const Project& project) {
  for (auto _ : state) {
    for (const grammar::SourceFile& source : project.sources) {
      benchmark::DoNotOptimize(grammar::ParseSource(source, grammar::FileKind::kSource));
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(project.lines));
}

void BindAll(benchmark::State& state, const Project& project) {
  size_t definitions = 0, memory = 0, flow = 0;
  for (auto _ : state) {
    definitions = memory = flow = 0;
    for (const grammar::Ast& tree : project.trees) {
      const ModuleIndex index = Bind(tree, {});
      definitions += index.definitions().size();
      flow += index.flow_nodes().size();
      memory += index.MemoryUse() - tree.bytes().size();
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(project.statements));
  state.counters["definitions"] = static_cast<double>(definitions);
  state.counters["flow_nodes"] = static_cast<double>(flow);
  state.counters["bytes_per_line"] = static_cast<double>(memory) / static_cast<double>(project.lines);
}

}  // namespace
}  // namespace overt::bind

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc != 2) {
    std::fprintf(stderr, "bind_bench FOLDER\n");
    return 2;
  }
  const overt::bind::Project project = overt::bind::Load(argv[1]);
  std::printf("%zu files, %zu lines, %zu statements\n", project.trees.size(), project.lines, project.statements);
  benchmark::RegisterBenchmark("parse+lower", [&](benchmark::State& s) {
    overt::bind::ParseAndLower(s, project);
  })->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("bind", [&](benchmark::State& s) {
    overt::bind::BindAll(s, project);
  })->Unit(benchmark::kMillisecond);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
