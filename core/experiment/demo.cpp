#include "core/experiment/demo.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/json.h"
#include "core/experiment/messages.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

namespace fs = std::filesystem;

/// Each line one recipe, steps separated by ';'.
constexpr std::array demoTexts{
    "",
    "quantize.affine bits=8; quantize.affine bits=8 @ role=token-embedding",
    "quantize.affine bits=8",
    "quantize.affine bits=4",
    "quantize.affine bits=3",
    "quantize.affine bits=2 granularity=tensor",
    "quantize.affine bits=4 group=32",
    "quantize.affine bits=2 group=16 symmetric=no",
    "prune.magnitude sparsity=0.3",
    "prune.magnitude sparsity=0.5",
    "prune.magnitude sparsity=0.7",
    "prune.magnitude sparsity=0.9",
    "prune.magnitude pattern=2:4",
    "factorize.svd keep=0.75",
    "factorize.svd keep=0.5",
    "factorize.svd keep=0.25",
    "factorize.svd keep=0.1",
    "share.layers mode=sandwich",
    "share.layers mode=ffn",
    "share.layers mode=attention",
    "share.layers mode=all",
    "quantize.affine bits=4 group=32; quantize.affine bits=4 group=32 @ role=token-embedding",
    "quantize.affine bits=3 group=32; quantize.affine bits=3 group=32 @ role=token-embedding",
    "quantize.affine bits=2 group=16 symmetric=no; quantize.affine bits=2 group=16 symmetric=no @ "
    "role=token-embedding",
    "prune.magnitude sparsity=0.7; quantize.affine bits=4 group=32; quantize.affine bits=4 "
    "group=32 @ role=token-embedding",
    "factorize.svd keep=0.25; quantize.affine bits=4 group=32; quantize.affine bits=4 group=32 @ "
    "role=token-embedding",
    "factorize.svd keep=0.5 @ role=token-embedding; quantize.affine bits=4 group=32; "
    "quantize.affine bits=8 @ role=token-embedding",
    "share.layers mode=all @ block=4-5; quantize.affine bits=4 group=32; quantize.affine bits=4 "
    "group=32 @ role=token-embedding",
};

Recipe recipeFrom(std::string_view text)
{
    Recipe recipe;
    while (!text.empty()) {
        const std::size_t end = text.find(';');
        recipe.steps.push_back(parsedStep(text.substr(0, end)));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return checked(recipe);
}

} // namespace

fs::path resourceFolder(std::string_view name)
{
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
    const fs::path installed = program.parent_path().parent_path() / "share/pare" / name;
    return fs::is_directory(installed, ignored) ? installed : fs::path(PARE_RESOURCE_FOLDER) / name;
}

fs::path demoModel()
{
    std::error_code ignored;
    const fs::path folder = resourceFolder("demo");
    if (!fs::exists(folder / "config.json", ignored))
        throw Error(ErrorKind::Io, messages::demoMissing, folder);
    return folder;
}

std::vector<Preset> presets()
{
    std::error_code ignored;
    std::vector<fs::path> files;
    for (const auto &entry : fs::directory_iterator(resourceFolder("recipes"), ignored)) {
        if (entry.path().extension() == ".json")
            files.push_back(entry.path());
    }
    std::ranges::sort(files);
    std::vector<Preset> presets;
    for (const fs::path &file : files) {
        const std::string text = readFile(file);
        const nlohmann::ordered_json document = parsedJson(text);
        presets.push_back({document.value("name", file.stem().string()),
                           document.value("description", ""),
                           checked(recipeFromJson(text, file.filename().string()))});
    }
    return presets;
}

std::vector<Recipe> demoRecipes()
{
    std::vector<Recipe> recipes;
    for (const char *text : demoTexts)
        recipes.push_back(recipeFrom(text));
    return recipes;
}

} // namespace pare
