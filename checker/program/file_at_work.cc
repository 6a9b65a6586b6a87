#include "checker/program/file_at_work.h"

namespace overt::program {
namespace {

constinit thread_local const std::string* current = nullptr;

}  // namespace

FileAtWork::FileAtWork(const std::string& path) : outer_(current) { current = &path; }
FileAtWork::~FileAtWork() { current = outer_; }
const std::string* FileAtWork::Current() { return current; }

}  // namespace overt::program
