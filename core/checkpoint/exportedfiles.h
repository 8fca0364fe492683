// The files of an exported folder: how long they are, and what is in them. Free functions; any thread.
#pragma once

#include "core/base/message.h"
#include "core/model/exportrecord.h"

#include <filesystem>
#include <map>
#include <vector>

namespace pare {

/// Those that hold the model: weights, config.json, the tokenizer's. Throws Io.
std::map<std::string, ExportedFile> exportedFiles(const std::filesystem::path &folder,
                                                  ExportFormat format);

enum class FileCheck {
    Lengths,  ///< costs nothing
    Contents, ///< reads all of them
};

/// Those that are not what the record says, each in words. Throws Io.
std::vector<Message> changedFiles(const std::filesystem::path &folder, const ExportRecord &record,
                                  FileCheck check);

} // namespace pare
