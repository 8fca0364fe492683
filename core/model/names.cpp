#include "core/model/names.h"

#include "core/base/numbers.h"
#include "core/model/namemessages.h"
#include "core/model/training.h"

#include <algorithm>
#include <fmt/format.h>

namespace pare {

namespace {

/// A setting's value; empty where an older recipe has none.
std::string valueOf(const Step &step, const char *name)
{
    const auto found = step.settings.find(name);
    return found == step.settings.end() ? std::string() : found->second;
}

std::string percentOf(const Step &step, const char *share)
{
    return fmt::format("{:g}", 100 * parseReal(valueOf(step, share)).value_or(0));
}

std::string methodOf(const Step &step)
{
    return step.technique.substr(step.technique.find('.') + 1);
}

/// As its paper writes it; other words of the table without their hyphens.
std::string writtenAs(std::string word)
{
    constexpr std::pair<std::string_view, std::string_view> names[] = {
        {"gptq", "GPTQ"},
        {"awq", "AWQ"},
        {"wanda", "Wanda"},
        {"sparsegpt", "SparseGPT"},
        {"svd-llm", "SVD-LLM"},
        {"smoothquant", "SmoothQuant"},
        {"llm-int8", "LLM.int8()"},
        {"kd", "KD"},
        {"pkd", "PKD"},
        {"distilbert", "DistilBERT"},
        {"tinybert", "TinyBERT"},
        {"mobilebert", "MobileBERT"},
        {"minilm", "MiniLM"},
        {"minilm2", "MiniLMv2"},
        {"theseus", "Theseus"},
        {"ffn", "feed-forward"},
    };
    for (const auto &[id, name] : names) {
        if (word == id)
            return std::string(name);
    }
    std::ranges::replace(word, '-', ' ');
    return word;
}

std::vector<std::string> splitAtCommas(const std::string &list)
{
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= list.size();) {
        const std::size_t to = std::min(list.find(',', from), list.size());
        parts.push_back(list.substr(from, to - from));
        from = to + 1;
    }
    return parts;
}

/// Of "query,key,value,output": " in attention"; of "query,key": " in query and key".
Message rolesPart(const std::string &roles)
{
    if (roles == "query,key,value,output")
        return message(messages::nameWhere, "attention");
    if (roles == "up,down")
        return message(messages::nameWhere, "feed-forward");
    std::vector<std::string> words = splitAtCommas(roles);
    std::ranges::transform(words, words.begin(), writtenAs);
    switch (words.size()) {
    case 1:
        return message(messages::nameWhere, words[0]);
    case 2:
        return message(messages::nameWhereTwo, words[0], words[1]);
    case 3:
        return message(messages::nameWhereThree, words[0], words[1], words[2]);
    default:
        return message(messages::nameWhereRoles, words.size());
    }
}

constexpr std::string_view roleKey = "role=";
constexpr std::string_view blockKey = "block=";
constexpr std::string_view notKey = "not ";

/// What stands behind "role=A,B and " where nothing else does: "block=2-3", "not NAME,NAME"; else nothing.
std::optional<std::pair<std::string, std::string>> rolesAndRest(const std::string &selection)
{
    constexpr std::string_view joint = " and ";
    const std::size_t at = selection.find(joint);
    if (!selection.starts_with(roleKey) || at == std::string::npos)
        return std::nullopt;
    const std::string rest = selection.substr(at + joint.size());
    const std::string_view list =
        std::string_view(rest).substr(rest.starts_with(notKey) ? notKey.size() : 0);
    const bool known = rest.starts_with(blockKey) || rest.starts_with(notKey);
    if (!known || list.find_first_of(" *") != std::string_view::npos ||
        (rest.starts_with(notKey) && list.find('=') != std::string_view::npos))
        return std::nullopt;
    return std::pair(selection.substr(0, at), rest);
}

/// " of block 2", behind roles; " in block 2" where these are the usual ones; " but not in 3 layers".
Message restPart(const std::string &rest, bool usualRoles)
{
    if (rest.starts_with(notKey)) {
        const std::string names = rest.substr(notKey.size());
        const auto count = 1 + std::ranges::count(names, ',');
        return count == 1 ? message(messages::nameButOne, names)
                          : message(messages::nameButMany, count);
    }
    const std::string blocks = rest.substr(blockKey.size());
    const bool one = blocks.find_first_of(",-") == std::string::npos;
    if (usualRoles)
        return message(one ? messages::nameInBlock : messages::nameInSomeBlocks, blocks);
    return message(one ? messages::nameOfBlock : messages::nameOfSomeBlocks, blocks);
}

/// " in token-embedding" where a step does not touch just its technique's default roles.
NameParts whereParts(const Step &step)
{
    // Their roles are their names.
    constexpr std::string_view embedding = "factorize.embedding|factorize.safe";
    const TechniqueInfo *info = findTechnique(step.technique);
    const bool usual =
        info && step.layers == info->defaultSelection && !isOneOf(embedding, info->id);
    if (step.layers.empty() || usual)
        return {};
    // Layers named one by one, as a search does, are told by their number.
    constexpr auto mostNamed = 1;
    const auto names = 1 + std::ranges::count(step.layers, ',');
    if (names > mostNamed && step.layers.find_first_of("*= ") == std::string::npos)
        return {message(messages::nameWhereMany, names)};
    if (const auto both = rolesAndRest(step.layers)) {
        const bool usualRoles = info && both->first == info->defaultSelection;
        NameParts parts;
        if (!usualRoles)
            parts.push_back(rolesPart(both->first.substr(roleKey.size())));
        parts.push_back(restPart(both->second, usualRoles));
        return parts;
    }
    const bool roles =
        step.layers.starts_with(roleKey) && step.layers.find(' ') == std::string::npos;
    return {roles ? rolesPart(step.layers.substr(roleKey.size()))
                  : message(messages::nameWhere, step.layers)};
}

NameParts sharingParts(const Step &step)
{
    const std::string mode = valueOf(step, "mode");
    NameParts parts;
    if (mode == "all")
        parts = {message(messages::nameSharedAll)};
    else if (mode == "every-n")
        parts = {message(messages::nameSharedEvery, valueOf(step, "every"))};
    else
        parts = {message(isOneOf("attention|ffn", mode) ? messages::nameSharedHalf : "%1",
                         writtenAs(mode))};
    if (step.has("groups"))
        parts.push_back(message(messages::nameSharedBlocks, valueOf(step, "groups")));
    const std::string kept = valueOf(step, "keep-weights");
    if (kept == "best")
        parts.push_back(message(messages::nameBestOf, valueOf(step, "candidates")));
    else if (kept == "average")
        parts.push_back(message(messages::nameAveraged));
    return parts;
}

/// "50 % of the heads by gradient", "4 blocks, the first"
NameParts structureParts(const Step &step)
{
    if (step.technique == "prune.vocabulary")
        return {message(messages::nameVocabulary)};
    const bool heads = step.technique == "prune.heads", blocks = step.technique == "prune.layers";
    NameParts parts;
    if (step.has("count"))
        parts = {valueOf(step, "count") == "1" ? message(heads    ? messages::nameHead
                                                         : blocks ? messages::nameBlock
                                                                  : messages::nameNeuron)
                                               : message(heads    ? messages::nameHeads
                                                         : blocks ? messages::nameBlocks
                                                                  : messages::nameNeurons,
                                                         valueOf(step, "count"))};
    else
        parts = {message(heads    ? messages::nameHeadShare
                         : blocks ? messages::nameBlockShare
                                  : messages::nameNeuronShare,
                         percentOf(step, "keep"))};
    const std::string mode = valueOf(step, "mode"), importance = valueOf(step, "importance");
    if (mode == "last")
        parts.push_back(message(messages::nameFirst));
    else if (mode == "importance")
        parts.push_back(message(messages::nameByImportance));
    if (!importance.empty() && importance != "magnitude")
        parts.push_back(message(messages::nameBy, writtenAs(importance)));
    return parts;
}

/// ", threshold 0.2" for each of the settings that has another value than it has by itself.
void addUnusual(NameParts &parts, const Step &step, std::initializer_list<const char *> settings)
{
    const TechniqueInfo *info = findTechnique(step.technique);
    for (const char *setting : settings) {
        const SettingInfo *known = info ? info->setting(setting) : nullptr;
        if (known && step.has(setting) && valueOf(step, setting) != known->defaultValue)
            parts.push_back(message(messages::nameSetting, setting, valueOf(step, setting)));
    }
}

NameParts pruningParts(const Step &step)
{
    const std::string method = methodOf(step);
    const bool known = step.has("penalty"); // how many go is only known in the end
    NameParts parts;
    if (known)
        parts = {message(messages::namePruned)};
    else if (step.has("pattern"))
        parts = {message(messages::namePrunedPattern, valueOf(step, "pattern"))};
    else
        parts = {message(messages::namePrunedShare, percentOf(step, "sparsity"))};
    if (!known && !step.has("pattern") && step.has("block"))
        parts.push_back(message(messages::nameInBlocks, valueOf(step, "block")));
    if (method != "magnitude")
        parts.push_back(message(messages::nameBy, writtenAs(method)));
    if (known)
        addUnusual(parts, step, {"threshold", "penalty"});
    if (known || step.has("pattern"))
        return parts;
    const SettingInfo *usual = techniqueInfo(step.technique).setting("scope");
    const std::string scope = valueOf(step, "scope");
    if (usual && scope == usual->defaultValue)
        return parts;
    if (scope == "row")
        parts.push_back(message(messages::nameEachRow));
    else if (scope == "global")
        parts.push_back(message(messages::nameOneThreshold));
    else if (scope == "matrix")
        parts.push_back(message(messages::nameEachMatrix));
    return parts;
}

NameParts productParts(const Step &step)
{
    if (step.technique == "factorize.kronecker")
        return {message(messages::nameKronecker),
                step.has("block") ? message(messages::nameWith, valueOf(step, "block"))
                                  : message(messages::nameKept, percentOf(step, "keep"))};
    const bool attentive = step.technique == "factorize.safe";
    if (step.has("rank"))
        return {message(attentive ? messages::nameAttentiveRank : messages::nameRank,
                        valueOf(step, "rank"))};
    if (step.has("energy"))
        return {message(messages::nameLowRank),
                message(messages::nameEnergy, percentOf(step, "energy"))};
    if (step.has("error"))
        return {message(messages::nameLowRank),
                message(messages::nameError, percentOf(step, "error"))};
    return {message(attentive ? messages::nameAttentiveLowRank : messages::nameLowRank),
            message(messages::nameKept, percentOf(step, "keep"))};
}

/// "trained 2 epochs", "trained 1 epoch by kd", "trained 2 epochs, 1 more split in two planes"
NameParts recoveryParts(const Step &training)
{
    const std::string epochs = valueOf(training, "epochs");
    const std::string method = valueOf(training, "method");
    NameParts parts{epochs == "1" ? message(messages::nameTrainedOne)
                                  : message(messages::nameTrained, epochs)};
    if (!method.empty() && method != "task")
        parts.push_back(message(messages::nameBy, writtenAs(method)));
    if (training.has("bits-from"))
        parts.push_back(message(messages::nameFromBits, valueOf(training, "bits-from")));
    if (training.has("split-epochs"))
        parts.push_back(message(messages::nameSplit, valueOf(training, "split-epochs")));
    return parts;
}

NameParts bitsParts(const Step &step)
{
    const auto get = [&](const char *name) { return valueOf(step, name); };
    NameParts parts{message(messages::nameBits, get("bits"))};
    if (step.technique != "quantize.affine")
        parts.push_back(message(messages::nameBy, writtenAs(methodOf(step))));
    if (get("granularity") == "group")
        parts.push_back(message(messages::nameGroups, get("group")));
    else if (get("granularity") == "tensor")
        parts.push_back(message(messages::nameOneScale));
    if (get("symmetric") == "no")
        parts.push_back(message(messages::nameAsymmetric));
    if (get("clip") == "percentile")
        parts.push_back(message(messages::nameClippedPercentile));
    else if (get("clip") == "mse")
        parts.push_back(message(messages::nameClippedError));
    if (get("act-order") == "yes")
        parts.push_back(message(messages::nameActOrder));
    return parts;
}

/// Of techniques that are called as they are.
NameParts methodParts(const Step &step)
{
    const std::string method = methodOf(step);
    NameParts parts{method == "half"      ? message(messages::nameHalf)
                    : method == "ternary" ? message(messages::nameTernary)
                    : method == "binary"  ? message(messages::nameBinary)
                                          : message("%1", writtenAs(method))};
    addUnusual(parts, step, {"alpha", "threshold"});
    return parts;
}

NameParts whatParts(const Step &step)
{
    if (step.has("bits"))
        return bitsParts(step);
    const TechniqueInfo *info = findTechnique(step.technique);
    if (info && info->part == LayerPart::Structure)
        return structureParts(step);
    if (step.technique.starts_with("prune."))
        return pruningParts(step);
    if (step.technique.starts_with("factorize."))
        return productParts(step);
    if (step.technique == "share.layers")
        return sharingParts(step);
    if (step.has("k"))
        return {message(step.technique == "share.codebook" ? messages::nameSharedValues
                                                           : messages::nameValues,
                        valueOf(step, "k"))};
    return methodParts(step);
}

void append(NameParts &parts, const NameParts &more)
{
    parts.insert(parts.end(), more.begin(), more.end());
}

} // namespace

