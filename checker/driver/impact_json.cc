#include "checker/driver/impact_json.h"

#include <utility>
#include <vector>

#include "checker/driver/positions.h"

namespace overt::driver {
namespace {

using classes::ClassRef;
using classes::ImpactPlace;
using classes::MemberImpact;
using Json = nlohmann::ordered_json;

class ImpactJsonWriter {
 public:
  explicit ImpactJsonWriter(const Snapshot& snapshot) : snapshot_(snapshot), positions_(*snapshot.program) {}

  Json Write(const MemberImpact& impact, ClassRef asked) {
    Json json = MemberJson(impact.member);
    json["asked"] = snapshot_.classes->InfoOf(asked).qualified;
    json["overrides"] = Json::array();
    for (const ImpactPlace& one : impact.overrides) json["overrides"].push_back(MemberJson(one));
    json["overridden_by"] = Json::array();
    for (const ImpactPlace& one : impact.overridden_by) {
      json["overridden_by"].push_back(MemberJson(one));
      json["overridden_by"].back()["override"] = one.is_marked;
    }
    json["inherited_by"] = Json::array();
    for (const ImpactPlace& one : impact.inherited_by) json["inherited_by"].push_back(MemberJson(one));
    json["called_through_super"] = UsesJson(impact.super_calls);
    json["named_through_class"] = UsesJson(impact.named);
    json["used_through_self"] = UsesJson(impact.through_self);
    return json;
  }

 private:
  void AddPosition(const ImpactPlace& place, Json& json) {
    const LineColumn at = positions_.Of({place.file, place.range});
    json["path"] = snapshot_.program->file(place.file).display;
    json["line"] = at.line;
    json["column"] = at.column;
  }

  Json MemberJson(const ImpactPlace& place) {
    const std::string& owner = snapshot_.classes->InfoOf(place.class_ref).qualified;
    Json json = {{"class", owner}, {"member", place.name.substr(owner.size() + 1)}};
    AddPosition(place, json);
    return json;
  }

  Json UsesJson(const std::vector<ImpactPlace>& places) {
    Json list = Json::array();
    for (const ImpactPlace& place : places) {
      Json json = {{"in", place.name}, {"class", snapshot_.classes->InfoOf(place.class_ref).qualified}};
      AddPosition(place, json);
      if (place.by_way_of.present()) json["for_objects_of"] = snapshot_.classes->InfoOf(place.by_way_of).qualified;
      list.push_back(std::move(json));
    }
    return list;
  }

  const Snapshot& snapshot_;
  Positions positions_;
};

}  // namespace

Json ImpactJson(const Snapshot& snapshot, const MemberImpact& impact, ClassRef asked) {
  return ImpactJsonWriter(snapshot).Write(impact, asked);
}

}  // namespace overt::driver
