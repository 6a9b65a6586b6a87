#include "checker/lsp/asked.h"

#include <optional>

#include "checker/lsp/work_progress.h"

namespace overt::lsp {
namespace {

constexpr const char* kReading = "overt: reading the folder";

}  // namespace

std::optional<Asked> AskedFile(const RequestContext& context) {
  const View& view = context.view;
  if (view.document == nullptr || view.snapshot.program == nullptr || !view.root->settings().enable) {
    return std::nullopt;
  }
  const FileId file = view.snapshot.program->AddFile(view.document->path());
  if (view.snapshot.program->Index(file) == nullptr) return std::nullopt;
  return Asked{file, 0};
}

std::optional<Asked> AskedPlace(const RequestContext& context) {
  std::optional<Asked> asked = AskedFile(context);
  if (!asked) return std::nullopt;
  const std::optional<uint32_t> offset =
      OffsetIn(*context.view.document, Find(context.call.params, {"position"}), context.client);
  if (!offset) return std::nullopt;
  asked->offset = *offset;
  return asked;
}

PlaceWriter PlacesOf(const RequestContext& context) {
  return PlaceWriter(*context.view.snapshot.program, context.client, *context.view.open);
}

classes::FamilyIndex::Pointer FamilyOf(const RequestContext& context) {
  const View& view = context.view;
  std::vector<std::string> open;
  for (const auto& [path, document] : *view.open) {
    if (document->kind() == Document::Kind::kPython && view.root->Holds(path)) open.push_back(path);
  }
  std::optional<WorkProgress> progress;
  if (Find(context.call.params, {"workDoneToken"}) == nullptr) progress.emplace(context, kReading);
  return view.root->families()->For(view.snapshot, open, [&](size_t done, size_t total) {
    if (!progress) progress.emplace(context, kReading);
    progress->Reached(done, total);
  });
}

CompletionBuffers BuffersOf(const RequestContext& context) {
  auto buffers = std::make_shared<program::Program::Overlays>();
  for (const auto& [path, document] : *context.view.open) {
    if (document->kind() == Document::Kind::kPython) (*buffers)[path] = document->text();
  }
  return buffers;
}

Json WriteLocations(const std::vector<Target>& targets, PlaceWriter& places) {
  Json list = Json::array();
  for (const Target& target : targets) {
    if (std::optional<Json> location = places.Location(target.file, target.name)) list.push_back(*std::move(location));
  }
  return list;
}

const std::vector<Diagnostic>* SnapshotFindings::Of(FileId file) {
  const program::FileInfo& info = snapshot_.program->file(file);
  if (info.family != resolve::ResolvedModule::Family::kFirstParty) return nullptr;
  const auto [place, is_new] = reports_.try_emplace(file);
  if (is_new) place->second = driver::CheckOne(snapshot_, info.path, nullptr);
  return &place->second.diagnostics;
}

}  // namespace overt::lsp