NameParts nameParts(const Step &step)
{
    if (step.technique == recoverInfo().id)
        return recoveryParts(step);
    NameParts parts = whatParts(step);
    append(parts, whereParts(step));
    return parts;
}

NameParts nameParts(const Recipe &recipe)
{
    if (recipe.empty())
        return {message(messages::nameOriginal)};
    NameParts parts;
    for (const Step &step : recipe.allSteps()) {
        if (!parts.empty())
            parts.push_back(message(messages::nameAnd));
        append(parts, nameParts(step));
    }
    return parts;
}

NameParts nameParts(const Run &run)
{
    if (!run.distillation)
        return nameParts(run.recipe);
    NameParts parts;
    if (!run.recipe.empty()) {
        parts = nameParts(run.recipe);
        parts.push_back(message(messages::nameAnd));
    }
    const std::string method = writtenAs(run.distillation->method.technique);
    const std::string &student = run.distillation->studentPath;
    parts.push_back(student.empty() ? message("%1", method)
                                    : message(messages::nameTaught, method,
                                              student.substr(student.find_last_of('/') + 1)));
    return parts;
}

std::string text(const NameParts &parts)
{
    std::string joined;
    for (const Message &part : parts)
        joined += part.text();
    return joined;
}

std::string shortName(const Step &step)
{
    return text(nameParts(step));
}

std::string shortName(const Recipe &recipe)
{
    return text(nameParts(recipe));
}

std::string shortName(const Run &run)
{
    return text(nameParts(run));
}

} // namespace pare
