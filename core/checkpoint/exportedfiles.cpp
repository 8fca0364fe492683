#include "core/checkpoint/exportedfiles.h"

#include "core/base/files.h"
#include "core/base/sha256.h"
#include "core/checkpoint/messages.h"

#include <array>

namespace pare {

namespace {

namespace fs = std::filesystem;

std::string contentOf(const fs::path &file)
{
    const MappedFile mapped(file);
    return sha256Of(mapped.bytes(), [&] { mapped.releasePages(); });
}

} // namespace

std::map<std::string, ExportedFile> exportedFiles(const fs::path &folder, ExportFormat format)
{
    std::map<std::string, ExportedFile> files;
    for (const std::string &name :
         std::array<std::string, 5>{std::string(weightFileOf(format)), "config.json", "vocab.txt",
                                    "tokenizer_config.json", "special_tokens_map.json"}) {
        std::error_code ignored;
        const fs::path file = folder / name;
        if (fs::exists(file, ignored))
            files[name] = {static_cast<std::int64_t>(fs::file_size(file)), contentOf(file)};
    }
    return files;
}

std::vector<Message> changedFiles(const fs::path &folder, const ExportRecord &record,
                                  FileCheck check)
{
    std::vector<Message> changed;
    for (const auto &[name, file] : record.files) {
        std::error_code error;
        const fs::path path = folder / fs::path(name).filename(); // none of another folder
        const auto bytes = fs::file_size(path, error);
        if (error)
            changed.push_back(message(messages::exportedFileGone, path));
        else if (static_cast<std::int64_t>(bytes) != file.bytes)
            changed.push_back(message(messages::exportedFileLength, path, bytes, file.bytes));
        else if (check == FileCheck::Contents && contentOf(path) != file.sha256)
            changed.push_back(message(messages::exportedFileContent, path));
    }
    return changed;
}

} // namespace pare
