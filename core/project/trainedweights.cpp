#include "core/project/trainedweights.h"

#include <algorithm>
#include <vector>

namespace pare {

namespace {

namespace fs = std::filesystem;

struct Kept
{
    fs::path folder;
    fs::file_time_type time;
    std::int64_t bytes = 0;
};

/// The newest first.
std::vector<Kept> keptModels(const fs::path &project)
{
    std::vector<Kept> kept;
    std::error_code error;
    for (const fs::directory_entry &model :
         fs::directory_iterator(trainedWeightsFolder(project), error)) {
        if (!model.is_directory(error))
            continue;
        Kept one{model.path(), model.last_write_time(error), 0};
        for (const fs::directory_entry &file : fs::directory_iterator(model.path(), error))
            one.bytes += static_cast<std::int64_t>(file.file_size(error));
        kept.push_back(std::move(one));
    }
    std::ranges::sort(kept, std::greater<>(), &Kept::time);
    return kept;
}

} // namespace

fs::path trainedWeightsFolder(const fs::path &project)
{
    fs::path folder = project;
    return folder += ".weights";
}

TrainedWeights trainedWeights(const fs::path &project)
{
    TrainedWeights result;
    for (const Kept &model : keptModels(project)) {
        ++result.models;
        result.bytes += model.bytes;
    }
    return result;
}

void limitTrainedWeights(const fs::path &project, std::int64_t limit)
{
    std::int64_t total = 0;
    std::error_code ignored;
    const std::vector<Kept> models = keptModels(project);
    for (std::size_t i = 0; i < models.size(); ++i) {
        total += models[i].bytes;
        if (i > 0 && total > limit)
            fs::remove_all(models[i].folder, ignored);
    }
}

} // namespace pare
