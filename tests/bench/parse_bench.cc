// What lowering costs on top of the bare parse: both over the same files, turn by turn, on one thread.
//
//   $ parse_bench FOLDER ROUNDS
//   {"files": 1450, "lines": 460281, "parse_seconds": 0.71, "parse_and_lower_seconds": 0.92}
//
// The medians of all rounds. Reading and decoding are not counted: the texts are in memory before the clock starts.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "grammar/lower/lower.h"
#include "grammar/source/source_file.h"
#include "grammar/syntax/parser.h"

namespace overt::grammar {
namespace {

std::vector<SourceFile> Load(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".py") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<SourceFile> sources;
  for (const std::string& path : paths) {
    auto bytes = ReadFileBytes(path, 50u << 20);
    if (bytes.ok()) sources.push_back(SourceFile::Decode(*bytes));
  }
  return sources;
}

double Seconds(const std::chrono::steady_clock::time_point& start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double ParseAll(const std::vector<SourceFile>& sources) {
  Parser parser;
  const auto start = std::chrono::steady_clock::now();
  for (const SourceFile& source : sources) parser.Parse(source.text());
  return Seconds(start);
}

double ParseAndLowerAll(const std::vector<SourceFile>& sources) {
  const auto start = std::chrono::steady_clock::now();
  for (const SourceFile& source : sources) {
    const Ast ast = ParseSource(source, FileKind::kSource);
    if (ast.node_count() == 0 && !source.text().empty()) std::abort();
  }
  return Seconds(start);
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace
}  // namespace overt::grammar

int main(int argc, char** argv) {
  using namespace overt::grammar;
  if (argc != 3 || std::atoi(argv[2]) < 1) {
    std::fprintf(stderr, "usage: parse_bench FOLDER ROUNDS\n");
    return 2;
  }
  const std::vector<SourceFile> sources = Load(argv[1]);
  size_t lines = 0;
  for (const SourceFile& source : sources) lines += source.line_starts().size() - 1;
  std::vector<double> parse, both;
  for (int round = 0; round < std::atoi(argv[2]); ++round) {
    parse.push_back(ParseAll(sources));
    both.push_back(ParseAndLowerAll(sources));
  }
  std::printf("{\"files\": %zu, \"lines\": %zu, \"parse_seconds\": %.4f, \"parse_and_lower_seconds\": %.4f}\n",
              sources.size(), lines, Median(parse), Median(both));
  return 0;
}
